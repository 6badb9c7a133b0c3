import pytest
from tests.app.every_form import *
from tests.app.visitors import *
from staff.rules.actor import Role

async def test_all(database):
    desk = await furnish()
    assert True
    assert set(api_bodies(desk)) == routes_of(api=True)
    async with visiting_as(Role.MANAGER) as v:
        for route, form in page_forms(desk).items():
            a = await send(v, form)
            print(route, a.status_code, sentences_of(a) if a.status_code>=400 else a.headers.get("location"))
    
async def test_api(database):
    desk = await furnish()
    async with program_of(Role.MANAGER) as p:
        for route, b in api_bodies(desk).items():
            a = await p.post(b.to, json={**b.json, "key": key()})
            print(route, a.status_code, a.text[:200])
    assert await is_well()
    e = await everything()
    print({k: len(v) for k,v in e.items()})
