"""Years of stock, made by bulk statements in seconds.

Five movements a lot: received, and twice packed and handed over. However long
the history, 2,000 lots are on hand: the youngest 1,800 and 200 older ones.
"""

import datetime
from collections.abc import Iterator

import msgspec

from distribution.commands.cases import OpenCase, open_case
from donors.commands.organization import AddOrganization, add_organization
from donors.rules.organization import OrganizationKind
from inventory.commands.place import AddPlace, add_place
from inventory.commands.product import AddProduct, AllergenLine, add_product
from inventory.queries.places import all_places
from inventory.queries.products import allergen_names, category_names
from inventory.rules.product import AllergenState, MealRole
from kernel.database import fetch, is_postgres, rows_of, transaction
from staff.queries.audit import trail_head
from staff.rules.actor import Actor, Role
from staff.rules.audit import Entry, sealed

TODAY = datetime.date(2026, 11, 23)
NOW = datetime.datetime(2026, 11, 23, 1, 0, tzinfo=datetime.UTC)
BY = Actor("account:bench", "計測 花子", Role.WORKER)

PRODUCTS = 500
YOUNG, OLD = 1_800, 200
"""Lots on hand, by their age."""
LINES = 10
"""Of a donation, and of a parcel."""
LEFT, PACKED = 50_000, 2
"""Pieces of a lot on hand that lie on the shelf, and that went into each of its two parcels."""
BATCH = 500

DONATION, PARCEL = 1 << 24, 1 << 25
"""Where the numbers begin that their codes are made from."""


class World(msgspec.Struct, frozen=True):
    """What the operations that are measured need to know of a database."""

    movements: int
    shelf: str
    organization: str
    case: str
    products: list[str]
    gtins: list[str]
    lots: list[str]
    """Codes of the lots on hand."""


async def fill(movements: int) -> World:
    """Fill a migrated database."""
    lots = movements // 5
    world = World(
        movements,
        shelf=(await add_place(AddPlace(key=key("place"), name="棚A"), BY, NOW)).code,
        organization=await an_organization(),
        case=(await open_case(OpenCase(key=key("case"), case_id="R8-0001"), BY, NOW)).code,
        products=[await a_product(number) for number in range(PRODUCTS)],
        gtins=[gtin(number) for number in range(PRODUCTS)],
        lots=[code(n) for n in range(1, lots + 1) if is_on_hand(n, lots)],
    )
    await write_history(lots)
    await write_trail(lots)
    await settle()
    return world


def key(name: str) -> str:
    return f"bench-fill-{name}"


async def an_organization() -> str:
    ask = AddOrganization(
        key=key("organization"),
        kind=OrganizationKind.COMPANY,
        name="株式会社 みなと食品",
        kana="ミナトショクヒン",
    )
    return (await add_organization(ask, BY, NOW)).code


async def a_product(number: int) -> str:
    """A product of whose allergens eight have been looked at."""
    states = (AllergenState.CONTAINS, AllergenState.NOT_SHOWN)
    ask = AddProduct(
        key=key(f"product-{number}"),
        name=f"品目{number} 190g",
        kana=f"{'アカサタナハマヤラワ'[number % 10]}ヒンモク{number}",
        category=(await category_names())[number % 5],
        meal_role=MealRole.MAIN,
        gtin=gtin(number),
        net_grams=190,
        kcal=320,
        allergens=tuple(
            AllergenLine(name=name, state=states[n % 2])
            for n, name in enumerate((await allergen_names())[:8])
        ),
    )
    return (await add_product(ask, BY, NOW)).code


def gtin(number: int) -> str:
    return f"{4_900_000_000_000 + number:014}"


def code(number: int) -> str:
    """Nine characters that look drawn: a one-to-one scramble of the number, as in `code_sql`."""
    return f"{number * 2_654_435_761 & 0xFFFFFFFFF:09X}"


def code_sql(number: str) -> str:
    scrambled = f"((({number}) * 2654435761) & 68719476735)"
    return f"lpad(upper(to_hex({scrambled})), 9, '0')" if is_postgres() else (
        f"printf('%09X', {scrambled})"
    )  # fmt: skip


def is_on_hand(number: int, lots: int) -> bool:
    older = lots - YOUNG
    return number > older or number * OLD % older < OLD


