"""Organisations, agreements, donations and their lines: rows and columns only."""

from piccolo.columns import (
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table

from inventory.tables import Product


class Organization(Table):
    """A 団体, or a person, that gives. The same one may later offer resources and refer clients.

    `kana_key` sorts and `search_text` (folded name, kana and corporate number) finds.
    """

    code = Varchar(length=9, unique=True)
    kind = Varchar(length=30)
    name = Varchar(length=200)
    kana = Varchar(length=200)
    kana_key = Varchar(length=400)
    search_text = Text()
    corporate_number = Varchar(length=13, null=True, default=None)
    may_be_named = Boolean(default=False)
    note = Text()
    retired = Boolean(default=False)


class Contact(Table):
    """Whom to reach at an organisation: an office or a person, never a client."""

    organization = ForeignKey(Organization, on_delete=OnDelete.restrict, null=False)
    position = Integer()
    name = Varchar(length=100)
    phone = Varchar(length=40)
    email = Varchar(length=200)


class Network(Table):
    """A network that organisations belong to, such as みなまるねっと; editable."""

    name = Varchar(length=100, unique=True)
    position = Integer()


class OrganizationNetwork(Table):
    """One organisation belongs to one network."""

    organization = ForeignKey(Organization, on_delete=OnDelete.restrict, null=False)
    network = ForeignKey(Network, on_delete=OnDelete.restrict, null=False)


class Agreement(Table):
    """A 合意書. Without `valid_until`, or when it `renews`, it has no end."""

    code = Varchar(length=9, unique=True)
    organization = ForeignKey(Organization, on_delete=OnDelete.restrict, null=False)
    signed_on = Date()
    valid_from = Date()
    valid_until = Date(null=True, default=None)
    renews = Boolean(default=False)
    conditions = Text()


class Donation(Table):
    """What an organisation brought on one day; `finished_at` is the end of its inspection."""

    code = Varchar(length=9, unique=True)
    organization = ForeignKey(Organization, on_delete=OnDelete.restrict, null=False)
    state = Varchar(length=20)
    logged_at = Timestamptz()
    logged_by = Varchar(length=100)
    note = Text()
    finished_at = Timestamptz(null=True, default=None)


class DonationLine(Table):
    """One product with one printed date. What was counted stands from `accepted_pieces` on.

    `pieces` is what was logged; the count at the inspection may differ from it.
    `lot_code` and `place_code` are empty when nothing was accepted.
    """

    donation = ForeignKey(Donation, on_delete=OnDelete.restrict, null=False)
    position = Integer()
    product = ForeignKey(Product, on_delete=OnDelete.restrict, null=False)
    pieces = Integer()
    date_kind = Varchar(length=20)
    printed_text = Varchar(length=60)
    printed_date = Date(null=True, default=None)
    precision = Varchar(length=10)
    accepted_pieces = Integer(null=True, default=None)
    refused_pieces = Integer(null=True, default=None)
    refusal_reason = Varchar(length=200)
    refusal_note = Varchar(length=200)
    lot_code = Varchar(length=9)
    place_code = Varchar(length=9)
    inspected_at = Timestamptz(null=True, default=None)
    inspected_by = Varchar(length=100)
