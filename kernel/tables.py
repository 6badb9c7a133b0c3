"""Rows that every slice leans on: settings, editable lists, and the keys of what was done."""

from piccolo.columns import Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class RequestKey(Table):
    """One command that was done: its client-made key, and the answer that was given."""

    key = Varchar(length=64, primary_key=True)
    verb = Varchar(length=64)
    actor = Varchar(length=64)
    fingerprint = Varchar(length=64)
    answer = Text()
    done_at = Timestamptz(index=True)


class Setting(Table):
    """One setting that differs from its default; `value` is JSON."""

    name = Varchar(length=64, primary_key=True)
    value = Text()


class Choice(Table):
    """One entry of a list that people may edit, such as the reasons for a parcel.

    Records keep the entry's words, not its key, so that editing a list never
    rewrites what was recorded.
    """

    list_name = Varchar(length=64, index=True)
    name = Varchar(length=200)
    position = Integer()
    retired = Boolean(default=False)
