"""Fragments: what htmx asks for, and what it gets when something is wrong (trap 17)."""

from staff.rules.actor import Role
from tests.app.visitors import add_person, visiting, visiting_as
from tests.world import a_product


async def test_the_end_of_a_session_leaves_the_form_alone(database: None) -> None:
    """Neither the sign-in page in the middle of a form, nor the form and its text gone."""
    await add_person(Role.WORKER)
    async with visiting() as visitor:
        answer = await visitor.http.get("/products/suggestions?q=a", headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert "hx-redirect" not in answer.headers
    assert 'id="refusal"' in answer.text
    assert "入力した内容は残っています" in answer.text


async def test_suggestions_while_typing(database: None) -> None:
    await a_product("さば味噌煮缶 190g", kana="サバミソニカン")
    async with visiting_as(Role.VOLUNTEER) as visitor:
        found = await visitor.see("/products/suggestions?lines.0.product=ｻﾊﾞ")
        nothing = await visitor.see("/products/suggestions?lines.0.product=")
    assert "さば味噌煮缶 190g" in found.text
    assert "<html" not in found.text
    assert "<option" not in nothing.text


async def test_a_printed_date_is_said_back(database: None) -> None:
    async with visiting_as(Role.VOLUNTEER) as visitor:
        read = await visitor.see("/printed-dates?lines.0.printed=２０２７．６")
        unread = await visitor.see("/printed-dates?lines.0.printed=きのう")
    assert "2027年6月" in read.text
    assert "読めません" in unread.text


async def test_the_page_tells_htmx_to_show_refusals(database: None) -> None:
    async with visiting_as(Role.VOLUNTEER) as visitor:
        page = await visitor.see("/donations/new")
    assert '{"code":"4..","swap":true' in page.text
    assert '"allowEval":false' in page.text
