"""The givers as JSON: the same commands and the same views as the pages."""

from donors.api import donations, organizations

routes = [*organizations.routes, *donations.routes]
