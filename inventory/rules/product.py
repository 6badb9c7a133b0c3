"""What a product is: its words, its identification, how it is prepared."""

from kernel.terms import Term


class MealRole(Term):
    """What a product is in a meal; a meal counts only with a staple (domain 7)."""

    STAPLE = "staple", "主食"
    MAIN = "main", "主菜"
    SIDE = "side", "副菜"
    SNACK = "snack", "間食"
    DRINK = "drink", "飲料"
    INFANT = "infant", "乳児用"
    SEASONING = "seasoning", "調味料"
    HOUSEHOLD = "household", "日用品"
    OTHER = "other", "その他"


class Preparation(Term):
    """What a person needs to have in order to eat it; several may apply."""

    WATER = "water", "水"
    HOT_WATER = "hot_water", "湯"
    MICROWAVE = "microwave", "電子レンジ"
    STOVE = "stove", "火・鍋"
    RICE_COOKER = "rice_cooker", "炊飯器"
    CAN_OPENER = "can_opener", "缶切り"
    FRIDGE = "fridge", "冷蔵"


class Temperature(Term):
    """Temperature band of storage (domain 1)."""

    AMBIENT = "ambient", "常温"
    CHILLED = "chilled", "冷蔵"
    FROZEN = "frozen", "冷凍"


class AllergenState(Term):
    """What the label says of one allergen. "Not shown" is not "free of" (domain 2)."""

    CONTAINS = "contains", "含む"
    SAME_LINE = "same_line", "同一ライン"
    NOT_SHOWN = "not_shown", "表示なし"
    UNKNOWN = "unknown", "未確認"


class DateKind(Term):
    """Which date is printed on a pack (domain 1)."""

    BEST_BEFORE = "best_before", "賞味期限"
    USE_BY = "use_by", "消費期限"
    MILLED = "milled", "精米時期"
    NONE = "none", "期限なし"


class DatePrecision(Term):
    """How exactly the date is printed; the date kept is the last day it can mean."""

    DAY = "day", "年月日"
    MONTH = "month", "年月"
    TEN_DAYS = "ten_days", "旬"
