"""The same operations by hand: the statements alone, that leave the very same rows.

No commands, no Structs, no checks that need no database: what a careful
engineer would write for one operation, one transaction a command.
"""

import hashlib
import itertools
import json
from typing import Any

from benchmarks.drivers import Driver
from benchmarks.fill import BY, LINES, NOW, TODAY, World
from benchmarks.ours import new_key, some_of
from inventory.queries import stock
from kernel.codes import new_code
from staff.rules.audit import Entry, sealed

PRINTED = TODAY.replace(year=2027, month=6, day=30)


class Bare:
    """The counterpart of `Ours`, on a driver."""

    def __init__(self, world: World, driver: Driver) -> None:
        self.world, self.driver = world, driver
        self.turn = itertools.count(1)

    # Looks

    async def scan(self) -> None:
        await self.driver.look()
        gtin = self.world.gtins[next(self.turn) * 7 % len(self.world.gtins)]
        [product] = await self.driver.rows(PRODUCT, gtin)
        await self.driver.rows(ALLERGENS, product[0])
        await self.driver.commit()

    async def stock_by_product(self) -> None:
        await self.driver.look()
        await self.driver.rows(BY_PRODUCT)
        await self.driver.commit()

    async def stock_by_lot(self) -> None:
        await self.driver.look()
        await self.driver.rows(BY_LOT)
        await self.driver.commit()

    # Changes

    async def receive(self) -> None:
        donation = new_code()
        await self.log(donation, some_of(self.world.products, next(self.turn)))
        await self.inspect(donation)

    async def log(self, donation: str, codes: list[str]) -> None:
        run = self.driver
        await run.begin()
        await self.claim("log_donation", donation)
        [organization] = await run.rows(
            "SELECT id FROM organization WHERE code = $1", self.world.organization
        )
        products = await run.rows(
            f"SELECT id, date_kind FROM product WHERE code IN ({MARKS})", *codes
        )
        [made] = await run.rows(
            "INSERT INTO donation (code, organization, state, logged_at, logged_by, note)"
            " VALUES ($1, $2, 'logged', $3, $4, '') RETURNING id",
            donation, organization[0], NOW, BY.name,
        )  # fmt: skip
        await run.each(
            "INSERT INTO donation_line (donation, position, product, pieces, date_kind,"
            " printed_text, printed_date, precision, refusal_reason, refusal_note, lot_code,"
            " place_code, inspected_by)"
            " VALUES ($1, $2, $3, 24, $4, '2027.6.30', $5, 'day', '', '', '', '', '')",
            [(made[0], n, p[0], p[1], PRINTED) for n, p in enumerate(products, 1)],
        )
        await self.record("log_donation", "donation", donation)
        await run.commit()

    async def inspect(self, donation: str) -> None:
        run = self.driver
        await run.begin()
        await self.claim("inspect_donation", donation)
        [held] = await run.rows(
            "UPDATE donation SET state = 'received', finished_at = $1"
            " WHERE code = $2 AND state = 'logged' RETURNING id",
            NOW, donation,
        )  # fmt: skip
        lines = await run.rows(
            "SELECT id, product, date_kind, printed_date FROM donation_line"
            " WHERE donation = $1 AND inspected_at IS NULL",
            held[0],
        )
        lots = [new_code() for _ in lines]
        await run.each(
            "UPDATE donation_line SET accepted_pieces = 24, refused_pieces = 0, lot_code = $1,"
            " place_code = $2, inspected_at = $3, inspected_by = $4 WHERE id = $5",
            [
                (lot, self.world.shelf, NOW, BY.name, line[0])
                for lot, line in zip(lots, lines, strict=True)
            ],
        )
        made = await run.each(
            "INSERT INTO lot (code, product, date_kind, printed_date, precision, printed_text,"
            " expires, origin_kind, origin_code, received_at)"
            " VALUES ($1, $2, $3, $4, 'day', '2027.6.30', $4, 'donation', $5, $6) RETURNING id",
            [
                (lot, line[1], line[2], line[3], donation, NOW)
                for lot, line in zip(lots, lines, strict=True)
            ],
        )
        places = await self.places()
        await self.put([row[0] for row in made], places["shelf"], 24)
        await self.note_moves(
            [(row[0], 24) for row in made], places["donors"], places["shelf"], "received",
            "donation", donation,
        )  # fmt: skip
        await self.record("inspect_donation", "donation", donation)
        await run.commit()

    async def pack_and_hand_over(self) -> None:
        parcel = new_code()
        await self.pack(parcel, some_of(self.world.lots, next(self.turn)))
        await self.hand_over(parcel)

    async def pack(self, parcel: str, codes: list[str]) -> None:
        run = self.driver
        await run.begin()
        await self.claim("pack_parcel", parcel)
        [case] = await run.rows("SELECT id FROM case_file WHERE code = $1", self.world.case)
        found = await run.rows(f"SELECT id, expires FROM lot WHERE code IN ({MARKS})", *codes)
        lots = sorted(row[0] for row in found)
        places = await self.places()
        [made] = await run.rows(
            "INSERT INTO parcel (code, case_file, state, reason, route, days, note, packed_at,"
            " packed_by, infant, preschool, school, teen, adult, senior)"
            " VALUES ($1, $2, 'packed', 'その他', '', 3, '', $3, $4, 0, 0, 0, 0, 1, 0)"
            " RETURNING id",
            parcel, case[0], NOW, BY.name,
        )  # fmt: skip
        await run.each(
            "INSERT INTO parcel_line (parcel, position, lot, place, pieces, returned_pieces)"
            " VALUES ($1, $2, $3, $4, 1, 0)",
            [(made[0], n, lot, places["shelf"]) for n, lot in enumerate(lots, 1)],
        )
        await self.take(lots, places["shelf"])
        await self.put(lots, places["staging"], 1)
        await self.note_moves(
            [(lot, 1) for lot in lots], places["shelf"], places["staging"], "packed",
            "parcel", parcel,
        )  # fmt: skip
        await self.record("pack_parcel", "parcel", parcel)
        await run.commit()

    async def hand_over(self, parcel: str) -> None:
        run = self.driver
        await run.begin()
        await self.claim("hand_over", parcel)
        [given] = await run.rows(
            "UPDATE parcel SET state = 'handed_over', handed_over_at = $1, handed_over_by = $2"
            " WHERE code = $3 AND state = 'packed' RETURNING id",
            NOW, BY.name, parcel,
        )  # fmt: skip
        lines = await run.rows(
            "SELECT parcel_line.lot, parcel_line.pieces, lot.expires FROM parcel_line"
            " JOIN lot ON lot.id = parcel_line.lot WHERE parcel = $1 ORDER BY parcel_line.lot",
            given[0],
        )
        places = await self.places()
        await self.take([line[0] for line in lines], places["staging"])
        await self.note_moves(
            [(line[0], line[1]) for line in lines], places["staging"], places["clients"],
            "handed_over", "parcel", parcel,
        )  # fmt: skip
        await self.record("hand_over", "parcel", parcel)
        await run.commit()

    # What all changes share

    async def claim(self, verb: str, code: str) -> None:
        asked = hashlib.sha256(json.dumps([verb, BY.id, code]).encode()).hexdigest()
        claimed = await self.driver.rows(
            "INSERT INTO request_key (key, verb, actor, fingerprint, answer, done_at)"
            " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key) DO NOTHING RETURNING key",
            new_key(), verb, BY.id, asked, json.dumps({"code": code}), NOW,
        )  # fmt: skip
        assert claimed

    async def places(self) -> dict[str, Any]:
        return {row[1]: row[0] for row in await self.driver.rows("SELECT id, kind FROM place")}

    async def take(self, lots: list[int], place: int) -> None:
        done = await self.driver.each(
            "UPDATE balance SET on_hand = on_hand - 1"
            " WHERE lot = $1 AND place = $2 AND on_hand >= 1 RETURNING lot",
            [(lot, place) for lot in lots],
        )
        assert len(done) == LINES

    async def put(self, lots: list[int], place: int, pieces: int) -> None:
        await self.driver.each(
            "INSERT INTO balance (lot, place, on_hand) VALUES ($1, $2, $3)"
            " ON CONFLICT (lot, place) DO UPDATE SET on_hand = balance.on_hand + excluded.on_hand",
            [(lot, place, pieces) for lot in lots],
        )

    async def note_moves(
        self, moved: list[tuple[int, int]], start: int, end: int, reason: str, kind: str, code: str
    ) -> None:
        await self.driver.each(
            "INSERT INTO movement (lot, pieces, from_place, to_place, reason, document_kind,"
            " document_code, by_id, by_name, moved_at, note)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, '')",
            [
                (lot, pieces, start, end, reason, kind, code, BY.id, BY.name, NOW)
                for lot, pieces in moved
            ],
        )

    async def record(self, deed: str, kind: str, code: str) -> None:
        [head] = await self.driver.rows(
            "UPDATE audit_head SET seq = seq + 1 WHERE id = 1 RETURNING seq, hash"
        )
        entry = sealed(Entry(head[0], NOW, BY.id, BY.name, deed, kind, code, "", head[1]))
        await self.driver.rows(
            "INSERT INTO audit_entry (seq, done_at, actor_id, actor_name, deed, subject_kind,"
            " subject_code, detail, previous_hash, hash)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9)",
            entry.seq, NOW, BY.id, BY.name, deed, kind, code, entry.previous_hash, entry.hash,
        )  # fmt: skip
        await self.driver.rows("UPDATE audit_head SET hash = $1 WHERE id = 1", entry.hash)


