"""The reader of forms and bodies: as people type it, every error at once."""

import datetime
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from kernel.errors import FieldError, Invalid
from kernel.forms import Code, Lines, Row, nested, read
from kernel.terms import Term

TODAY = datetime.date(2026, 11, 23)


class Colour(Term):
    RED = "red", "赤"
    BLUE = "blue", "青"


class Line(Row, frozen=True):
    blank = ("item", "pieces")

    item: Annotated[str, Meta(min_length=1, max_length=10)]
    pieces: Annotated[int, Meta(ge=1, le=99)]
    unit: str = "個"

    def faults(self, _today: datetime.date) -> Iterable[FieldError]:
        if self.item == "水" and self.pieces > 50:
            yield FieldError("pieces", "水は50個までです。")


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    lines: Annotated[tuple[Line, ...], Meta(min_length=1)]
    colour: Colour
    day: datetime.date
    note: Annotated[str, Lines()] = ""
    level: int | None = None
    tick: bool = False
    needs: tuple[Colour, ...] = ()


GOOD = {
    "name": "　水と　米 ",
    "lines.0.item": "米",
    "lines.0.pieces": "１２",
    "lines.1.item": "",
    "lines.1.pieces": " ",
    "colour": "red",
    "day": "令和8年11月23日",
}


def form(**changes: str) -> dict[str, Any]:
    return nested({**GOOD, **{k.replace("__", "."): v for k, v in changes.items()}}.items())


def errors_of(typed: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        read(Form, typed, TODAY)
    return {error.field: error.sentence for error in caught.value.errors}


def test_text_as_people_type_it() -> None:
    assert read(Form, form(), TODAY) == Form(
        name="水と　米",
        lines=(Line(item="米", pieces=12),),
        colour=Colour.RED,
        day=datetime.date(2026, 11, 23),
    )


def test_every_error_at_once() -> None:
    wrong = form(
        name="", lines__0__pieces="0", lines__2__item="水", lines__2__pieces="51",
        colour="green", day="2月30日", level="たくさん",
    )  # fmt: skip
    assert set(errors_of(wrong)) == {
        "name", "lines.0.pieces", "lines.2.pieces", "colour", "day", "level",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("0", "1から99まで"),
        ("-1", "0以上"),
        ("1000000000", "数"),
        ("1.5", "整数"),
        ("🍙", ""),
        ("٣", ""),
    ],
)
def test_quantities_that_cannot_be(typed: str, words: str) -> None:
    assert words in errors_of(form(lines__0__pieces=typed))["lines.0.pieces"]


def test_too_long_says_how_long() -> None:
    assert "200文字まで" in errors_of(form(name="あ" * 10_000))["name"]


def test_no_row_at_all() -> None:
    assert "lines" in errors_of(form(lines__0__item="", lines__0__pieces=""))


def test_json_speaks_the_same_way() -> None:
    body = {
        "name": "a", "lines": [{"item": "米", "pieces": 3}], "colour": "blue",
        "day": "2026-11-23", "tick": True, "needs": ["red", "blue"], "level": 4,
    }  # fmt: skip
    taken = read(Form, body, TODAY)
    assert (taken.tick, taken.needs, taken.level) == (True, (Colour.RED, Colour.BLUE), 4)
    assert set(errors_of({**body, "extra": 1, "name": 5})) == {"extra", "name"}


def test_one_ticked_box_is_a_list_of_one() -> None:
    assert read(Form, form(needs="red"), TODAY).needs == (Colour.RED,)


def test_line_breaks_stay_only_where_they_may() -> None:
    taken = read(Form, form(name="a\nb", note="a\r\nb"), TODAY)
    assert (taken.name, taken.note) == ("a b", "a\nb")


def test_codes_are_read_as_they_are_shown() -> None:
    class One(msgspec.Struct):
        code: Code

    from kernel.codes import new_code, show_code

    code = new_code()
    assert read(One, {"code": show_code(code).lower()}, TODAY).code == code
    with pytest.raises(Invalid):
        read(One, {"code": "not a code"}, TODAY)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*Form.__struct_fields__, "x"]), json_values))
def test_anything_is_taken_or_refused_and_never_breaks(body: dict[str, Any]) -> None:
    try:
        assert isinstance(read(Form, body, TODAY), Form)
    except Invalid as refusal:
        assert refusal.errors
        assert all(error.sentence for error in refusal.errors)


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=5)), max_size=8))
def test_any_names_make_a_tree(pairs: list[tuple[str, str]]) -> None:
    tree = nested(pairs)
    assert not any(name.startswith("_") and "." not in name for name in tree)
