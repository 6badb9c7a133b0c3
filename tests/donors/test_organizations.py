"""Organisations and their agreements: added, edited, listed by kana, and found."""

import asyncio
import datetime
from typing import Any

import pytest

from donors.commands.agreement import AddAgreement, EndAgreement, add_agreement, end_agreement
from donors.commands.organization import (
    AddOrganization,
    ContactLine,
    EditOrganization,
    edit_organization,
)
from donors.errors import CorporateNumberTaken
from donors.queries.organizations import (
    OrganizationFilter,
    network_names,
    organization_by_code,
    organization_names,
    organizations,
)
from donors.rules.agreement import AgreementState
from donors.rules.organization import OrganizationKind
from kernel.codes import new_code
from kernel.errors import Invalid, NotFound, Questioned
from kernel.forms import read
from tests.donors.world import a_donation, a_line, an_agreement, an_organization
from tests.world import NOW, TARO, TODAY, a_product, key

pytestmark = pytest.mark.usefixtures("database")

NUMBER = "4999901000004"
DAY = datetime.timedelta(days=1)


def edit(code: str, **facts: Any) -> EditOrganization:
    known = {"kind": OrganizationKind.COMPANY, "name": "みなと食品", "kana": "ミナトショクヒン"}
    return EditOrganization(key=key(), organization=code, **{**known, **facts})


async def test_an_organization_is_kept_with_all_that_is_known() -> None:
    code = await an_organization(
        corporate_number=NUMBER,
        may_be_named=True,
        contacts=(
            ContactLine("総務部", "06-0000-0131"),
            ContactLine("品質課", "", "qa@example.jp"),
        ),
        networks=("みなまるねっと",),
        new_network="フードドライブ協力店",
        note="搬入は裏口から",
    )
    view = await organization_by_code(code, TODAY)
    assert (view.corporate_number, view.may_be_named, view.note) == (NUMBER, True, "搬入は裏口から")
    assert [contact.name for contact in view.contacts] == ["総務部", "品質課"]
    assert view.networks == ["みなまるねっと", "フードドライブ協力店"]
    assert (view.agreement, view.agreements) == (AgreementState.NONE, [])
    assert (await network_names())[-1] == "フードドライブ協力店"


async def test_an_edit_replaces_what_was_known() -> None:
    code = await an_organization(
        contacts=(ContactLine("総務部"),), networks=("みなまるねっと",), corporate_number=NUMBER
    )
    await edit_organization(
        edit(code, contacts=(ContactLine("店長室"),), corporate_number=NUMBER, retired=True),
        TARO,
        NOW,
    )
    view = await organization_by_code(code, TODAY)
    assert ([contact.name for contact in view.contacts], view.networks) == (["店長室"], [])
    assert (view.name, view.retired) == ("みなと食品", True)
    assert await organization_names() == []
    assert await organizations(OrganizationFilter(), TODAY) == []
    assert [row.code for row in await organizations(OrganizationFilter(retired=True), TODAY)] == [
        code
    ]


async def test_a_corporate_number_belongs_to_one_organization() -> None:
    code = await an_organization(corporate_number=NUMBER)
    with pytest.raises(CorporateNumberTaken) as refused:
        await an_organization("別の名前", corporate_number=NUMBER)
    assert (refused.value.code, refused.value.name) == (code, "株式会社 みなと食品")
    other = await an_organization("別の名前")
    with pytest.raises(CorporateNumberTaken):
        await edit_organization(edit(other, corporate_number=NUMBER), TARO, NOW)


async def test_of_two_at_once_one_gets_the_corporate_number() -> None:
    outcomes = await asyncio.gather(
        *[an_organization(corporate_number=NUMBER) for _ in range(4)], return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, CorporateNumberTaken)]
    assert len(refused) == 3
    assert len(await organization_names()) == 1


async def test_a_network_is_chosen_from_the_list() -> None:
    with pytest.raises(Invalid) as refused:
        await an_organization(networks=("みなまるねっと", "みなまる"))
    assert [error.field for error in refused.value.errors] == ["networks"]
    assert await organization_names() == []


async def test_notes_are_questioned() -> None:
    with pytest.raises(Questioned):
        await an_organization(note="鈴木様 080-1234-5678 に届ける")
    await an_organization(note="鈴木様 080-1234-5678 に届ける", confirmed=True)


async def test_an_unknown_organization_is_not_found() -> None:
    with pytest.raises(NotFound):
        await edit_organization(edit("00000000A"), TARO, NOW)
    with pytest.raises(NotFound):
        await organization_by_code("00000000A", TODAY)
    with pytest.raises(NotFound):
        await an_agreement("00000000A")


