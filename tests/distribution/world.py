"""What the distribution's tests add to the small world: lots at hand, and requests to pack."""

import datetime

from distribution.commands.packing import Fed, PackLine, PackParcel, pack_parcel
from kernel.database import fetch
from tests import world
from tests.world import NOW, TARO, key

CASE_ID = "R8-0412"


async def a_lot(
    shelf: str, pieces: int = 10, expires: datetime.date | None = datetime.date(2027, 3, 31)
) -> str:
    """A lot of some product on the shelf; its code."""
    return await world.a_lot(await world.a_product(), shelf, pieces, expires)


def packing(case: str, *lines: tuple[str, str, int], **other: object) -> PackParcel:
    """A request to pack; `lines` are lot, shelf and pieces."""
    facts = {
        "key": key(),
        "case": case,
        "reason": "制度につながるまで",
        "days": 3,
        "household": Fed(adult=2, school=1),
        "lines": tuple(PackLine(*line) for line in lines),
        **other,
    }
    return PackParcel(**facts)  # type: ignore[arg-type]  # facts are of every type


async def a_parcel(case: str, *lines: tuple[str, str, int], **other: object) -> str:
    """A packed parcel; its code."""
    return (await pack_parcel(packing(case, *lines, **other), TARO, NOW)).code


async def stock() -> dict[tuple[str, str], int]:
    """Pieces by (lot, name of the place)."""
    rows = await fetch(
        "SELECT lot.code, place.name, balance.on_hand FROM balance"
        " JOIN lot ON lot.id = balance.lot JOIN place ON place.id = balance.place"
        " WHERE balance.on_hand > 0"
    )
    return {(row["code"], row["name"]): row["on_hand"] for row in rows}


async def movements() -> int:
    return int((await fetch("SELECT count(*) AS n FROM movement"))[0]["n"])
