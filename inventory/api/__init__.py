"""The stock as JSON: the same commands and the same views as the pages."""

from inventory.api import lots, products

routes = [*lots.routes, *products.routes]
