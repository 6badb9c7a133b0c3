"""Rules that the database itself holds, written once for both engines; used by migrations.

Piccolo's own constraints fail on SQLite, and SQLite cannot add a CHECK to a
table that stands: there a rule is a trigger.
"""

from kernel.database import fetch, is_postgres


async def guard_append_only(table: str) -> None:
    """No row is ever changed or removed."""
    if is_postgres():
        await fetch(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$"
        )
        await fetch(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        await fetch(
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


async def guard_rows(table: str, name: str, rule: str) -> None:
    """Every row keeps `rule`, an SQL condition whose columns are written `NEW.column`."""
    if is_postgres():
        await fetch(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{name} CHECK ({rule.replace('NEW.', '')})"
        )
        return
    for verb in ("INSERT", "UPDATE"):
        await fetch(
            f"CREATE TRIGGER {table}_{name}_{verb.lower()} BEFORE {verb} ON {table}"
            f" WHEN NOT ({rule})"
            f" BEGIN SELECT RAISE(ABORT, '{table} breaks {name}'); END"
        )


async def guard_unique(table: str, *columns: str, where: str = "") -> None:
    """No two rows share these columns, among the rows where the condition holds."""
    condition = f" WHERE {where}" if where else ""
    name = "_".join([table, *columns, "unique"])
    await fetch(f"CREATE UNIQUE INDEX {name} ON {table} ({', '.join(columns)}){condition}")


async def add_index(table: str, *columns: str, where: str = "") -> None:
    """An index for a question that is asked often."""
    condition = f" WHERE {where}" if where else ""
    name = "_".join([table, *(c.split()[0] for c in columns), "index"])
    await fetch(f"CREATE INDEX {name} ON {table} ({', '.join(columns)}){condition}")


async def sort_by_code_point(table: str, column: str) -> None:
    """Compare a column by code point, as SQLite does anyway (see `kernel.text.kana_key`)."""
    if is_postgres():
        await fetch(f'ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(400) COLLATE "C"')
