import asyncio
import datetime

import pytest

from distribution.commands.cases import OpenCase, open_case
from distribution.commands.handover import HandOver, hand_over
from distribution.queries.cases import case_by_code
from distribution.settings import CASE_ID_PATTERN
from kernel.database import fetch
from kernel.errors import Invalid, NotFound
from tests.distribution.world import CASE_ID, a_lot, a_parcel
from tests.world import NOW, TARO, a_case, a_shelf, key

pytestmark = pytest.mark.usefixtures("database")


async def test_a_case_is_opened_once_however_its_id_is_typed() -> None:
    codes = {await a_case(typed) for typed in ("R8-0412", "Ｒ８−０４１２", " r8ー0412 ")}
    assert len(codes) == 1
    assert (await case_by_code(codes.pop())).case_id == CASE_ID


async def test_two_clerks_open_one_case_at_the_same_moment() -> None:
    asks = [OpenCase(key=key(), case_id=CASE_ID) for _ in range(6)]
    answers = await asyncio.gather(*[open_case(ask, TARO, NOW) for ask in asks])
    assert len({answer.code for answer in answers}) == 1


@pytest.mark.parametrize("name", ["山田花子", "やまだ", "Yamada", "😀", "", "R8-0412" * 1_000])
async def test_a_name_is_no_case_id_and_is_not_repeated(name: str) -> None:
    with pytest.raises(Invalid) as refused:
        await open_case(OpenCase(key=key(), case_id=name), TARO, NOW)
    (error,) = refused.value.errors
    assert error.field == "case_id"
    assert not name or name not in error.sentence
    assert await fetch("SELECT id FROM case_file") == []


async def test_the_pattern_is_a_setting() -> None:
    await CASE_ID_PATTERN.set("@@####")
    assert (await case_by_code(await a_case("mk0001"))).case_id == "MK0001"


async def test_the_trail_tells_who_opened_and_who_looked_up_and_never_the_id() -> None:
    code = await a_case()
    await a_case()
    rows = await fetch("SELECT * FROM audit_entry WHERE subject_kind = 'case' ORDER BY seq")
    assert [(row["deed"], row["subject_code"]) for row in rows] == [
        ("open_case", code),
        ("find_case", code),
    ]
    assert CASE_ID not in str(rows)


async def test_the_history_is_newest_first_and_totals_count_what_was_given() -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    case = await a_case()
    first, second = await a_parcel(case, (lot, shelf, 2)), await a_parcel(case, (lot, shelf, 3))
    await a_parcel(await a_case("R8-0413"), (lot, shelf, 1))
    await hand_over(HandOver(key=key(), parcel=first), TARO, NOW)
    view = await case_by_code(case)
    assert [(p.code, p.items, p.pieces) for p in view.parcels] == [(second, 1, 3), (first, 1, 2)]
    assert (view.totals.parcels, view.totals.days, view.totals.pieces) == (1, 3, 2)
    assert [p.code for p in view.waiting] == [second]
    assert len(view.given) == 1


async def test_the_day_is_the_day_in_tokyo() -> None:
    shelf = await a_shelf()
    case = await a_case()
    parcel = await a_parcel(case, (await a_lot(shelf), shelf, 1))
    after_midnight = datetime.datetime(2026, 11, 23, 15, 30, tzinfo=datetime.UTC)
    await hand_over(HandOver(key=key(), parcel=parcel), TARO, after_midnight)
    assert (await case_by_code(case)).given == [(datetime.date(2026, 11, 24), 3)]


async def test_an_unknown_case_is_not_found_without_naming_it() -> None:
    with pytest.raises(NotFound):
        await case_by_code("NOSUCHXXX")
