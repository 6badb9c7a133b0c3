"""What people type by mistake, and worse: refused in a clear sentence, nothing lost, nothing half done.

Every form and every body of the program is spoiled one field at a time.
"""

from html import unescape
from io import BytesIO

import httpx
import pytest
from markupsafe import escape
from pypdf import PdfReader

from distribution.commands.packing import PackLine
from kernel.database import fetch
from staff.rules.actor import Role
from tests.app.access_table import ACCESS
from tests.app.every_form import (
    Fields,
    Page,
    api_bodies,
    everything,
    furnish,
    is_well,
    lost,
    nothing_changes,
    page_forms,
    routes_of,
    send,
    sentences_of,
)
from tests.app.visitors import Visitor, visiting_as
from tests.world import a_case, a_lot, a_parcel, a_product, a_shelf

pytestmark = pytest.mark.usefixtures("database")

Spoilt = dict[str, dict[str, tuple[str, ...]]]
"""By route and field, texts that must be refused."""

LONG = "あ" * 10_000


def faults(answer: httpx.Response, form: Page, typed: Fields, spoiled: str) -> list[str]:
    """What is wrong with the answer to a form that must be refused."""
    if not 400 <= answer.status_code < 500:
        return [f"{form.to} {spoiled}={typed[spoiled][:20]!r}: status {answer.status_code}"]
    found = [] if sentences_of(answer) else ["no sentence"]
    found += [f"{name} is lost" for name in lost(answer, form, typed, spoiled)]
    return [f"{form.to} {spoiled}={typed[spoiled][:20]!r}: {fault}" for fault in found]


async def refused(spoilt: Spoilt) -> None:
    """Send each form with each of these texts in each of these fields."""
    forms = page_forms(await furnish())
    wrong: list[str] = []
    async with visiting_as(Role.MANAGER) as visitor, nothing_changes():
        for route, fields in spoilt.items():
            for field, texts in fields.items():
                for text in texts:
                    typed = {**forms[route].typed, field: text}
                    answer = await send(visitor, forms[route], typed)
                    wrong += faults(answer, forms[route], typed, field)
    assert wrong == []


async def test_every_form_and_every_body_is_filled_in_here() -> None:
    desk = await furnish()
    assert set(page_forms(desk)) == routes_of(api=False)
    assert set(api_bodies(desk)) == routes_of(api=True)


# ---- numbers ----

NO_NUMBERS = (
    "-1", "－１", "1000000000", "9" * 400, "1.5", "１．５", "1e3", "0x10", "十二", "²", "٣", "१२", "1 2", "12本",
)  # fmt: skip
NEEDED = (*NO_NUMBERS, "0", "", "０")

NUMBERS: Spoilt = {
    "POST /donations": {"lines.0.pieces": NEEDED},
    "POST /donations/{code}/inspection": {
        "lines.1.accepted": NO_NUMBERS,
        "lines.1.refused": NO_NUMBERS,
    },
    "POST /lots/{code}/moves": {"pieces": NEEDED},
    "POST /lots/{code}/write-offs": {"pieces": NEEDED},
    "POST /products": {
        "net_grams": (*NO_NUMBERS, "0"),
        "kcal": NO_NUMBERS,
        "servings": NO_NUMBERS,
        "reorder_level": NO_NUMBERS,
    },
    "POST /cases/{code}/parcels": {
        "days": (*NEEDED, "32"),
        "household.adult": (*NO_NUMBERS, "21"),
    },
    "POST /settings": {"idle_minutes": (*NEEDED, "4", "721")},
}


async def test_what_is_no_number() -> None:
    await refused(NUMBERS)


async def test_what_is_no_number_of_a_lot_in_a_parcel() -> None:
    """The rows of these two forms are named after the lots."""
    desk = await furnish()
    forms = page_forms(desk)
    packing, back = forms["POST /cases/{code}/parcels"], forms["POST /parcels/{code}/returns"]
    row = next(name for name in packing.typed if name.startswith("lines."))
    wrong: list[str] = []
    async with visiting_as(Role.MANAGER) as visitor, nothing_changes():
        for form, field in ((packing, row), (back, "lines.1.pieces")):
            for text in NEEDED:
                typed = {**form.typed, field: text}
                wrong += faults(await send(visitor, form, typed), form, typed, field)
    assert wrong == []


WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


async def test_full_width_digits_are_numbers() -> None:
    desk = await furnish()
    forms = page_forms(desk)
    statuses = {}
    async with visiting_as(Role.MANAGER) as visitor:
        for route in (*NUMBERS, "POST /parcels/{code}/returns"):
            form = forms[route]
            typed = {
                name: text.translate(WIDE) if text.isdecimal() else text
                for name, text in form.typed.items()
            }
            assert typed != form.typed or "２" in str(typed)
            statuses[route] = (await send(visitor, form, typed)).status_code
    assert set(statuses.values()) == {303}, statuses
    assert await is_well()


# ---- dates, check digits ----

NO_DATES = (
    "2月30日", "2026/2/29", "令和元年13月", "令和元年13月1日", "2026.13", "2026-00-10", "99999999", "20261345",
    "R0.1.1", "明日", "٢٠٢٦/١/١", "2026/11/23/1", "１２３", "1;DROP TABLE agreement", "<b>",
)  # fmt: skip
NO_PRINTED_DATES = (
    "2027.13", "2027.2.30", "令和元年13月", "99999999", "2月30日", "製造 2026.1.1", "2050.1.1", "1999.1.1",
    "明日", "2027.6.31", "٢٠٢٧.٦", "....", "2027.6.1.1", "（）",
)  # fmt: skip

DATES: Spoilt = {
    "POST /donations": {"lines.0.printed": NO_PRINTED_DATES},
    "POST /organizations/{code}/agreements": {
        "signed_on": (*NO_DATES, "", "2150/1/1"),
        "valid_from": (*NO_DATES, ""),
        "valid_until": (*NO_DATES, "2001/1/1"),
    },
    "POST /organizations/{code}/terminations": {"last_day": (*NO_DATES, "", "2001/1/1")},
}


async def test_days_that_do_not_exist() -> None:
    await refused(DATES)


NO_GTINS = (
    "4902777130836", "490277713083", "14902777130832", "2012345678903", "4.90278E+12", "4902777130835x",
    "٤٩٠٢٧٧٧١٣٠٨٣٥", "0000", "🐟",
)  # fmt: skip
NO_CORPORATE_NUMBERS = (
    "5835678256247", "123456789012", "9" * 14, "T", "法人番号", "٩١٢٠٠٠١٠٠٠٠٠١", "株式会社",
)  # fmt: skip

CHECKED: Spoilt = {
    "POST /products": {"gtin": NO_GTINS},
    "POST /products/{code}/edit": {"gtin": NO_GTINS},
    "POST /donations": {
        "lines.0.product": ("4902777130836", "2012345678903", "知らない缶", "4902777130835"),
        "organization": ("K7M29XQ4T", "", "なし", "'; DROP TABLE organization; --"),
    },
    "POST /organizations": {
        "corporate_number": NO_CORPORATE_NUMBERS,
        "contacts.0.phone": ("110", "電話", "06-1234-567８９０１２３４５６７８９０１２３４５６７８９０１２３４５６７８９"),
        "contacts.0.email": ("jimu", "jimu@", "a b@example.jp", "a@b"),
    },
    "POST /staff": {"sign_in_name": ("a", "a b", "太郎 花子", "<b>", "あ" * 51)},
    "POST /settings": {"case_id_pattern": ("山田###", "ABC", "#" * 65, "")},
}  # fmt: skip


async def test_what_does_not_pass_its_check() -> None:
    await refused(CHECKED)


CODES = ("K7M29XQ4T", "K7M", "🐟🐟🐟🐟🐟🐟🐟🐟🐟", "000000000", "' OR '1'='1", "\x00", "山田 太郎")

