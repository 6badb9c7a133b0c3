"""Who comes to the desk in the demo: households and their kitchens, never a person.

Each table is (what, how often); the words are those of domain 4.
"""

from inventory.rules.product import MealRole, Preparation

HOUSEHOLDS: tuple[tuple[dict[str, int], int], ...] = (
    ({"adult": 1}, 52),
    ({"senior": 1}, 16),
    ({"adult": 2}, 6),
    ({"senior": 2}, 4),
    ({"adult": 1, "school": 1}, 6),
    ({"adult": 1, "preschool": 1, "school": 1}, 4),
    ({"adult": 1, "infant": 1}, 3),
    ({"adult": 2, "infant": 1, "preschool": 1}, 3),
    ({"adult": 2, "school": 2}, 3),
    ({"adult": 1, "teen": 1}, 2),
    ({"adult": 1, "senior": 1}, 1),
)

KITCHENS: tuple[tuple[tuple[Preparation, ...], int], ...] = (
    (tuple(Preparation), 58),
    # The gas is cut off; a kettle, a microwave and a rice cooker still work.
    (tuple(p for p in Preparation if p is not Preparation.STOVE), 18),
    ((Preparation.WATER, Preparation.HOT_WATER, Preparation.CAN_OPENER), 14),
    # Nowhere to live, or everything cut off.
    ((), 10),
)

AVOID: tuple[tuple[tuple[str, ...], int], ...] = (
    ((), 90),
    (("卵",), 3),
    (("えび", "かに"), 2),
    (("小麦",), 1),
    (("そば",), 2),
    (("乳",), 1),
    (("落花生",), 1),
)

REASONS: tuple[tuple[str, int], ...] = (
    ("数日間食べていない", 24),
    ("制度につながるまで", 22),
    ("生活保護申請〜決定まで", 20),
    ("給付・収入までのつなぎ", 16),
    ("多重債務等の収支不均衡", 9),
    ("保護費紛失", 4),
    ("DV避難", 2),
    ("その他", 3),
)

ROUTES: tuple[tuple[str, int], ...] = (
    ("本人(来所)", 46),
    ("本人(電話・メール)", 12),
    ("家族・知人(来所)", 5),
    ("家族・知人(電話・メール)", 3),
    ("アウトリーチ", 6),
    ("関係機関・関係者紹介", 26),
    ("終結者の紹介", 1),
    ("その他", 1),
)

DAYS_COVERED: tuple[tuple[int, int], ...] = ((1, 6), (3, 55), (5, 20), (7, 19))

CANCELLED_BECAUSE = ("入力の誤り", "利用者の都合", "利用者の都合", "内容の入れ替え")


def wanted(
    household: dict[str, int], days: int, kitchen: tuple[Preparation, ...]
) -> dict[MealRole, int]:
    """Pieces by role for a household: part of its meals, capped at what can be carried."""
    infants = household.get("infant", 0)
    eaters = sum(household.values()) - infants
    meals = 3 * days * eaters
    wants = {
        MealRole.STAPLE: _within(3, meals * 7 // 10, 24),
        MealRole.MAIN: _within(2, meals * 4 // 10, 15),
        MealRole.SIDE: _within(1, meals * 2 // 10, 9),
        MealRole.SNACK: _within(1, eaters + days // 2, 8),
        MealRole.DRINK: _within(2, eaters * days, 12),
    }
    if infants:
        wants[MealRole.INFANT] = _within(3, 2 * days * infants, 12)
    if days >= 5:
        wants[MealRole.HOUSEHOLD] = 1 + eaters // 2
        if Preparation.STOVE in kitchen:
            wants[MealRole.SEASONING] = 1
    return wants


def _within(least: int, number: int, most: int) -> int:
    return max(least, min(number, most))
