"""The field at the top: it leads on, and no case ID that is typed there gets into an address."""

import pytest

from staff.rules.actor import Role
from tests.app.visitors import visiting_as
from tests.world import a_case, a_product


async def test_a_case_is_found_without_its_id_in_the_address(database: None) -> None:
    code = await a_case("R8-0412")
    async with visiting_as(Role.WORKER) as visitor:
        answer = await visitor.send("/search", {"q": "Ｒ８－０４１２"}, at="/")
    assert answer.headers["location"] == f"/cases/{code}"


async def test_a_new_case_can_be_started_from_there(database: None) -> None:
    async with visiting_as(Role.WORKER) as visitor:
        answer = await visitor.send("/search", {"q": "R8-0412"}, at="/")
        assert answer.status_code == 200
        assert 'action="/counter"' in answer.text


@pytest.mark.parametrize("typed", ["R8-0412", "R8 0412", "山田花子"])
async def test_a_volunteer_learns_nothing_of_cases(database: None, typed: str) -> None:
    await a_case("R8-0412")
    async with visiting_as(Role.VOLUNTEER) as visitor:
        answer = await visitor.send("/search", {"q": typed}, at="/")
    assert answer.status_code == 200
    assert "見つかりません" in answer.text


async def test_what_finds_products_stands_in_the_address(database: None) -> None:
    await a_product("さば味噌煮缶 190g", kana="サバミソニカン")
    await a_product("さば水煮缶 190g", kana="サバミズニカン")
    async with visiting_as(Role.VOLUNTEER) as visitor:
        answer = await visitor.send("/search", {"q": "ｻﾊﾞ"}, at="/")
        assert answer.headers["location"].startswith("/search?q=")
        listed = await visitor.see(answer.headers["location"])
    assert "さば水煮缶 190g" in listed.text


async def test_a_misread_bar_code_is_named_as_such(database: None) -> None:
    async with visiting_as(Role.VOLUNTEER) as visitor:
        answer = await visitor.send("/search", {"q": "４９０１２３４５６７８９０"}, at="/")
    assert "数字が1つちがうようです" in answer.text
