"""今日: what needs this person today."""

from typing import Any

from litestar import Request, get
from litestar.response import Template

from distribution.queries.parcels import waiting_parcels
from donors.queries.donations import count_to_inspect, donations_to_inspect
from donors.queries.organizations import organization_names
from inventory.queries.places import places_of
from inventory.queries.stock import below_reorder_level, count_expiring, expiring
from inventory.rules.place import PlaceKind
from kernel import clock
from kernel.database import snapshot
from kernel.web import page
from staff.access import who
from staff.rules.actor import Access

SOON = 30
"""Days: what expires within them is shown on the home page."""


@get("/", opt=who(Access.SIGNED_IN))
async def home(request: Request[Any, Any, Any]) -> Template:
    today = clock.today()
    async with snapshot():
        context: dict[str, Any] = {
            "donations": await donations_to_inspect(),
            "donations_count": await count_to_inspect(),
            "expiring": await expiring(today, SOON),
            "expiring_count": await count_expiring(today, SOON),
            "low": await below_reorder_level(today),
            "parcels": await waiting_parcels(),
            "has_shelf": bool(await places_of((PlaceKind.SHELF,))),
            "has_organization": bool(await organization_names()),
        }
    return page(request, "home.html", today=today, soon=SOON, **context)


routes = [home]
