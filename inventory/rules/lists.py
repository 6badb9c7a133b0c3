"""Lists that a new database begins with; each can be edited later."""

import datetime

from inventory.rules.product import MealRole

CATEGORIES: tuple[tuple[str, MealRole], ...] = (
    ("米・ごはん", MealRole.STAPLE),
    ("麺", MealRole.STAPLE),
    ("パン・菓子", MealRole.SNACK),
    ("缶詰", MealRole.MAIN),
    ("レトルト", MealRole.MAIN),
    ("汁物", MealRole.SIDE),
    ("飲料", MealRole.DRINK),
    ("乳児用", MealRole.INFANT),
    ("調味料", MealRole.SEASONING),
    ("日用品", MealRole.HOUSEHOLD),
    ("その他", MealRole.OTHER),
)

REQUIRED = ("えび", "かに", "くるみ", "小麦", "そば", "卵", "乳", "落花生")
RECOMMENDED = (
    "アーモンド", "あわび", "いか", "いくら", "オレンジ", "キウイフルーツ", "牛肉", "ごま", "さけ",
    "さば", "大豆", "鶏肉", "バナナ", "ピスタチオ", "豚肉", "マカダミアナッツ", "もも", "やまいも",
    "りんご", "ゼラチン",
)  # fmt: skip

ALLERGENS: tuple[tuple[str, str, datetime.date | None, datetime.date | None], ...] = (
    *((name, "required", None, None) for name in REQUIRED),
    ("カシューナッツ", "required", datetime.date(2026, 4, 1), None),
    *((name, "recommended", None, None) for name in RECOMMENDED),
    ("まつたけ", "legacy", None, None),
)
"""Name, group, in force from, in force until (domain 2)."""
