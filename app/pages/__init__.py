"""Pages that belong to no slice: home, search, first start, the API's own page."""

from app.pages import api_docs, home, search, setup

routes = [*home.routes, *search.routes, *setup.routes, *api_docs.routes]
