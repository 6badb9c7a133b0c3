"""The pages of cases and parcels; `routes` is what the app serves.

A case ID is typed in one place, the counter, and stands in no address. Every
page that shows one records the view before it answers.
"""

from distribution.pages import cases, counter, packing, papers, parcels

routes = [
    *counter.routes,
    *cases.routes,
    *packing.routes,
    *parcels.routes,
    *papers.routes,
]
