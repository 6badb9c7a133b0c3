from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from distribution.rules.lists import LISTS
from kernel.choices import add_choices
from kernel.guards import add_index, guard_rows, guard_unique

ID = "2026-11-23T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "guards, indexes, and the lists that every desk begins with"

SOMEBODY = "NEW.infant + NEW.preschool + NEW.school + NEW.teen + NEW.adult + NEW.senior > 0"


async def hold_rules() -> None:
    await guard_rows("parcel", "known_state", "NEW.state IN ('packed', 'handed_over', 'cancelled')")
    await guard_rows(
        "parcel",
        "handed_over_when",
        "(NEW.state = 'handed_over') = (NEW.handed_over_at IS NOT NULL)",
    )
    await guard_rows(
        "parcel", "cancelled_when", "(NEW.state = 'cancelled') = (NEW.cancelled_at IS NOT NULL)"
    )
    await guard_rows("parcel", "covers_days", "NEW.days BETWEEN 1 AND 31")
    await guard_rows("parcel", "feeds_somebody", SOMEBODY)
    await guard_rows("parcel_line", "pieces_above_zero", "NEW.pieces > 0")
    await guard_rows(
        "parcel_line", "returned_within", "NEW.returned_pieces BETWEEN 0 AND NEW.pieces"
    )
    await guard_unique("parcel_line", "parcel", "lot", "place")


async def add_indexes() -> None:
    await add_index("parcel", "case_file", "id DESC")
    await add_index("parcel", "id DESC", where="state = 'packed'")
    await add_index("parcel_line", "lot")


async def begin_lists() -> None:
    for list_name, entries in LISTS.items():
        await add_choices(list_name, entries)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="distribution", description=DESCRIPTION)
    manager.add_raw(hold_rules)
    manager.add_raw(add_indexes)
    manager.add_raw(begin_lists)
    return manager
