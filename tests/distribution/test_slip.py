import datetime
import io
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader

from distribution.commands.handover import HandOver, hand_over
from distribution.commands.returns import ReturnedLine, ReturnLines, return_lines
from distribution.pages.papers import SLIP
from distribution.queries.slip import slip
from inventory.commands.product import AllergenLine
from inventory.rules.product import AllergenState, Preparation
from kernel.codes import show_code
from kernel.pdf import render_pdf
from tests import world
from tests.distribution.world import CASE_ID, a_lot, a_parcel
from tests.world import NOW, TARO, a_case, a_shelf, key

pytestmark = pytest.mark.usefixtures("database")


async def text_of(code: str) -> str:
    """The slip's words as a reader of the PDF finds them, without spaces."""
    sheet = {
        **msgspec.to_builtins(await slip(code)),
        "date": "2026年11月23日",
        "desk": "港区の窓口",
    }
    pages = PdfReader(io.BytesIO(await render_pdf(Path(SLIP), sheet))).pages
    return "".join("".join(page.extract_text() for page in pages).split())


async def test_the_slip_says_what_is_in_the_bag_and_not_whose_it_is() -> None:
    shelf = await a_shelf()
    product = await world.a_product(
        "さば味噌煮缶 190g",
        preparation=(Preparation.CAN_OPENER,),
        allergens=(
            AllergenLine(name="さば", state=AllergenState.CONTAINS),
            AllergenLine(name="大豆", state=AllergenState.CONTAINS),
        ),
    )
    lot = await world.a_lot(product, shelf, expires=datetime.date(2027, 6, 30))
    code = await a_parcel(await a_case(), (lot, shelf, 4), note="秘密のメモ", reason="保護費紛失")
    text = await text_of(code)
    for words in ("お渡しする食品", "さば味噌煮缶190g", "4個", "2027年6月30日", "缶切りがいります",
                  "さば・大豆が入っています", "港区の窓口", show_code(code)):  # fmt: skip
        assert words in text
    for words in (CASE_ID, "0412", "秘密", "保護", "緊急", "支援"):
        assert words not in text


async def test_text_stays_text() -> None:
    shelf = await a_shelf()
    product = await world.a_product('#panic() *$x$ "\\ <a> 髙﨑㈱')
    code = await a_parcel(await a_case(), (await world.a_lot(product, shelf), shelf, 1))
    assert '#panic()*$x$"\\<a>髙﨑㈱' in await text_of(code)


async def test_what_came_back_is_not_on_the_slip() -> None:
    shelf = await a_shelf()
    lot, other = await a_lot(shelf), await world.a_lot(await world.a_product("乾パン"), shelf)
    code = await a_parcel(await a_case(), (lot, shelf, 2), (other, shelf, 1))
    await hand_over(HandOver(key=key(), parcel=code), TARO, NOW)
    back = ReturnLines(key=key(), parcel=code, lines=(ReturnedLine(other, 1, shelf),))
    await return_lines(back, TARO, NOW)
    assert "乾パン" not in await text_of(code)


async def test_a_long_parcel_runs_over_several_sheets() -> None:
    line = {"product": "米", "pieces": 1, "last_day": "期限なし", "prepare": "", "allergens": ""}
    sheet = {"code": "K7M-29X-Q4T", "date": "", "desk": "窓口", "lines": [line] * 80}
    assert len(PdfReader(io.BytesIO(await render_pdf(Path(SLIP), sheet))).pages) > 1
