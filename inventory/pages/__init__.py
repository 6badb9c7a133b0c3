"""The pages of the stock; `routes` is what the app serves."""

from inventory.pages import lots, places, products, stock

routes = [*stock.routes, *lots.routes, *products.routes, *places.routes]
