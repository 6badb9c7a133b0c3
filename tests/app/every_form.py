"""Every form and every JSON body of the program, filled in so that it is accepted.

A browser's view of a form: what stands in its fields, hidden ones too. Tests
spoil one field, send a form twice, or let the session end while it is filled in.
"""

import datetime
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from html.parser import HTMLParser
from typing import Any, NamedTuple

import httpx
from piccolo.conf.apps import Finder

from app.doctor import examine
from distribution.commands.handover import HandOver, hand_over
from distribution.commands.packing import PackLine
from donors.commands.agreement import AddAgreement, add_agreement
from donors.commands.donation import DonatedLine
from inventory.commands.lots import MoveLot, move_lot
from kernel import clock
from kernel.database import fetch, snapshot
from staff.commands.account import AddAccount, Deactivate, add_account, deactivate
from staff.commands.token import MakeToken, make_token
from staff.rules.actor import Role
from staff.rules.secrets import new_api_token
from tests.app.access_table import ACCESS
from tests.app.visitors import PASSWORD, Visitor
from tests.world import (
    HANAKO,
    TARO,
    a_case,
    a_donation,
    a_lot,
    a_parcel,
    a_product,
    a_shelf,
    an_organization,
    key,
)

CASE_ID = "R8-0412"
Fields = dict[str, str]


class Desk(NamedTuple):
    """Codes of one of everything; `packed` and `waiting` are two parcels not handed over."""

    organization: str
    agreement: str
    product: str
    shelf: str
    other_shelf: str
    lot: str
    movement: int
    donation: str
    logged: str
    case: str
    packed: str
    waiting: str
    handed: str
    account: str
    shut_out: str
    token: str


async def furnish() -> Desk:
    """A desk with one of everything."""
    organization, product = await an_organization(), await a_product()
    shelf, other_shelf = await a_shelf("棚A"), await a_shelf("棚B")
    lot = await a_lot(product, shelf, 100, clock.today() + datetime.timedelta(days=200))
    await move_lot(
        MoveLot(key=key(), lot=lot, from_place=shelf, to_place=other_shelf, pieces=20),
        TARO,
        clock.now(),
    )
    day = clock.today()
    await add_agreement(
        AddAgreement(key=key(), organization=organization, signed_on=day, valid_from=day),
        TARO,
        clock.now(),
    )
    line = DonatedLine(product=product, pieces=24, printed=str(day + datetime.timedelta(days=300)))
    case = await a_case(CASE_ID)
    parcels = [await a_parcel(case, PackLine(lot, shelf, 5)) for _ in range(3)]
    await hand_over(HandOver(key=key(), parcel=parcels[2]), TARO, clock.now())
    await an_account("hanako", Role.MANAGER)
    shut_out = await an_account("yasumi")
    await deactivate(Deactivate(key=key(), account=shut_out), HANAKO, clock.now())
    token = MakeToken(key=key(), name="会計ソフト", role=Role.WORKER, token=new_api_token())
    async with snapshot():
        agreement = (await fetch("SELECT code FROM agreement"))[0]["code"]
        movement = (await fetch("SELECT id FROM movement WHERE reason = 'moved'"))[0]["id"]
    return Desk(
        organization=organization,
        agreement=agreement,
        product=product,
        shelf=shelf,
        other_shelf=other_shelf,
        lot=lot,
        movement=movement,
        donation=await a_donation(organization, line),
        logged=await a_donation(organization, line, line),
        case=case,
        packed=parcels[0],
        waiting=parcels[1],
        handed=parcels[2],
        account=await an_account("tanaka"),
        shut_out=shut_out,
        token=(await make_token(token, HANAKO, clock.now())).code,
    )


async def an_account(name: str, role: Role = Role.WORKER) -> str:
    ask = AddAccount(
        key=key(), name=f"{name} さん", sign_in_name=name, role=role, password=PASSWORD
    )
    return (await add_account(ask, HANAKO, clock.now())).code


class Page(NamedTuple):
    """A form: the page that it stands on, the address that it is sent to, what is typed."""

    at: str
    to: str
    typed: Fields


