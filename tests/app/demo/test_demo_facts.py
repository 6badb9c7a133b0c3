"""The demo's facts hold together, and a year of them ends where a food bank would stand."""

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import msgspec
import pytest
from stdnum import ean
from stdnum.jp import cn

from app.demo.happenings import (
    PLACES,
    STAGING,
    DamageEvent,
    DonationEvent,
    DonationLine,
    Event,
    MoveEvent,
    ParcelEvent,
    ReverseEvent,
    WriteOffEvent,
    keeps_until,
)
from app.demo.organizations import KINDS, ORGANIZATIONS
from app.demo.picking import Held, picked
from app.demo.products import LABELLED, PRODUCTS, DemoProduct
from app.demo.year import events
from inventory.rules.lists import CATEGORIES
from inventory.rules.product import AllergenState, DateKind, MealRole

A_MONDAY = date(2026, 11, 23)
TODAYS = (A_MONDAY, date(2026, 4, 1), date(2026, 8, 12), date(2027, 2, 28), date(2028, 2, 29))
"""A Monday and a Wednesday, before and after the food drives, a Sunday, a leap day."""

INVENTED_REGISTRY = "9999"


# ---- products


def test_every_jan_is_a_valid_japanese_one() -> None:
    jans = [product.jan for product in PRODUCTS if product.jan]
    assert all(ean.is_valid(jan) and jan[:2] in ("45", "49") for jan in jans)
    assert Counter(len(jan) for jan in jans) == {13: len(jans) - 2, 8: 2}
    assert len(PRODUCTS) - len(jans) == 3


def test_products_are_unique_by_name_and_jan() -> None:
    jans = [product.jan for product in PRODUCTS if product.jan]
    assert len(set(jans)) == len(jans)
    assert len({product.name for product in PRODUCTS}) == len(PRODUCTS)
    assert all(re.fullmatch(r"[ァ-ヶー]+", product.kana) for product in PRODUCTS)


def test_every_category_has_products_and_every_role_a_category() -> None:
    assert {product.category for product in PRODUCTS} == {name for name, _ in CATEGORIES}
    assert {role for _, role in CATEGORIES} == set(MealRole)


@pytest.mark.parametrize("product", PRODUCTS, ids=lambda product: product.name)
def test_a_label_is_believable(product: DemoProduct) -> None:
    assert 0 <= product.kcal <= product.net_grams * 9  # pure fat has 9 kcal a gram
    assert product.net_grams > 0
    assert (product.date_kind is DateKind.NONE) == (product.shelf_months == 0)
    food = product.category != "日用品" and "おむつ" not in product.name
    assert set(product.allergens) >= set(LABELLED if food else ())
    if product.meal_role is MealRole.STAPLE:
        assert product.servings >= 1


def test_every_allergen_that_a_label_must_show_is_met_somewhere() -> None:
    stated = {
        name
        for p in PRODUCTS
        for name, state in p.allergens.items()
        if state is AllergenState.CONTAINS
    }
    assert stated >= {"えび", "くるみ", "小麦", "そば", "卵", "乳", "カシューナッツ"}
    assert any(AllergenState.UNKNOWN in p.allergens.values() for p in PRODUCTS)


# ---- organisations


def test_organizations_are_of_every_kind_and_invented() -> None:
    assert {giver.kind for giver in ORGANIZATIONS} == set(KINDS)
    assert len({giver.name for giver in ORGANIZATIONS}) == len(ORGANIZATIONS) == 12
    numbers = [giver.corporate_number for giver in ORGANIZATIONS if giver.corporate_number]
    assert all(cn.is_valid(number) for number in numbers)
    assert all(number[1:5] == INVENTED_REGISTRY for number in numbers)
    for contact in (contact for giver in ORGANIZATIONS for contact in giver.contacts):
        assert contact.phone is None or contact.phone.startswith("06-0000-")
        assert contact.email is None or contact.email.endswith("example.jp")


def test_one_agreement_has_lapsed_and_one_is_about_to() -> None:
    left = [
        giver.agreement.valid_years * 365 - giver.agreement.signed_days_ago
        for giver in ORGANIZATIONS
        if giver.agreement and not giver.agreement.renews
    ]
    assert sum(days < 0 for days in left) == 1
    assert sum(0 <= days <= 30 for days in left) == 1
    assert sum(giver.agreement is None for giver in ORGANIZATIONS) == 2


# ---- the year


