"""The pages of this slice; `routes` is what the app serves."""

from staff.pages import accounts, audit, me, sign_in, tokens

routes = [
    *sign_in.routes,
    *me.routes,
    *accounts.routes,
    *tokens.routes,
    *audit.routes,
]