def page_forms(desk: Desk) -> dict[str, Page]:
    """By route, every form that changes something and needs a sign-in."""
    day = clock.today()
    organization, lot = f"/organizations/{desk.organization}", f"/lots/{desk.lot}"
    product = {
        "name": "ツナ缶 70g", "kana": "ツナカン", "category": "缶詰", "meal_role": "main",
        "gtin": "4902777130835", "net_grams": "70", "kcal": "190", "servings": "1",
        "reorder_level": "12", "preparation": "can_opener", "temperature": "ambient",
        "date_kind": "best_before", "allergens.0.state": "not_shown",
    }  # fmt: skip
    giver = {
        "kind": "company", "name": "こども食堂 ひまわり", "kana": "ヒマワリ",
        "corporate_number": "", "note": "搬入は午前中",
        "contacts.0.name": "事務局", "contacts.0.phone": "06-1234-5678",
        "contacts.0.email": "jimu@example.jp",
    }  # fmt: skip
    until = f"{day.year + 1}/3/31"
    return {
        "POST /me/password": Page(
            "/me",
            "/me/password",
            {
                "current_password": PASSWORD,
                "new_password": "three quiet harbour cats",
                "new_password_again": "three quiet harbour cats",
            },
        ),
        "POST /donations": Page(
            "/donations/new",
            "/donations",
            {
                "organization": desk.organization,
                "lines.0.product": desk.product,
                "lines.0.pieces": "２４",
                "lines.0.printed": until,
                "note": "入口に置いてある",
            },
        ),
        "POST /donations/{code}/inspection": Page(
            f"/donations/{desk.donation}",
            f"/donations/{desk.donation}/inspection",
            {
                "lines.1.accepted": "20",
                "lines.1.refused": "4",
                "lines.1.place": desk.shelf,
                "lines.1.reason": "破損・中身露出",
                "lines.1.note": "箱がつぶれている",
            },
        ),
        "POST /lots/{code}/moves": Page(
            lot,
            f"{lot}/moves",
            {"from_place": desk.shelf, "to_place": desk.other_shelf, "pieces": "7"},
        ),
        "POST /lots/{code}/reversals": Page(
            lot, f"{lot}/reversals", {"movement": str(desk.movement)}
        ),
        "POST /lots/{code}/write-offs": Page(
            lot,
            f"{lot}/write-offs",
            {"from_place": desk.shelf, "pieces": "3", "note": "袋が破れた"},
        ),
        "POST /places": Page("/places", "/places", {"name": "棚C"}),
        "POST /products": Page("/products/new", "/products", product),
        "POST /products/{code}/edit": Page(
            f"/products/{desk.product}/edit",
            f"/products/{desk.product}/edit",
            {**product, "name": "さば水煮缶 190g", "gtin": "4901234567894"},
        ),
        "POST /counter": Page("/counter", "/counter", {"case_id": "R8-0777"}),
        "POST /cases/{code}/parcels": Page(
            f"/cases/{desk.case}/parcels/new",
            f"/cases/{desk.case}/parcels",
            {
                "reason": "その他",
                "days": "3",
                "household.adult": "2",
                "household.school": "1",
                "route": "本人(来所)",
                "note": "昼に来所",
                f"lines.{desk.lot}-{desk.shelf}.pieces": "6",
            },
        ),
        "POST /organizations": Page("/organizations/new", "/organizations", giver),
        "POST /organizations/{code}/edit": Page(
            f"{organization}/edit", f"{organization}/edit", {**giver, "name": "株式会社 みなと"}
        ),
        "POST /organizations/{code}/agreements": Page(
            organization,
            f"{organization}/agreements",
            {
                "signed_on": "令和8年4月1日",
                "valid_from": "R8.4.1",
                "valid_until": until,
                "conditions": "再寄贈はしない",
            },
        ),
        "POST /organizations/{code}/terminations": Page(
            organization,
            f"{organization}/terminations",
            {"agreement": desk.agreement, "last_day": until},
        ),
        "POST /parcels/{code}/handover": Page(
            f"/parcels/{desk.packed}", f"/parcels/{desk.packed}/handover", {}
        ),
        "POST /parcels/{code}/cancellation": Page(
            f"/parcels/{desk.waiting}",
            f"/parcels/{desk.waiting}/cancellation",
            {"reason": "入力の誤り"},
        ),
        "POST /parcels/{code}/returns": Page(
            f"/parcels/{desk.handed}",
            f"/parcels/{desk.handed}/returns",
            {"lines.1.pieces": "2", "lines.1.to_place": desk.other_shelf, "note": "開けていない"},
        ),
        "POST /staff": Page(
            "/staff", "/staff", {"name": "新人 花", "sign_in_name": "shinjin", "role": "worker"}
        ),
        "POST /staff/tokens": Page(
            "/staff/tokens", "/staff/tokens", {"name": "在庫表", "role": "volunteer"}
        ),
        "POST /staff/tokens/{code}/revocation": Page(
            "/staff/tokens", f"/staff/tokens/{desk.token}/revocation", {}
        ),
        "POST /staff/{code}/role": Page(
            "/staff", f"/staff/{desk.account}/role", {"role": "volunteer"}
        ),
        "POST /staff/{code}/password": Page("/staff", f"/staff/{desk.account}/password", {}),
        "POST /staff/{code}/deactivation": Page(
            "/staff", f"/staff/{desk.account}/deactivation", {}
        ),
        "POST /staff/{code}/reactivation": Page(
            "/staff", f"/staff/{desk.shut_out}/reactivation", {}
        ),
        "POST /settings": Page(
            "/settings",
            "/settings",
            {"desk_name": "大正区の窓口", "case_id_pattern": "R#-####", "idle_minutes": "90"},
        ),
    }