def on_hand_sql(lots: int) -> str:
    older = lots - YOUNG
    return f"CASE WHEN i > {older} OR i * {OLD} % {older} < {OLD} THEN {LEFT} ELSE 0 END"


def day_sql(days: str) -> str:
    """TODAY and so many days."""
    if is_postgres():
        return f"DATE '{TODAY}' + CAST({days} AS integer)"
    return f"date('{TODAY}', ({days}) || ' days')"


def instant_sql(days_ago: str) -> str:
    if is_postgres():
        return f"TIMESTAMPTZ '{NOW}' - ({days_ago}) * INTERVAL '1 day'"
    return f"datetime('{NOW:%Y-%m-%d %H:%M:%S}', '-' || ({days_ago}) || ' days') || '+00:00'"


def series(count: int) -> str:
    """`i` from 1 to `count`, on either engine."""
    return (
        f"(WITH RECURSIVE one_more (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM one_more"
        f" WHERE i < {count}) SELECT i FROM one_more) AS numbered"
    )


async def write_history(lots: int) -> None:
    places = {place.kind.value: place.id for place in await all_places()}
    async with transaction():
        if is_postgres():  # what is made here refers to what is there
            await fetch("SET LOCAL session_replication_role = replica")
        for sql in (
            *documents(lots, places),
            movements_sql(lots, places),
            *[balances_sql(lots, places[kind], n) for kind, n in balances_of(lots).items()],
        ):
            await fetch(sql)


def documents(lots: int, places: dict[str, int]) -> Iterator[str]:
    """The lots, the donations they came with and the parcels they went into."""
    age = f"({lots} - i) * 365 / {lots}"
    yield (
        "INSERT INTO lot (code, product, date_kind, printed_date, precision, printed_text, expires,"
        f" origin_kind, origin_code, received_at) SELECT {code_sql('i')}, 1 + i * 7919 % {PRODUCTS},"
        f" 'best_before', {day_sql('30 + i % 365')}, 'day', '', {day_sql('30 + i % 365')},"
        f" 'donation', {code_sql(f'{DONATION} + (i - 1) / {LINES} + 1')}, {instant_sql(age)}"
        f" FROM {series(lots)} ORDER BY i"
    )
    yield (
        "INSERT INTO donation (code, organization, state, logged_at, logged_by, note, finished_at)"
        f" SELECT {code_sql(f'{DONATION} + i')}, 1, 'received', {instant_sql('i % 365')},"
        f" '{BY.name}', '', {instant_sql('i % 365')} FROM {series(lots // LINES)} ORDER BY i"
    )
    yield (
        "INSERT INTO donation_line (donation, position, product, pieces, date_kind, printed_text,"
        " printed_date, precision, accepted_pieces, refused_pieces, refusal_reason, refusal_note,"
        " lot_code, place_code, inspected_at, inspected_by)"
        f" SELECT (i - 1) / {LINES} + 1, (i - 1) % {LINES} + 1, 1 + i * 7919 % {PRODUCTS},"
        f" {on_hand_sql(lots)} + {2 * PACKED}, 'best_before', '', {day_sql('30 + i % 365')}, 'day',"
        f" {on_hand_sql(lots)} + {2 * PACKED}, 0, '', '', {code_sql('i')}, '',"
        f" {instant_sql('i % 365')}, '{BY.name}' FROM {series(lots)} ORDER BY i"
    )
    yield (
        "INSERT INTO parcel (code, case_file, state, reason, route, days, infant, preschool,"
        " school, teen, adult, senior, note, packed_at, packed_by, handed_over_at, handed_over_by)"
        f" SELECT {code_sql(f'{PARCEL} + i')}, 1, 'handed_over', 'その他', '', 3, 0, 0, 0, 0, 1, 0,"
        f" '', {instant_sql('i % 365')}, '{BY.name}', {instant_sql('i % 365')}, '{BY.name}'"
        f" FROM {series(2 * lots // LINES)} ORDER BY i"
    )
    for second in (0, 1):
        yield (
            "INSERT INTO parcel_line (parcel, position, lot, place, pieces, returned_pieces)"
            f" SELECT (i - 1) / {LINES} * 2 + 1 + {second}, (i - 1) % {LINES} + 1, i,"
            f" {places['shelf']}, {PACKED}, 0 FROM {series(lots)} ORDER BY i"
        )


