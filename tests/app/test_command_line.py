"""`foodbank`, as it is typed."""

import os
import subprocess
import sys

import pytest

from kernel.database import fetch, transaction
from tests.databases import copied_database, fresh_database
from tests.world import a_lot, a_product, a_shelf


def foodbank(address: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app.command_line", *words],
        env={**os.environ, "FOODBANK_DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_staff_add_prints_a_password_once_and_refuses_twice(template: str) -> None:
    async with copied_database(template) as address:
        first = foodbank(
            address, "staff", "add", "Ｙａｍａｄａ", "--name", "山田", "--role", "manager"
        )
        second = foodbank(address, "staff", "add", "yamada", "--name", "山田")
        third = foodbank(address, "staff", "add", "ya mada", "--name", "山田")
    assert first.returncode == 0, first.stderr
    assert "最初のパスワード" in first.stdout
    assert second.returncode == third.returncode == 1
    assert second.stderr
    assert "Traceback" not in second.stderr + third.stderr


async def test_the_doctor_says_by_its_exit_status(template: str) -> None:
    async with fresh_database(template) as address:
        lot = await a_lot(await a_product(), await a_shelf(), 10)
        well = foodbank(address, "doctor")
        async with transaction():
            await fetch("UPDATE balance SET on_hand = 3")
        ill = foodbank(address, "doctor")
    assert (well.returncode, "異常はありません" in well.stdout) == (0, True)
    assert (ill.returncode, lot in ill.stdout) == (1, True)


async def test_migrating_twice_does_nothing_more(template: str) -> None:
    async with copied_database(template) as address:
        again = foodbank(address, "migrate")
    assert again.returncode == 0, again.stderr


async def test_a_demo_never_lands_in_real_data(template: str) -> None:
    async with fresh_database(template) as address:
        await a_product()
        refused = foodbank(address, "demo")
        passed = foodbank(address, "demo", "--if-empty")
    assert (refused.returncode, passed.returncode) == (1, 0)


def test_an_unknown_database_is_named() -> None:
    answer = foodbank("mysql://somewhere", "doctor")
    assert answer.returncode != 0
    assert "FOODBANK_DATABASE_URL" in answer.stderr


@pytest.mark.parametrize("words", [(), ("--help",), ("staff", "--help")])
def test_help_is_there(words: tuple[str, ...]) -> None:
    answer = foodbank("sqlite:////nowhere/x.sqlite", *words)
    assert "Usage" in answer.stdout + answer.stderr
