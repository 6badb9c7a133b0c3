"""The job at the counter, through the pages, as people do it."""

import re
from collections.abc import AsyncIterator

import httpx
import pytest

from kernel.database import fetch
from staff.rules.actor import Role
from tests.app.visitors import Visitor, visiting_as
from tests.distribution.world import CASE_ID, a_lot, a_parcel, stock
from tests.world import a_case, a_shelf

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
async def worker(database: None) -> AsyncIterator[Visitor]:
    async with visiting_as(Role.WORKER) as visitor:
        yield visitor


def code_in(answer: httpx.Response) -> str:
    """The code in the address that an answer leads to."""
    return answer.headers["location"].split("/")[2]


def form(*lines: tuple[str, str, str], **other: str) -> dict[str, str]:
    """The packing form filled in; `lines` are lot, shelf and the pieces as typed."""
    fields = {"reason": "制度につながるまで", "days": "3", "household.adult": "２", **other}
    for lot, shelf, pieces in lines:
        row = f"lines.{lot}-{shelf}"
        fields |= {f"{row}.lot": lot, f"{row}.place": shelf, f"{row}.pieces": pieces}
    return fields


async def test_from_a_case_id_to_a_parcel_in_the_history(worker: Visitor) -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    found = await worker.send("/counter", {"case_id": "Ｒ８ー０４１２"}, at="/counter")
    case = code_in(found)
    assert found.headers["location"] == f"/cases/{case}/parcels/new"

    packed = await worker.send(
        f"/cases/{case}/parcels", form((lot, shelf, "４")), at=f"/cases/{case}/parcels/new"
    )
    parcel = code_in(packed)
    assert await stock() == {(lot, "棚A"): 6, (lot, "引渡待ち"): 4}

    await hand_over(worker, parcel)
    assert await stock() == {(lot, "棚A"): 6}
    history = (await worker.see(f"/cases/{case}")).text
    assert "3日分(大人2) 1品4個を提供。理由:制度につながるまで。" in history


async def hand_over(visitor: Visitor, parcel: str) -> None:
    """The hand-over's form is the first on the page, and its key ends in h."""
    shown = (await visitor.see(f"/parcels/{parcel}")).text
    key = re.search(r'name="key" value="(\w+h)"', shown)
    assert key is not None
    answer = await visitor.send(f"/parcels/{parcel}/handover", {"key": key[1]})
    assert answer.status_code == 303


async def test_no_address_ever_holds_a_case_id(worker: Visitor) -> None:
    shelf = await a_shelf()
    parcel = await a_parcel(case := await a_case(), (await a_lot(shelf), shelf, 1))
    for url in ("/counter", "/parcels", f"/cases/{case}", f"/cases/{case}/parcels/new",
                f"/parcels/{parcel}"):  # fmt: skip
        shown = (await worker.see(url)).text
        assert not re.search(rf'(?:href|action|hx-\w+)="[^"]*{CASE_ID}', shown), url


async def test_lists_name_no_case(worker: Visitor) -> None:
    shelf = await a_shelf()
    parcel = await a_parcel(await a_case(), (await a_lot(shelf), shelf, 1))
    for url in ("/counter", "/parcels", "/parcels?state=packed", f"/parcels/{parcel}/packing-list"):
        assert CASE_ID not in (await worker.see(url)).text, url


async def test_whoever_sees_a_case_leaves_a_trace(worker: Visitor) -> None:
    shelf = await a_shelf()
    parcel = await a_parcel(case := await a_case(), (await a_lot(shelf), shelf, 1))
    for url in (f"/cases/{case}", f"/cases/{case}/parcels/new", f"/parcels/{parcel}"):
        before = await views_of(case)
        assert CASE_ID in (await worker.see(url)).text
        assert await views_of(case) == before + 1, url


async def views_of(case: str) -> int:
    rows = await fetch(
        "SELECT count(*) AS n FROM audit_entry WHERE deed = 'view' AND subject_code = $1", case
    )
    return int(rows[0]["n"])


async def test_a_name_is_refused_and_nothing_typed_is_lost(worker: Visitor) -> None:
    answer = await worker.send("/counter", {"case_id": "山田花子"}, at="/counter")
    assert answer.status_code == 422
    assert "名前は入力せず" in answer.text
    assert 'value="山田花子"' in answer.text


