"""Reads what people type, and what programs send, into frozen Structs.

One reader serves HTML forms and JSON bodies. It understands text as people
type it (full-width digits, 和暦, hyphens of every kind) and reports every
error at once, each with a Japanese sentence beside its field.

A field's type says how it is read; `Annotated[str, Read(read_gtin)]` names a
reader of its own. A Struct may also have `faults(today)`, which yields the
`FieldError`s that only several fields together show.
"""

import datetime
import enum
import types
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, Meta

from kernel.codes import read_code
from kernel.dates import read_date
from kernel.errors import FieldError, Invalid, Misread
from kernel.text import clean, one_line, read_whole_number

T = TypeVar("T", bound=msgspec.Struct)

LONGEST = 200
"""Characters of a text field that names no other limit."""

LARGEST = 1_000_000
"""Of a whole number that names no other limit; also keeps every sum inside 64 bits."""

MOST_ROWS = 300
"""Of a list that names no other limit; one statement takes no more than some 30,000 values."""

_TRUTH = {
    **dict.fromkeys(("on", "true", "1", "yes"), True),
    **dict.fromkeys(("off", "false", "0", "no"), False),
}


class Lines:
    """Marks a text that keeps its line breaks; every other text is one line."""


class Read:
    """Names the reader of a field: text → value, raising Misread."""

    def __init__(self, reader: Callable[[str], Any]) -> None:
        self.reader = reader


Code = Annotated[str, Read(read_code), Meta(description="The code of a thing, as it is shown.")]
"""A code that people see and type, such as `K7M-29X-Q4T`."""


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of a form with several; it is left out when its `blank` fields are all empty."""

    blank: ClassVar[tuple[str, ...]] = ()


def read(shape: type[T], typed: Mapping[str, Any], today: datetime.date) -> T:
    """`typed` (texts of a form, or the values of a JSON object) as a `shape`.

    Raises Invalid with every error at once.
    """
    errors: list[FieldError] = []
    value = _struct(shape, typed, today, "", errors)
    if errors:
        raise Invalid(*errors)
    return value  # type: ignore[no-any-return]  # _struct built a `shape`


def row_numbers(shape: type[msgspec.Struct], typed: Mapping[str, Any]) -> dict[str, list[str]]:
    """The numbers under which the rows of each field were typed, blank ones left out.

    A command counts its rows from 0; this leads from its errors back to the form.
    """
    return {
        field.name: [number for number, _ in _numbered(get_args(_bare(kind))[0], typed[field.name])]
        for field, kind in _fields(shape)
        if get_origin(_bare(kind)) in (list, tuple) and field.name in typed
    }


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Names and texts of a form as a tree: `lines.0.pieces` → {"lines": {"0": {"pieces": …}}}.

    A name that comes twice becomes a list. Names that begin with `_` belong to
    the page, not to the form.
    """
    tree: dict[str, Any] = {}
    for name, text in pairs:
        if name.startswith("_") or not isinstance(text, str):
            continue
        *path, last = name.split(".")
        branch = tree
        for step in path:
            below = branch.setdefault(step, {})
            if not isinstance(below, dict):
                break
            branch = below
        else:
            earlier = branch.get(last)
            if earlier is None:
                branch[last] = text
            elif isinstance(earlier, list):
                earlier.append(text)
            elif isinstance(earlier, str):
                branch[last] = [earlier, text]
    return tree


class _Bad(Exception):
    """One or more errors were noted; there is no value."""


@lru_cache
def _fields(shape: Any) -> tuple[tuple[msgspec.structs.FieldInfo, Any], ...]:
    hints = get_type_hints(shape, include_extras=True)
    return tuple((field, hints[field.name]) for field in msgspec.structs.fields(shape))


def _struct(shape: Any, typed: Any, today: datetime.date, at: str, errors: list[FieldError]) -> Any:
    if not isinstance(typed, Mapping):
        raise _noted(errors, at, "項目の組で送ってください。")
    before = len(errors)
    values = {}
    for field, kind in _fields(shape):
        name = f"{at}{field.name}"
        try:
            values[field.name] = _field(field, kind, typed.get(field.name), today, name, errors)
        except _Bad:
            continue
    if shape.__struct_config__.forbid_unknown_fields:
        extras = typed.keys() - {field.name for field, _ in _fields(shape)}
        errors += [FieldError(f"{at}{extra}", "知らない項目です。") for extra in sorted(extras)]
    if len(errors) > before:
        if at:
            raise _Bad
        return None
    value = shape(**values)
    faults = [
        FieldError(f"{at}{fault.field}", fault.sentence)
        for fault in getattr(value, "faults", _no_faults)(today)
    ]
    errors.extend(faults)
    if faults and at:
        raise _Bad
    return value


def _no_faults(_today: datetime.date) -> Iterable[FieldError]:
    return ()


def _noted(errors: list[FieldError], name: str, sentence: str) -> _Bad:
    errors.append(FieldError(name.rstrip("."), sentence))
    return _Bad()


def _field(
    field: msgspec.structs.FieldInfo,
    kind: Any,
    typed: Any,
    today: datetime.date,
    name: str,
    errors: list[FieldError],
) -> Any:
    """The value of one field; its default when nothing was typed."""
    if not _is_blank(typed):
        return _value(kind, typed, today, name, errors)
    if field.default is not NODEFAULT:
        return field.default
    if field.default_factory is not NODEFAULT:
        return field.default_factory()
    if _is_optional(kind):
        return None
    bare = _bare(kind)
    if bare is bool:
        return False
    if _is_struct(bare):
        return _struct(bare, {}, today, f"{name}.", errors)
    raise _noted(errors, name, "入力してください。" if bare in (str, int) else "選んでください。")


