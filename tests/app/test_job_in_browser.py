"""The main job in a real browser: a donation comes in, a parcel goes out, the sums agree."""

from typing import Any

from playwright.sync_api import Page, expect

from staff.rules.actor import Role
from tests.app.visitors import PASSWORD, add_person
from tests.world import a_product, a_shelf, an_organization


async def prepare() -> None:
    await add_person(Role.WORKER, "shien")
    await a_shelf("棚A")
    await a_product("さば味噌煮缶 190g", kana="サバミソニカン")
    await an_organization("社会福祉法人 みなと会")


def sign_in(page: Page, url: str, name: str = "shien") -> None:
    page.goto(f"{url}/sign-in")
    page.get_by_label("ログイン名").fill(name)
    page.get_by_label("パスワード").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="今日")).to_be_visible()


def take_in_24_cans(page: Page) -> None:
    page.get_by_role("link", name="寄付を登録").click()
    page.get_by_label("どこから").select_option(label="社会福祉法人 みなと会")
    page.locator('[name="lines.0.product"]').fill("さば味噌煮缶 190g")
    page.locator('[name="lines.0.pieces"]').fill("２４")
    page.locator('[name="lines.0.printed"]').fill("2027.6")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="この内容で検品を記録する").press("Enter")
    expect(page.get_by_text("受入済み").first).to_be_visible()


def pieces_in_stock(page: Page, url: str) -> str:
    page.goto(f"{url}/stock")
    return page.locator("tbody tr", has_text="さば味噌煮缶").locator("td.num b").inner_text()


def pack_six(page: Page, url: str) -> None:
    page.goto(f"{url}/counter")
    expect(page.get_by_label("ケース番号")).to_be_focused()
    page.keyboard.type("Ｒ８－０４１２")
    page.keyboard.press("Enter")
    page.get_by_label("理由").select_option(label="数日間食べていない")
    page.locator('[name="household.adult"]').fill("2")
    page.get_by_label("さば味噌煮缶 190gを渡す数", exact=True).fill("6")
    page.get_by_role("button", name="この内容で用意する").first.click()


def test_from_the_donation_to_the_case(visit: Page, site: Any) -> None:
    url = site(prepare)
    sign_in(visit, url)
    take_in_24_cans(visit)
    assert pieces_in_stock(visit, url) == "24"
    visit.goto(f"{url}/lots")
    expect(visit.get_by_text("27.06.30")).to_be_visible()

    pack_six(visit, url)
    visit.get_by_role("button", name="渡す").press("Enter")
    expect(visit.get_by_text("引渡済み").first).to_be_visible()

    visit.get_by_role("link", name="R8-0412").click()
    expect(visit.get_by_text("1品6個").first).to_be_visible()
    assert "R8-0412" not in visit.url
    assert "緊急食糧支援 3日分" in visit.locator('[name="case_note"]').input_value()
    assert pieces_in_stock(visit, url) == "18"


def test_food_is_picked_by_the_keyboard_alone(visit: Page, site: Any) -> None:
    """Name, Enter, pieces, Enter: back at the field; from the empty one Enter packs."""
    url = site(prepare)
    sign_in(visit, url)
    take_in_24_cans(visit)
    visit.goto(f"{url}/counter")
    expect(visit.get_by_label("ケース番号")).to_be_focused()
    visit.keyboard.type("R8-0412")
    visit.keyboard.press("Enter")
    visit.get_by_label("理由").select_option(label="数日間食べていない")
    field = visit.get_by_label("食品をしぼり込む")
    pieces = visit.get_by_label("さば味噌煮缶 190gを渡す数", exact=True)
    field.press_sequentially("さば")
    visit.keyboard.press("Enter")
    expect(pieces).to_be_focused()
    visit.keyboard.press("ArrowUp")
    visit.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(pieces).to_have_value("1")
    visit.keyboard.press("Enter")
    expect(visit.get_by_role("button", name="渡す")).to_be_focused()


def test_two_clicks_pack_one_parcel(visit: Page, site: Any) -> None:
    url = site(prepare)
    sign_in(visit, url)
    take_in_24_cans(visit)
    pack_six(visit, url)
    expect(visit.get_by_role("button", name="渡す")).to_be_visible()
    visit.get_by_role("button", name="渡す").dblclick()
    expect(visit.get_by_text("引渡済み").first).to_be_visible()
    assert pieces_in_stock(visit, url) == "18"


def test_what_was_typed_comes_back_after_signing_in(visit: Page, site: Any) -> None:
    """The session ended while somebody typed: nothing is lost, and nothing is done twice."""
    url = site(prepare)
    sign_in(visit, url)
    visit.goto(f"{url}/donations/new")
    visit.get_by_label("どこから").select_option(label="社会福祉法人 みなと会")
    visit.locator('[name="lines.0.product"]').fill("さば味噌煮缶 190g")
    visit.locator('[name="lines.0.pieces"]').fill("24")
    visit.locator('[name="lines.0.printed"]').fill("2027.6")
    cookies = [c for c in visit.context.cookies() if c["name"] != "session"]
    visit.context.clear_cookies()
    visit.context.add_cookies(cookies)  # type: ignore[arg-type]  # the same shape as it gave
    visit.keyboard.press("Enter")

    visit.get_by_label("ログイン名").fill("shien")
    visit.get_by_label("パスワード").fill(PASSWORD)
    visit.keyboard.press("Enter")
    expect(visit.locator('[name="lines.0.pieces"]')).to_have_value("24")
    expect(visit.locator('[name="lines.0.printed"]')).to_have_value("2027.6")
    visit.get_by_role("button", name="登録").last.click()
    visit.get_by_role("button", name="この内容で検品を記録する").press("Enter")
    assert pieces_in_stock(visit, url) == "24"
