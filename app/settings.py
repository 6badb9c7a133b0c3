"""Settings of the process: from the environment, and settings of the desk: from the database."""

import contextlib
import os
import secrets
from pathlib import Path

from kernel.database import DB
from kernel.settings import Setting
from kernel.sqlite import KeptSQLiteEngine

DESK_NAME = Setting("desk_name", "港区版フードバンク")
"""How the desk is called at the top of every page and on every paper."""


SETUP_CODE = Setting("setup_code", "")
"""SHA-256 of the one-time code of the first start; "" when there is none."""


def data_folder() -> Path:
    """Where this installation keeps its own files: `FOODBANK_DATA`, or beside the SQLite file."""
    named = os.environ.get("FOODBANK_DATA")
    if named:
        return Path(named)
    return Path(DB.path).parent if isinstance(DB, KeptSQLiteEngine) else Path("data")


def secret() -> str:
    """The secret that signs form tokens: `FOODBANK_SECRET`, or made once and kept in a file.

    Processes on several machines must be given the same `FOODBANK_SECRET`.
    """
    named = os.environ.get("FOODBANK_SECRET")
    if named:
        return named
    path = data_folder() / "secret"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        make_secret(path)
    return path.read_text()


def make_secret(path: Path) -> None:
    """Of several processes that start at once, one makes it, and none reads half of it."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_hex(32))
    with contextlib.suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
