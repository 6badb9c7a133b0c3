"""The first start: asked in the browser, opened by the code that the terminal printed."""

import pytest

from app.commands import make_setup_code
from distribution.settings import CASE_ID_PATTERN
from kernel.database import snapshot
from tests.app.visitors import Visitor, visiting

pytestmark = pytest.mark.usefixtures("database")

ANSWERS = {
    "desk_name": "大正区の窓口",
    "case_id_pattern": "T#-###",
    "name": "管理 花子",
    "sign_in_name": "ｋａｎｒｉ",
    "password": "three quiet harbour cats",
}


async def send(visitor: Visitor, **changes: str) -> int:
    answer = await visitor.send("/setup", {**ANSWERS, **changes}, at="/setup")
    return answer.status_code


async def test_everything_leads_to_the_first_start() -> None:
    async with visiting() as visitor:
        answer = await visitor.see("/stock")
    assert (answer.status_code, answer.headers["location"]) == (303, "/setup")


async def test_from_the_code_to_the_first_manager() -> None:
    code = await make_setup_code()
    assert code is not None
    async with visiting() as visitor:
        assert await send(visitor, code=code) == 303
        assert (await visitor.sign_in("kanri", ANSWERS["password"])).status_code == 303
        page = await visitor.see("/staff")
    assert page.status_code == 200
    assert "大正区の窓口" in page.text
    async with snapshot():
        assert await CASE_ID_PATTERN.get() == "T#-###"
    assert await make_setup_code() is None


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "000000000"},
        {"case_id_pattern": "山田###"},
        {"password": "short"},
        {"sign_in_name": ""},
    ],
)
async def test_a_wrong_answer_leaves_the_door_as_it_was(changes: dict[str, str]) -> None:
    code = await make_setup_code()
    assert code is not None
    async with visiting() as visitor:
        assert await send(visitor, **{"code": code, **changes}) == 422
        assert "大正区の窓口" in visitor.page  # nothing typed is lost
        assert ANSWERS["password"] not in visitor.page
        assert await send(visitor, code=code) == 303


async def test_nobody_sets_up_twice() -> None:
    code = await make_setup_code()
    async with visiting() as visitor:
        await visitor.see("/setup")
        form = visitor.page
        assert await send(visitor, code=code or "") == 303
        assert (await visitor.see("/setup")).status_code == 303
        visitor.page = form
        second = await visitor.send("/setup", {**ANSWERS, "sign_in_name": "evil", "code": "0"})
        assert second.status_code in (409, 422)
        assert (await visitor.sign_in("evil", ANSWERS["password"])).status_code == 422
