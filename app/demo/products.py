"""The goods of the demo: everyday kinds of products under invented names.

Names and makers are invented. The JANs have valid check digits and stand under
made-up maker numbers (12345, 23456 …), so that they look right to a scanner
without being copied from a pack. Energy follows domain 7 where it has a value
and the usual printed value of such a product elsewhere.
"""

import msgspec

from inventory.rules.lists import CATEGORIES
from inventory.rules.product import AllergenState, DateKind, MealRole, Preparation, Temperature

LABELLED = ("えび", "かに", "くるみ", "小麦", "そば", "卵", "乳", "落花生", "カシューナッツ")
"""The allergens that a label has to show: the required eight, and the ninth (domain 2)."""


class DemoProduct(msgspec.Struct, frozen=True):
    """One product as its label describes it.

    `kcal` and `servings` are for one piece as it is handed over; `servings` is 0
    for what is not eaten by the meal. `preparation` lists what a person must have.
    `allergens` is empty for what is not food. `shelf_months` is how long a fresh
    pack keeps; 0 where no date is printed. `reorder_level` is in pieces.
    """

    name: str
    kana: str
    jan: str | None
    category: str
    meal_role: MealRole
    net_grams: int
    kcal: int
    servings: int
    preparation: tuple[Preparation, ...]
    temperature: Temperature
    reorder_level: int
    allergens: dict[str, AllergenState]
    date_kind: DateKind
    shelf_months: int


def _shown(contains: str = "", same_line: str = "") -> dict[str, AllergenState]:
    """States read off a label that names `contains` and warns of `same_line`.

    Recommended allergens appear only where the label names them: that they are
    missing from a label says even less than "not shown" does of the others.
    """
    states = dict.fromkeys(LABELLED, AllergenState.NOT_SHOWN)
    states.update(dict.fromkeys(same_line.split(), AllergenState.SAME_LINE))
    states.update(dict.fromkeys(contains.split(), AllergenState.CONTAINS))
    return states


_UNREAD = dict.fromkeys(LABELLED, AllergenState.UNKNOWN)
_ROLE_OF = dict(CATEGORIES)


def _product(
    category: str,
    name: str,
    kana: str,
    jan: str | None,
    grams: int,
    kcal: int,
    servings: int,
    *needs: Preparation,
    keeps: int,
    reorder: int,
    allergens: dict[str, AllergenState] | None = None,
    role: MealRole | None = None,
    dated: DateKind = DateKind.BEST_BEFORE,
) -> DemoProduct:
    return DemoProduct(
        name=name,
        kana=kana,
        jan=jan,
        category=category,
        meal_role=role or _ROLE_OF[category],
        net_grams=grams,
        kcal=kcal,
        servings=servings,
        preparation=needs,
        temperature=Temperature.AMBIENT,  # the desk has no refrigerator, so it takes nothing else
        reorder_level=reorder,
        allergens=_shown() if allergens is None else allergens,
        date_kind=dated if keeps else DateKind.NONE,
        shelf_months=keeps,
    )


_WATER = Preparation.WATER
_HOT = Preparation.HOT_WATER
_RANGE = Preparation.MICROWAVE
_STOVE = Preparation.STOVE
_COOKER = Preparation.RICE_COOKER
_OPENER = Preparation.CAN_OPENER

_NOT_FOOD: dict[str, AllergenState] = {}

