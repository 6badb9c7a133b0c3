"""Who is at the door: the session's cookie or the API token, looked up once a request."""

import datetime
from typing import Any

from litestar.connection import ASGIConnection
from litestar.datastructures import UploadFile
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from app.settings import DESK_NAME
from kernel import clock
from kernel.database import snapshot
from staff.commands.session import touch_session
from staff.commands.token import touch_token
from staff.pages.sign_in import SESSION_COOKIE
from staff.queries.accounts import has_accounts
from staff.queries.actors import actor_by_session, actor_by_token
from staff.rules.actor import Actor


class Arrival(AbstractAuthenticationMiddleware):
    """Puts the actor (or None) into the scope; the guard decides who may pass."""

    async def authenticate_request(
        self, connection: ASGIConnection[Any, Any, Any, Any]
    ) -> AuthenticationResult:
        now = clock.now()
        token = bearer(connection.scope)
        session = connection.cookies.get(SESSION_COOKIE, "")
        async with snapshot():
            connection.scope["state"]["desk_name"] = await DESK_NAME.get()
            actor = await self.actor(token, session, now)
            if actor is None:
                connection.scope["state"]["is_new"] = not await has_accounts()
        if actor is not None and token:
            await touch_token(token, now)
        elif actor is not None and session:
            await touch_session(session, now)
        return AuthenticationResult(user=actor, auth=None)

    async def actor(self, token: str, session: str, now: datetime.datetime) -> Actor | None:
        """A token is answered for itself, never by a cookie that came along with it."""
        if token:
            return await actor_by_token(token, now)
        return await actor_by_session(session, now) if session else None


def bearer(scope: Scope) -> str:
    """The API token of a request, or ""."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            kind, _, token = value.decode("latin-1").partition(" ")
            return token.strip() if kind.lower() == "bearer" else ""
    return ""


async def close_uploads(scope: Scope) -> None:
    """Files that came with a form are gone when it is answered; Litestar leaves them lying."""
    form = ScopeState.from_scope(scope).form
    values = form.values() if isinstance(form, dict) else ()
    for value in values:
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, UploadFile):
                await part.close()


class FormToken(CSRFMiddleware):
    """Litestar's CSRF check, except for programs with a token of their own.

    A browser never adds an Authorization header by itself, so another site
    cannot make it send one.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if bearer(scope):
                await self.app(scope, receive, send)
            else:
                await super().__call__(scope, receive, send)
        finally:
            await close_uploads(scope)

    def _csrf_tokens_match(self, request_csrf_token: Any, cookie_csrf_token: str) -> bool:
        """Litestar would stumble over a file in the place of the token."""
        return isinstance(request_csrf_token, str) and super()._csrf_tokens_match(
            request_csrf_token, cookie_csrf_token
        )
