"""Pages that belong to no slice: home, search, settings, first start, the API's own page."""

from app.pages import api_docs, home, search, settings, setup

routes = [*home.routes, *search.routes, *settings.routes, *setup.routes, *api_docs.routes]
