"""What the audit trail calls things: the words kept in it, and how they are shown.

A slice names its own at import: `name_deeds({"hand_over": "引き渡し"}, {"parcel": "緊急食糧支援"})`.
"""

from collections.abc import Mapping

VIEW = "view"
"""The deed of somebody who looked and changed nothing."""

_DEEDS = {
    VIEW: "閲覧",
    "sign_in": "ログイン",
    "sign_out": "ログアウト",
    "change_password": "パスワードの変更",
    "reset_password": "パスワードの再発行",
    "add_account": "職員の追加",
    "change_role": "役割の変更",
    "deactivate": "利用の停止",
    "reactivate": "利用の再開",
    "make_token": "APIトークンの発行",
    "revoke_token": "APIトークンの失効",
}
_SUBJECTS = {"account": "職員", "token": "APIトークン"}


def name_deeds(deeds: Mapping[str, str], subjects: Mapping[str, str]) -> None:
    """Add the Japanese words of a slice."""
    _DEEDS.update(deeds)
    _SUBJECTS.update(subjects)


def show_deed(deed: str) -> str:
    """The Japanese word for a deed; the word itself when nobody has named it."""
    return _DEEDS.get(deed, deed)


def show_subject(kind: str) -> str:
    """The Japanese word for a kind of subject; the word itself when nobody has named it."""
    return _SUBJECTS.get(kind, kind)


def subjects() -> list[tuple[str, str]]:
    """Every kind of subject with its Japanese word, to choose from."""
    return list(_SUBJECTS.items())