def movements_sql(lots: int, places: dict[str, int]) -> str:
    """Five movements a lot, those of later steps among those of later lots."""
    parcel = f"{PARCEL} + (i - 1) / {LINES} * 2 + 1"
    shelf, staging = places["shelf"], places["staging"]
    steps = [
        (0, f"{on_hand_sql(lots)} + {2 * PACKED}", places["donors"], shelf, "received",
         "donation", code_sql(f"{DONATION} + (i - 1) / {LINES} + 1")),
        (1, PACKED, shelf, staging, "packed", "parcel", code_sql(parcel)),
        (2, PACKED, staging, places["clients"], "handed_over", "parcel", code_sql(parcel)),
        (3, PACKED, shelf, staging, "packed", "parcel", code_sql(f"{parcel} + 1")),
        (4, PACKED, staging, places["clients"], "handed_over", "parcel", code_sql(f"{parcel} + 1")),
    ]  # fmt: skip
    each = " UNION ALL ".join(
        f"SELECT i + {step} * 300 AS turn, i AS lot, {pieces} AS pieces, {start} AS from_place,"
        f" {end} AS to_place, '{reason}' AS reason, '{kind}' AS kind, {document} AS document,"
        f" {instant_sql(f'({lots} - i) * 365 / {lots}')} AS moved_at FROM {series(lots)}"
        for step, pieces, start, end, reason, kind, document in steps
    )
    return (
        "INSERT INTO movement (lot, pieces, from_place, to_place, reason, document_kind,"
        " document_code, by_id, by_name, moved_at, note) SELECT lot, pieces, from_place, to_place,"
        f" reason, kind, document, '{BY.id}', '{BY.name}', moved_at, '' FROM ({each}) AS step"
        " ORDER BY turn"
    )


def balances_of(lots: int) -> dict[str, str]:
    """What lies in each kind of place, as SQL."""
    return {"shelf": on_hand_sql(lots), "staging": "0"}


def balances_sql(lots: int, place: int, pieces: str) -> str:
    return (
        f"INSERT INTO balance (lot, place, on_hand) SELECT i, {place}, {pieces}"
        f" FROM {series(lots)} ORDER BY i"
    )


async def write_trail(lots: int) -> None:
    """A key and an entry for each command that such a history takes."""
    done = [
        *[(deed, "donation", DONATION + n) for n in range(1, lots // LINES + 1)
          for deed in ("log_donation", "inspect_donation")],
        *[(deed, "parcel", PARCEL + n) for n in range(1, 2 * lots // LINES + 1)
          for deed in ("pack_parcel", "hand_over")],
    ]  # fmt: skip
    async with transaction():
        head = await trail_head()
        seq, previous = head.seq, head.hash
        for start in range(0, len(done), BATCH):
            entries = []
            for deed, kind, number in done[start : start + BATCH]:
                seq += 1
                entry = sealed(
                    Entry(seq, NOW, BY.id, BY.name, deed, kind, code(number), "", previous)
                )
                previous = entry.hash
                entries.append(entry)
            await write_entries(entries)
        await fetch("UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 1", seq, previous)


async def write_entries(entries: list[Entry]) -> None:
    await fetch(
        "INSERT INTO audit_entry (seq, done_at, actor_id, actor_name, deed, subject_kind,"
        f" subject_code, detail, previous_hash, hash) VALUES {rows_of(10, len(entries))}",
        *[value for entry in entries for value in msgspec.structs.astuple(entry)],
    )
    await fetch(
        "INSERT INTO request_key (key, verb, actor, fingerprint, answer, done_at)"
        f" VALUES {rows_of(6, len(entries))}",
        *[
            value
            for entry in entries
            for value in (
                entry.hash[:32],  # as random as the keys that clients make
                entry.deed, entry.actor_id, entry.hash, '{"code":"X"}', entry.done_at,
            )
        ],
    )  # fmt: skip


async def settle() -> None:
    """What a database that has grown over years has done by itself."""
    if is_postgres():
        await fetch("VACUUM (ANALYZE)")
        await fetch("CHECKPOINT")
    else:
        async with transaction():
            await fetch("ANALYZE")