def test_the_same_day_and_seed_tell_the_same_year() -> None:
    assert list(events(A_MONDAY)) == list(events(A_MONDAY))
    assert list(events(A_MONDAY)) != list(events(A_MONDAY, seed=1))


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_events_are_in_order_and_in_office_hours(today: date) -> None:
    year = list(events(today))
    for event, following in pairwise(year):
        closed = event.closed_at if isinstance(event, ParcelEvent) else None
        assert event.at <= (closed or event.at) < following.at
    assert all(9 <= event.at.hour < 17 for event in year)
    assert all(event.at.utcoffset() == timedelta(hours=9) for event in year)
    assert year[0].at.date() >= today - timedelta(days=364)
    assert year[-1].at.date() == today
    assert all(event.at.hour < 12 for event in year if event.at.date() == today)
    weekend = [event for event in year if event.at.weekday() >= 5]
    assert all(isinstance(event, DonationEvent) and not event.inspected for event in weekend)


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_printed_dates_say_what_is_kept_beside_them(today: date) -> None:
    for line in _lines(events(today)):
        if PRODUCTS[line.product].date_kind is DateKind.NONE:
            assert (line.printed, line.dated) == ("", None)
        else:
            assert _last_day(line.printed) == line.dated


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_rice_comes_after_its_milling(today: date) -> None:
    for event in events(today):
        for line in event.lines if isinstance(event, DonationEvent) else ():
            if PRODUCTS[line.product].date_kind is DateKind.MILLED:
                assert line.dated is not None
                assert line.dated < event.at.date()


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_what_is_refused_is_refused_for_its_date_or_its_state(today: date) -> None:
    for event in events(today):
        for line in event.lines if isinstance(event, DonationEvent) else ():
            last = keeps_until(line)
            assert 0 <= line.refused_pieces <= line.pieces
            assert bool(line.refused_pieces) == bool(line.refusal_reason)
            assert line.place in dict(PLACES)
            if last and line.refusal_reason == "期限切れ":
                assert last < event.at.date()
            elif last and line.refused_pieces < line.pieces:
                assert last >= event.at.date() + timedelta(days=7)


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_a_year_keeps_the_pace_of_a_ward_office(today: date) -> None:
    year = list(events(today))
    parcels = [event for event in year if isinstance(event, ParcelEvent)]
    gifts = [event for event in year if isinstance(event, DonationEvent)]
    assert 100 <= len(gifts) <= 150
    assert [gift.at.date() for gift in gifts if not gift.inspected] == [today, today]
    per_day = Counter(parcel.at.date() for parcel in parcels)
    assert 255 <= len(per_day) <= 262
    assert set(per_day.values()) == {1, 2, 3}
    assert 150 <= len({parcel.case for parcel in parcels}) <= 225
    assert all(re.fullmatch(r"R\d{1,2}-\d{4}", parcel.case) for parcel in parcels)
    outcomes = Counter(parcel.outcome for parcel in parcels)
    assert outcomes["packed"] == 3
    assert 1 <= outcomes["cancelled"] <= 30
    assert {p.at.date() for p in parcels if p.outcome == "packed"} == set(sorted(per_day)[-2:])
    assert all((p.outcome == "cancelled") == bool(p.cancel_reason) for p in parcels)
    kinds = Counter(type(event) for event in year)
    assert kinds[ReverseEvent] == 2
    assert kinds[MoveEvent] >= 10
    assert kinds[WriteOffEvent] >= 12


def test_gifts_are_bigger_when_the_food_drives_run() -> None:
    pieces = Counter[int]()
    for event in events(A_MONDAY):
        if isinstance(event, DonationEvent) and ORGANIZATIONS[event.organization].giving.in_drives:
            pieces[event.at.month] += sum(line.pieces for line in event.lines)
    # November is left out: in this year it is cut in two, and the first days fill the shelves.
    others = [pieces[month] for month in range(1, 13) if month not in (3, 11)]
    assert pieces[3] > 1.3 * sum(others) / len(others)


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_a_case_keeps_its_household_and_does_not_come_every_day(today: date) -> None:
    last: dict[str, ParcelEvent] = {}
    for parcel in (event for event in events(today) if isinstance(event, ParcelEvent)):
        before = last.get(parcel.case)
        if before is not None:
            assert before.household == parcel.household
            assert parcel.at.date() - before.at.date() >= timedelta(days=6)
        last[parcel.case] = parcel


# ---- played against a plain stock


