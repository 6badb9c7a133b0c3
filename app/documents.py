"""What a lot came from and went to, named for people: the one place that knows every document.

The inventory keeps references upwards as (kind, code). It cannot look them up;
the roof, which stands above all slices, can.
"""

import datetime
from collections.abc import Iterable

import msgspec

from distribution.queries.parcels import describe_parcels
from donors.queries.donations import describe_donations
from inventory.rules.movement import Document
from kernel import clock
from kernel.dates import show_date
from staff.commands.audit import record_view
from staff.rules.actor import Actor


class Label(msgspec.Struct, frozen=True):
    """A document as a link; `names_case` when its text shows a case ID."""

    href: str
    text: str
    names_case: bool = False


async def describe(documents: Iterable[Document], actor: Actor) -> dict[Document, Label]:
    """A label for each document; case IDs only for those who may see them.

    Call it inside the page's snapshot.
    """
    by_kind: dict[str, list[str]] = {}
    for document in documents:
        by_kind.setdefault(document.kind, []).append(document.code)
    labels = {}
    for code, donation in (await describe_donations(by_kind.get("donation", []))).items():
        text = f"{donation.organization} からの寄付({show_date(day(donation.logged_at))})"
        labels[Document("donation", code)] = Label(f"/donations/{code}", text)
    parcels = await describe_parcels(by_kind.get("parcel", []), with_cases=actor.may_see_cases)
    for code, parcel in parcels.items():
        if actor.may_see_cases:
            text = f"緊急食糧支援 {parcel.case_id}({show_date(day(parcel.packed_at))})"
            labels[Document("parcel", code)] = Label(f"/parcels/{code}", text, names_case=True)
        else:
            text = f"緊急食糧支援({show_date(day(parcel.packed_at))})"
            labels[Document("parcel", code)] = Label(f"/parcels/{code}/packing-list", text)
    return labels


def day(instant: datetime.datetime) -> datetime.date:
    return clock.tokyo_date(instant)


async def trace_cases(
    actor: Actor, labels: dict[Document, Label], subject_kind: str, subject_code: str
) -> None:
    """Leave a trace when a page that is not a case's own showed cases."""
    if any(label.names_case for label in labels.values()):
        await record_view(actor, clock.now(), subject_kind, subject_code)
