"""Refusals: the ways in which the program says no.

A refusal carries its facts, not its wording. `app.refusals` turns it into a
status and a Japanese sentence that says what to do next. The one exception is
`Misread`: a reader of typed text knows best what was wrong with it, so it
brings the sentence that is shown beside the field.
"""

from typing import ClassVar

import msgspec


class Refusal(Exception):
    """Base of everything that the program refuses to do."""

    status: ClassVar[int]


class NotFound(Refusal):
    """There is no such thing, or not for this person."""

    status = 404

    def __init__(self, what: str, code: str = "") -> None:
        super().__init__(what, code)
        self.what, self.code = what, code


class NotAllowed(Refusal):
    """The person may not do this."""

    status = 403


class Conflict(Refusal):
    """The world has moved on since the person looked."""

    status = 409


class Busy(Refusal):
    """Too many are writing at once; nothing was changed, and trying again is right."""

    status = 503


class FieldError(msgspec.Struct, frozen=True):
    """One sentence about one field; `field` is "" when it is about the whole form.

    The name of a field inside a row is dotted: `lines.0.pieces`.
    """

    field: str
    sentence: str


class Invalid(Refusal):
    """What was typed cannot be taken; carries every error at once."""

    status = 422

    def __init__(self, *errors: FieldError) -> None:
        super().__init__(*errors)
        self.errors = errors


class Questioned(Invalid):
    """What was typed may be a mistake; it is taken when sent again with `confirmed`."""


class Misread(ValueError):
    """Typed text that cannot be read; its argument is a Japanese sentence for the field."""

    @property
    def sentence(self) -> str:
        return str(self.args[0])
