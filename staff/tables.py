"""Accounts, sessions, tokens and the audit trail: rows and columns only.

`AuditEntry` is append-only; the database itself holds that (see the migration
named guards). No secret is kept: passwords as argon2 hashes, tokens as SHA-256.
"""

from piccolo.columns import (
    BigInt,
    BigSerial,
    Boolean,
    ForeignKey,
    Integer,
    OnDelete,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table


class Account(Table):
    """A member of staff. Never deleted: the audit trail speaks of it.

    `sign_in_name` is kept folded (see `staff.rules.password.read_sign_in_name`).
    `password_changed_at` is null as long as the password is one that somebody
    else has chosen.
    """

    code = Varchar(length=9, unique=True)
    sign_in_name = Varchar(length=50, unique=True)
    name = Varchar(length=50)
    role = Varchar(length=20)
    password_hash = Varchar(length=200)
    active = Boolean(default=True)
    made_at = Timestamptz()
    password_changed_at = Timestamptz(null=True, default=None)
    signed_in_at = Timestamptz(null=True, default=None)


class Session(Table):
    """One signed-in browser; its token lies in the browser's cookie only."""

    id = BigSerial(primary_key=True)
    token_hash = Varchar(length=64, unique=True)
    account = ForeignKey(Account, on_delete=OnDelete.restrict, null=False)
    started_at = Timestamptz()
    seen_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)


class SignInAttempt(Table):
    """One try to sign in, kept for a day.

    The name is kept as a hash: people type their password there by mistake.
    """

    id = BigSerial(primary_key=True)
    name_hash = Varchar(length=64)
    address = Varchar(length=64)
    tried_at = Timestamptz(index=True)
    succeeded = Boolean(default=False)


class ApiToken(Table):
    """What a program shows to come in, with the role that it comes in with."""

    code = Varchar(length=9, unique=True)
    name = Varchar(length=50)
    role = Varchar(length=20)
    token_hash = Varchar(length=64, unique=True)
    made_by = Varchar(length=50)
    made_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    used_at = Timestamptz(null=True, default=None)


class AuditEntry(Table):
    """Who did or viewed what. `hash` covers the row and the hash of the one before."""

    seq = BigInt(primary_key=True, default=0)
    done_at = Timestamptz()
    actor_id = Varchar(length=64)
    actor_name = Varchar(length=100)
    deed = Varchar(length=40)
    subject_kind = Varchar(length=40)
    subject_code = Varchar(length=64)
    detail = Text()
    previous_hash = Varchar(length=64)
    hash = Varchar(length=64)


class AuditHead(Table):
    """The one row that says where the trail ends; whoever writes on holds it."""

    id = Integer(primary_key=True, default=1)
    seq = BigInt()
    hash = Varchar(length=64)
