"""A real server on a fresh database, and a real browser to visit it with."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kernel.database import DB
from tests.databases import copy_template, point_at_address, remove_copy, run_apart

BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium: Playwright's own cannot be fetched where there is no internet.

    It keeps a loop running in this thread, so a module that uses it has no async tests.
    """
    path = shutil.which("chromium")
    assert path, "run `make browser` first"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=BROWSER)
        yield chromium
        chromium.close()


@pytest.fixture(params=[390, 1280], ids=["phone", "desk"])
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A fresh browser window, at both widths; anything in the console is a failure."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    # A refused form is meant to be refused; Chromium notes its status all the same.
    assert [text for text in said if "Failed to load resource" not in text] == []


Site = Callable[[Callable[[], Awaitable[Any]]], str]


@pytest.fixture
def site(template: str) -> Iterator[Site]:
    """Starts a server on a fresh database that `prepare` fills first; gives its address."""
    asked: list[tuple[str, subprocess.Popen[bytes]]] = []

    def start(prepare: Callable[[], Awaitable[Any]]) -> str:
        address = run_apart(prepared_copy(template, prepare))
        port = free_port()
        server = subprocess.Popen(
            [sys.executable, "-m", "app.command_line", "serve", "--port", str(port)],
            env={**os.environ, "FOODBANK_DATABASE_URL": address},
            cwd=Path(__file__).parent.parent.parent,
            stdout=subprocess.DEVNULL,
        )
        asked.append((address, server))
        url = f"http://127.0.0.1:{port}"
        wait_for(url, server)
        return url

    yield start
    for address, server in asked:
        server.terminate()
        server.wait(timeout=20)
        run_apart(remove_copy(address))


async def prepared_copy(template: str, prepare: Callable[[], Awaitable[Any]]) -> str:
    address = await copy_template(template)
    point_at_address(address)
    await DB.open()
    try:
        await prepare()
    finally:
        await DB.close()
    return address


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        if server.poll() is not None:
            raise RuntimeError(f"the server ended with {server.returncode}")
        try:
            httpx.get(f"{url}/sign-in")
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("the server did not come up")