# Two or three lines a product, so that the table can be read down: label, figures, allergens.
# fmt: off
_RICE = (
    _product("米・ごはん", "ふっくらパックごはん 200g", "フックラパックゴハン",
             "4912345000019", 200, 290, 1, _RANGE, keeps=10, reorder=40),
    _product("米・ごはん", "ふっくらパックごはん 180g 3食", "フックラパックゴハンサンショク",
             "4912345000026", 540, 783, 3, _RANGE, keeps=10, reorder=20),
    _product("米・ごはん", "備えのアルファ米 白飯", "ソナエノアルファマイシロメシ",
             "4523456000012", 100, 365, 1, _WATER, keeps=66, reorder=20),
    _product("米・ごはん", "備えのアルファ米 わかめごはん", "ソナエノアルファマイワカメゴハン",
             "4523456000029", 100, 362, 1, _WATER, keeps=66, reorder=20,
             allergens=_shown("", "えび かに")),
    _product("米・ごはん", "備えのアルファ米 五目ごはん", "ソナエノアルファマイゴモクゴハン",
             "4523456000036", 100, 360, 1, _WATER, keeps=66, reorder=20,
             allergens=_shown("小麦 大豆 鶏肉")),
    _product("米・ごはん", "レトルト白がゆ 250g", "レトルトシラガユ",
             "4912345000040", 250, 90, 1, keeps=18, reorder=15),
    _product("米・ごはん", "みなと精米 2kg", "ミナトセイマイニキロ",
             "4567891000015", 2000, 6840, 27, _COOKER, _WATER, keeps=6, reorder=12,
             dated=DateKind.MILLED),
    _product("米・ごはん", "みなと精米 5kg", "ミナトセイマイゴキロ",
             "4567891000022", 5000, 17100, 67, _COOKER, _WATER, keeps=6, reorder=6,
             dated=DateKind.MILLED),
    _product("米・ごはん", "小分け米 1kg", "コワケマイイチキロ",
             None, 1000, 3420, 13, _COOKER, _WATER, keeps=6, reorder=10,
             dated=DateKind.MILLED),
)

_NOODLES = (
    _product("麺", "港カップ麺 しょうゆ", "ミナトカップメンショウユ",
             "4598765000015", 77, 350, 1, _HOT, keeps=6, reorder=20,
             allergens=_shown("小麦 卵 乳 ごま 大豆 鶏肉 豚肉", "えび かに")),
    _product("麺", "港カップ麺 みそ", "ミナトカップメンミソ",
             "4598765000022", 80, 356, 1, _HOT, keeps=6, reorder=12,
             allergens=_shown("小麦 乳 ごま 大豆 鶏肉 豚肉", "えび かに 卵")),
    _product("麺", "港カップうどん きつね", "ミナトカップウドンキツネ",
             "4598765000039", 96, 410, 1, _HOT, keeps=6, reorder=12,
             allergens=_shown("小麦 大豆 さば", "えび そば")),
    _product("麺", "港カップそば 小えび天", "ミナトカップソバコエビテン",
             "4598765000046", 99, 440, 1, _HOT, keeps=6, reorder=10,
             allergens=_shown("えび 小麦 そば 卵 大豆 さば")),
    _product("麺", "港カップ焼そば", "ミナトカップヤキソバ",
             "45987656", 120, 540, 1, _HOT, keeps=6, reorder=15,
             allergens=_shown("小麦 ごま 大豆 豚肉 りんご", "卵 乳")),
    _product("麺", "ふくろ麺 しょうゆ味 5食", "フクロメンショウユアジゴショク",
             "4598765000053", 500, 2250, 5, _STOVE, _WATER, keeps=8, reorder=10,
             allergens=_shown("小麦 卵 ごま 大豆 鶏肉 豚肉")),
    _product("麺", "乾麺 うどん 300g", "カンメンウドン",
             "4567891000114", 300, 1050, 3, _STOVE, _WATER, keeps=18, reorder=12,
             allergens=_shown("小麦", "そば")),
    _product("麺", "乾麺 そうめん 300g", "カンメンソウメン",
             "4567891000121", 300, 1050, 3, _STOVE, _WATER, keeps=30, reorder=10,
             allergens=_shown("小麦")),
    _product("麺", "乾麺 そば 200g", "カンメンソバ",
             "4567891000138", 200, 690, 2, _STOVE, _WATER, keeps=12, reorder=6,
             allergens=_shown("小麦 そば")),
    _product("麺", "早ゆでスパゲッティ 500g", "ハヤユデスパゲッティ",
             "4567891000145", 500, 1745, 5, _STOVE, _WATER, keeps=36, reorder=12,
             allergens=_shown("小麦")),
)

