"""What people read when the program says no: what is so, and what to do next.

Every refusal of every slice has its sentence here, and only here; a test
asks for each. No sentence names a case.
"""

from functools import singledispatch

from app.commands import AlreadySetUp
from distribution.errors import (
    LotExpired,
    NotOnShelf,
    ParcelNotHandedOver,
    ParcelNotPacked,
    TooManyReturned,
)
from distribution.rules.parcel import ParcelState
from donors.errors import AlreadyInspected, CorporateNumberTaken
from inventory.errors import (
    AlreadyReversed,
    GtinTaken,
    NoSuchWay,
    NotEnoughStock,
    NotReversible,
)
from kernel.codes import show_code
from kernel.commands import KeyUsedBefore
from kernel.dates import show_date
from kernel.errors import Busy, Conflict, Invalid, NotAllowed, NotFound, Refusal
from staff.errors import (
    LastManager,
    SignInNeeded,
    TooManyAttempts,
    WrongSignIn,
)


@singledispatch
def sentence(refusal: Refusal) -> str:
    """The sentence for a refusal."""
    raise TypeError(f"no sentence for {type(refusal).__name__}")


# ---- the ground ----


@sentence.register
def _(refusal: NotFound) -> str:
    return f"{refusal.what}が見つかりません。番号を確かめるか、一覧からさがしてください。"


@sentence.register
def _(_refusal: NotAllowed) -> str:
    return "この操作をする権限がありません。必要なときは管理者に頼んでください。"


@sentence.register
def _(_refusal: Conflict) -> str:
    return "ほかの人が先に変更しました。いまの内容を確かめて、もう一度操作してください。"


@sentence.register
def _(_refusal: KeyUsedBefore) -> str:
    return (
        "この画面の内容は、すでに一度送られています。"
        "別のものとして登録するときだけ、もう一度送ってください。"
    )


@sentence.register
def _(_refusal: Busy) -> str:
    return "ただいま混み合っています。変更はされていません。少し待って、もう一度送ってください。"


@sentence.register
def _(refusal: Invalid) -> str:
    return " ".join(error.sentence for error in refusal.errors)


# ---- staff ----


@sentence.register
def _(_refusal: SignInNeeded) -> str:
    return "ログインしてください。"


@sentence.register
def _(_refusal: WrongSignIn) -> str:
    return "ログイン名かパスワードが違います。もう一度入力してください。"


@sentence.register
def _(refusal: TooManyAttempts) -> str:
    return f"続けて間違えたため、いまは受け付けていません。{refusal.minutes}分ほど待ってください。"


@sentence.register
def _(refusal: LastManager) -> str:
    return f"{refusal.name}さんは最後の管理者です。先に、ほかの人を管理者にしてから変えてください。"


@sentence.register
def _(_refusal: AlreadySetUp) -> str:
    return "はじめの準備は終わっています。ログインしてください。"


# ---- inventory ----


@sentence.register
def _(refusal: NotEnoughStock) -> str:
    lots = "、".join(
        f"{short.product}(ロット {show_code(short.lot)}) は残り{short.on_hand}個です"
        for short in refusal.shortages
    )
    return f"在庫が足りません。{lots}。数を減らすか、ほかのロットを選んでください。"


@sentence.register
def _(_refusal: AlreadyReversed) -> str:
    return "この動きは、もう取り消されています。下の履歴を確かめてください。"


@sentence.register
def _(_refusal: NotReversible) -> str:
    return "この動きはここでは取り消せません。包みの画面から、取消か返品をしてください。"


@sentence.register
def _(refusal: NoSuchWay) -> str:
    return (
        f"「{refusal.from_place}」から「{refusal.to_place}」への{refusal.reason}はできません。"
        "別の置場を選んでください。"
    )


@sentence.register
def _(refusal: GtinTaken) -> str:
    return f"このJANは「{refusal.name}」で登録されています。その品目を使うか、直してください。"


# ---- donors ----


@sentence.register
def _(refusal: AlreadyInspected) -> str:
    names = "、".join(refusal.products)
    return f"{names}は、もう検品されています。残りの品だけ、下で確かめて記録してください。"


@sentence.register
def _(refusal: CorporateNumberTaken) -> str:
    return f"この法人番号は「{refusal.name}」で登録されています。番号を確かめてください。"


# ---- distribution ----


@sentence.register
def _(refusal: LotExpired) -> str:
    lots = "、".join(f"{lot.product}({show_date(lot.expires)}まで)" for lot in refusal.lots)
    return (
        f"期限切れの食品は渡せません。{lots}を外してください。"
        "用意済みの包みは、取り消して用意し直してください。"
    )


@sentence.register
def _(refusal: NotOnShelf) -> str:
    names = "、".join(f"「{name}」" for name in refusal.places)
    return f"{names}は棚ではないので、ここからは渡せません。棚のロットを選んでください。"


@sentence.register
def _(refusal: ParcelNotPacked) -> str:
    if refusal.state is ParcelState.HANDED_OVER:
        return "この包みは、もう渡してあります。"
    return "この包みは取り消されています。もう一度用意してください。"


@sentence.register
def _(refusal: ParcelNotHandedOver) -> str:
    return f"返品は渡したあとの包みだけです。この包みは「{refusal.state.label}」です。"


@sentence.register
def _(refusal: TooManyReturned) -> str:
    lots = "、".join(f"{lot.product}はあと{lot.left}個まで" for lot in refusal.lots)
    return f"渡した数より多くは返せません。{lots}です。数を直してください。"
