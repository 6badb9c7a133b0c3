"""Agreements: written down when they are signed, and ended when they are called off."""

import datetime
from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta

from donors.commands.organization import organization_id
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one
from kernel.dates import show_date
from kernel.errors import FieldError, Invalid, NotFound
from kernel.forms import Code
from kernel.privacy import question_personal
from staff.commands.audit import record
from staff.rules.actor import Actor


class AgreementTerms(Command, frozen=True):
    """What was signed; `renews` when it goes on by itself after `valid_until`."""

    signed_on: datetime.date
    valid_from: datetime.date
    valid_until: datetime.date | None = None
    renews: bool = False
    conditions: Annotated[str, Meta(max_length=2000)] = ""
    confirmed: bool = False

    def faults(self, today: datetime.date) -> Iterator[FieldError]:
        if self.signed_on > today:
            yield FieldError("signed_on", "締結日が先の日付です。締結してから登録してください。")
        if self.valid_until is not None and self.valid_until < self.valid_from:
            yield FieldError("valid_until", "終わりの日が始まりの日より前です。確かめてください。")


class AddAgreement(AgreementTerms, frozen=True, kw_only=True):
    """An agreement with one organisation."""

    organization: Code


class EndAgreement(Command, frozen=True):
    """An agreement is called off: `last_day` is the last that it covers."""

    organization: Code
    agreement: Code
    last_day: datetime.date


@command
async def add_agreement(ask: AddAgreement, by: Actor, now: datetime.datetime) -> Done:
    """The answer is the organisation's code. Raises NotFound and Questioned."""
    organization = await organization_id(ask.organization)
    question_personal({"conditions": ask.conditions}, ask.confirmed)
    await fetch(
        "INSERT INTO agreement (code, organization, signed_on, valid_from, valid_until, renews,"
        " conditions) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        new_code(), organization, ask.signed_on, ask.valid_from, ask.valid_until, ask.renews,
        ask.conditions,
    )  # fmt: skip
    await record(by, now, "add_agreement", "organization", ask.organization)
    return Done(ask.organization)


@command
async def end_agreement(ask: EndAgreement, by: Actor, now: datetime.datetime) -> Done:
    """The answer is the organisation's code. Raises NotFound and Invalid (it began later)."""
    row = await fetch_one(
        "SELECT agreement.id, agreement.valid_from, organization.code AS organization"
        " FROM agreement JOIN organization ON organization.id = agreement.organization"
        " WHERE agreement.code = $1 AND organization.code = $2",
        ask.agreement, ask.organization,
    )  # fmt: skip
    if row is None:
        raise NotFound("合意書", ask.agreement)
    if ask.last_day < row["valid_from"]:
        begins = show_date(row["valid_from"])
        raise Invalid(FieldError("last_day", f"始まりの日({begins})以後の日にしてください。"))
    await fetch(
        "UPDATE agreement SET valid_until = $1, renews = $2 WHERE id = $3",
        ask.last_day, False, row["id"],
    )  # fmt: skip
    await record(by, now, "end_agreement", "organization", row["organization"])
    return Done(row["organization"])
