"""The pages of the givers; `routes` is what the app serves."""

from donors.pages import donations, organizations

routes = [*organizations.routes, *donations.routes]
