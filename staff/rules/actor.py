"""Who acts, and what each role may do."""

import msgspec

from kernel.terms import Term


class Role(Term):
    """What a member of staff may do; each role may do all that the one before may."""

    VOLUNTEER = "volunteer", "ボランティア"
    WORKER = "worker", "支援員"
    MANAGER = "manager", "管理者"


class Access(Term):
    """Whom a route lets in. Every route names one; there is no default."""

    EVERYONE = "everyone", "だれでも"
    SIGNED_IN = "signed_in", "職員"
    STOCK = "stock", "在庫を扱う人"
    CASES = "cases", "ケースを扱う人"
    MANAGER = "manager", "管理者"


ENTRANCES: dict[Access, frozenset[Role | None]] = {
    Access.EVERYONE: frozenset({None, *Role}),
    Access.SIGNED_IN: frozenset(Role),
    Access.STOCK: frozenset(Role),
    Access.CASES: frozenset({Role.WORKER, Role.MANAGER}),
    Access.MANAGER: frozenset({Role.MANAGER}),
}


class Actor(msgspec.Struct, frozen=True):
    """Whoever acts: a person who signed in, or a program with a token.

    `id` is stable and tells actors apart (`account:<code>`, `token:<code>`,
    `system`); `name` is what people see.
    """

    id: str
    name: str
    role: Role

    def may(self, access: Access) -> bool:
        return self.role in ENTRANCES[access]

    @property
    def account_code(self) -> str | None:
        """The code of the account of a person; None for a program."""
        kind, _, code = self.id.partition(":")
        return code if kind == "account" else None

    @property
    def may_see_cases(self) -> bool:
        return self.may(Access.CASES)


SYSTEM = Actor("system", "システム", Role.MANAGER)
"""The command line and the demo data."""
