from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from inventory.rules.lists import ALLERGENS, CATEGORIES
from inventory.rules.place import PlaceKind
from kernel.codes import new_code
from kernel.database import fetch
from kernel.guards import (
    add_index,
    guard_append_only,
    guard_rows,
    guard_unique,
    sort_by_code_point,
)

ID = "2026-11-23T16:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "guards, indexes, and what every food bank begins with"

FIRST_PLACES = (
    ("引渡待ち", PlaceKind.STAGING),
    ("隔離", PlaceKind.QUARANTINE),
    ("寄付者", PlaceKind.DONORS),
    ("利用者", PlaceKind.CLIENTS),
    ("廃棄", PlaceKind.WASTE),
    ("棚卸差", PlaceKind.VARIANCE),
    ("他のフードバンク", PlaceKind.OTHER_BANKS),
)


async def hold_rules() -> None:
    await guard_append_only("movement")
    await guard_rows("movement", "pieces_above_zero", "NEW.pieces > 0")
    await guard_rows("movement", "goes_somewhere", "NEW.from_place <> NEW.to_place")
    await guard_rows("balance", "never_below_zero", "NEW.on_hand >= 0")
    await guard_unique("balance", "lot", "place")
    await guard_unique("movement", "reverses", where="reverses IS NOT NULL")
    await guard_unique("product", "gtin", where="gtin IS NOT NULL")
    await guard_unique("product_allergen", "product", "allergen")
    await sort_by_code_point("product", "kana_key")
    await add_index("product", "kana_key")
    await add_index("lot", "product")
    await add_index("movement", "lot")
    await add_index("movement", "document_code", where="document_code <> ''")
    await add_index("balance", "place", "lot", where="on_hand > 0")


async def begin_lists() -> None:
    for position, (name, role) in enumerate(CATEGORIES):
        await fetch(
            "INSERT INTO category (name, meal_role, position) VALUES ($1, $2, $3)",
            name, role, position,
        )  # fmt: skip
    for position, (name, group, since, until) in enumerate(ALLERGENS):
        await fetch(
            'INSERT INTO allergen (name, "group", valid_from, valid_to, position)'
            " VALUES ($1, $2, $3, $4, $5)",
            name, group, since, until, position,
        )  # fmt: skip
    for position, (name, kind) in enumerate(FIRST_PLACES):
        await fetch(
            "INSERT INTO place (code, name, kind, position, retired) VALUES ($1, $2, $3, $4, $5)",
            new_code(), name, kind, 1000 + position, False,
        )  # fmt: skip


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="inventory", description=DESCRIPTION)
    manager.add_raw(hold_rules)
    manager.add_raw(begin_lists)
    return manager
