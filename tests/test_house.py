"""Rules of the house that no linter knows: where transactions live, what columns hold."""

import ast
from pathlib import Path

from piccolo.columns import Decimal, DoublePrecision, Numeric, Real
from piccolo.conf.apps import Finder

ROOT = Path(__file__).parent.parent
SLICES = ("distribution", "donors", "inventory", "staff")


def calls_of(name: str) -> set[str]:
    """Files of the slices and the roof that call a function of this name."""
    return {
        str(path.relative_to(ROOT))
        for room in (*SLICES, "app")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
    }


def test_transactions_are_opened_by_commands_only() -> None:
    """Never in a dependency, a middleware or a query (trap 4)."""
    elsewhere = {path for path in calls_of("transaction") if "commands" not in path}
    assert elsewhere == set()


def test_commands_never_catch_a_refusal() -> None:
    """A joined transaction cannot be rolled back by itself (trap 5)."""
    caught = [
        (path.name, ast.unparse(handler.type) if handler.type else "everything")
        for slice_ in SLICES
        for path in (ROOT / slice_).rglob("commands/*.py")
        for handler in ast.walk(ast.parse(path.read_text()))
        if isinstance(handler, ast.ExceptHandler)
    ]
    refusals = {"Invalid", "Conflict", "NotFound", "Refusal", "Exception", "everything"}
    assert [found for found in caught if found[1] in refusals] == []


def test_numbers_are_whole_everywhere() -> None:
    """Pieces, grams, kcal, yen: integers; SQLite would keep a Numeric as a float (trap 6)."""
    broken = (Numeric, Decimal, Real, DoublePrecision)
    columns = [
        (table.__name__, column._meta.name)
        for table in Finder().get_table_classes()
        for column in table._meta.columns
        if isinstance(column, broken)
    ]
    assert columns == []


def test_every_slice_has_only_rooms_of_the_house() -> None:
    rooms = {
        "__init__.py", "access.py", "api", "api.py", "commands", "errors.py", "hashing.py", "pages",
        "piccolo_app.py", "piccolo_migrations", "queries", "rules", "settings.py", "slip.typ",
        "tables.py", "templates",
    }  # fmt: skip
    strangers = {
        f"{slice_}/{path.name}"
        for slice_ in SLICES
        for path in (ROOT / slice_).iterdir()
        if path.name not in rooms and path.name != "__pycache__"
    }
    assert strangers == set()
