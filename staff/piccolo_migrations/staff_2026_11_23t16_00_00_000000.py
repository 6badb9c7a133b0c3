from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from kernel.database import fetch
from kernel.guards import add_index, guard_append_only
from staff.rules.audit import START

ID = "2026-11-23T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "guards, indexes, and the beginning of the audit trail"


async def hold_rules() -> None:
    await guard_append_only("audit_entry")
    await add_index("audit_entry", "actor_id", "seq")
    await add_index("audit_entry", "subject_code", "seq")
    await add_index("session", "account", where="ended_at IS NULL")


async def begin_trail() -> None:
    await fetch(
        "INSERT INTO audit_head (id, seq, hash) VALUES ($1, $2, $3)", 1, START.seq, START.hash
    )


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="staff", description=DESCRIPTION)
    manager.add_raw(hold_rules)
    manager.add_raw(begin_trail)
    return manager