class Body(NamedTuple):
    """A JSON body without its key, and the address that it is sent to (below /api)."""

    to: str
    json: dict[str, Any]


def api_bodies(desk: Desk) -> dict[str, Body]:
    """By route, every body that changes something."""
    day = clock.today()
    until = f"{day.year + 1}-03-31"
    product = {
        "name": "ツナ缶 70g", "kana": "ツナカン", "category": "缶詰", "meal_role": "main",
        "gtin": "4902777130835", "net_grams": 70, "kcal": 190, "servings": 1, "reorder_level": 12,
        "preparation": ["can_opener"], "temperature": "ambient", "date_kind": "best_before",
        "allergens": [{"name": "卵", "state": "contains"}],
    }  # fmt: skip
    giver = {
        "kind": "company", "name": "こども食堂 ひまわり", "kana": "ヒマワリ",
        "may_be_named": True, "networks": ["みなまるねっと"], "note": "搬入は午前中",
        "contacts": [{"name": "事務局", "phone": "06-1234-5678", "email": "jimu@example.jp"}],
    }  # fmt: skip
    lot, parcel = {"lot": desk.lot, "from_place": desk.shelf}, "/parcels"
    return {
        "POST /api/donations": Body(
            "/donations",
            {
                "organization": desk.organization,
                "lines": [{"product": desk.product, "pieces": 24, "printed": until}],
                "note": "入口に置いてある",
            },
        ),
        "POST /api/donations/{code}/inspection": Body(
            f"/donations/{desk.donation}/inspection",
            {
                "lines": [
                    {
                        "line": 1, "accepted": 20, "refused": 4, "place": desk.shelf,
                        "reason": "破損・中身露出", "note": "箱がつぶれている",
                    }
                ]
            },
        ),
        "POST /api/moves": Body("/moves", {**lot, "to_place": desk.other_shelf, "pieces": 7}),
        "POST /api/write-offs": Body("/write-offs", {**lot, "pieces": 3, "note": "袋が破れた"}),
        "POST /api/reversals": Body("/reversals", {"movement": desk.movement, "note": "置き間違い"}),
        "POST /api/places": Body("/places", {"name": "棚C"}),
        "POST /api/products": Body("/products", product),
        "POST /api/products/edits": Body(
            "/products/edits", {**product, "product": desk.product, "gtin": "4901234567894"}
        ),
        "POST /api/cases": Body("/cases", {"case_id": "R8-0777"}),
        "POST /api/parcels": Body(
            parcel,
            {
                "case": desk.case, "reason": "その他", "days": 3,
                "household": {"adult": 2, "school": 1}, "route": "本人(来所)", "note": "昼に来所",
                "lines": [{"lot": desk.lot, "place": desk.shelf, "pieces": 6}],
            },
        ),
        "POST /api/parcels/{code}/handover": Body(f"{parcel}/{desk.packed}/handover", {}),
        "POST /api/parcels/{code}/cancellation": Body(
            f"{parcel}/{desk.waiting}/cancellation", {"reason": "入力の誤り"}
        ),
        "POST /api/parcels/{code}/returns": Body(
            f"{parcel}/{desk.handed}/returns",
            {
                "lines": [{"lot": desk.lot, "pieces": 2, "to_place": desk.other_shelf}],
                "note": "開けていない",
            },
        ),
        "POST /api/organizations": Body("/organizations", giver),
        "POST /api/organizations/edits": Body(
            "/organizations/edits", {**giver, "organization": desk.organization}
        ),
        "POST /api/organizations/{code}/agreements": Body(
            f"/organizations/{desk.organization}/agreements",
            {
                "signed_on": str(day), "valid_from": str(day), "valid_until": until,
                "renews": True, "conditions": "再寄贈はしない",
            },
        ),
        "POST /api/staff": Body(
            "/staff",
            {
                "name": "新人 花", "sign_in_name": "shinjin", "role": "worker",
                "password": PASSWORD,
            },
        ),
        "POST /api/staff/tokens": Body("/staff/tokens", {"name": "在庫表", "role": "volunteer"}),
        "POST /api/staff/tokens/revocations": Body(
            "/staff/tokens/revocations", {"token": desk.token}
        ),
        "POST /api/staff/roles": Body(
            "/staff/roles", {"account": desk.account, "role": "volunteer"}
        ),
        "POST /api/staff/passwords": Body(
            "/staff/passwords", {"account": desk.account, "password": PASSWORD}
        ),
        "POST /api/staff/deactivations": Body("/staff/deactivations", {"account": desk.account}),
        "POST /api/staff/reactivations": Body("/staff/reactivations", {"account": desk.shut_out}),
    }  # fmt: skip


