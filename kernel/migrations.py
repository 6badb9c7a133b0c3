"""Brings the database up to the tables that the code expects."""

import contextlib
import io

from piccolo.apps.migrations.commands.forwards import run_forwards


async def migrate() -> str:
    """Run every migration that has not run; what was done, as text.

    Raises RuntimeError when one fails; those before it stay done.
    """
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        result = await run_forwards("all")
    if not result.success:
        raise RuntimeError(f"{result.message}\n{said.getvalue()}")
    return said.getvalue()