LISTS: Spoilt = {
    "POST /donations": {"organization": CODES},
    "POST /donations/{code}/inspection": {"lines.1.place": CODES, "lines.1.reason": CODES},
    "POST /lots/{code}/moves": {"from_place": CODES, "to_place": CODES},
    "POST /lots/{code}/reversals": {"movement": ("0", "-1", "999999999", "x")},
    "POST /lots/{code}/write-offs": {"from_place": CODES},
    "POST /products": {"category": CODES, "meal_role": CODES, "temperature": CODES[:5]},
    "POST /cases/{code}/parcels": {"reason": CODES, "route": CODES[:3]},
    "POST /organizations": {"kind": CODES},
    "POST /organizations/{code}/terminations": {"agreement": CODES},
    "POST /parcels/{code}/cancellation": {"reason": CODES},
    "POST /parcels/{code}/returns": {"lines.1.to_place": CODES},
    "POST /staff": {"role": CODES},
    "POST /staff/{code}/role": {"role": CODES},
}


async def test_what_is_on_no_list() -> None:
    """Nobody can choose these in a browser: a page that is old, or a form that was made up."""
    await refused(LISTS)


# ---- text ----


async def test_ten_thousand_characters_in_any_field() -> None:
    desk = await furnish()
    await refused_everywhere(page_forms(desk), LONG)


async def refused_everywhere(forms: dict[str, Page], text: str) -> None:
    wrong: list[str] = []
    async with visiting_as(Role.MANAGER) as visitor, nothing_changes():
        for form in forms.values():
            for field in form.typed:
                typed = {**form.typed, field: text}
                wrong += faults(await send(visitor, form, typed), form, typed, field)
    assert wrong == []


HOSTILE = '"><b id=evil>{{7*7}}</b>'

NAMED = {
    "POST /places": ("name",),
    "POST /products": ("name", "kana"),
    "POST /organizations": ("name", "kana", "new_network", "contacts.0.name", "note"),
    "POST /organizations/{code}/agreements": ("conditions",),
    "POST /donations": ("note",),
    "POST /donations/{code}/inspection": ("lines.1.note",),
    "POST /lots/{code}/write-offs": ("note",),
    "POST /cases/{code}/parcels": ("note",),
    "POST /parcels/{code}/returns": ("note",),
    "POST /staff": ("name",),
    "POST /staff/tokens": ("name",),
    "POST /settings": ("desk_name",),
}
"""Every field whose text is kept and shown again."""


async def test_markup_in_names_stays_text_everywhere() -> None:
    desk = await furnish()
    forms = page_forms(desk)
    said: list[str] = []
    async with visiting_as(Role.MANAGER) as visitor:
        for route, fields in NAMED.items():
            typed = {**forms[route].typed, **dict.fromkeys(fields, HOSTILE)}
            answer = await send(visitor, forms[route], typed)
            assert answer.status_code in (200, 303), (route, sentences_of(answer))
            said.append(answer.text)
        kept = str(await everything()).count("evil")
        assert kept >= sum(map(len, NAMED.values())), kept
        said += await every_page(visitor)
        for typed in ({"lines.0.product": "evil"}, {"lines.0.printed": HOSTILE, "note": HOSTILE}):
            form = forms["POST /donations"]
            refusal = await send(visitor, form, {**form.typed, **typed})
            assert refusal.status_code == 422
            said.append(refusal.text)
        suggested = (await visitor.http.get("/products/suggestions?q=evil")).text
    offered = f'<option value="{escape(HOSTILE)}（'
    assert offered in suggested
    assert offered in "".join(said)
    for page in (*said, suggested):
        assert "<b id=evil" not in page
        assert "49</b>" not in unescape(page)
    assert sum(escape(HOSTILE) in page for page in said) > 20