def _is_blank(typed: Any) -> bool:
    if isinstance(typed, str):
        return not clean(typed)
    return typed in (None, [], {})


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _is_optional(kind: Any) -> bool:
    return get_origin(_bare(kind)) in (Union, types.UnionType) and type(None) in get_args(
        _bare(kind)
    )


def _value(kind: Any, typed: Any, today: datetime.date, name: str, errors: list[FieldError]) -> Any:
    """Read one value by its type; notes what is wrong and raises _Bad."""
    metas: tuple[Any, ...] = ()
    while get_origin(kind) is Annotated:
        kind, *more = get_args(kind)
        metas = (*metas, *more)
    if get_origin(kind) in (Union, types.UnionType):
        kind = next(arg for arg in get_args(kind) if arg is not type(None))
        return _value(Annotated[kind, *metas] if metas else kind, typed, today, name, errors)
    if get_origin(kind) in (list, tuple):
        return _rows(get_args(kind)[0], kind, typed, today, name, errors, metas)
    if _is_struct(kind):
        return _struct(kind, typed, today, f"{name}.", errors)
    try:
        return _plain(kind, typed, today, metas)
    except Misread as error:
        raise _noted(errors, name, error.sentence) from error


def _plain(kind: Any, typed: Any, today: datetime.date, metas: tuple[Any, ...]) -> Any:
    for meta in metas:
        if isinstance(meta, Read):
            return meta.reader(_text(typed, metas))
    if kind is bool:
        return _truth(typed)
    if kind is int:
        return _whole_number(typed, metas)
    if kind is datetime.date:
        return read_date(_text(typed, metas), today)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        try:
            return kind(typed)
        except ValueError:
            raise Misread("一覧から選んでください。") from None
    if kind is str:
        return _text(typed, metas)
    raise TypeError(f"no reader for {kind}")


def _truth(typed: Any) -> bool:
    if isinstance(typed, bool):
        return typed
    if not isinstance(typed, str) or typed not in _TRUTH:
        raise Misread("true か false で入力してください。")
    return _TRUTH[typed]


def _text(typed: Any, metas: tuple[Any, ...]) -> str:
    if not isinstance(typed, str):
        raise Misread("文字で入力してください。")
    if "\ufffd" in typed:  # what decoders leave of bytes in another encoding
        raise Misread("文字化けしています。もう一度入力してください。")
    limits = [meta for meta in metas if isinstance(meta, Meta)]
    text = clean(typed) if any(isinstance(m, Lines) for m in metas) else one_line(typed)
    longest = next((m.max_length for m in limits if m.max_length is not None), LONGEST)
    shortest = next((m.min_length for m in limits if m.min_length is not None), 0)
    if len(text) > longest:
        raise Misread(f"{longest}文字までで入力してください(いま{len(text)}文字)。")
    if len(text) < shortest:
        raise Misread(f"{shortest}文字以上で入力してください。")
    return text


def _whole_number(typed: Any, metas: tuple[Any, ...]) -> int:
    if isinstance(typed, bool) or not isinstance(typed, int | str):
        raise Misread("整数で入力してください。")
    number = typed if isinstance(typed, int) else read_whole_number(typed)
    limits = [meta for meta in metas if isinstance(meta, Meta)]
    least = next((int(m.ge) for m in limits if m.ge is not None), 0)
    most = next((int(m.le) for m in limits if m.le is not None), LARGEST)
    if not least <= number <= most:
        raise Misread(f"{least:,}から{most:,}までの整数で入力してください。")
    return number


def _rows(
    kind: Any,
    whole: Any,
    typed: Any,
    today: datetime.date,
    name: str,
    errors: list[FieldError],
    metas: tuple[Any, ...],
) -> Any:
    """A list of rows or of ticked values; rows left blank and repeated ticks do not count."""
    before, values = len(errors), []
    numbered = _numbered(kind, typed)
    most = next((m.max_length for m in metas if isinstance(m, Meta) and m.max_length), MOST_ROWS)
    if len(numbered) > most:
        sentence = f"一度に{most}行までです(いま{len(numbered)}行)。分けて送ってください。"
        raise _noted(errors, name, sentence)
    for number, row in numbered:
        try:
            values.append(_value(kind, row, today, f"{name}.{number}", errors))
        except _Bad:
            continue
    least = next((m.min_length for m in metas if isinstance(m, Meta) and m.min_length), 0)
    if len(errors) > before:
        raise _Bad
    if not _is_struct(kind):
        values = list(dict.fromkeys(values))
    if len(values) < least:
        raise _noted(errors, name, f"{least}つ以上入力してください。")
    return tuple(values) if get_origin(whole) is tuple else values


def _numbered(kind: Any, typed: Any) -> list[tuple[str, Any]]:
    """The rows that count, each with the number that it was typed under."""
    if isinstance(typed, Mapping):
        numbered = sorted(typed.items(), key=lambda item: (len(item[0]), item[0]))
    elif isinstance(typed, list):
        numbered = [(str(i), row) for i, row in enumerate(typed)]
    else:
        numbered = [("0", typed)]
    bare = _bare(kind)
    if isinstance(bare, type) and issubclass(bare, Row):
        return [(number, row) for number, row in numbered if not _is_blank_row(bare, row)]
    return numbered


def _is_blank_row(shape: type[Row], row: Any) -> bool:
    if not isinstance(row, Mapping) or row.keys() - set(shape.__struct_fields__):
        return False
    return all(_is_blank(row.get(name)) for name in shape.blank or shape.__struct_fields__)