OPEN = {"POST /setup", "POST /sign-in", "POST /sign-out"}
"""Forms of somebody who is not signed in; they have tests of their own."""

ONLY_LOOKS = {"POST /cases/{code}/parcels/totals", "POST /search"}
"""Sums that follow while a form is filled in, and the search; nothing is kept of them."""


CHOSEN = {
    "organization", "place", "from_place", "to_place", "reason", "route", "category", "meal_role",
    "preparation", "temperature", "date_kind", "state", "kind", "role",
}  # fmt: skip
"""Fields that a browser offers a choice for: what is on no list cannot stand in them again."""

NOT_TYPED = {"movement", "agreement"}
"""Fields that say which of several small forms on a page this is."""


def lost(answer: httpx.Response, form: Page, typed: Fields, spoiled: str = "") -> list[str]:
    """The fields in which the form that came back no longer holds what was typed."""
    standing = filled_in(answer.text, form, {})
    return [
        name
        for name, text in typed.items()
        if "password" not in name
        and spoiled not in NOT_TYPED
        and not (name == spoiled and name.split(".")[-1] in CHOSEN)
        and text not in standing.get(name, [])
    ]


def routes_of(*, api: bool) -> set[str]:
    """What the program has, to compare with what is filled in here."""
    posts = {route for route in ACCESS if route.startswith("POST ")}
    return {r for r in posts - OPEN - ONLY_LOOKS if r.startswith("POST /api/") == api}


