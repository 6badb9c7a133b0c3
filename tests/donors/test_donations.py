"""Donations: logged with every fault named at once, and found again."""

import datetime

import pytest

from donors.commands.donation import DonatedLine, LogDonation, log_donation
from donors.queries.donations import (
    DonationFilter,
    count_to_inspect,
    describe_donations,
    donation_by_code,
    donations,
    donations_to_inspect,
)
from donors.rules.donation import DonationState
from inventory.queries.products import products_like
from inventory.rules.product import DateKind, DatePrecision
from kernel.database import fetch, fetch_one
from kernel.errors import Invalid, NotFound, Questioned
from kernel.forms import read
from tests.donors.world import a_donation, a_line, an_organization
from tests.world import NOW, SAKURA, TODAY, a_product, key

pytestmark = pytest.mark.usefixtures("database")

JAN = "4902777130835"


async def rows_in(*tables: str) -> list[int]:
    return [row["n"] for t in tables if (row := await fetch_one(f"SELECT count(*) AS n FROM {t}"))]


async def test_a_logged_donation_is_there_with_its_lines() -> None:
    giver, product = await an_organization(), await a_product()
    code = await a_donation(giver, a_line(product), note="台車で搬入")
    donation = await donation_by_code(code)
    assert (donation.organization, donation.state) == ("株式会社 みなと食品", DonationState.LOGGED)
    assert (donation.logged_at, donation.logged_by) == (NOW, SAKURA.name)
    line = donation.lines[0]
    assert (line.product, line.pieces, line.printed_text) == ("さば味噌煮缶 190g", 24, "2027.6")
    assert line.printed_date == datetime.date(2027, 6, 30)
    assert (line.date_kind, line.precision) == (DateKind.BEST_BEFORE, DatePrecision.MONTH)
    assert not line.is_inspected
    assert await rows_in("lot", "movement") == [0, 0]


@pytest.mark.parametrize(
    "typed",
    [JAN, "４９０２７７７１３０８３５", "さば味噌煮缶 190g", "サバ味噌煮缶　１９０ｇ", "さば味噌煮缶 190g（{code}）", "{code}"],
)  # fmt: skip
async def test_a_product_is_found_by_jan_code_name_or_suggestion(typed: str) -> None:
    giver, product = await an_organization(), await a_product(gtin=f"0{JAN}")
    code = await a_donation(giver, a_line(typed.format(code=product)))
    assert (await donation_by_code(code)).lines[0].product_code == product


async def test_every_unknown_product_is_named_with_what_it_may_be() -> None:
    giver = await an_organization()
    await a_product("さば水煮缶 190g")
    await a_product("さば味噌煮缶 190g")
    with pytest.raises(Invalid) as refused:
        await a_donation(
            giver, a_line("さば"), a_line("乾パン"), a_line(JAN), a_line("4902777130836")
        )
    errors = {error.field: error.sentence for error in refused.value.errors}
    assert sorted(errors) == [f"lines.{n}.product" for n in range(4)]
    assert "さば味噌煮缶 190g、さば水煮缶 190g" in errors["lines.0.product"]
    assert "まだありません" in errors["lines.1.product"]
    assert JAN in errors["lines.2.product"]
    assert "1つちがう" in errors["lines.3.product"]
    assert await rows_in("donation", "donation_line") == [0, 0]


async def test_two_products_of_one_name_are_not_guessed() -> None:
    giver = await an_organization()
    await a_product("水 2L")
    await a_product("水 2L")
    with pytest.raises(Invalid, match="いくつかあります"):
        await a_donation(giver, a_line("水 2L", new=True))


async def test_an_unknown_name_is_registered_once_when_it_is_new() -> None:
    giver = await an_organization()
    code = await a_donation(
        giver,
        a_line("手延べそうめん", new=True),
        a_line("手延べソウメン", 3, "2027.1", new=True),
        a_line(JAN, new=True, name="備えのカレー"),
    )
    lines = (await donation_by_code(code)).lines
    assert [line.provisional for line in lines] == [True, True, True]
    assert lines[0].product_code == lines[1].product_code
    assert (await products_like(JAN))[0].name == "備えのカレー"


async def test_a_new_jan_needs_a_name() -> None:
    with pytest.raises(Invalid) as refused:
        await a_donation(await an_organization(), a_line(JAN, new=True))
    assert [error.field for error in refused.value.errors] == ["lines.0.name"]


async def test_a_date_may_be_missing_only_when_somebody_says_so() -> None:
    giver, can = await an_organization(), await a_product()
    salt = await a_product("食塩 1kg", date_kind=DateKind.NONE)
    with pytest.raises(Invalid, match="期限なし"):
        await a_donation(giver, a_line(can, printed=""))
    code = await a_donation(
        giver,
        a_line(can, printed="", date_kind=DateKind.NONE),
        a_line(salt, printed=""),
        a_line(salt, printed="2028.1"),
    )
    lines = (await donation_by_code(code)).lines
    assert [(line.date_kind, line.printed_date) for line in lines] == [
        (DateKind.NONE, None),
        (DateKind.NONE, None),
        (DateKind.BEST_BEFORE, datetime.date(2028, 1, 31)),
    ]


