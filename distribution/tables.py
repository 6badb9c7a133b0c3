"""Cases and parcels: rows and columns only.

`CaseFile.case_id` is the only thing kept about a client. What a parcel may
become is held by the database itself (see the migration named guards).
"""

from piccolo.columns import BigSerial, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.table import Table

from inventory.tables import Lot, Place


class CaseFile(Table):
    """One case ID, and the opaque code that stands for it in every address."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=9, unique=True)
    case_id = Varchar(length=64, unique=True)
    opened_at = Timestamptz()


class Parcel(Table):
    """A 緊急食糧支援: packed, then handed over or cancelled. Never deleted.

    The household is people by age band; reasons are kept in their words, so
    that editing a list rewrites no record.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=9, unique=True)
    case_file = ForeignKey(CaseFile, on_delete=OnDelete.restrict, null=False)
    state = Varchar(length=20)
    reason = Varchar(length=200)
    route = Varchar(length=200)
    days = Integer()
    infant = Integer()
    preschool = Integer()
    school = Integer()
    teen = Integer()
    adult = Integer()
    senior = Integer()
    note = Varchar(length=200)
    packed_at = Timestamptz()
    packed_by = Varchar(length=100)
    handed_over_at = Timestamptz(null=True, default=None)
    handed_over_by = Varchar(length=100, null=True, default=None)
    cancelled_at = Timestamptz(null=True, default=None)
    cancelled_by = Varchar(length=100, null=True, default=None)
    cancel_reason = Varchar(length=200, null=True, default=None)


class ParcelLine(Table):
    """Pieces of one lot in a parcel; `place` is the shelf that they were taken from."""

    id = BigSerial(primary_key=True)
    parcel = ForeignKey(Parcel, on_delete=OnDelete.restrict, null=False)
    position = Integer()
    lot = ForeignKey(Lot, on_delete=OnDelete.restrict, null=False)
    place = ForeignKey(Place, on_delete=OnDelete.restrict, null=False)
    pieces = Integer()
    returned_pieces = Integer(default=0)
