"""Products, lots, places, movements and balances: rows and columns only.

`Movement` is append-only and `Balance.on_hand` never below zero; the database
itself holds both (see the migration named guards).
"""

from piccolo.columns import (
    BigInt,
    BigSerial,
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


class Category(Table):
    """What products are sorted into on the shelf; editable."""

    name = Varchar(length=50, unique=True)
    meal_role = Varchar(length=20)
    position = Integer()


class Allergen(Table):
    """One allergen of the labelling rules, with the time it is in force (domain 2)."""

    name = Varchar(length=30, unique=True)
    group = Varchar(length=20)
    valid_from = Date(null=True, default=None)
    valid_to = Date(null=True, default=None)
    position = Integer()


class Product(Table):
    """A 品目. `gtin` is 14 digits; `preparation` words separated by spaces.

    `kana_key` sorts and `search_text` (folded name, kana and GTIN) finds.
    """

    code = Varchar(length=9, unique=True)
    name = Varchar(length=200)
    kana = Varchar(length=200)
    kana_key = Varchar(length=400)
    search_text = Text()
    gtin = Varchar(length=14, null=True, default=None)
    category = ForeignKey(Category, on_delete=OnDelete.restrict, null=False)
    meal_role = Varchar(length=20)
    net_grams = Integer(null=True, default=None)
    kcal = Integer(null=True, default=None)
    servings = Integer(default=1)
    preparation = Varchar(length=100)
    temperature = Varchar(length=10)
    date_kind = Varchar(length=20)
    reorder_level = Integer(default=0)
    provisional = Boolean(default=False)


class ProductAllergen(Table):
    """What the label of a product says of one allergen; no row means not yet looked at."""

    product = ForeignKey(Product, on_delete=OnDelete.restrict, null=False)
    allergen = ForeignKey(Allergen, on_delete=OnDelete.restrict, null=False)
    state = Varchar(length=20)


class Place(Table):
    """A 置場: physical, or a boundary that stock comes from and goes to."""

    code = Varchar(length=9, unique=True)
    name = Varchar(length=50, unique=True)
    kind = Varchar(length=20, index=True)
    position = Integer()
    retired = Boolean(default=False)


class Lot(Table):
    """One product, one printed date, one origin. Never deleted.

    `expires` is the last day it may be handed out (the printed date, or a
    computed one for rice); `origin_kind` and `origin_code` name the document it came with.
    """

    id = BigSerial(primary_key=True)
    code = Varchar(length=9, unique=True)
    product = ForeignKey(Product, on_delete=OnDelete.restrict, null=False)
    date_kind = Varchar(length=20)
    printed_date = Date(null=True, default=None)
    precision = Varchar(length=10)
    printed_text = Varchar(length=60)
    expires = Date(null=True, default=None, index=True)
    origin_kind = Varchar(length=20)
    origin_code = Varchar(length=9)
    received_at = Timestamptz()


class Movement(Table):
    """A 入出庫: pieces of a lot from one place to another. Append-only."""

    id = BigSerial(primary_key=True)
    lot = ForeignKey(Lot, on_delete=OnDelete.restrict, null=False)
    pieces = Integer()
    from_place = ForeignKey(Place, on_delete=OnDelete.restrict, null=False)
    to_place = ForeignKey(Place, on_delete=OnDelete.restrict, null=False)
    reason = Varchar(length=20)
    document_kind = Varchar(length=20)
    document_code = Varchar(length=9)
    by_id = Varchar(length=64)
    by_name = Varchar(length=100)
    moved_at = Timestamptz()
    note = Varchar(length=200)
    reverses = BigInt(null=True, default=None)


class Balance(Table):
    """Pieces of a lot on hand in a physical place."""

    id = BigSerial(primary_key=True)
    lot = ForeignKey(Lot, on_delete=OnDelete.restrict, null=False)
    place = ForeignKey(Place, on_delete=OnDelete.restrict, null=False)
    on_hand = BigInt()
