"""A year of the food bank, told as a row of events: what came, what went, what went wrong.

The same `today` and seed tell the same year. The telling knows no stock: a parcel
says what was wanted, and whoever plays the events picks from the shelves. So
that supply keeps up with demand on any `today`, it keeps a rough account of what
was given and asked for by meal role and lets gifts lean to what is short, as a
desk does that tells its donors what it needs.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import TypeVar

import msgspec

from app.demo.happenings import (
    PANTRY,
    SHELF_A,
    SHELF_B,
    TOKYO,
    DamageEvent,
    DonationEvent,
    DonationLine,
    Event,
    MoveEvent,
    ParcelEvent,
    ReverseEvent,
    WriteOffEvent,
)
from app.demo.households import (
    AVOID,
    CANCELLED_BECAUSE,
    DAYS_COVERED,
    HOUSEHOLDS,
    KITCHENS,
    REASONS,
    ROUTES,
    wanted,
)
from app.demo.organizations import ORGANIZATIONS
from app.demo.printing import as_printed
from app.demo.products import PRODUCTS
from inventory.rules.product import DateKind, MealRole, Preparation

SEED = 20261123

_TARGETS: dict[MealRole, int] = {
    MealRole.STAPLE: 820,
    MealRole.MAIN: 540,
    MealRole.SIDE: 300,
    MealRole.SNACK: 270,
    MealRole.DRINK: 400,
    MealRole.INFANT: 120,
    MealRole.SEASONING: 40,
    MealRole.HOUSEHOLD: 110,
    MealRole.OTHER: 10,
}
"""Pieces of each role that the desk likes to have: what gifts lean towards."""

_SHELF_OF = {
    "米・ごはん": PANTRY,
    "麺": SHELF_A,
    "パン・菓子": SHELF_A,
    "缶詰": SHELF_B,
    "レトルト": SHELF_B,
    "汁物": SHELF_A,
    "飲料": PANTRY,
    "乳児用": SHELF_B,
    "調味料": SHELF_A,
    "日用品": PANTRY,
    "その他": SHELF_A,
}

# Gifts that leave a trace at the end of the year, because chance cannot be trusted to:
# working days ago → giver, and lines of (product, pieces, days from today to the last day).
_SET_PIECES: dict[int, tuple[int, tuple[tuple[str, int, int], ...]]] = {
    # Asked for so seldom that some went out of date after the last write-off.
    60: (10, (("離乳食 7か月 野菜のおじや", 30, -9),)),
    45: (1, (("とろみ剤 スティック 3g 20本", 8, -2), ("サラダ油 400g", 10, 6))),
    40: (7, (("こいくちしょうゆ 500ml", 24, -4),)),
    # Emergency reserves given shortly before their date.
    8: (9, (("備えの乾パン 100g", 96, 20), ("天然水 500ml", 72, 27))),
    5: (4, (("常温保存牛乳 200ml", 60, 12), ("焼菓子詰合せ(JANなし)", 12, 16))),
    3: (5, (("みんなのカレー 甘口 160g", 48, 29), ("缶入りソフトパン 100g", 48, 24))),
}

_OPENING = ((9, 10, 4), (3, 5, 8, 2))
"""Who fills the empty shelves on the first two working days: the city's reserve first."""

_LOGGED_TODAY = (4, 11)
"""Whose gifts of the last morning wait for inspection: a shop's, and the box at the window."""

_SLOT = timedelta(minutes=15)
"""Events stand so far apart that a parcel is closed before the next event begins."""

_T = TypeVar("_T")
_Telling = Callable[[datetime], Event | None]


def events(today: date, seed: int = SEED) -> Iterator[Event]:
    """The year that ends on the morning of `today`, in order of time."""
    return _Year(today, seed).events()


class _Case(msgspec.Struct):
    number: str
    household: dict[str, int]
    kitchen: tuple[Preparation, ...]
    avoid: tuple[str, ...]
    reason: str
    route: str
    seen: date


