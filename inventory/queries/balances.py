"""Balances recomputed from the movements, which are the truth."""

from kernel.database import fetch

RECOMPUTED = (
    "SELECT lot, place, CAST(sum(pieces) AS bigint) AS pieces FROM ("
    "  SELECT lot, to_place AS place, pieces FROM movement"
    "  UNION ALL SELECT lot, from_place, -pieces FROM movement) AS change"
    " JOIN place ON place.id = change.place"
    " WHERE place.kind IN ('shelf', 'staging', 'quarantine')"
    " GROUP BY lot, place"
)

DIFFERENCES = (
    "SELECT lot.code, place.name, coalesce(moved.pieces, 0) AS moved,"
    " coalesce(balance.on_hand, 0) AS on_hand FROM {sides}"
    " JOIN lot ON lot.id = {by}.lot JOIN place ON place.id = {by}.place"
    " WHERE coalesce(moved.pieces, 0) <> coalesce(balance.on_hand, 0) ORDER BY lot.id, place.id"
)

ON_BOTH = " ON moved.lot = balance.lot AND moved.place = balance.place"


async def balance_faults() -> list[str]:
    """One sentence for each balance that is not what its movements make it."""
    moved = f"({RECOMPUTED}) AS moved"
    rows = [
        *await fetch(DIFFERENCES.format(sides=f"{moved} LEFT JOIN balance{ON_BOTH}", by="moved")),
        # SQLite before 3.39 has no FULL JOIN; balances without any movement are asked apart.
        *await fetch(
            DIFFERENCES.format(sides=f"balance LEFT JOIN {moved}{ON_BOTH}", by="balance").replace(
                " ORDER BY", " AND moved.lot IS NULL ORDER BY"
            )
        ),
    ]
    return [
        f"ロット {row['code']} の {row['name']}: 入出庫の合計は {row['moved']}個、"
        f"在庫の記録は {row['on_hand']}個です。"
        for row in rows
    ]