class Stock:
    """(lot, place) → pieces, as simple as can be: what a runner does with commands."""

    def __init__(self) -> None:
        self.lots: list[DonationLine] = []
        self.pieces: Counter[tuple[int, str]] = Counter()
        self.parcels: list[int] = []
        self.written_off = 0
        self.last: Event | None = None
        self._undo: list[tuple[tuple[int, str], int]] = []

    def play(self, event: Event) -> None:
        match event:
            case DonationEvent(inspected=True):
                self._receive(event)
            case ParcelEvent():
                self._pack(event)
            case MoveEvent():
                self._take(event.product, event.from_place, event.pieces, event.to_place)
            case DamageEvent():
                self._take(event.product, event.place, event.pieces, None)
            case WriteOffEvent():
                self._write_off(event.before)
            case ReverseEvent():
                assert event.undoes == self.last
                assert self._undo, "a mistake that changed nothing"
                for key, change in self._undo:
                    self.pieces[key] -= change
        assert min(self.pieces.values(), default=0) >= 0
        self.last = event

    def held(self) -> list[Held]:
        return [
            Held(lot, self.lots[lot].product, place, keeps_until(self.lots[lot]), pieces)
            for (lot, place), pieces in self.pieces.items()
            if pieces
        ]

    def _receive(self, event: DonationEvent) -> None:
        for line in event.lines:
            if line.pieces > line.refused_pieces:
                self.lots.append(line)
                self.pieces[len(self.lots) - 1, line.place] = line.pieces - line.refused_pieces

    def _pack(self, event: ParcelEvent) -> None:
        lines = picked(event, self.held())
        self.parcels.append(sum(pieces for _, pieces in lines))
        for stock, pieces in lines if event.outcome != "cancelled" else ():
            self.pieces[stock.lot, stock.place] -= pieces
            if event.outcome == "packed":
                self.pieces[stock.lot, STAGING] += pieces

    def _take(self, product: int, place: str, pieces: int, to_place: str | None) -> None:
        self._undo = []
        there = [h for h in self.held() if (h.product, h.place) == (product, place)]
        for stock in sorted(there, key=lambda h: h.keeps_until or date.max):
            taken = min(pieces, stock.pieces)
            pieces -= taken
            self._change((stock.lot, place), -taken)
            if to_place:
                self._change((stock.lot, to_place), taken)

    def _change(self, key: tuple[int, str], change: int) -> None:
        self.pieces[key] += change
        self._undo.append((key, change))

    def _write_off(self, before: date) -> None:
        for stock in self.held():
            if stock.keeps_until and stock.keeps_until < before:
                self.written_off += self.pieces.pop((stock.lot, stock.place))


class EndState(msgspec.Struct, frozen=True):
    lots: int
    pieces: int
    packed: int
    expired_lots: int
    expiring_lots: int
    below_reorder: int
    written_off: int
    smallest_parcel: int


def end_state(today: date) -> EndState:
    stock = Stock()
    for event in events(today):
        stock.play(event)
    held = stock.held()
    last = {h.lot: h.keeps_until for h in held if h.keeps_until}
    of_product = Counter[int]()
    for h in held:
        of_product[h.product] += h.pieces
    return EndState(
        lots=len({h.lot for h in held}),
        pieces=sum(h.pieces for h in held),
        packed=sum(h.pieces for h in held if h.place == STAGING),
        expired_lots=sum(day < today for day in last.values()),
        expiring_lots=sum(today <= day <= today + timedelta(days=30) for day in last.values()),
        below_reorder=sum(of_product[n] < p.reorder_level for n, p in enumerate(PRODUCTS)),
        written_off=stock.written_off,
        smallest_parcel=min(stock.parcels),
    )


@pytest.mark.parametrize("today", TODAYS, ids=str)
def test_the_year_ends_as_a_food_bank_stands(today: date) -> None:
    end = end_state(today)
    assert 150 <= end.lots <= 250
    assert 1_500 <= end.pieces <= 4_000
    assert 20 <= end.packed <= 150
    assert 2 <= end.expired_lots <= 15
    assert 5 <= end.expiring_lots <= 40
    assert 4 <= end.below_reorder <= 28
    # Some 3 % of what came in: a food bank throws away little, and never nothing.
    assert 50 <= end.written_off <= 800
    assert end.smallest_parcel >= 4


# ---- reading


def _lines(year: Iterable[Event]) -> list[DonationLine]:
    return [line for event in year if isinstance(event, DonationEvent) for line in event.lines]


def _last_day(printed: str) -> date:
    """The last day that a printed date can mean; knows only the demo's manners of printing."""
    text = re.sub(r"令和(\d+)年", lambda m: f"{2018 + int(m[1])}年", printed)
    if re.fullmatch(r"\d{6}", text):
        text = f"{text[:2]}.{text[2:4]}.{text[4:]}"
    year, month, *rest = (int(number) for number in re.findall(r"\d+", text))
    year += 2000 if year < 100 else 0
    end = monthrange(year, month)[1]
    thirds = {"上旬": 10, "中旬": 20, "下旬": end}
    return date(year, month, rest[0] if rest else thirds.get(text[-2:], end))
