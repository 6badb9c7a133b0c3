"""The givers of the demo: a dozen invented organisations of every kind.

Nobody here exists. Corporate numbers have valid check digits over registry 9999,
which no registry office has; telephone numbers begin with 06-0000, which no
exchange has; mail goes to example.jp, which is reserved for examples.
"""

import msgspec

from inventory.rules.lists import CATEGORIES


class DemoContact(msgspec.Struct, frozen=True):
    """Whom to reach: a role and never a person."""

    role: str
    phone: str | None
    email: str | None


class DemoAgreement(msgspec.Struct, frozen=True):
    """A 合意書, its dates counted back from the last day of the demo year."""

    signed_days_ago: int
    valid_years: int
    renews: bool


class DemoGiving(msgspec.Struct, frozen=True):
    """How an organisation gives.

    `times` is gifts in a year; `lines` and `pieces` are the fewest and the most
    lines of a gift and pieces of a line; `months_left` is how much of the shelf
    life is left at most; `least_days` is how short a date the giver still brings.
    `in_drives` marks who gives more when the food drives of November and March run.
    `near_share` is the share of the lines that come shortly before their date.
    """

    categories: tuple[str, ...]
    times: int
    lines: tuple[int, int]
    pieces: tuple[int, int]
    months_left: int
    least_days: int
    near_share: float = 0.0
    in_drives: bool = False


class DemoOrganization(msgspec.Struct, frozen=True):
    """`kind` is one of welfare_corporation, company, group, government, food_bank, individual."""

    kind: str
    name: str
    kana: str
    corporate_number: str | None
    may_be_named: bool
    contacts: tuple[DemoContact, ...]
    networks: tuple[str, ...]
    agreement: DemoAgreement | None
    giving: DemoGiving


KINDS = ("welfare_corporation", "company", "group", "government", "food_bank", "individual")

_FOOD = tuple(name for name, _ in CATEGORIES if name not in ("日用品", "乳児用"))
_EMERGENCY_STOCK = ("米・ごはん", "パン・菓子", "飲料", "レトルト")

