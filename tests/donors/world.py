"""What the tests of this slice add to the common world: givers, agreements and inspections."""

import datetime
from typing import Any

from donors.commands.agreement import AddAgreement, add_agreement
from donors.commands.donation import DonatedLine, LogDonation, log_donation
from donors.commands.inspection import InspectDonation, InspectedLine, inspect_donation
from donors.commands.organization import AddOrganization, add_organization
from donors.rules.organization import OrganizationKind
from tests.world import NOW, SAKURA, TARO, TODAY, key


async def an_organization(
    name: str = "株式会社 みなと食品", kana: str = "ミナトショクヒン", **facts: Any
) -> str:
    kind = facts.pop("kind", OrganizationKind.COMPANY)
    ask = AddOrganization(key=key(), kind=kind, name=name, kana=kana, **facts)
    return (await add_organization(ask, TARO, NOW)).code


async def an_agreement(
    organization: str, since: datetime.date = TODAY, until: datetime.date | None = None
) -> None:
    ask = AddAgreement(
        key=key(), organization=organization, signed_on=since, valid_from=since, valid_until=until
    )
    await add_agreement(ask, TARO, NOW)


def a_line(product: str, pieces: int = 24, printed: str = "2027.6", **more: Any) -> DonatedLine:
    return DonatedLine(product=product, pieces=pieces, printed=printed, **more)


async def a_donation(
    organization: str, *lines: DonatedLine, at: datetime.datetime = NOW, note: str = ""
) -> str:
    ask = LogDonation(key=key(), organization=organization, lines=lines, note=note)
    return (await log_donation(ask, SAKURA, at)).code


async def inspected(
    donation: str, *lines: InspectedLine, at: datetime.datetime = NOW, confirmed: bool = False
) -> str:
    ask = InspectDonation(key=key(), donation=donation, lines=lines, confirmed=confirmed)
    return (await inspect_donation(ask, SAKURA, at)).code
