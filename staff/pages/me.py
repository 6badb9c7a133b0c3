"""One's own account."""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from litestar import Request, get, post
from litestar.response import Redirect, Template

from kernel import clock
from kernel.database import snapshot
from kernel.errors import FieldError, Invalid
from kernel.web import Typed, fresh_key, or_again, page, read_form, see
from staff.access import who
from staff.commands.password import ChangePassword, change_password
from staff.errors import TooManyAttempts
from staff.pages.sign_in import SESSION_COOKIE, address_of
from staff.queries.accounts import account
from staff.rules.actor import Access
from staff.rules.password import SHORTEST, Password


class ChangePasswordTwice(ChangePassword, frozen=True, kw_only=True):
    """The new password is typed blind, so it is typed twice."""

    secrets: ClassVar[tuple[str, ...]] = (*ChangePassword.secrets, "new_password_again")

    new_password_again: Password

    def faults(self, _today: date) -> Iterable[FieldError]:
        if self.new_password != self.new_password_again:
            yield FieldError(
                "new_password_again", "上のパスワードと違います。もう一度入力してください。"
            )


@get("/me", opt=who(Access.SIGNED_IN))
async def me(request: Request[Any, Any, Any]) -> Template:
    return await my_page(request)


async def my_page(request: Request[Any, Any, Any], typed: Typed | None = None) -> Template:
    code = request.user.account_code
    async with snapshot():
        mine = await account(code) if code else None
    return page(
        request,
        "staff/me.html",
        account=mine,
        typed=typed or Typed(),
        key=fresh_key(),
        shortest=SHORTEST,
    )


@post("/me/password", opt=who(Access.SIGNED_IN))
@or_again(my_page)
async def change(request: Request[Any, Any, Any]) -> Redirect:
    session = request.cookies.get(SESSION_COOKIE, "")
    ask = await read_form(request, ChangePasswordTwice, session=session)
    try:
        await change_password(ask, request.user, address_of(request), clock.now())
    except TooManyAttempts as refusal:
        raise Invalid(FieldError("", request.app.state.sentence(refusal))) from refusal
    return see("/me", "パスワードを変えました。ほかの端末ではログアウトしています。")


routes = [me, change]