async def test_short_stock_shows_the_form_again_with_everything_typed(worker: Visitor) -> None:
    shelf = await a_shelf()
    lot, gone = await a_lot(shelf, 3), await a_lot(shelf, 2)
    case = await a_case()
    filled = form((lot, shelf, "2"), (gone, shelf, "2"), note="朝いちばんで来所")
    at = f"/cases/{case}/parcels/new"
    await worker.see(at)
    await a_parcel(case, (gone, shelf, 2))
    answer = await worker.send(f"/cases/{case}/parcels", filled)
    assert answer.status_code == 409
    assert "朝いちばんで来所" in answer.text
    # What has gone from the shelf meanwhile still stands in the form, and is named.
    for row in (f"{lot}-{shelf}", f"{gone}-{shelf}"):
        assert re.search(rf'name="lines\.{row}\.pieces" value="2"', answer.text)
    assert "渡せません" in answer.text
    again = await worker.send(f"/cases/{case}/parcels", form((lot, shelf, "2")))
    assert again.status_code == 303


async def test_a_double_click_packs_once(worker: Visitor) -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    case = await a_case()
    await worker.see(f"/cases/{case}/parcels/new")
    answers = [
        await worker.send(f"/cases/{case}/parcels", form((lot, shelf, "2"))) for _ in range(2)
    ]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert (await stock())[lot, "棚A"] == 8


async def test_other_days_go_before_the_pill(worker: Visitor) -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf)
    case = await a_case()
    at = f"/cases/{case}/parcels/new"
    both = {**form((lot, shelf, "1")), "days": ["3", "１０"]}
    parcel = code_in(await worker.send(f"/cases/{case}/parcels", both, at=at))
    assert "10日分" in (await worker.see(f"/parcels/{parcel}")).text


async def test_the_sums_follow_what_is_typed_and_forgive_what_cannot_be_read(
    worker: Visitor,
) -> None:
    shelf = await a_shelf()
    lot, other = await a_lot(shelf), await a_lot(shelf)
    case = await a_case()
    half = form((lot, shelf, "３"), (other, shelf, "たくさん"))
    answer = await worker.send(
        f"/cases/{case}/parcels/totals", half, at=f"/cases/{case}/parcels/new"
    )
    assert answer.status_code == 200
    assert "1品 " in answer.text
    assert "めやす" in answer.text


async def test_the_slip_is_a_pdf(worker: Visitor) -> None:
    shelf = await a_shelf()
    parcel = await a_parcel(await a_case(), (await a_lot(shelf), shelf, 1))
    answer = await worker.see(f"/parcels/{parcel}/slip")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


async def test_cancelling_and_returning_through_the_page(worker: Visitor) -> None:
    shelf = await a_shelf()
    lot = await a_lot(shelf, 10)
    case = await a_case()
    dropped, given = [await a_parcel(case, (lot, shelf, 2)) for _ in range(2)]
    no_reason = await worker.send(
        f"/parcels/{dropped}/cancellation", {"reason": ""}, at=f"/parcels/{dropped}"
    )
    assert no_reason.status_code == 422
    await worker.send(f"/parcels/{dropped}/cancellation", {"reason": "入力の誤り"})
    await hand_over(worker, given)
    back = {"lines.1.lot": lot, "lines.1.pieces": "1", "lines.1.to_place": shelf}
    await worker.send(f"/parcels/{given}/returns", back, at=f"/parcels/{given}")
    assert await stock() == {(lot, "棚A"): 9}


async def test_a_volunteer_packs_without_seeing_a_case() -> None:
    shelf = await a_shelf()
    parcel = await a_parcel(case := await a_case(), (await a_lot(shelf), shelf, 1))
    async with visiting_as(Role.VOLUNTEER) as volunteer:
        shown = await volunteer.see(f"/parcels/{parcel}/packing-list")
        assert shown.status_code == 200
        assert CASE_ID not in shown.text
        for url in ("/counter", "/parcels", f"/cases/{case}", f"/parcels/{parcel}",
                    f"/parcels/{parcel}/slip"):  # fmt: skip
            assert (await volunteer.see(url)).status_code == 403, url