_BREAD = (
    _product("パン・菓子", "備えの乾パン 100g", "ソナエノカンパン",
             "4523456000111", 100, 390, 1, keeps=60, reorder=20, role=MealRole.STAPLE,
             allergens=_shown("小麦 ごま", "乳")),
    _product("パン・菓子", "缶入りソフトパン 100g", "カンイリソフトパン",
             "4523456000128", 100, 360, 1, keeps=60, reorder=20, role=MealRole.STAPLE,
             allergens=_shown("小麦 卵 乳 大豆")),
    _product("パン・菓子", "備えのビスケット 24枚", "ソナエノビスケット",
             "4523456000135", 130, 620, 2, keeps=60, reorder=15,
             allergens=_shown("小麦 乳 大豆", "卵 落花生")),
    _product("パン・菓子", "栄養バー フルーツ 2本", "エイヨウバーフルーツ",
             "4912345000217", 40, 200, 1, keeps=12, reorder=20,
             allergens=_shown("小麦 卵 乳 アーモンド 大豆 オレンジ", "くるみ 落花生")),
    _product("パン・菓子", "ひとくちようかん 5本", "ヒトクチヨウカン",
             "4912345000224", 290, 830, 5, keeps=12, reorder=8),
    _product("パン・菓子", "ミックスナッツ 小袋", "ミックスナッツコブクロ",
             "4912345000248", 25, 155, 1, keeps=9, reorder=0,
             allergens=_shown("くるみ カシューナッツ アーモンド", "落花生")),
)

_CANS = (
    _product("缶詰", "さば水煮缶 190g", "サバミズニカン",
             "4567891000213", 190, 330, 1, keeps=36, reorder=12,
             allergens=_shown("さば")),
    _product("缶詰", "さばみそ煮缶 190g", "サバミソニカン",
             "4567891000220", 190, 390, 1, keeps=36, reorder=12,
             allergens=_shown("さば 大豆", "小麦")),
    _product("缶詰", "ライトツナ缶 70g", "ライトツナカン",
             "4567891000244", 70, 190, 1, keeps=36, reorder=20,
             allergens=_shown("大豆")),
    _product("缶詰", "やきとり缶 たれ 75g", "ヤキトリカンタレ",
             "45678912", 75, 130, 1, keeps=36, reorder=20,
             allergens=_shown("小麦 大豆 鶏肉 ごま")),
    _product("缶詰", "スイートコーン缶 190g", "スイートコーンカン",
             "4567891000268", 190, 150, 2, keeps=36, reorder=12, role=MealRole.SIDE),
    _product("缶詰", "トマト水煮缶 400g", "トマトミズニカン",
             "4567891000275", 400, 80, 3, _OPENER, keeps=36, reorder=8, role=MealRole.SIDE),
    _product("缶詰", "みかん缶 425g", "ミカンカン",
             "4567891000282", 425, 270, 3, _OPENER, keeps=36, reorder=8, role=MealRole.SIDE),
)

