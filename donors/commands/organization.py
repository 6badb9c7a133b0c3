"""Organisations: added and edited, with whom to reach there and the networks they belong to."""

import datetime
from typing import Annotated

from msgspec import Meta

from donors.errors import CorporateNumberTaken
from donors.queries.organizations import network_names, organization_by_code
from donors.rules.contact import read_email, read_phone
from donors.rules.corporate_number import read_corporate_number
from donors.rules.organization import OrganizationKind
from kernel.clock import tokyo_date
from kernel.codes import new_code
from kernel.commands import Command, Done, command
from kernel.database import fetch, fetch_one, rows_of
from kernel.errors import FieldError, Invalid, NotFound
from kernel.forms import Code, Read, Row
from kernel.privacy import question_personal
from kernel.text import fold, kana_key, one_line
from kernel.versions import refuse_stale
from staff.commands.audit import record
from staff.rules.actor import Actor


class ContactLine(Row, frozen=True):
    """An office or a person at the organisation."""

    blank = ("name", "phone", "email")

    name: Annotated[str, Read(one_line), Meta(max_length=100)]
    phone: Annotated[str, Read(read_phone)] = ""
    email: Annotated[str, Read(read_email)] = ""


class OrganizationFacts(Command, frozen=True):
    """What is known of an organisation; only its kind, name and kana must be.

    `networks` are names from the list; `new_network` is one that is not on it yet.
    """

    kind: OrganizationKind
    name: Annotated[str, Read(one_line), Meta(max_length=100)]
    kana: Annotated[str, Read(one_line), Meta(max_length=100)]
    corporate_number: Annotated[str | None, Read(read_corporate_number)] = None
    may_be_named: bool = False
    networks: tuple[str, ...] = ()
    new_network: Annotated[str, Read(one_line), Meta(max_length=100)] = ""
    contacts: tuple[ContactLine, ...] = ()
    note: Annotated[str, Meta(max_length=2000)] = ""
    confirmed: bool = False


class AddOrganization(OrganizationFacts, frozen=True):
    """A giver that was never here before."""


class EditOrganization(OrganizationFacts, frozen=True, kw_only=True):
    """All that is known of a giver now; one that is `retired` is no longer offered for choice."""

    organization: Code
    retired: bool = False
    seen: str = ""
    """`version_of` the facts as the form showed them."""


@command
async def add_organization(ask: AddOrganization, by: Actor, now: datetime.datetime) -> Done:
    """Raises Invalid (no such network), CorporateNumberTaken and Questioned."""
    question_personal({"note": ask.note}, ask.confirmed)
    code = new_code()
    row = await fetch_one(
        "INSERT INTO organization (code, kind, name, kana, kana_key, search_text,"
        " corporate_number, may_be_named, note, retired)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id",
        code, *facts(ask), False,
    )  # fmt: skip
    if row is None:
        raise await taken(ask.corporate_number, code)
    await join_networks(row["id"], ask)
    await note_contacts(row["id"], ask.contacts)
    await record(by, now, "add_organization", "organization", code)
    return Done(code)


@command
async def edit_organization(ask: EditOrganization, by: Actor, now: datetime.datetime) -> Done:
    """Raises NotFound, Conflict (stale), Invalid, CorporateNumberTaken and Questioned."""
    question_personal({"note": ask.note}, ask.confirmed)
    # Others who edit the same organisation wait here.
    await fetch("UPDATE organization SET code = code WHERE code = $1", ask.organization)
    known = await organization_by_code(ask.organization, tokyo_date(now))
    refuse_stale(ask.seen, known.facts)
    organization = await organization_id(ask.organization)
    if await holder_of(ask.corporate_number, ask.organization):
        raise await taken(ask.corporate_number, ask.organization)
    await fetch(
        "UPDATE organization SET kind = $1, name = $2, kana = $3, kana_key = $4,"
        " search_text = $5, corporate_number = $6, may_be_named = $7, note = $8, retired = $9"
        " WHERE id = $10",
        *facts(ask), ask.retired, organization,
    )  # fmt: skip
    await fetch("DELETE FROM organization_network WHERE organization = $1", organization)
    await fetch("DELETE FROM contact WHERE organization = $1", organization)
    await join_networks(organization, ask)
    await note_contacts(organization, ask.contacts)
    await record(by, now, "edit_organization", "organization", ask.organization)
    return Done(ask.organization)


def facts(ask: OrganizationFacts) -> tuple[object, ...]:
    return (
        ask.kind, ask.name, ask.kana, kana_key(ask.kana),
        f"{fold(ask.name)} {fold(ask.kana)} {ask.corporate_number or ''}",
        ask.corporate_number, ask.may_be_named, ask.note,
    )  # fmt: skip


async def organization_id(code: str) -> int:
    """The row id. Raises NotFound."""
    row = await fetch_one("SELECT id FROM organization WHERE code = $1", code)
    if row is None:
        raise NotFound("団体", code)
    return int(row["id"])


async def holder_of(corporate_number: str | None, but: str) -> dict[str, str] | None:
    """The other organisation that has this number."""
    if corporate_number is None:
        return None
    return await fetch_one(
        "SELECT code, name FROM organization WHERE corporate_number = $1 AND code <> $2",
        corporate_number, but,
    )  # fmt: skip


async def taken(corporate_number: str | None, but: str) -> CorporateNumberTaken:
    holder = await holder_of(corporate_number, but)
    assert holder is not None, "only the number can be taken: codes are drawn from 2**40"
    return CorporateNumberTaken(holder["code"], holder["name"])


async def join_networks(organization: int, ask: OrganizationFacts) -> None:
    """Raises Invalid when a network is not on the list."""
    known = await network_names()
    if not set(ask.networks) <= set(known):
        raise Invalid(FieldError("networks", "ネットワークを一覧から選んでください。"))
    if ask.new_network:
        await fetch(
            "INSERT INTO network (name, position) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            ask.new_network, len(known),
        )  # fmt: skip
    for name in {*ask.networks, ask.new_network} - {""}:
        await fetch(
            "INSERT INTO organization_network (organization, network)"
            " SELECT CAST($1 AS integer), id FROM network WHERE name = $2",
            organization, name,
        )  # fmt: skip


async def note_contacts(organization: int, contacts: tuple[ContactLine, ...]) -> None:
    if contacts:
        await fetch(
            "INSERT INTO contact (organization, position, name, phone, email)"
            f" VALUES {rows_of(5, len(contacts))}",
            *[
                value
                for position, contact in enumerate(contacts)
                for value in (organization, position, contact.name, contact.phone, contact.email)
            ],
        )
