"""Organisations: listed by kana, one with all that is known of it, names to choose from."""

import datetime

import msgspec

from donors.queries.agreements import agreement_states, agreements_of
from donors.rules.agreement import AgreementState, Validity, agreement_state
from donors.rules.organization import OrganizationKind
from inventory.queries.stock import like
from kernel.database import fetch, fetch_one
from kernel.errors import NotFound

PAGE = 100
"""Rows on one page."""


class OrganizationFilter(msgspec.Struct, frozen=True):
    """What to look at; an empty field leaves nothing out but those retired."""

    text: str = ""
    kind: OrganizationKind | None = None
    retired: bool = False
    page: int = 1


class OrganizationRow(msgspec.Struct, frozen=True):
    """One organisation in a list; `last_donation` is when it last brought something."""

    code: str
    kind: OrganizationKind
    name: str
    agreement: AgreementState
    last_donation: datetime.datetime | None


class OrganizationName(msgspec.Struct, frozen=True):
    """One organisation to choose."""

    code: str
    name: str


class ContactView(msgspec.Struct, frozen=True):
    """Whom to reach; an empty field is not known."""

    name: str
    phone: str
    email: str


class AgreementView(Validity, frozen=True):
    """One agreement with its conditions."""

    code: str
    signed_on: datetime.date
    conditions: str


class OrganizationView(msgspec.Struct, frozen=True):
    """One organisation; `agreement` is what its agreements, the latest first, mean today."""

    code: str
    kind: OrganizationKind
    name: str
    kana: str
    corporate_number: str | None
    may_be_named: bool
    note: str
    retired: bool
    contacts: list[ContactView]
    networks: list[str]
    agreement: AgreementState
    agreements: list[AgreementView]

    @property
    def facts(self) -> tuple[object, ...]:
        """What one form edits: everything but the agreements, which have forms of their own."""
        return (
            self.kind, self.name, self.kana, self.corporate_number, self.may_be_named,
            self.note, self.retired, self.contacts, self.networks,
        )  # fmt: skip


async def organizations(wanted: OrganizationFilter, today: datetime.date) -> list[OrganizationRow]:
    """One page and one row more (which tells that there is another page), by kana."""
    where, values = conditions(wanted)
    rows = await fetch(
        "SELECT organization.id, organization.code, organization.kind, organization.name,"
        " (SELECT donation.logged_at FROM donation WHERE donation.organization = organization.id"
        "  ORDER BY donation.logged_at DESC LIMIT 1) AS last_donation"
        f" FROM organization WHERE {where} ORDER BY organization.kana_key, organization.id"
        f" LIMIT {PAGE + 1} OFFSET {(wanted.page - 1) * PAGE}",
        *values,
    )
    states = await agreement_states([row["id"] for row in rows], today)
    return [
        msgspec.convert({**row, "agreement": states[row["id"]]}, OrganizationRow) for row in rows
    ]


def conditions(wanted: OrganizationFilter) -> tuple[str, list[object]]:
    """The filter as SQL after WHERE, and its values from $1 on."""
    parts: list[tuple[str, object]] = [("organization.retired = {}", wanted.retired)]
    if wanted.text:
        parts.append(("organization.search_text LIKE {} ESCAPE '!'", like(wanted.text)))
    if wanted.kind is not None:
        parts.append(("organization.kind = {}", wanted.kind))
    sql = " AND ".join(part.format(f"${n}") for n, (part, _) in enumerate(parts, 1))
    return sql, [value for _, value in parts]


async def organization_by_code(code: str, today: datetime.date) -> OrganizationView:
    """Raises NotFound."""
    row = await fetch_one(
        "SELECT id, code, kind, name, kana, corporate_number, may_be_named, note, retired"
        " FROM organization WHERE code = $1",
        code,
    )
    if row is None:
        raise NotFound("団体", code)
    agreements = msgspec.convert(await agreements_of(row["id"]), list[AgreementView])
    known = {
        "contacts": await contacts_of(row["id"]),
        "networks": await networks_of(row["id"]),
        "agreement": agreement_state(agreements, today),
        "agreements": agreements,
    }
    return msgspec.convert({**row, **known}, OrganizationView)


async def contacts_of(organization: int) -> list[dict[str, str]]:
    return await fetch(
        "SELECT name, phone, email FROM contact WHERE organization = $1 ORDER BY position",
        organization,
    )


async def networks_of(organization: int) -> list[str]:
    rows = await fetch(
        "SELECT network.name FROM organization_network"
        " JOIN network ON network.id = organization_network.network"
        " WHERE organization_network.organization = $1 ORDER BY network.position, network.id",
        organization,
    )
    return [row["name"] for row in rows]


async def network_names() -> list[str]:
    """Every network that an organisation may belong to, in its order."""
    return [r["name"] for r in await fetch("SELECT name FROM network ORDER BY position, id")]


async def organization_names() -> list[OrganizationName]:
    """Those that may bring something today, by kana."""
    rows = await fetch(
        "SELECT code, name FROM organization WHERE retired = $1 ORDER BY kana_key, id", False
    )
    return msgspec.convert(rows, list[OrganizationName])
