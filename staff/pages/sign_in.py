"""Coming in and going out.

When a session has ended while somebody typed, the app shows the sign-in page
with what they had typed as a draft; after the sign-in the draft is sent on to
where it was going, and shown there again before it does anything.
"""

from collections.abc import Iterable
from typing import Any

import msgspec
from litestar import Request, get, post
from litestar.datastructures import Cookie
from litestar.response import Redirect, Response, Template

from kernel import clock
from kernel.errors import Busy, FieldError, Invalid, Refusal
from kernel.web import Typed, page, read_form, see, typed_form
from staff.access import who
from staff.commands.session import SignIn, sign_in, sign_out
from staff.errors import TooManyAttempts, WrongSignIn
from staff.rules.actor import Access
from staff.rules.paths import local_path

SESSION_COOKIE = "session"


class Draft(msgspec.Struct, frozen=True):
    """The names and texts of a form that came too late, and where it was going."""

    fields: list[tuple[str, str]]
    to: str

    @property
    def text(self) -> str:
        return msgspec.json.encode(self.fields).decode()


def draft_of(fields: Iterable[tuple[str, str]], to: str) -> Draft | None:
    """What may be kept of a form: no password, no form token; None when nothing is left."""
    kept = [
        (name, text)
        for name, text in fields
        if "password" not in name and not name.startswith("_") and isinstance(text, str)
    ]
    return Draft(kept, local_path(to)) if kept and local_path(to, "") else None


@get("/sign-in", opt=who(Access.EVERYONE))
async def door(request: Request[Any, Any, Any]) -> Response[Any]:
    onward = local_path(request.query_params.get("next", "/"))
    if request.user is not None:
        return Redirect(onward, status_code=303)
    return sign_in_page(request, next=onward)


def sign_in_page(
    request: Request[Any, Any, Any],
    *,
    typed: Typed | None = None,
    draft: Iterable[tuple[str, str]] = (),
    draft_to: str = "",
    next: str = "/",  # noqa: A002  # as the address calls it
    status: int = 200,
) -> Template:
    """The sign-in form; also what the app shows where a session is needed.

    `draft` are the names and texts of a form that was sent to `draft_to`.
    """
    return page(
        request,
        "staff/sign_in.html",
        status=status,
        typed=typed or Typed(),
        draft=draft_of(draft, draft_to),
        next=local_path(next),
    )


@post("/sign-in", opt=who(Access.EVERYONE))
async def come_in(request: Request[Any, Any, Any]) -> Response[Any]:
    try:
        ask = await read_form(request, SignIn)
        token = await sign_in(ask, address_of(request), clock.now())
    except (Invalid, WrongSignIn, TooManyAttempts, Busy) as refusal:
        return await door_again(request, refusal)
    # Whoever was signed in here before must not stay so behind this person's back.
    await sign_out(request.cookies.get(SESSION_COOKIE, ""), clock.now())
    answer = await way_on(request)
    answer.set_cookie(session_cookie(request, token))
    return answer


async def door_again(request: Request[Any, Any, Any], refusal: Refusal) -> Template:
    """The form with the name that was typed, never with the password."""
    errors = (
        refusal.errors
        if isinstance(refusal, Invalid)
        else (FieldError("", request.app.state.sentence(refusal)),)
    )
    draft = await read_draft(request)
    return sign_in_page(
        request,
        typed=Typed(await typed_form(request), errors),
        draft=draft.fields if draft else (),
        draft_to=draft.to if draft else "",
        next=await sent(request, "next", "/"),
        status=refusal.status,
    )


async def way_on(request: Request[Any, Any, Any]) -> Response[Any]:
    """To the page that was asked for, or back to the form that was being filled in."""
    draft = await read_draft(request)
    if draft is not None:
        return page(request, "staff/resume.html", draft=draft)
    return Redirect(local_path(await sent(request, "next", "/")), status_code=303)


async def read_draft(request: Request[Any, Any, Any]) -> Draft | None:
    """The draft that the sign-in form brought along; anything unreadable counts as none."""
    try:
        fields = msgspec.json.decode(await sent(request, "_draft"), type=list[tuple[str, str]])
    except (msgspec.MsgspecError, UnicodeError):
        return None
    return draft_of(fields, await sent(request, "_draft_to"))


async def sent(request: Request[Any, Any, Any], name: str, otherwise: str = "") -> str:
    """One hidden text of the form; a file in its place counts as nothing."""
    text = (await request.form()).get(name, otherwise)
    return text if isinstance(text, str) else otherwise


def address_of(request: Request[Any, Any, Any]) -> str:
    """Where the request comes from, as far as the server knows."""
    return request.client.host[:64] if request.client else ""


def session_cookie(request: Request[Any, Any, Any], token: str) -> Cookie:
    """Gone when the browser is closed; on plain http it cannot be `secure`."""
    return Cookie(
        SESSION_COOKIE,
        value=token,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


@post("/sign-out", opt=who(Access.EVERYONE))
async def go_out(request: Request[Any, Any, Any]) -> Redirect:
    await sign_out(request.cookies.get(SESSION_COOKIE, ""), clock.now())
    answer = see("/sign-in", "ログアウトしました。")
    answer.delete_cookie(SESSION_COOKIE)
    return answer


routes = [door, come_in, go_out]
