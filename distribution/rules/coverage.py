"""How far a parcel goes: meals and energy, as plain sums (domain 7)."""

from collections.abc import Iterable

import msgspec

from inventory.rules.product import MealRole


class Portion(msgspec.Struct, frozen=True):
    """Pieces of one product; `kcal` is of one piece, None when unknown."""

    meal_role: MealRole
    servings: int
    kcal: int | None
    pieces: int


class Coverage(msgspec.Struct, frozen=True):
    """`meals` counts servings of staples; `kcal` leaves out `unknown` products."""

    meals: int
    kcal: int
    unknown: int


def coverage(portions: Iterable[Portion]) -> Coverage:
    """A meal counts only with a staple. Household goods have no energy to know of."""
    portions = list(portions)
    return Coverage(
        meals=sum(p.pieces * p.servings for p in portions if p.meal_role is MealRole.STAPLE),
        kcal=sum(p.pieces * p.kcal for p in portions if p.kcal is not None),
        unknown=sum(p.kcal is None and p.meal_role is not MealRole.HOUSEHOLD for p in portions),
    )
