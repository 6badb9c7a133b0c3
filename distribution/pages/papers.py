"""Papers of a parcel: the packing list for whoever packs, the slip for the client.

Both are read without the case. A volunteer may have the first.
"""

from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Template

from distribution.queries.contents import packing_list
from distribution.queries.slip import slip
from kernel import clock
from kernel.database import snapshot
from kernel.dates import show_date
from kernel.pdf import render_pdf
from kernel.web import page
from staff.access import who
from staff.rules.actor import Access

SLIP = Path(__file__).parents[1] / "slip.typ"


@get("/parcels/{code:str}/packing-list", opt=who(Access.STOCK))
async def packing_list_page(request: Request[Any, Any, Any], code: FromPath[str]) -> Template:
    async with snapshot():
        view = await packing_list(code)
    return page(request, "distribution/packing_list.html", parcel=view, today=clock.today())


@get("/parcels/{code:str}/slip", opt=who(Access.CASES))
async def slip_pdf(request: Request[Any, Any, Any], code: FromPath[str]) -> Response[bytes]:
    async with snapshot():
        view = await slip(code)
    sheet = {
        **msgspec.to_builtins(view),
        "date": show_date(clock.today()),
        "desk": request.scope["state"].get("desk_name", ""),
    }
    return Response(
        await render_pdf(SLIP, sheet),
        media_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="slip-{view.code}.pdf"'},
    )


routes = [packing_list_page, slip_pdf]