MARKS = ", ".join(f"${n}" for n in range(1, LINES + 1))

PRODUCT = (
    "SELECT product.id, product.code, product.name, product.kana, product.gtin, category.name,"
    " product.meal_role, product.net_grams, product.kcal, product.servings, product.preparation,"
    " product.temperature, product.date_kind, product.reorder_level, product.provisional"
    " FROM product JOIN category ON category.id = product.category WHERE product.gtin = $1"
)

ALLERGENS = (
    "SELECT allergen.name, product_allergen.state FROM product_allergen"
    " JOIN allergen ON allergen.id = product_allergen.allergen"
    " WHERE product_allergen.product = $1 ORDER BY allergen.position"
)

HELD = (
    " FROM balance CROSS JOIN lot CROSS JOIN product CROSS JOIN place CROSS JOIN category"
    " WHERE balance.on_hand > 0 AND lot.id = balance.lot AND product.id = lot.product"
    " AND place.id = balance.place AND category.id = product.category"
)
"""In this order SQLite begins at what is on hand, and does not depend on its statistics."""

BY_PRODUCT = (
    "SELECT product.code, product.name, category.name, product.meal_role, product.reorder_level,"
    " product.provisional, sum(balance.on_hand), count(DISTINCT lot.id), min(lot.expires)"
    f"{HELD} GROUP BY product.id, category.name ORDER BY product.kana_key, product.id"
    f" LIMIT {stock.PAGE + 1}"
)

BY_LOT = (
    "SELECT lot.code, product.code, product.name, product.meal_role, place.code, place.name,"
    f" place.kind, lot.expires, balance.on_hand{HELD} ORDER BY lot.expires IS NULL, lot.expires,"
    f" product.kana_key, lot.id, place.position LIMIT {stock.PAGE + 1}"
)
