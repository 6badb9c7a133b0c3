"""Changes that belong to no slice: the first start, and the settings of the desk."""

import datetime
import hashlib
import hmac
from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from app.settings import DESK_NAME, SETUP_CODE
from distribution.rules.case_id import check_pattern
from distribution.settings import CASE_ID_PATTERN
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import transaction
from kernel.errors import Conflict, FieldError, Invalid
from kernel.forms import Code, Read
from staff.commands.account import AddAccount, add_account
from staff.commands.audit import record
from staff.commands.turns import take_turn
from staff.queries.accounts import has_accounts
from staff.rules.actor import Actor, Role
from staff.rules.password import Password, SignInName, password_fault
from staff.settings import IDLE_MINUTES


class AlreadySetUp(Conflict):
    """Somebody has an account already."""


class SetUp(Command, frozen=True):
    """What a desk decides before its first day."""

    secrets: ClassVar[tuple[str, ...]] = ("password", "code")

    code: Code
    desk_name: Annotated[str, Meta(min_length=1, max_length=50)]
    case_id_pattern: Annotated[str, Read(check_pattern)]
    sign_in_name: SignInName
    name: Annotated[str, Meta(min_length=1, max_length=50)]
    password: Password

    def faults(self, _today: datetime.date) -> Iterable[FieldError]:
        if sentence := password_fault(self.password, self.sign_in_name):
            yield FieldError("password", sentence)


@command
async def set_up(ask: SetUp, by: Actor, now: datetime.datetime) -> Done:
    """Raises AlreadySetUp, and Invalid when the code is not the one in the terminal."""
    await take_turn("setup")
    if await has_accounts():
        raise AlreadySetUp
    if not hmac.compare_digest(await SETUP_CODE.get(), marked(ask.code)):
        raise Invalid(
            FieldError("code", "コードが違います。プログラムを起動した画面の番号を写してください。")
        )
    await DESK_NAME.set(ask.desk_name)
    await CASE_ID_PATTERN.set(ask.case_id_pattern)
    await SETUP_CODE.set("")
    done = await add_account(
        AddAccount(
            key=f"{ask.key[:56]}-person",
            name=ask.name,
            sign_in_name=ask.sign_in_name,
            role=Role.MANAGER,
            password=ask.password,
            chosen_by_owner=True,
        ),
        by,
        now,
    )
    await record(by, now, "set_up", "desk", "")
    return done


class ChangeSettings(Command, frozen=True):
    """What a manager may change later."""

    desk_name: Annotated[str, Meta(min_length=1, max_length=50)]
    case_id_pattern: Annotated[str, Read(check_pattern)]
    idle_minutes: Annotated[int, Meta(ge=5, le=720)]


@command
async def change_settings(ask: ChangeSettings, by: Actor, now: datetime.datetime) -> Done:
    """Holds from the next request on. Case IDs that are known already stay as they are."""
    await DESK_NAME.set(ask.desk_name)
    await CASE_ID_PATTERN.set(ask.case_id_pattern)
    await IDLE_MINUTES.set(ask.idle_minutes)
    await record(by, now, "change_settings", "desk", "")
    return Done("")


async def make_setup_code() -> str | None:
    """A fresh one-time code to be printed in the terminal; None once there are accounts."""
    async with transaction():
        if await has_accounts():
            return None
        code = new_code()
        await SETUP_CODE.set(marked(code))
        return code


def marked(code: str) -> str:
    """How the code is kept: whoever reads the database cannot use it."""
    return hashlib.sha256(code.encode()).hexdigest()