async def every_page(visitor: Visitor) -> list[str]:
    """Every page that there is to look at, of everything that there is."""
    codes = {
        kind: [row["code"] for row in await fetch(f"SELECT code FROM {table}")]
        for kind, table in TABLES.items()
    }
    routes = [route.removeprefix("GET ") for route in ACCESS if route.startswith("GET /")]
    pages = []
    for route in routes:
        kind = route.split("/")[1]
        if kind in ("api", "static", "search", "printed-dates") or route.endswith("slip"):
            continue
        for code in codes.get(kind, []) if "{code}" in route else [""]:
            answer = await visitor.http.get(route.replace("{code}", code), follow_redirects=True)
            assert answer.status_code == 200, f"{route}: {answer.status_code}"
            pages.append(answer.text)
    return pages


TABLES = {
    "organizations": "organization", "products": "product", "lots": "lot",
    "donations": "donation", "parcels": "parcel", "cases": "case_file",
}  # fmt: skip


async def test_markup_in_names_stays_text_on_paper() -> None:
    """The slip is typst: its markup must not become anything either."""
    name = "#evil *さば* $x^2$ <b>"
    shelf = await a_shelf()
    line = PackLine(await a_lot(await a_product(name), shelf), shelf, 1)
    parcel = await a_parcel(await a_case(), line)
    async with visiting_as(Role.WORKER) as visitor:
        answer = await visitor.http.get(f"/parcels/{parcel}/slip")
    assert answer.status_code == 200
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    assert name in text.replace("\n", "")


STRANGE = {
    "emoji": ("さば缶🐟", "さば缶🐟"),
    "zero-width and direction marks": ("\u200bさば\u200d缶\ufeff\u202e", "さば缶"),
    "NUL and controls": ("さば\x00缶\x07\x1b[31m", "さば缶[31m"),
    "line breaks": ("さば\r\n缶", "さば 缶"),
    "SQL": ("'); DROP TABLE place; --", "'); DROP TABLE place; --"),
    "format fields": ("%s {0} {{x}} ${jndi:x}", "%s {0} {{x}} ${jndi:x}"),
    "one ligature that spells a phrase": ("ﷺ" * 30, "ﷺ" * 30),
}
"""Taken, and kept without what nobody can see."""


@pytest.mark.parametrize("case", STRANGE)
async def test_strange_text_is_taken_and_kept_clean(case: str) -> None:
    typed, kept = STRANGE[case]
    forms = page_forms(await furnish())
    async with visiting_as(Role.MANAGER) as visitor:
        for route in ("POST /places", "POST /products", "POST /organizations"):
            form = forms[route]
            answer = await send(visitor, form, {**form.typed, "name": typed})
            assert answer.status_code == 303, (route, sentences_of(answer))
            page = (await visitor.http.get(answer.headers["location"])).text
            assert f">{escape(kept)}<" in page, route
    assert await is_well()


async def test_what_cannot_be_seen_is_nothing() -> None:
    unseen = ("\u200b", "\u3000", "\x00", "\u202e\u2066", " \r\n ")
    routes = ("POST /places", "POST /products", "POST /organizations", "POST /staff")
    await refused({route: {"name": unseen} for route in routes})


TAKEN = {
    "POST /places": {"name": "棚A"},
    "POST /products": {"gtin": "4901234567894"},
    "POST /organizations": {"corporate_number": "5835678256246"},
    "POST /staff": {"sign_in_name": "ＴＡＮＡＫＡ"},
}


async def test_what_somebody_has_already() -> None:
    forms = page_forms(await furnish())
    async with visiting_as(Role.MANAGER) as visitor:
        for route, fields in TAKEN.items():
            other = {
                "POST /products": {"name": "一つ目"},
                "POST /organizations": {"name": "一つ目"},
            }
            if route in other:
                typed = {**forms[route].typed, **fields, **other[route]}
                assert (await send(visitor, forms[route], typed)).status_code == 303
        async with nothing_changes():
            for route, fields in TAKEN.items():
                form = forms[route]
                for field, text in fields.items():
                    typed = {**form.typed, field: text}
                    answer = await send(visitor, form, typed)
                    assert faults(answer, form, typed, field) == []
