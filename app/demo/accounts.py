"""Who can sign in to the demo."""

import msgspec

from staff.rules.actor import Role


class DemoAccount(msgspec.Struct, frozen=True):
    sign_in_name: str
    name: str
    role: Role


DEMO_ACCOUNTS = (
    DemoAccount("kanri", "管理 花子", Role.MANAGER),
    DemoAccount("shien", "支援 太郎", Role.WORKER),
    DemoAccount("tetsudai", "手伝 さくら", Role.VOLUNTEER),
)

DEMO_PASSWORD = "yuyake-to-onigiri"  # noqa: S105 - shown to everybody; the demo holds invented data only
