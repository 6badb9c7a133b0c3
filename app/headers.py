"""Headers of every answer: nothing from other hosts, no inline script, nothing kept."""

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from kernel.web import NOTICE_COOKIE

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
}


async def add_headers(message: Message, scope: Scope) -> None:
    """Litestar's `before_send`."""
    if message["type"] != "http.response.start":
        return
    headers = MutableScopeHeaders.from_message(message)
    for name, value in ALWAYS.items():
        headers[name] = value
    is_static = scope["path"].startswith("/static/")
    # Pages may show case data: no browser keeps them, not even for its back button.
    headers["Cache-Control"] = "public, max-age=3600" if is_static else "no-store"
    if shows_notice(scope, headers):
        headers.add("Set-Cookie", f"{NOTICE_COOKIE}=; Path=/; Max-Age=0; HttpOnly; SameSite=lax")


def shows_notice(scope: Scope, headers: MutableScopeHeaders) -> bool:
    """Whether this answer is the page that showed the notice of the page before."""
    sent = dict(scope["headers"]).get(b"cookie", b"")
    is_page = headers.get("content-type", "").startswith("text/html")
    return scope.get("method") == "GET" and is_page and f"{NOTICE_COOKIE}=".encode() in sent
