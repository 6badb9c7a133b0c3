"""Double clicks, forms that are sent again, and pages that have grown old."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from kernel import clock
from kernel.database import fetch, snapshot
from staff.commands.token import MakeToken, make_token
from staff.rules.actor import SYSTEM, Role
from staff.rules.secrets import new_api_token
from tests.app.every_form import (
    Page,
    api_bodies,
    filled_in,
    furnish,
    is_well,
    lost,
    nothing_changes,
    page_forms,
    send,
    sentences_of,
)
from tests.app.visitors import Visitor, add_person, program_of, visiting, visiting_as
from tests.world import key

pytestmark = pytest.mark.usefixtures("database")

TIMES = 10


async def deeds() -> int:
    """Entries of the trail that are no looks: each command makes one."""
    async with snapshot():
        rows = await fetch(
            "SELECT count(*) AS n FROM audit_entry WHERE deed NOT IN ('view', 'sign_in', 'sign_out')"
        )
    return int(rows[0]["n"])


async def at_once(*requests: Any) -> list[httpx.Response]:
    return list(await asyncio.gather(*requests))


async def test_the_same_form_ten_times_at_once_acts_once() -> None:
    desk = await furnish()
    async with visiting_as(Role.MANAGER) as visitor:
        for route, form in page_forms(desk).items():
            # Each try at a password counts, and five wrong ones would be refused.
            times = 3 if "password" in form.typed or route == "POST /me/password" else TIMES
            page = await visitor.http.get(form.at)
            fields = filled_in(page.text, form)
            before = await deeds()
            answers = await at_once(
                *(visitor.http.post(form.to, data=fields) for _ in range(times))
            )
            assert {a.status_code for a in answers} <= {200, 303}, (route, answers[0].text[-900:])
            assert len({(a.status_code, a.headers.get("location")) for a in answers}) == 1, route
            assert await deeds() == before + 1, route
            async with nothing_changes():
                again = await visitor.http.post(form.to, data=fields)
            assert again.headers.get("location") == answers[0].headers.get("location"), route
    assert await is_well()


async def test_the_same_body_ten_times_at_once_acts_once() -> None:
    desk = await furnish()
    async with program_of(Role.MANAGER) as program:
        for route, body in api_bodies(desk).items():
            ask = {**body.json, "key": key()}
            before = await deeds()
            answers = await at_once(*(program.post(body.to, json=ask) for _ in range(TIMES)))
            assert {a.status_code for a in answers} == {201}, (route, answers[0].text)
            assert len({a.json()["code"] for a in answers}) == 1, route
            assert await deeds() == before + 1, route
            if route != "POST /api/staff/tokens":  # its token is told once
                assert len({a.text for a in answers}) == 1, route
    assert await is_well()


async def test_a_token_is_told_once() -> None:
    async with program_of(Role.MANAGER) as program:
        ask = {"key": key(), "name": "在庫表", "role": "volunteer"}
        answers = await at_once(*(program.post("/staff/tokens", json=ask) for _ in range(TIMES)))
    told = [a.json()["token"] for a in answers if a.json()["token"]]
    assert len(told) == 1


async def test_a_key_that_comes_with_something_else() -> None:
    """A page that was sent, then changed in the browser and sent again."""
    desk = await furnish()
    wrong: list[str] = []
    async with visiting_as(Role.MANAGER) as visitor:
        for route, form in page_forms(desk).items():
            page = await visitor.http.get(form.at)
            fields = filled_in(page.text, form)
            changed = {name: OTHER[name] for name in form.typed if name in OTHER}
            if not changed:
                continue
            assert (await visitor.http.post(form.to, data=fields)).status_code in (200, 303), route
            async with nothing_changes():
                answer = await visitor.http.post(form.to, data={**fields, **changed})
            if answer.status_code != 409 or "一度送られています" not in sentences_of(answer)[0]:
                wrong.append(f"{route}: {answer.status_code} {sentences_of(answer)}")
            elif f"/{form.to.split('/')[1]}" not in ("/parcels", "/donations", "/lots"):
                wrong += [f"{route}: {name}" for name in lost(answer, form, changed)]
    assert wrong == []


OTHER = {
    "name": "別の名前", "note": "別のメモ", "conditions": "別の条件", "lines.1.note": "別の補足",
    "case_id": "R8-0999", "desk_name": "別の窓口",
}  # fmt: skip


async def test_a_key_of_another_body_and_of_another_program() -> None:
    desk = await furnish()
    other = new_api_token()
    ask = MakeToken(key=key(), name="別の人", role=Role.MANAGER, token=other)
    await make_token(ask, SYSTEM, clock.now())
    theirs = {"Authorization": f"Bearer {other}"}
    async with program_of(Role.MANAGER) as program:
        for route, body in api_bodies(desk).items():
            sent = {**body.json, "key": key()}
            assert (await program.post(body.to, json=sent)).status_code == 201, route
            async with nothing_changes():
                stolen = await program.post(body.to, json=sent, headers=theirs)
                moved = await program.post("/places", json={"key": sent["key"], "name": "棚Z"})
            for answer in (stolen, moved):
                assert answer.status_code == 409, route
                assert answer.json()["refusal"] == "KeyUsedBefore", route


# ---- pages that have grown old ----


async def opened(visitor: Visitor, form: Page) -> dict[str, list[str]]:
    return filled_in((await visitor.http.get(form.at)).text, form)


@asynccontextmanager
async def person(name: str) -> AsyncIterator[Visitor]:
    """One worker of several."""
    await add_person(Role.WORKER, name)
    async with visiting() as visitor:
        assert (await visitor.sign_in(name)).status_code == 303
        yield visitor


STALE = {
    "POST /products/{code}/edit": {"name": "先に直した品"},
    "POST /organizations/{code}/edit": {"name": "先に直した団体"},
}


@pytest.mark.parametrize("route", STALE)
async def test_an_edit_of_what_was_changed_meanwhile(route: str) -> None:
    form = page_forms(await furnish())[route]
    async with visiting_as(Role.MANAGER) as first, visiting_as(Role.WORKER) as second:
        old = await opened(first, form)
        assert (await send(second, form, {**form.typed, **STALE[route]})).status_code == 303
        async with nothing_changes():
            answer = await first.http.post(form.to, data=old)
        assert answer.status_code == 409
        assert "ほかの人が先に" in sentences_of(answer)[0]
        assert lost(answer, form, form.typed) == []


async def test_a_parcel_handed_over_meanwhile() -> None:
    desk = await furnish()
    forms = page_forms(desk)
    late = forms["POST /parcels/{code}/handover"]
    cancel = Page(late.at, f"/parcels/{desk.packed}/cancellation", {"reason": "入力の誤り"})
    async with visiting_as(Role.MANAGER) as first, visiting_as(Role.WORKER) as second:
        old, cancelling = await opened(first, late), await opened(first, cancel)
        assert (await send(second, late)).status_code == 303
        async with nothing_changes():
            for to, fields in ((late.to, old), (cancel.to, cancelling)):
                answer = await first.http.post(to, data=fields)
                assert answer.status_code == 409
                assert sentences_of(answer) == ["この包みは、もう渡してあります。"]


async def test_a_parcel_cancelled_meanwhile() -> None:
    desk = await furnish()
    cancel = page_forms(desk)["POST /parcels/{code}/cancellation"]
    late = Page(cancel.at, f"/parcels/{desk.waiting}/handover", {})
    async with visiting_as(Role.MANAGER) as first, visiting_as(Role.WORKER) as second:
        old = await opened(first, late)
        assert (await send(second, cancel)).status_code == 303
        async with nothing_changes():
            answer = await first.http.post(late.to, data=old)
            assert answer.status_code == 409
            assert "取り消されています" in sentences_of(answer)[0]


async def test_a_line_inspected_meanwhile() -> None:
    """Of a donation with two lines somebody else inspects one; what was typed of the other stays."""
    desk = await furnish()
    at = f"/donations/{desk.logged}"
    counted = {"accepted": "20", "refused": "4", "place": desk.shelf, "reason": "破損・中身露出"}
    first_line = {f"lines.1.{name}": text for name, text in counted.items()}
    both = {**first_line, **{f"lines.2.{name}": text for name, text in counted.items()}}
    form, theirs = Page(at, f"{at}/inspection", both), Page(at, f"{at}/inspection", first_line)
    async with visiting_as(Role.MANAGER) as first, visiting_as(Role.VOLUNTEER) as second:
        old = await opened(first, form)
        answer = await send(second, theirs, {**first_line, "lines.2.accepted": ""})
        assert answer.status_code == 303, sentences_of(answer)
        async with nothing_changes():
            answer = await first.http.post(form.to, data=old)
        assert answer.status_code == 409
        assert "もう検品されています" in sentences_of(answer)[0]
        rest = {n: t for n, t in both.items() if n.startswith("lines.2.")}
        assert lost(answer, form, rest) == []


async def test_stock_taken_while_a_parcel_was_being_packed() -> None:
    desk = await furnish()
    packing = page_forms(desk)["POST /cases/{code}/parcels"]
    row = f"lines.{desk.lot}-{desk.shelf}.pieces"
    for taken, left in (("60", "残り5個"), ("5", "残り0個")):
        move = Page(
            f"/lots/{desk.lot}",
            f"/lots/{desk.lot}/moves",
            {"from_place": desk.shelf, "to_place": desk.other_shelf, "pieces": taken},
        )
        typed = {**packing.typed, row: "6"}
        async with person(f"eins-{taken}") as first, person(f"zwei-{taken}") as second:
            old = {**await opened(first, packing), **{n: [t] for n, t in typed.items()}}
            assert (await send(second, move)).status_code == 303
            async with nothing_changes():
                answer = await first.http.post(packing.to, data=old)
            assert answer.status_code == 409
            assert left in "".join(sentences_of(answer))
            assert lost(answer, packing, typed) == []


async def test_the_last_pieces_are_given_once() -> None:
    """Ten people pack the same last pieces at the same moment."""
    desk = await furnish()
    async with program_of(Role.WORKER) as program:
        body = api_bodies(desk)["POST /api/parcels"]
        lines = [{"lot": desk.lot, "place": desk.shelf, "pieces": 20}]
        answers = await at_once(
            *(
                program.post(body.to, json={**body.json, "lines": lines, "key": key()})
                for _ in range(TIMES)
            )
        )
    assert sorted(a.status_code for a in answers) == [201] * 3 + [409] * 7
    assert await is_well()


async def test_a_movement_reversed_twice_at_once() -> None:
    desk = await furnish()
    form = page_forms(desk)["POST /lots/{code}/reversals"]
    async with visiting_as(Role.MANAGER) as visitor:
        pages = [await opened(visitor, form) for _ in range(4)]
        answers = await at_once(*(visitor.http.post(form.to, data=fields) for fields in pages))
    assert sorted(a.status_code for a in answers) == [303, 409, 409, 409]
    assert await is_well()