def test_the_form_names_every_fault() -> None:
    with pytest.raises(Invalid) as refused:
        read(
            AddOrganization,
            {
                "key": "12345678",
                "kind": "charity",
                "name": "あ" * 101,
                "corporate_number": "4999901000005",
                "contacts": {
                    "0": {"name": "", "phone": "06-1234-5678"},
                    "1": {"name": "総務", "phone": "内線12", "email": "qa@"},
                    "2": {"name": "", "phone": "", "email": ""},
                },
            },
            TODAY,
        )
    assert {error.field for error in refused.value.errors} == {
        "kind", "name", "kana", "corporate_number",
        "contacts.0.name", "contacts.1.phone", "contacts.1.email",
    }  # fmt: skip


async def test_the_list_is_in_the_order_of_the_fifty_sounds() -> None:
    for name, kana in (
        ("港生協", "みなとせいきょう"),
        ("ガス会社", "ガスガイシャ"),
        ("髙橋商店", "タカハシショウテン"),
        ("粕屋", "カスヤ"),
        ("蔵", "クラ"),
    ):
        await an_organization(name, kana)
    rows = await organizations(OrganizationFilter(), TODAY)
    assert [row.name for row in rows] == ["ガス会社", "粕屋", "蔵", "髙橋商店", "港生協"]
    assert [name.name for name in await organization_names()] == [row.name for row in rows]


@pytest.mark.parametrize("text", ["みなと", "ﾐﾅﾄ", "食品", "株式会社　みなと", NUMBER])
async def test_the_list_is_searched_by_name_kana_or_number(text: str) -> None:
    code = await an_organization(corporate_number=NUMBER)
    await an_organization("灯", "アカリ", kind=OrganizationKind.GROUP)
    found = await organizations(OrganizationFilter(text=text), TODAY)
    assert [row.code for row in found] == [code]


async def test_the_list_is_filtered_by_kind_and_tells_what_matters() -> None:
    code = await an_organization()
    await an_organization("灯", "アカリ", kind=OrganizationKind.GROUP)
    await an_agreement(code, TODAY - DAY, TODAY + 10 * DAY)
    product = await a_product()
    for hours in (2, 1):
        await a_donation(code, a_line(product), at=NOW - datetime.timedelta(hours=hours))
    rows = await organizations(OrganizationFilter(kind=OrganizationKind.COMPANY), TODAY)
    assert [(row.code, row.agreement) for row in rows] == [(code, AgreementState.ENDING)]
    assert rows[0].last_donation == NOW - datetime.timedelta(hours=1)


async def test_agreements_are_listed_with_the_latest_first() -> None:
    code = await an_organization()
    await an_agreement(code, TODAY - 800 * DAY, TODAY - 436 * DAY)
    await an_agreement(code, TODAY - 30 * DAY)
    view = await organization_by_code(code, TODAY)
    assert [a.valid_from for a in view.agreements] == [TODAY - 30 * DAY, TODAY - 800 * DAY]
    assert view.agreement is AgreementState.VALID


async def test_an_agreement_that_is_called_off_ends() -> None:
    code = await an_organization()
    await an_agreement(code, TODAY - 30 * DAY)
    agreement = (await organization_by_code(code, TODAY)).agreements[0].code
    with pytest.raises(Invalid) as refused:
        await end_agreement(
            EndAgreement(
                key=key(), organization=code, agreement=agreement, last_day=TODAY - 31 * DAY
            ),
            TARO,
            NOW,
        )
    assert [error.field for error in refused.value.errors] == ["last_day"]
    ask = EndAgreement(key=key(), organization=code, agreement=agreement, last_day=TODAY - DAY)
    assert (await end_agreement(ask, TARO, NOW)).code == code
    assert (await organization_by_code(code, TODAY)).agreement is AgreementState.ENDED


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"valid_until": "2026/3/31"}, "valid_until"),
        ({"signed_on": "2026/11/24"}, "signed_on"),
        ({"valid_from": "2026/2/30"}, "valid_from"),
        ({"valid_from": ""}, "valid_from"),
    ],
)
def test_dates_of_an_agreement_must_agree(terms: dict[str, str], field: str) -> None:
    typed = {"signed_on": "令和8年4月1日", "valid_from": "R8.4.1", "valid_until": "2027.3.31"}
    known = {"key": "12345678", "organization": new_code()}
    assert read(AddAgreement, {**known, **typed}, TODAY).renews is False
    with pytest.raises(Invalid) as refused:
        read(AddAgreement, {**known, **typed, **terms}, TODAY)
    assert [error.field for error in refused.value.errors] == [field]


async def test_conditions_are_questioned() -> None:
    code = await an_organization()
    ask = AddAgreement(
        key=key(), organization=code, signed_on=TODAY, valid_from=TODAY, conditions="山田さんに連絡"
    )
    with pytest.raises(Questioned):
        await add_agreement(ask, TARO, NOW)
