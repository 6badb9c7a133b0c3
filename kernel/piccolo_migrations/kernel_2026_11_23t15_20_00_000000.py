from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from kernel.guards import guard_unique

ID = "2026-11-23T15:20:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "guards"


async def hold_rules() -> None:
    await guard_unique("choice", "list_name", "name")


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="kernel", description=DESCRIPTION)
    manager.add_raw(hold_rules)
    return manager