ORGANIZATIONS: tuple[DemoOrganization, ...] = (
    DemoOrganization(
        kind="welfare_corporation",
        name="社会福祉法人 なぎさ灯福祉会",
        kana="ナギサアカリフクシカイ",
        corporate_number="3999905000001",
        may_be_named=True,
        contacts=(
            DemoContact("事務局", "06-0000-0101", "jimukyoku@nagisa-akari.example.jp"),
            DemoContact("地域貢献担当", "06-0000-0102", "chiiki@nagisa-akari.example.jp"),
        ),
        networks=("みなまるねっと", "大阪しあわせネットワーク"),
        agreement=DemoAgreement(signed_days_ago=820, valid_years=3, renews=True),
        giving=DemoGiving(_FOOD, 14, (4, 9), (6, 24), 15, 60, in_drives=True),
    ),
    DemoOrganization(
        kind="welfare_corporation",
        name="社会福祉法人 潮路会 特別養護老人ホームしおじ",
        kana="シオジカイトクベツヨウゴロウジンホームシオジ",
        corporate_number="2999905000002",
        may_be_named=True,
        contacts=(DemoContact("生活相談員室", "06-0000-0111", "soudan@shioji.example.jp"),),
        networks=("みなまるねっと", "大阪しあわせネットワーク"),
        agreement=DemoAgreement(signed_days_ago=345, valid_years=1, renews=False),
        giving=DemoGiving(
            ("レトルト", "米・ごはん", "飲料", "その他"), 10, (3, 8), (8, 30), 12, 45, 0.1
        ),
    ),
    DemoOrganization(
        kind="welfare_corporation",
        name="社会福祉法人 ひなた波止場 こども園ひなた",
        kana="ヒナタハトバコドモエンヒナタ",
        corporate_number="1999905000003",
        may_be_named=True,
        contacts=(DemoContact("園事務室", "06-0000-0121", "jimu@hinata-hatoba.example.jp"),),
        networks=("みなまるねっと",),
        agreement=DemoAgreement(signed_days_ago=500, valid_years=2, renews=True),
        giving=DemoGiving(
            ("乳児用", "飲料", "パン・菓子", "日用品"), 9, (3, 8), (4, 20), 15, 45, in_drives=True
        ),
    ),
    DemoOrganization(
        kind="company",
        name="株式会社 みなと湾岸食品",
        kana="ミナトワンガンショクヒン",
        corporate_number="4999901000004",
        may_be_named=True,
        contacts=(
            DemoContact("総務部", "06-0000-0131", "soumu@wangan-foods.example.jp"),
            DemoContact("品質保証課", "06-0000-0132", "qa@wangan-foods.example.jp"),
        ),
        networks=(),
        agreement=DemoAgreement(signed_days_ago=640, valid_years=2, renews=True),
        giving=DemoGiving(("レトルト", "缶詰", "麺", "汁物"), 12, (3, 8), (24, 72), 12, 60, 0.1),
    ),
    DemoOrganization(
        kind="company",
        name="株式会社 スーパーうきしま 港店",
        kana="スーパーウキシマミナトテン",
        corporate_number="3999901000005",
        may_be_named=True,
        contacts=(DemoContact("店長室", "06-0000-0141", "minato@ukishima.example.jp"),),
        networks=("フードドライブ協力店",),
        agreement=DemoAgreement(signed_days_ago=210, valid_years=1, renews=True),
        giving=DemoGiving((*_FOOD, "日用品"), 22, (5, 12), (4, 24), 11, 40, 0.1, in_drives=True),
    ),
    DemoOrganization(
        kind="company",
        name="あまつぶ倉庫 株式会社",
        kana="アマツブソウコ",
        corporate_number="2999901000006",
        may_be_named=False,
        contacts=(DemoContact("総務課", "06-0000-0151", "soumu@amatsubu.example.jp"),),
        networks=(),
        # Lapsed five weeks ago and not renewed: receiving from it has to warn.
        agreement=DemoAgreement(signed_days_ago=400, valid_years=1, renews=False),
        giving=DemoGiving(_EMERGENCY_STOCK, 5, (3, 7), (24, 60), 10, 45, 0.2),
    ),
    DemoOrganization(
        kind="group",
        name="港南まちづくり協議会(見本)",
        kana="コウナンマチヅクリキョウギカイミホン",
        corporate_number=None,
        may_be_named=True,
        contacts=(DemoContact("事務局", "06-0000-0161", "info@kounan-machi.example.jp"),),
        networks=("みなまるねっと",),
        agreement=DemoAgreement(signed_days_ago=150, valid_years=1, renews=True),
        giving=DemoGiving(_FOOD, 10, (4, 10), (3, 15), 13, 35, in_drives=True),
    ),
    DemoOrganization(
        kind="group",
        name="こども食堂 ほたる舟",
        kana="コドモショクドウホタルブネ",
        corporate_number=None,
        may_be_named=True,
        contacts=(DemoContact("世話人", None, "hotarubune@example.jp"),),
        networks=("みなまるねっと",),
        agreement=None,
        giving=DemoGiving(
            ("米・ごはん", "調味料", "パン・菓子", "汁物"), 8, (2, 7), (3, 12), 11, 35
        ),
    ),
    DemoOrganization(
        kind="group",
        name="NPO法人 かもめの手",
        kana="カモメノテ",
        corporate_number="4999905000009",
        may_be_named=True,
        contacts=(DemoContact("事務局", "06-0000-0181", "office@kamome-no-te.example.jp"),),
        networks=(),
        agreement=DemoAgreement(signed_days_ago=90, valid_years=2, renews=True),
        giving=DemoGiving(("日用品", "乳児用", "調味料"), 9, (3, 8), (5, 20), 15, 60),
    ),
    DemoOrganization(
        kind="government",
        name="港区役所 災害備蓄担当(見本)",
        kana="ミナトクヤクショサイガイビチクタントウミホン",
        corporate_number=None,
        may_be_named=True,
        contacts=(DemoContact("備蓄担当", "06-0000-0191", "bichiku@example.jp"),),
        networks=("港区保健福祉課",),
        agreement=DemoAgreement(signed_days_ago=300, valid_years=3, renews=False),
        giving=DemoGiving(_EMERGENCY_STOCK, 4, (4, 8), (48, 120), 12, 60, 0.1),
    ),
    DemoOrganization(
        kind="food_bank",
        name="フードバンク なにわの風(見本)",
        kana="フードバンクナニワノカゼミホン",
        corporate_number="1999905000011",
        may_be_named=True,
        contacts=(
            DemoContact("配送担当", "06-0000-0201", "haisou@naniwanokaze.example.jp"),
            DemoContact("品質管理担当", "06-0000-0202", "hinshitsu@naniwanokaze.example.jp"),
        ),
        networks=("大阪府内フードバンク連絡会",),
        agreement=DemoAgreement(signed_days_ago=700, valid_years=3, renews=True),
        giving=DemoGiving((*_FOOD, "乳児用"), 12, (5, 11), (12, 48), 11, 60, 0.1),
    ),
    DemoOrganization(
        kind="individual",
        name="個人のみなさま(窓口の寄付箱)",
        kana="コジンノミナサママドグチノキフバコ",
        corporate_number=None,
        may_be_named=False,
        contacts=(),
        networks=(),
        agreement=None,
        giving=DemoGiving((*_FOOD, "日用品"), 24, (2, 8), (1, 8), 13, 20, in_drives=True),
    ),
)
"""Every giver; the events of the year name one by its place in this row."""
