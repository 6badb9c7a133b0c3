"""The guard at every route: deny unless the route lets this person in.

A route names whom it lets in: `@get("/lots", opt=who(Access.STOCK))`.
"""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from kernel.errors import NotAllowed
from staff.errors import SignInNeeded
from staff.rules.actor import ENTRANCES, Access, Actor

OPT_KEY = "who"


def who(access: Access) -> dict[str, Any]:
    """The `opt` of a route that lets `access` in."""
    return {OPT_KEY: access}


def guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Raises SignInNeeded or NotAllowed; a route that names nobody lets nobody in."""
    access = handler.opt.get(OPT_KEY)
    actor: Actor | None = connection.scope.get("user")
    if access is None:
        raise NotAllowed
    if (actor.role if actor else None) in ENTRANCES[access]:
        return
    raise SignInNeeded if actor is None else NotAllowed
