"""Puts the house together: every slice's routes, one guard, one way to refuse."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, Router
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.exceptions import HTTPException, InternalServerException
from litestar.logging import LoggingConfig
from litestar.middleware import DefineMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.plugins.jinja import JinjaTemplateEngine
from litestar.static_files import create_static_files_router
from litestar.template import TemplateConfig

import distribution.api
import distribution.pages
import donors.api
import donors.pages
import inventory.api
import inventory.pages
import staff.api
import staff.pages
from app import pages
from app.arrival import Arrival, FormToken
from app.deeds import name_every_deed
from app.documents import describe, trace_cases
from app.frame import frame
from app.headers import add_headers
from app.refusals import refuse, refuse_fault, refuse_http, refuse_no_file, refuse_stranger
from app.sentences import sentence
from app.settings import secret
from app.words import FILTERS
from kernel.api import Body
from kernel.database import opened
from kernel.errors import Refusal
from staff.access import guard, who
from staff.errors import SignInNeeded
from staff.rules.actor import Access

ROOT = Path(__file__).parent.parent

SLICES = (staff, inventory, donors, distribution)
"""The slices that have doors."""


def create_app() -> Litestar:
    """The whole program as an ASGI app; opens the database in its lifespan."""
    name_every_deed()
    form_tokens = CSRFConfig(secret=secret(), cookie_httponly=True, cookie_samesite="lax")
    return Litestar(
        route_handlers=[
            *pages.routes,
            *(route for room in SLICES for route in room.pages.routes),
            api_router(),
            static_router(),
        ],
        guards=[guard],
        middleware=[
            DefineMiddleware(FormToken, config=form_tokens),
            DefineMiddleware(Arrival, exclude=r"^/static/"),
        ],
        exception_handlers={
            SignInNeeded: refuse_stranger,
            Refusal: refuse,
            HTTPException: refuse_http,
            Exception: refuse_fault,
        },
        template_config=TemplateConfig(instance=JinjaTemplateEngine(engine_instance=templates())),
        state=State(
            {
                "frame": frame,
                "sentence": sentence,
                "describe": describe,
                "trace_cases": trace_cases,
            }
        ),
        openapi_config=openapi(),
        before_send=[add_headers],
        lifespan=[lambda _app: opened()],
        logging_config=LoggingConfig(
            root={"level": "WARNING", "handlers": ["queue_listener"]},
            log_exceptions="never",  # `refuse_fault` does, without what was sent
        ),
    )


def api_router() -> Router:
    """The JSON doors of every slice, whose bodies are read as forms are."""
    routes = [route for room in SLICES for route in room.api.routes]
    return Router("/api", route_handlers=routes, dto=Body, return_dto=None)


def static_router() -> Router:
    return create_static_files_router(
        "/static",
        directories=[ROOT / "app" / "static"],
        opt=who(Access.EVERYONE),
        # What can be no name of a file: too long, or with a NUL in it.
        exception_handlers={
            InternalServerException: refuse_no_file,
            ValueError: refuse_no_file,
        },
    )


def templates() -> Environment:
    """One template space; a slice's templates stand in a folder with its name."""
    folders = [ROOT / "app" / "templates"] + [
        Path(room.__path__[0]) / "templates" for room in SLICES
    ]
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(FILTERS)
    return environment


def openapi() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="港区版フードバンク API",
        version="1",
        description="Stock, donations and emergency parcels. Sign in, or send a token.",
        render_plugins=[JsonRenderPlugin(path="/")],
        # A room of its own: Litestar answers for every unknown address in it, in English.
        openapi_router=Router(
            "/api/openapi.json",
            route_handlers=[],
            include_in_schema=False,
            opt=who(Access.SIGNED_IN),
        ),
        components=Components(
            security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}
        ),
        security=[{"token": []}],
        use_handler_docstrings=True,
    )