_POUCHES = (
    _product("レトルト", "港のカレー 中辛 180g", "ミナトノカレーチュウカラ",
             "4912345000316", 180, 190, 1, _RANGE, keeps=24, reorder=20,
             allergens=_shown("小麦 乳 牛肉 大豆 りんご")),
    _product("レトルト", "みんなのカレー 甘口 160g", "ミンナノカレーアマクチ",
             "4912345000323", 160, 150, 1, keeps=30, reorder=20),
    _product("レトルト", "牛丼の具 135g", "ギュウドンノグ",
             "4912345000330", 135, 230, 1, _STOVE, keeps=18, reorder=12,
             allergens=_shown("小麦 牛肉 大豆 りんご")),
    _product("レトルト", "親子丼の具 150g", "オヤコドンノグ",
             "4912345000347", 150, 160, 1, _STOVE, keeps=14, reorder=15,
             allergens=_shown("小麦 卵 大豆 鶏肉")),
    _product("レトルト", "おでん 1人前 400g", "オデンヒトリマエ",
             "4912345000354", 400, 240, 1, _STOVE, keeps=14, reorder=12,
             allergens=_shown("小麦 卵 大豆 さば", "えび かに")),
    _product("レトルト", "備えの肉じゃが 130g", "ソナエノニクジャガ",
             "4523456000210", 130, 150, 1, keeps=60, reorder=15,
             allergens=_shown("小麦 大豆 豚肉")),
    _product("レトルト", "ミートソース 130g", "ミートソース",
             "4912345000361", 130, 140, 1, _RANGE, keeps=24, reorder=12,
             allergens=_shown("小麦 乳 牛肉 大豆 豚肉")),
    _product("レトルト", "やわらか食 鶏と野菜のうま煮", "ヤワラカショクトリトヤサイノウマニ",
             "4523456000227", 100, 75, 1, keeps=18, reorder=10,
             allergens=_shown("小麦 卵 大豆 鶏肉 やまいも")),
    _product("レトルト", "やわらか食 白身魚の煮つけ", "ヤワラカショクシロミザカナノニツケ",
             "4523456000234", 100, 70, 1, keeps=18, reorder=10,
             allergens=_shown("小麦 大豆", "えび かに")),
)

_SOUPS = (
    _product("汁物", "即席みそ汁 10食", "ソクセキミソシルジュッショク",
             "4598765000114", 160, 300, 10, _HOT, keeps=9, reorder=12,
             allergens=_shown("大豆", "小麦 さば")),
    _product("汁物", "カップみそ汁 わかめ", "カップミソシルワカメ",
             "4598765000121", 22, 33, 1, _HOT, keeps=8, reorder=15,
             allergens=_shown("大豆 さば")),
    _product("汁物", "粉末コーンスープ 8袋", "フンマツコーンスープ",
             "4598765000138", 140, 600, 8, _HOT, keeps=15, reorder=8,
             allergens=_shown("小麦 乳 大豆", "卵")),
    _product("汁物", "たまごスープ フリーズドライ 5食", "タマゴスープフリーズドライ",
             "4598765000145", 35, 150, 5, _HOT, keeps=18, reorder=8,
             allergens=_shown("小麦 卵 大豆 鶏肉 ゼラチン")),
)

_DRINKS = (
    _product("飲料", "天然水 500ml", "テンネンスイゴヒャク",
             "4523456000319", 500, 0, 1, keeps=30, reorder=30),
    _product("飲料", "備えの保存水 2L", "ソナエノホゾンスイ",
             "4523456000326", 2000, 0, 4, keeps=66, reorder=12),
    _product("飲料", "緑茶 500ml", "リョクチャ",
             "4912345000415", 500, 0, 1, keeps=10, reorder=20),
    _product("飲料", "麦茶ティーバッグ 52袋", "ムギチャティーバッグ",
             "4912345000422", 416, 0, 26, _WATER, keeps=15, reorder=5),
    _product("飲料", "野菜ジュース 200ml", "ヤサイジュース",
             "4912345000439", 200, 75, 1, keeps=9, reorder=24),
    _product("飲料", "常温保存牛乳 200ml", "ジョウオンホゾンギュウニュウ",
             "4912345000446", 206, 138, 1, keeps=3, reorder=24,
             allergens=_shown("乳")),
    _product("飲料", "エネルギーゼリー 180g", "エネルギーゼリー",
             "4912345000453", 180, 180, 1, keeps=10, reorder=20, role=MealRole.SNACK),
)