async def test_an_ambiguous_date_is_taken_once_a_reading_is_chosen() -> None:
    giver, product = await an_organization(), await a_product()
    typed = {"product": product, "pieces": "３", "printed": "36.11.23"}
    with pytest.raises(Invalid) as refused:
        read(DonatedLine, typed, TODAY)
    assert refused.value.errors[0].field == "printed"
    assert "2024年11月23日 と 2036年11月23日" in refused.value.errors[0].sentence
    with pytest.raises(Invalid, match="どちらですか"):
        read(DonatedLine, {**typed, "reading": "2030-11-23"}, TODAY)
    chosen = read(DonatedLine, {**typed, "reading": "2036-11-23"}, TODAY)
    code = await a_donation(giver, chosen)
    assert (await donation_by_code(code)).lines[0].printed_date == datetime.date(2036, 11, 23)


def test_the_form_names_every_fault_at_its_row() -> None:
    with pytest.raises(Invalid) as refused:
        read(
            LogDonation,
            {
                "key": "12345678",
                "lines": {
                    "0": {"product": "さば缶", "pieces": "0", "printed": "2027.6"},
                    "1": {"product": "", "pieces": "", "printed": ""},
                    "2": {"product": "", "pieces": "1000000000", "printed": "13.13.13"},
                    "3": {"product": "さば缶", "pieces": "1", "printed": "2027.13"},
                    "4": {"product": "塩", "pieces": "1", "printed": "27.1", "date_kind": "none"},
                },
            },
            TODAY,
        )
    assert {error.field for error in refused.value.errors} == {
        "organization",
        "lines.0.pieces",
        "lines.2.product",
        "lines.2.pieces",
        "lines.3.printed",
        "lines.4.printed",
    }


async def test_a_note_about_a_person_is_questioned_and_taken_when_confirmed() -> None:
    giver, product = await an_organization(), await a_product()
    ask = LogDonation(
        key=key(), organization=giver, lines=(a_line(product),), note="山田様 090-1234-5678"
    )
    with pytest.raises(Questioned) as doubted:
        await log_donation(ask, SAKURA, NOW)
    assert {error.field for error in doubted.value.errors} == {"note"}
    assert await rows_in("donation") == [0]
    sure = LogDonation(
        key=ask.key, organization=giver, lines=ask.lines, note=ask.note, confirmed=True
    )
    code = (await log_donation(sure, SAKURA, NOW)).code
    assert (await donation_by_code(code)).note == ask.note


async def test_an_unknown_organization_is_not_found() -> None:
    with pytest.raises(NotFound):
        await a_donation("00000000A", a_line("さば缶", new=True))


async def test_the_same_request_logs_one_donation() -> None:
    giver, product = await an_organization(), await a_product()
    ask = LogDonation(key=key(), organization=giver, lines=(a_line(product),))
    first = await log_donation(ask, SAKURA, NOW)
    assert await log_donation(ask, SAKURA, NOW) == first
    assert await rows_in("donation", "donation_line") == [1, 1]


async def test_logging_leaves_a_trace() -> None:
    code = await a_donation(await an_organization(), a_line(await a_product()))
    trail = await fetch("SELECT deed, subject_code, actor_id FROM audit_entry ORDER BY seq DESC")
    assert trail[0] == {
        "deed": "log_donation",
        "subject_code": code,
        "actor_id": SAKURA.id,
    }


async def test_the_list_is_newest_first_and_filtered() -> None:
    product = await a_product()
    mine, other = (
        await an_organization(),
        await an_organization("港こども食堂", "ミナトコドモショクドウ"),
    )
    first = await a_donation(mine, a_line(product, 5), a_line(product, 7, "2027.7"))
    second = await a_donation(other, a_line(product), at=NOW + datetime.timedelta(hours=1))
    rows = await donations(DonationFilter())
    assert [row.code for row in rows] == [second, first]
    assert (rows[1].lines, rows[1].pieces, rows[1].accepted) == (2, 12, 0)
    assert [row.code for row in await donations(DonationFilter(organization=mine))] == [first]
    received = DonationFilter(states=(DonationState.RECEIVED,), organization=mine)
    assert await donations(received) == []
    assert [row.code for row in await donations_to_inspect()] == [second, first]
    assert await count_to_inspect() == 2


async def test_a_page_and_one_row_more() -> None:
    product, giver = await a_product(), await an_organization()
    codes = [
        await a_donation(giver, a_line(product), at=NOW + datetime.timedelta(minutes=n))
        for n in range(52)
    ]
    assert [row.code for row in await donations(DonationFilter())] == codes[:0:-1]
    assert [row.code for row in await donations(DonationFilter(page=2))] == [codes[1], codes[0]]


async def test_labels_name_giver_and_day() -> None:
    code = await a_donation(await an_organization(), a_line(await a_product()))
    labels = await describe_donations([code, "00000000A"])
    assert list(labels) == [code]
    assert (labels[code].organization, labels[code].logged_at) == ("株式会社 みなと食品", NOW)
    assert await describe_donations([]) == {}


def test_a_donation_has_lines() -> None:
    with pytest.raises(Invalid) as refused:
        read(LogDonation, {"key": "12345678", "organization": "", "lines": []}, TODAY)
    assert {error.field for error in refused.value.errors} == {"organization", "lines"}
