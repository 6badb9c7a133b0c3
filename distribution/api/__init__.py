"""Cases and parcels as JSON: the same commands and the same views as the pages."""

from distribution.api import cases, parcels

routes = [*cases.routes, *parcels.routes]
