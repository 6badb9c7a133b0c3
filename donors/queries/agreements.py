"""Agreements: an organisation's own, and what those of many mean today."""

import datetime
from collections.abc import Sequence
from typing import Any

import msgspec

from donors.rules.agreement import AgreementState, Validity, agreement_state
from kernel.database import fetch


async def agreements_of(organization: int) -> list[dict[str, Any]]:
    """The agreements of one organisation, the latest first."""
    return await fetch(
        "SELECT code, signed_on, valid_from, valid_until, renews, conditions FROM agreement"
        " WHERE organization = $1 ORDER BY valid_from DESC, id DESC",
        organization,
    )


async def agreement_states(
    organizations: Sequence[int], today: datetime.date
) -> dict[int, AgreementState]:
    """What the agreements of each organisation (row ids) mean today."""
    found: dict[int, list[Validity]] = {organization: [] for organization in organizations}
    if found:
        marks = ", ".join(f"${n}" for n in range(1, len(organizations) + 1))
        for row in await fetch(
            "SELECT organization, valid_from, valid_until, renews FROM agreement"
            f" WHERE organization IN ({marks})",
            *organizations,
        ):
            found[row["organization"]].append(msgspec.convert(row, Validity))
    return {one: agreement_state(validities, today) for one, validities in found.items()}


async def agreement_state_of(organization: str, today: datetime.date) -> AgreementState:
    """What the agreements of one organisation (its code) mean today."""
    rows = await fetch(
        "SELECT agreement.valid_from, agreement.valid_until, agreement.renews FROM agreement"
        " JOIN organization ON organization.id = agreement.organization"
        " WHERE organization.code = $1",
        organization,
    )
    return agreement_state(msgspec.convert(rows, list[Validity]), today)
