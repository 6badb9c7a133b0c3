from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from donors.rules.lists import NETWORKS, REFUSAL_REASONS
from kernel.choices import add_choices
from kernel.database import fetch
from kernel.guards import add_index, guard_rows, guard_unique, sort_by_code_point

ID = "2026-11-23T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "guards, indexes, and the lists that a desk begins with"


async def hold_rules() -> None:
    await guard_unique("organization", "corporate_number", where="corporate_number IS NOT NULL")
    await guard_unique("organization_network", "organization", "network")
    await guard_unique("donation_line", "donation", "position")
    await guard_rows("donation_line", "pieces_above_zero", "NEW.pieces > 0")
    await guard_rows(
        "donation_line",
        "counted_when_inspected",
        "(NEW.inspected_at IS NULL AND NEW.accepted_pieces IS NULL AND NEW.refused_pieces IS NULL)"
        " OR (NEW.inspected_at IS NOT NULL AND NEW.accepted_pieces >= 0"
        " AND NEW.refused_pieces >= 0)",
    )
    await guard_rows(
        "agreement",
        "ends_after_it_begins",
        "NEW.valid_until IS NULL OR NEW.valid_until >= NEW.valid_from",
    )
    await sort_by_code_point("organization", "kana_key")
    await add_index("organization", "kana_key")
    await add_index("contact", "organization")
    await add_index("agreement", "organization")
    await add_index("donation", "logged_at")
    await add_index("donation", "organization", "logged_at")
    await add_index("donation", "state", "logged_at")


async def begin_lists() -> None:
    await add_choices("refusal_reason", REFUSAL_REASONS)
    for position, name in enumerate(NETWORKS):
        await fetch("INSERT INTO network (name, position) VALUES ($1, $2)", name, position)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="donors", description=DESCRIPTION)
    manager.add_raw(hold_rules)
    manager.add_raw(begin_lists)
    return manager