# ---- forms as a browser sees them ----


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, list[tuple[str, str]]]] = []
        self.inside = False
        self.templates = 0
        self.select = self.textarea = ""
        self.chosen: str | None = None
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        self.templates += tag == "template"
        if self.templates:
            return
        if tag == "form":
            self.inside = True
            self.forms.append((said.get("action", ""), []))
        elif tag == "input" and said.get("name"):
            if said.get("type") not in ("checkbox", "radio") or "checked" in said:
                self.keep(said["name"], said.get("value", ""))
        elif tag == "select":
            self.select, self.chosen = said.get("name", ""), None
        elif tag == "option" and self.select and ("selected" in said or self.chosen is None):
            self.chosen = said.get("value", "")
        elif tag == "textarea":
            self.textarea, self.text = said.get("name", ""), []

    def handle_endtag(self, tag: str) -> None:
        self.templates -= tag == "template"
        if self.templates:
            return
        if tag == "form":
            self.inside = False
        elif tag == "select":
            self.keep(self.select, self.chosen or "")
            self.select = ""
        elif tag == "textarea":
            self.keep(self.textarea, "".join(self.text).removeprefix("\n"))
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.text.append(data)

    def keep(self, name: str, value: str) -> None:
        if self.inside and name:
            self.forms[-1][1].append((name, value))


def forms_in(page: str, to: str) -> list[list[tuple[str, str]]]:
    """What a browser would send of each form on the page that goes to this address."""
    reader = _Forms()
    reader.feed(page)
    return [fields for action, fields in reader.forms if action == to]


def filled_in(page: str, form: Page, typed: Fields | None = None) -> dict[str, list[str]]:
    """The form as it stands on the page, with this typed over it."""
    typed = form.typed if typed is None else typed
    found = forms_in(page, form.to)
    assert found, f"no form to {form.to}"
    # Of several alike (one per movement, one per agreement) the one that names the same thing.
    marks = {(n, v) for n, v in form.typed.items() if n in ("movement", "agreement")}
    fields = next((f for f in found if marks <= set(f)), found[0])
    tree: dict[str, list[str]] = {}
    for name, value in fields:
        tree.setdefault(name, []).append(value)
    return {**tree, **{name: [value] for name, value in typed.items()}}


async def send(visitor: Visitor, form: Page, typed: Fields | None = None) -> httpx.Response:
    """Open the page of a form, type, and send it, as a browser does."""
    page = await visitor.http.get(form.at)
    assert page.status_code == 200, f"{form.at}: {page.status_code}"
    return await visitor.http.post(form.to, data=filled_in(page.text, form, typed))


# ---- what must not change ----

CHANGE_BY_LOOKING = {"session", "sign_in_attempt", "audit_head"}
"""Tables that change by signing in and by looking; views are left out of the trail too."""


async def everything() -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, but for the traces of visits."""
    tables = {table._meta.tablename for table in Finder().get_table_classes()}
    kept = sorted(tables - CHANGE_BY_LOOKING)
    async with snapshot():
        rows = {table: await fetch(f'SELECT * FROM "{table}"') for table in kept}
    rows["audit_entry"] = [row for row in rows["audit_entry"] if row["deed"] not in LOOKS]
    for row in rows["api_token"]:
        row.pop("used_at")
    for row in rows["account"]:
        row.pop("signed_in_at")
    return {table: sorted(map(str, found)) for table, found in rows.items()}  # type: ignore[misc]  # Piccolo types its rows as Any


LOOKS = {"view", "sign_in", "sign_out"}
"""Deeds that change nothing but the trail."""


async def is_well() -> bool:
    """The doctor finds nothing."""
    return (await examine()).faults == []


@asynccontextmanager
async def nothing_changes() -> AsyncIterator[None]:
    """Not one row is another one afterwards."""
    before = await everything()
    yield
    assert await everything() == before
    assert await is_well()


def sentences_of(answer: httpx.Response) -> list[str]:
    """What a refusal says: the summary of a form, a page of its own, or the API's answer."""
    if answer.headers.get("content-type", "").startswith("application/json"):
        body = answer.json()
        return [body["sentence"], *(error["sentence"] for error in body["errors"])]
    found = re.search(r'class="summary".*?</ul>|id="refusal".*?</section>', answer.text, re.DOTALL)
    said = re.findall(r"<(li|p)>(.*?)</\1>", found[0], re.DOTALL) if found else []
    texts = [unescape(re.sub(r"<[^>]*>", "", text)).strip() for _, text in said]
    return [text for text in texts if JAPANESE.search(text)]


JAPANESE = re.compile("[ぁ-ん].*。$", re.DOTALL)
"""A sentence, with a full stop."""