class _Year:
    """The state of the telling: chance, the rough account, and the cases met so far."""

    def __init__(self, today: date, seed: int) -> None:
        self.today = today
        self.random = Random(seed)  # noqa: S311  # the same year every time
        self.days = [today - timedelta(days=n) for n in range(364, -1, -1)]
        working = [day for day in self.days if day.weekday() < 5]
        self.nth = {day: n for n, day in enumerate(working)}
        self.ago = {day: len(working) - 1 - n for n, day in enumerate(working)}
        self.account = dict.fromkeys(_TARGETS, 0)
        self.cases: list[_Case] = []
        self.fiscal_year = 0
        self.consultations = 0
        self.given_on: dict[int, date] = {}
        self.to_shelve: list[DonationLine] = []
        self.latest: DonationLine | None = None
        self.mistake: MoveEvent | DamageEvent | None = None

    def events(self) -> Iterator[Event]:
        for day in self.days:
            plan = self._plan(day)
            for at, telling in zip(self._times(day, len(plan)), plan, strict=True):
                event = telling(at)
                if event is not None:
                    yield event

    # ---- the calendar

    def _plan(self, day: date) -> list[_Telling]:
        """What happens on a day, in order; on a weekend only a partner's log of today."""
        plan: list[_Telling] = []
        if day in self.nth:
            plan += self._visits(day)
            self.random.shuffle(plan)
            plan = self._chores(day) + plan + self._mistakes(day)
        if day == self.today:
            logged = [partial(self._donation, giver, inspected=False) for giver in _LOGGED_TODAY]
            plan += logged
        return plan

    def _visits(self, day: date) -> list[_Telling]:
        ago = self.ago[day]
        parcels = self.random.choices((1, 2, 3), (55, 33, 12))[0] if ago > 1 else 3
        # Of the last two days some parcels are packed and not yet fetched.
        waiting = {0: 2, 1: 1}.get(ago, 0)
        outcomes = ["handed_over"] * (parcels - waiting) + ["packed"] * waiting
        visits: list[_Telling] = [partial(self._parcel, outcome) for outcome in outcomes]
        visits += [partial(self._donation, giver) for giver in self._givers(day)]
        if ago in _SET_PIECES:
            visits.append(partial(self._set_piece, *_SET_PIECES[ago]))
        return visits

    def _givers(self, day: date) -> Sequence[int]:
        if self.nth[day] < len(_OPENING):
            return _OPENING[self.nth[day]]
        if day == self.today:
            return ()
        drive = day.month in (3, 11)
        asked = 0.45 + max(0.0, 1 - sum(self.account.values()) / sum(_TARGETS.values()))
        chances = (
            giver.giving.times / 261 * asked * (2.0 if drive and giver.giving.in_drives else 1.0)
            for giver in ORGANIZATIONS
        )
        return [index for index, chance in enumerate(chances) if self.random.random() < chance]

    def _chores(self, day: date) -> list[_Telling]:
        """The desk's own work, counted back from the last day: first thing in the morning."""
        ago = self.ago[day]
        chores: list[_Telling] = []
        if ago % 20 == 11:
            chores.append(self._write_off)
        if ago % 5 == 2:
            chores.append(self._move)
        if ago % 45 == 17:
            chores.append(self._damage)
        return chores

    def _mistakes(self, day: date) -> list[_Telling]:
        """Two in a year, each undone before anything else happens."""
        if self.ago[day] == 33:
            return [self._wrong_move, partial(self._undo, "別の品目の移動を記録した")]
        if self.ago[day] == 98:
            return [self._damage, partial(self._undo, "傷んだのは外箱だけだった")]
        return []

    def _times(self, day: date, count: int) -> list[datetime]:
        """So many moments of an office day; the last day ends before noon."""
        slots = 11 if day == self.today else 31
        opens = datetime.combine(day, time(9), TOKYO)
        chosen = sorted(self.random.sample(range(slots), count))
        return [opens + n * _SLOT + self._minutes(0, 3) for n in chosen]

    # ---- gifts

    def _donation(self, giver: int, at: datetime, inspected: bool = True) -> DonationEvent:
        giving = ORGANIZATIONS[giver].giving
        offered = [n for n, p in enumerate(PRODUCTS) if p.category in giving.categories]
        lines: dict[int, DonationLine] = {}
        for _ in range(self.random.randint(*giving.lines)):
            appeal = [self._appeal(n, at.date()) for n in offered]
            product = self.random.choices(offered, appeal)[0]
            lines[product] = self._line(giver, product, at.date(), inspected)
        return self._given(DonationEvent(at, giver, tuple(lines.values()), inspected))

    def _set_piece(
        self, giver: int, goods: tuple[tuple[str, int, int], ...], at: datetime
    ) -> DonationEvent:
        number = {product.name: n for n, product in enumerate(PRODUCTS)}
        lines = []
        for name, pieces, ahead in goods:
            dated = self.today + timedelta(days=ahead)
            product = number[name]
            printed = f"{dated:%Y.%m.%d}"  # by the day, so that it ends when the table says
            lines.append(DonationLine(product, pieces, printed, dated, _place(product, pieces)))
        return self._given(DonationEvent(at, giver, tuple(lines), inspected=True))

    def _given(self, donation: DonationEvent) -> DonationEvent:
        if not donation.inspected:
            return donation
        for line in donation.lines:
            taken = line.pieces - line.refused_pieces
            product = PRODUCTS[line.product]
            several = product.meal_role is MealRole.STAPLE and product.servings > 1
            self.account[product.meal_role] += taken * (2 if several else 1)
            self.given_on[line.product] = donation.at.date()
            if taken > 5:
                self.latest = line
            if taken > 20 and line.place != _SHELF_OF[product.category]:
                self.to_shelve.append(line)
        return donation

    def _appeal(self, product: int, day: date) -> float:
        """How likely a product is given: more if its role is short, less if it came lately."""
        lately = 1.0
        if product in self.given_on:
            lately = min(1.0, 0.1 + (day - self.given_on[product]).days / 40)
        return lately * max(0.08, self._shortage(PRODUCTS[product].meal_role))

    def _shortage(self, role: MealRole) -> float:
        """1 when there is nothing, 0 at the target and below 0 beyond it."""
        return 1 - self.account[role] / _TARGETS[role]

    def _line(self, giver: int, product: int, day: date, inspected: bool) -> DonationLine:
        pieces = self._pieces(giver, product)
        place = _place(product, pieces)
        if PRODUCTS[product].date_kind is DateKind.NONE:
            return DonationLine(product, pieces, "", None, place)
        chance = self.random.random() if inspected else 1.0
        if chance < 0.02 and PRODUCTS[product].date_kind is DateKind.BEST_BEFORE:
            return self._dated_too_short(DonationLine(product, pieces, "", None, place), day)
        printed, dated = as_printed(product, day + self._left(giver, product))
        if chance > 0.06:
            return DonationLine(product, pieces, printed, dated, place)
        spoilt = min(pieces, self.random.randint(1, 3))
        reason = self.random.choice(("破損・中身露出", "汚れ・臭い", "開封済"))
        return DonationLine(product, pieces, printed, dated, place, spoilt, reason)

    def _dated_too_short(self, line: DonationLine, day: date) -> DonationLine:
        """Nobody looked before giving: out of date, or within a month of it."""
        ahead = timedelta(days=self.random.randint(-20, 20))
        printed, dated = as_printed(line.product, day + ahead)
        line = msgspec.structs.replace(line, printed=printed, dated=dated)
        if dated > day + timedelta(days=28):
            return line  # dated by the month, which gives it some weeks more
        reason = "期限切れ" if dated < day else "残日数不足"
        return msgspec.structs.replace(line, refused_pieces=line.pieces, refusal_reason=reason)

    def _pieces(self, giver: int, product: int) -> int:
        """Heavy packs and packs of many come in smaller numbers; what is short in larger."""
        goods = PRODUCTS[product]
        least, most = ORGANIZATIONS[giver].giving.pieces
        lean = max(0.5, min(2.2, 1 + self._shortage(goods.meal_role)))
        bulk = 2 if goods.servings > 2 else 1
        if not goods.servings or (goods.net_grams >= 700 and goods.kcal):
            bulk = 5
        return max(1, round(self.random.randint(least, most) * lean / bulk))

    def _left(self, giver: int, product: int) -> timedelta:
        """Time to the printed date; below zero for rice, which prints when it was milled.

        Twelve days at least, so that no third of a month of milling is still to end.
        """
        giving = ORGANIZATIONS[giver].giving
        if PRODUCTS[product].date_kind is DateKind.MILLED:
            return -timedelta(days=self.random.randint(12, 50))
        longest = min(giving.months_left * 30, PRODUCTS[product].shelf_months * 26)
        if self.random.random() < giving.near_share:
            longest = giving.least_days + 20
        longest = max(longest, giving.least_days + 10)
        return timedelta(days=self.random.randint(giving.least_days, longest))

    # ---- parcels

    def _parcel(self, outcome: str, at: datetime) -> ParcelEvent:
        case = self._case(at.date())
        days = self._one_of(DAYS_COVERED)
        wants = wanted(case.household, days, case.kitchen)
        for role, pieces in wants.items():
            self.account[role] = max(0, self.account[role] - pieces)
        because = None
        if outcome == "handed_over" and self.random.random() < 0.03:
            outcome, because = "cancelled", self.random.choice(CANCELLED_BECAUSE)
        return ParcelEvent(
            at=at,
            case=case.number,
            household=case.household,
            days=days,
            reason=case.reason,
            route=case.route,
            wants=tuple(wants.items()),
            kitchen=case.kitchen,
            avoid=case.avoid,
            outcome=outcome,
            closed_at=None if outcome == "packed" else at + self._minutes(4, 10),
            cancel_reason=because,
        )

    def _case(self, day: date) -> _Case:
        """A case that comes back within some weeks, or a new one."""
        back = [case for case in self.cases if 6 <= (day - case.seen).days <= 45]
        if not back or self.random.random() < 0.45:
            self.cases.append(self._new_case(day))
            return self.cases[-1]
        case = self.random.choice(back)
        case.seen = day
        return case

    def _new_case(self, day: date) -> _Case:
        """Numbered through the fiscal year, as if among the desk's 638 consultations of a year."""
        begins = date(day.year - (day.month < 4), 4, 1)
        if self.fiscal_year != begins.year:
            self.fiscal_year, self.consultations = begins.year, 0
        so_far = (day - begins).days * 638 // 365
        self.consultations = max(self.consultations + 1, so_far)
        return _Case(
            number=f"R{begins.year - 2018}-{self.consultations:04}",
            household=self._one_of(HOUSEHOLDS),
            kitchen=self._one_of(KITCHENS),
            avoid=self._one_of(AVOID),
            reason=self._one_of(REASONS),
            route=self._one_of(ROUTES),
            seen=day,
        )

    # ---- the desk's own work

    def _write_off(self, at: datetime) -> WriteOffEvent:
        return WriteOffEvent(at, at.date(), "期限切れ")

    def _move(self, at: datetime) -> MoveEvent | None:
        """A large gift waits in the room until the shelf has space for part of it."""
        if not self.to_shelve:
            return None
        line = self.to_shelve.pop()
        self.to_shelve.clear()  # what came earlier has partly gone out from the room itself
        shelf = _SHELF_OF[PRODUCTS[line.product].category]
        return MoveEvent(at, line.product, 12, PANTRY, shelf)

    def _wrong_move(self, at: datetime) -> MoveEvent | None:
        self.mistake = None
        if self.latest is not None:
            place = self.latest.place
            other = SHELF_B if place == SHELF_A else SHELF_A
            self.mistake = MoveEvent(at, self.latest.product, 4, place, other)
        return self.mistake

    def _damage(self, at: datetime) -> DamageEvent | None:
        self.mistake = None
        if self.latest is None:
            return None
        pieces = self.random.randint(1, 3)
        self.mistake = DamageEvent(at, self.latest.product, pieces, self.latest.place, "破損")
        return self.mistake

    def _undo(self, note: str, at: datetime) -> ReverseEvent | None:
        return ReverseEvent(at, self.mistake, note) if self.mistake else None

    # ---- chance

    def _one_of(self, table: Sequence[tuple[_T, int]]) -> _T:
        return self.random.choices([what for what, _ in table], [often for _, often in table])[0]

    def _minutes(self, least: int, most: int) -> timedelta:
        return timedelta(minutes=self.random.randint(least, most))


def _place(product: int, pieces: int) -> str:
    """Large numbers go to the room first, whatever their shelf is."""
    return PANTRY if pieces >= 40 else _SHELF_OF[PRODUCTS[product].category]