_INFANT = (
    _product("乳児用", "はじめてミルク 粉 800g", "ハジメテミルクコナ",
             "4523456000418", 800, 4090, 40, _HOT, keeps=18, reorder=4,
             allergens=_shown("乳 大豆")),
    _product("乳児用", "はじめてミルク 液体 200ml", "ハジメテミルクエキタイ",
             "4523456000425", 206, 136, 1, keeps=12, reorder=12,
             allergens=_shown("乳 大豆")),
    _product("乳児用", "離乳食 7か月 野菜のおじや", "リニュウショクナナカゲツヤサイノオジヤ",
             "4523456000432", 80, 40, 1, keeps=18, reorder=10,
             allergens=_shown("小麦 大豆")),
    _product("乳児用", "離乳食 12か月 鶏そぼろ煮", "リニュウショクジュウニカゲツトリソボロニ",
             "4523456000449", 80, 62, 1, keeps=18, reorder=10,
             allergens=_shown("小麦 大豆 鶏肉", "卵 乳")),
    _product("乳児用", "紙おむつ テープM 54枚", "カミオムツテープエム",
             "4523456000456", 1500, 0, 0, keeps=0, reorder=3,
             allergens=_NOT_FOOD),
    _product("乳児用", "紙おむつ パンツL 44枚", "カミオムツパンツエル",
             "4523456000463", 1500, 0, 0, keeps=0, reorder=3,
             allergens=_NOT_FOOD),
)

_SEASONINGS = (
    _product("調味料", "上白糖 1kg", "ジョウハクトウ",
             "4567891000312", 1000, 3910, 0, keeps=0, reorder=3),
    _product("調味料", "食塩 1kg", "ショクエン",
             "4567891000329", 1000, 0, 0, keeps=0, reorder=3),
    _product("調味料", "こいくちしょうゆ 500ml", "コイクチショウユ",
             "4567891000336", 590, 450, 0, keeps=18, reorder=4,
             allergens=_shown("小麦 大豆")),
    _product("調味料", "サラダ油 400g", "サラダアブラ",
             "4567891000343", 400, 3600, 0, _STOVE, keeps=24, reorder=4,
             allergens=_shown("大豆")),
    _product("調味料", "カレールウ 中辛 8皿分", "カレールウチュウカラ",
             "4567891000350", 180, 900, 0, _STOVE, _WATER, keeps=18, reorder=4,
             allergens=_shown("小麦 乳 大豆 豚肉", "卵 落花生")),
)

_GOODS = (
    _product("日用品", "トイレットペーパー 12ロール", "トイレットペーパー",
             "4598765000213", 1600, 0, 0, keeps=0, reorder=10,
             allergens=_NOT_FOOD),
    _product("日用品", "固形石けん 3個", "コケイセッケン",
             "4598765000220", 270, 0, 0, keeps=0, reorder=6,
             allergens=_NOT_FOOD),
    _product("日用品", "生理用品 昼用 22枚", "セイリヨウヒンヒルヨウ",
             "4598765000237", 150, 0, 0, keeps=0, reorder=10,
             allergens=_NOT_FOOD),
    _product("日用品", "歯みがきセット", "ハミガキセット",
             "4598765000251", 60, 0, 0, keeps=0, reorder=6,
             allergens=_NOT_FOOD),
    _product("日用品", "フェイスタオル(寄贈品)", "フェイスタオル",
             None, 80, 0, 0, keeps=0, reorder=0,
             allergens=_NOT_FOOD),
)

_OTHER = (
    _product("その他", "のりたまごふりかけ 28g", "ノリタマゴフリカケ",
             "4598765000312", 28, 125, 10, keeps=12, reorder=5, role=MealRole.SIDE,
             allergens=_shown("小麦 卵 乳 ごま 大豆", "えび かに")),
    _product("その他", "とろみ剤 スティック 3g 20本", "トロミザイスティック",
             "4523456000517", 60, 210, 0, _WATER, keeps=24, reorder=2),
    _product("その他", "焼菓子詰合せ(JANなし)", "ヤキガシツメアワセ",
             None, 300, 1350, 6, keeps=4, reorder=0, role=MealRole.SNACK,
             allergens=_UNREAD),
)
# fmt: on

PRODUCTS: tuple[DemoProduct, ...] = (
    *_RICE,
    *_NOODLES,
    *_BREAD,
    *_CANS,
    *_POUCHES,
    *_SOUPS,
    *_DRINKS,
    *_INFANT,
    *_SEASONINGS,
    *_GOODS,
    *_OTHER,
)
"""Every product; the events of the year name a product by its place in this row."""
