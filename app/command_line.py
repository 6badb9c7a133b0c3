"""`foodbank`: serve, migrate, demo, doctor, staff."""

import asyncio
import secrets
import sys
from collections.abc import Coroutine
from typing import Any

import click
import uvicorn

from app.commands import make_setup_code
from app.demo.accounts import DEMO_ACCOUNTS, DEMO_PASSWORD
from app.demo.run import is_empty, make_demo
from app.doctor import examine
from app.sentences import sentence
from kernel import clock
from kernel.database import opened
from kernel.errors import Misread, Refusal
from kernel.migrations import migrate
from staff.commands.account import AddAccount, add_account
from staff.queries.accounts import has_account
from staff.rules.actor import SYSTEM, Role
from staff.rules.password import read_sign_in_name
from staff.rules.secrets import new_password


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """Run `work` with the database open; a refusal becomes a sentence and exit status 1."""

    async def with_database() -> Any:
        async with opened():
            return await work

    try:
        return asyncio.run(with_database())
    except Refusal as refusal:
        raise click.ClickException(sentence(refusal)) from refusal
    except Misread as error:
        raise click.ClickException(error.sentence) from error


@click.group()
def main() -> None:
    """港区版フードバンク: 在庫、緊急食糧支援、地域の資源。"""


@main.command("migrate")
def migrate_command() -> None:
    """Bring the database up to date."""
    click.echo(run(migrate()))


@main.command()
@click.option("--if-empty", is_flag=True, help="Do nothing when there is data already.")
def demo(*, if_empty: bool) -> None:
    """Fill an empty database with a year of a food bank's life."""
    if not run(is_empty()):
        if if_empty:
            return
        raise click.ClickException("データがもうあります。空のデータベースで実行してください。")
    click.echo(run(make_demo(clock.today())))


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="Processes; use PostgreSQL for many.")
def serve(host: str, port: int, workers: int) -> None:
    """Serve the program."""
    run(say_how_to_sign_in(f"http://{host}:{port}/"))
    uvicorn.run(
        "app.assembly:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        # An access log would tell who looked at which case's page, and when.
        access_log=False,
        log_level="warning",
        server_header=False,
    )


async def say_how_to_sign_in(address: str) -> None:
    click.echo(f"\n  港区版フードバンク  {address}\n")
    code = await make_setup_code()
    if code is not None:
        click.echo(f"  はじめての起動です。{address}setup を開き、準備コードを入れてください。")
        click.echo(f"  準備コード  {code[:3]}-{code[3:6]}-{code[6:]}\n")
    elif await has_account(DEMO_ACCOUNTS[0].sign_in_name):
        click.echo("  見本のデータです。次のどれかでログインできます。")
        for person in DEMO_ACCOUNTS:
            click.echo(f"    {person.sign_in_name:<10} {DEMO_PASSWORD}  ({person.role.label})")
        click.echo("")
    click.echo("  止めるときは Ctrl+C\n")


@main.command()
def doctor() -> None:
    """Recompute every balance and the audit chain; exit status 1 when something differs."""
    found = run(examine())
    for fault in found.faults:
        click.echo(fault)
    click.echo(f"監査記録は{found.seq}件です。最後の印 {found.seal}")
    if found.faults:
        click.echo(f"{len(found.faults)}件の食い違いがあります。")
        sys.exit(1)
    click.echo("異常はありません。")


@main.group()
def staff() -> None:
    """Accounts of the staff."""


@staff.command("add")
@click.argument("sign_in_name")
@click.option("--name", required=True, help="The name that records show.")
@click.option("--role", type=click.Choice([r.value for r in Role]), default=Role.WORKER.value)
def add_staff(sign_in_name: str, name: str, role: str) -> None:
    """Add an account; its first password is printed once."""
    password = new_password()
    run(hire(sign_in_name, name, Role(role), password))
    click.echo(f"{sign_in_name} を追加しました。最初のパスワード: {password}")


async def hire(sign_in_name: str, name: str, role: Role, password: str) -> None:
    """Raises Misread for a name that nobody could sign in with."""
    ask = AddAccount(
        key=secrets.token_hex(16),
        name=name,
        sign_in_name=read_sign_in_name(sign_in_name),
        role=role,
        password=password,
    )
    await add_account(ask, SYSTEM, clock.now())


if __name__ == "__main__":
    main()
