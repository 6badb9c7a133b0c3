"""What the pages of every slice share: reading a form, showing it again, moving on.

    @get("/lots/{code:str}", opt=who(STOCK))
    async def lot(request: Request, code: FromPath[str]) -> Template:
        async with snapshot():
            return page(request, "inventory/lot.html", lot=await queries.lot(code))

    @post("/parcels", opt=who(CASES))
    @or_again(parcel_form)
    async def pack(request: Request) -> Redirect:
        done = await pack_parcel(await read_form(request, PackParcel), request.user, now())
        return see(f"/parcels/{done.code}", "用意しました。")

`parcel_form(request, typed)` shows the form with what was typed and what was
wrong; the GET handler calls it with an empty `Typed`.
"""

import base64
import secrets
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import msgspec
from litestar import Request
from litestar.datastructures import Cookie
from litestar.response import Redirect, Response, Template

from kernel import clock
from kernel.commands import KeyUsedBefore
from kernel.errors import Busy, Conflict, FieldError, Invalid, NotFound, Questioned
from kernel.forms import nested, read, row_numbers

P = ParamSpec("P")
T = TypeVar("T", bound=msgspec.Struct)

NOTICE_COOKIE = "notice"

ROW_NUMBERS = "row_numbers"
"""Where a request keeps which rows of its form were read."""


class Notice(msgspec.Struct, frozen=True):
    """One sentence shown once at the top of the next page; `kind` is ok, info, warn or bad."""

    kind: str
    text: str
    undo: str = ""
    """Address that a POST undoes this at, or ""."""


class Typed:
    """What was typed into a form, as it was typed, with what was wrong with it."""

    def __init__(
        self,
        tree: dict[str, Any] | None = None,
        errors: tuple[FieldError, ...] = (),
        questioned: bool = False,
        growing: str = "",
    ) -> None:
        self.tree, self.errors, self.questioned = tree or {}, errors, questioned
        self.growing = growing

    def __bool__(self) -> bool:
        return bool(self.tree or self.errors)

    def get(self, name: str, default: Any = "") -> Any:
        """The text typed for a dotted name; `default` when the form was never sent.

        Of several texts of one name it is the last; rows below the name are no text.
        """
        typed = self.many(name)
        return typed[-1] if typed else "" if self.tree else default

    def many(self, name: str, default: tuple[str, ...] = ()) -> list[str]:
        """The values ticked for a name."""
        if not self.tree:
            return list(default)
        branch: Any = self.tree
        for step in name.split("."):
            branch = branch.get(step) if isinstance(branch, dict) else None
        values = branch if isinstance(branch, list) else [branch]
        return [value for value in values if isinstance(value, str) and value]

    def rows(self, name: str, at_least: int = 1) -> list[str]:
        """The row numbers typed under a name, filled up with fresh ones."""
        typed = self.tree.get(name)
        numbers = sorted(typed, key=lambda n: (len(n), n)) if isinstance(typed, dict) else []
        if name == self.growing:
            at_least = max(at_least, len(numbers) + 1)
        fresh = (str(n) for n in range(at_least + len(numbers)) if str(n) not in numbers)
        return numbers + [next(fresh) for _ in range(at_least - len(numbers))]

    def error(self, name: str) -> str:
        """The sentences about a field, or ""."""
        return " ".join(e.sentence for e in self.errors if e.field == name)


def fresh_key() -> str:
    """A key that makes one form do its work once."""
    return secrets.token_hex(16)


def page(
    request: Request[Any, Any, Any], template: str, /, *, status: int = 200, **context: Any
) -> Template:
    """A page, with what the frame around every page needs."""
    return Template(
        template,
        context={**request.app.state.frame(request), **context},
        status_code=status,
    )


def see(url: str, text: str = "", *, kind: str = "ok", undo: str = "") -> Redirect:
    """Go on to another page by GET, with a notice that is shown there once."""
    cookies = [notice_cookie(Notice(kind, text, undo))] if text else []
    return Redirect(url, status_code=303, cookies=cookies)


def notice_cookie(notice: Notice) -> Cookie:
    value = base64.urlsafe_b64encode(msgspec.json.encode(notice)).decode()
    return Cookie(NOTICE_COOKIE, value=value, path="/", max_age=60, httponly=True, samesite="lax")


def read_notices(request: Request[Any, Any, Any]) -> list[Notice]:
    """The notice that the page before left, if any; anything unreadable counts as none."""
    value = request.cookies.get(NOTICE_COOKIE, "")
    try:
        return [msgspec.json.decode(base64.urlsafe_b64decode(value), type=Notice)] if value else []
    except (ValueError, msgspec.MsgspecError):
        return []


async def typed_form(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What the form sent, as a tree of texts."""
    form = await request.form()
    return nested(form.multi_items())


async def read_form(request: Request[Any, Any, Any], shape: type[T], **known: str) -> T:
    """The form as a `shape`; `known` are fields that the address gives.

    Raises Invalid with every error at once. A form that comes back after a
    sign-in, or that asks for one more row, is shown again before it does anything.
    """
    form = await request.form()
    if form.get("_add_row"):
        raise Invalid
    if form.get("_resumed"):
        raise Invalid(
            FieldError("", "ログインしました。入力した内容を確かめて、もう一度送ってください。")
        )
    tree = {**nested(form.multi_items()), **known}
    ask = read(shape, tree, clock.today())
    request.scope["state"][ROW_NUMBERS] = row_numbers(shape, tree)
    return ask


def as_typed(request: Request[Any, Any, Any], error: FieldError) -> FieldError:
    """A command's error about its n-th row, named by the row's number on the page."""
    group, *rest = error.field.split(".")
    numbers = request.scope["state"].get(ROW_NUMBERS, {}).get(group, [])
    if not rest or rest[0] not in map(str, range(len(numbers))):
        return error
    return FieldError(".".join([group, numbers[int(rest[0])], *rest[1:]]), error.sentence)


def or_again(
    show: Callable[..., Awaitable[Template]],
) -> Callable[
    [Callable[Concatenate[Any, P], Awaitable[Response[Any]]]],
    Callable[Concatenate[Any, P], Awaitable[Response[Any]]],
]:
    """When the handler refuses, show the form again with all that was typed.

    `show` is called with what the handler was called with, and `typed`. When the
    page's own thing does not exist, `show` says so itself.
    """

    def around(
        handler: Callable[Concatenate[Any, P], Awaitable[Response[Any]]],
    ) -> Callable[Concatenate[Any, P], Awaitable[Response[Any]]]:
        @wraps(handler)
        async def answer(request: Request[Any, Any, Any], *args: P.args, **kwargs: P.kwargs) -> Any:
            try:
                return await handler(request, *args, **kwargs)
            except (Invalid, NotFound, Conflict, Busy) as refusal:
                errors = (
                    tuple(as_typed(request, error) for error in refusal.errors)
                    if isinstance(refusal, Invalid)
                    else (FieldError("", request.app.state.sentence(refusal)),)
                )
                tree = await typed_form(request)
                if isinstance(refusal, KeyUsedBefore):
                    # Sent once, then changed: whoever sends it again means another one.
                    tree["key"] = fresh_key()
                typed = Typed(
                    tree,
                    errors,
                    questioned=isinstance(refusal, Questioned),
                    growing=(await request.form()).get("_add_row", ""),
                )
                template = await show(request, *args, typed=typed, **kwargs)
                template.status_code = refusal.status if errors else 200
                return template

        return cast("Callable[Concatenate[Any, P], Awaitable[Response[Any]]]", answer)

    return around
