"""What programs send by mistake, and worse: addresses, queries, JSON, bodies and their headers."""

import copy
import gc
import json
from collections.abc import Iterator
from typing import Any

import pytest

from staff.rules.actor import Role
from tests.app.access_table import ACCESS
from tests.app.every_form import (
    api_bodies,
    everything,
    filled_in,
    furnish,
    is_well,
    nothing_changes,
    page_forms,
    send,
    sentences_of,
)
from tests.app.visitors import Visitor, program_of, visiting_as
from tests.world import key

pytestmark = pytest.mark.usefixtures("database")

# ---- addresses ----

WEIRD = (
    "%00", "K7M29XQ4T%00", "%ff%fe", "%c3%28", "%ED%A0%80", "%0d%0aX-Evil:%201", "'%20OR%20'1'='1",
    "..%2f..%2fetc%2fpasswd", "%E2%80%AE", "%F0%9F%90%9F", "山田太郎", "-1", "9" * 400, "K7M29XQ4T" * 300,
)  # fmt: skip

ADDRESSES = [route.removeprefix("GET ") for route in ACCESS if route.startswith("GET /")]


async def test_addresses_of_nothing() -> None:
    """Nobody finds anything there: not a page, not a fault of ours, not another page."""
    statuses = {}
    async with visiting_as(Role.MANAGER) as visitor:
        for route in ADDRESSES:
            for weird in WEIRD if "{" in route else ():
                address = route.replace("{code}", weird).replace("{gtin}", weird)
                address = address.replace("{file_path}", weird).replace("{path}", weird)
                answer = await visitor.http.get(address)
                statuses[address[:60]] = answer.status_code
                assert "x-evil" not in answer.headers
                if "/static/" not in address and "/openapi.json/" not in address:
                    assert "。" in answer.text, address[:60]
    # A bar code in an address is read like a typed one, so it can be refused as such.
    wrong = {a: s for a, s in statuses.items() if s != 404 and not ("gtins" in a and s == 422)}
    assert wrong == {}
    assert len(statuses) > 150


ASKED = (
    "q", "days", "place", "category", "product", "page", "state", "organization", "kind", "retired",
    "by", "code", "next", "lines.0.product", "lines.0.printed",
)  # fmt: skip
QUERIES = (
    *WEIRD,
    "",
    "0",
    "-1",
    "1000000000",
    "abc",
    "1e3",
    "١",
    "１",
    "%",
    "_",
    "%25%5C",
    "[]",
    "null",
)


@pytest.mark.parametrize("name", ASKED)
async def test_queries_that_mean_nothing(name: str) -> None:
    """A page shows what it has; the API says what is wrong with the question."""
    wrong = {}
    async with visiting_as(Role.MANAGER) as visitor:
        for route in ADDRESSES:
            if "{" in route or route == "/sign-in":
                continue
            for text in QUERIES:
                answer = await visitor.http.get(f"{route}?{name}={text}")
                fine = (200, 400, 422) if route.startswith("/api") else (200, 303)
                if answer.status_code not in fine:
                    wrong[f"{route}?{name}={text[:20]}"] = answer.status_code
                elif answer.status_code >= 400:
                    assert sentences_of(answer), route
    assert wrong == {}


@pytest.mark.parametrize("page", ["0", "-1", "1000000000", "abc", "1.5", ""])
async def test_pages_that_do_not_exist(page: str) -> None:
    lists = ("/stock", "/lots", "/donations", "/organizations", "/parcels", "/staff/audit")
    async with visiting_as(Role.MANAGER) as visitor:
        for address in lists:
            assert (await visitor.http.get(f"{address}?page={page}")).status_code == 200, address
        for address in lists:
            answer = await visitor.http.get(f"/api{address}?page={page}")
            assert answer.status_code == 400, address
            assert "page" in answer.json()["sentence"]


# ---- JSON ----

WRONG: dict[type, tuple[Any, ...]] = {
    str: (["あ"], {"a": "あ"}, True, 5, 1.5),
    int: (["1"], {"a": 1}, True, 1.5, "abc", -1, 10**16, 10**400),
    bool: (["on"], {"a": 1}, 5, "maybe"),
    list: ("あ", 5, True, {"a": 1}, [[]], [["あ"]], [5]),
    dict: ("あ", 5, True, ["あ"], {"a": 1}),
}


def spots(body: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where a value stands in a body, as the keys that lead to it."""
    if path:
        yield path
    inner = body.items() if isinstance(body, dict) else enumerate(body)
    if isinstance(body, dict | list):
        for name, value in inner:
            if isinstance(value, dict | list):
                yield from spots(value, (*path, name))
            else:
                yield (*path, name)


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    body = copy.deepcopy(body)
    branch = body
    for step in path[:-1]:
        branch = branch[step]
    branch[path[-1]] = value
    return body


def at(body: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        body = body[step]
    return body


async def test_values_of_the_wrong_type() -> None:
    """Each value of each body, replaced by values of every other type."""
    bodies = api_bodies(await furnish())
    wrong: list[str] = []
    sent = 0
    async with program_of(Role.MANAGER) as program, nothing_changes():
        for body in bodies.values():
            whole = {"key": key(), **body.json}
            for path in spots(whole):
                for value in WRONG[type(at(whole, path))]:
                    content = json.dumps(replaced(whole, path, value))
                    answer = await program.post(body.to, content=content)
                    sent += 1
                    if answer.status_code != 422 or not sentences_of(answer):
                        wrong.append(f"{body.to} {path}={str(value)[:20]}: {answer.text[:90]}")
                    elif not answer.json()["errors"]:
                        wrong.append(f"{body.to} {path}={str(value)[:20]}: names no field")
        assert wrong == []
    assert sent > 500


NO_JSON = {
    "nothing": b"",
    "half": b'{"key": "',
    "a list": b"[]",
    "a text": b'"name"',
    "null": b"null",
    "a number that is none": b'{"key": "12345678", "name": NaN}',
    "an infinite number": b'{"key": "12345678", "name": 1e999}',
    "a number of 5,000 digits": b'{"key": "12345678", "name": ' + b"9" * 5000 + b"}",
    "a lone surrogate": rb'{"key": "12345678", "name": "\ud800 \u68da"}',
    "a lone surrogate as a name": rb'{"key": "12345678", "\ud800 x": "1"}',
    "no UTF-8": b'{"key": "12345678", "name": "\xff\xfe"}',
    "CP932": '{"key": "12345678", "name": "棚"}'.encode("cp932"),
    "lists in lists": b"[" * 100_000 + b"]" * 100_000,
    "objects in objects": b'{"name":' * 50_000 + b"1" + b"}" * 50_000,
    "an unknown field": b'{"key": "12345678", "name": "x", "price": 1}',
    "a key that is too short": b'{"key": "1234567", "name": "x"}',
    "a key that is too long": b'{"key": "' + b"1" * 65 + b'", "name": "x"}',
    "no key": b'{"name": "x"}',
}


@pytest.mark.parametrize("case", NO_JSON)
async def test_what_is_no_body(case: str) -> None:
    async with program_of(Role.MANAGER) as program, nothing_changes():
        answer = await program.post("/places", content=NO_JSON[case])
        assert answer.status_code in (400, 422), answer.text
        assert sentences_of(answer)


@pytest.mark.parametrize("field", ["lines", "allergens", "contacts", "networks", "preparation"])
async def test_more_rows_than_anybody_types(field: str) -> None:
    bodies = api_bodies(await furnish())
    async with program_of(Role.MANAGER) as program, nothing_changes():
        found = 0
        for body in bodies.values():
            if field in body.json:
                many = {"key": key(), **body.json, field: body.json[field] * 3000}
                answer = await program.post(body.to, json=many)
                if field != "preparation" or answer.status_code != 201:
                    assert answer.status_code == 422, answer.text
                    assert any("分けて" in sentence for sentence in sentences_of(answer))
                found += 1
        assert found


# ---- forms ----


async def test_two_thousand_rows_and_names_without_end() -> None:
    """What no page sends. The form comes back, and nothing is kept."""
    desk = await furnish()
    forms = page_forms(desk)
    rows = {
        "POST /donations": "product", "POST /donations/{code}/inspection": "accepted",
        "POST /cases/{code}/parcels": "pieces", "POST /parcels/{code}/returns": "pieces",
    }  # fmt: skip
    odd = {
        "lines.0.pieces.a": "1", "lines": "1", "lines.0": "1", "lines.0.product.0.x": "1",
        "lines..pieces": "1", ".": "1", "..": "1", "lines.": "1", "a.b" * 5000: "1",
        f"lines.{'9' * 5000}.pieces": "1", "lines.-1.pieces": "1", "lines.²<b>.pieces": "1",
        "household": "1", "household.adult.x": "1", "household.0": "1", "days.0": "1", "name.x": "1",
        "key.x": "1", "note.a.b": "1", "": "1", "\x00": "1", "lines.\x00.lot": "\x00",
        "lines.x.lot": "\x00", "lines.x.place": "\x00", "_csrf_token.x": "1", "_add_row": "lines",
    }  # fmt: skip
    wrong = {}
    async with visiting_as(Role.MANAGER) as visitor, nothing_changes():
        for route, form in forms.items():
            page = await visitor.http.get(form.at)
            whole = filled_in(page.text, form)
            sent = [{**whole, "nobody": "1", name: text} for name, text in odd.items()]
            if route in rows:
                sent.append({**whole, **{f"lines.{n}.{rows[route]}": "1" for n in range(2000)}})
            for fields in sent:
                answer = await visitor.http.post(form.to, data=fields)
                if answer.status_code not in (200, 404, 409, 422) or (
                    answer.status_code == 200 and "_add_row" not in fields
                ):
                    wrong[f"{form.to} {list(fields)[-1][:30]}"] = answer.status_code
    assert wrong == {}


TWICE = ("name", "note", "case_id", "pieces", "days", "reason", "key", "lines.0.product")


async def test_a_field_that_comes_twice() -> None:
    wrong = {}
    async with visiting_as(Role.MANAGER) as visitor:
        forms = page_forms(await furnish())
        for form in forms.values():
            page = await visitor.http.get(form.at)
            whole = filled_in(page.text, form)
            for name in TWICE:
                fields = {**whole, name: [*whole.get(name, ["x"]), "y", "z"]}
                answer = await visitor.http.post(form.to, data=fields)
                if answer.status_code >= 500:
                    wrong[f"{form.to} {name}"] = answer.status_code
    assert wrong == {}
    assert await is_well()


# ---- bodies that are not what they say ----


async def token_of(visitor: Visitor) -> str:
    await visitor.see("/places")
    return visitor.http.cookies["csrftoken"]


LIES = {
    "JSON as a form": ("application/x-www-form-urlencoded", b'{"key": "12345678", "nom": "x"}'),
    "a form as JSON": ("application/json", b"key=12345678&name=x"),
    "JSON for a page": ("application/json", b'{"key": "12345678", "nom": "x"}'),
    "plain text": ("text/plain", b"key=12345678&name=x"),
    "no type at all": ("", b"key=12345678&name=x"),
    "nonsense": ("\x01;;=", b"key=12345678&name=x"),
    "multipart without a boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "multipart that breaks off": (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nhalf',
    ),
    "multipart without names": ("multipart/form-data; boundary=x", b"--x\r\n\r\ny\r\n--x--\r\n"),
    "another charset": (
        "application/x-www-form-urlencoded; charset=shift_jis",
        b"key=12345678&name=%92I",
    ),
    "bytes that are no UTF-8": (
        "application/x-www-form-urlencoded",
        b"key=%ff&name=%00&%fe=%ed%a0%80&%",
    ),
    "only signs": ("application/x-www-form-urlencoded", b"&&==&=&%%%&;;" * 1000),
    "msgpack": ("application/x-msgpack", b"\x81\xa1a\x01"),
}


@pytest.mark.parametrize("case", LIES)
async def test_a_body_that_is_not_what_it_says(case: str) -> None:
    kind, content = LIES[case]
    async with visiting_as(Role.MANAGER) as visitor:
        headers = {"x-csrftoken": await token_of(visitor), "content-type": kind}
        async with nothing_changes():
            for address in ("/places", "/donations", "/api/places", "/api/donations"):
                answer = await visitor.http.post(address, content=content, headers=headers)
                assert 400 <= answer.status_code < 500, (address, answer.status_code)
                assert sentences_of(answer), address


async def test_multipart_is_read_like_any_form() -> None:
    desk = await furnish()
    statuses = {}
    async with visiting_as(Role.MANAGER) as visitor:
        for route, form in page_forms(desk).items():
            page = await visitor.http.get(form.at)
            fields = filled_in(page.text, form)
            parts = [(n, (None, v.encode())) for n, values in fields.items() for v in values]
            statuses[route] = (await visitor.http.post(form.to, files=parts)).status_code
    assert set(statuses.values()) <= {200, 303}, statuses
    assert await is_well()


async def test_a_file_where_a_text_belongs() -> None:
    wrong = {}
    async with visiting_as(Role.MANAGER) as visitor:
        desk = await furnish()
        for route, form in page_forms(desk).items():
            page = await visitor.http.get(form.at)
            fields = filled_in(page.text, form)
            for name in (*form.typed, "key", "_add_row", "_resumed", "_csrf_token"):
                others = {n: values for n, values in fields.items() if n != name}
                parts: list[Any] = [(n, (None, v.encode())) for n in others for v in others[n]]
                parts.append((name, ("evil.txt", b"text", "text/plain")))
                answer = await visitor.http.post(form.to, files=parts)
                if answer.status_code >= 500:
                    wrong[f"{route} {name}"] = answer.status_code
        for name in ("next", "_draft", "_draft_to", "sign_in_name", "password", "_csrf_token"):
            parts = [("_csrf_token", (None, visitor.http.cookies["csrftoken"].encode()))]
            parts.append((name, ("evil.txt", b"text", "text/plain")))
            answer = await visitor.http.post("/sign-in", files=parts)
            if answer.status_code >= 500:
                wrong[f"/sign-in {name}"] = answer.status_code
    gc.collect()  # so that a file that was left open is complained of here
    assert wrong == {}


async def test_every_form_asks_for_its_token() -> None:
    desk = await furnish()
    async with visiting_as(Role.MANAGER) as visitor, nothing_changes():
        for form in page_forms(desk).values():
            page = await visitor.http.get(form.at)
            fields = filled_in(page.text, form)
            for token in ([], [""], ["0" * 128], ["evil", "evil"]):
                answer = await visitor.http.post(form.to, data={**fields, "_csrf_token": token})
                assert answer.status_code == 403, form.to
                assert sentences_of(answer)
        for body in api_bodies(desk).values():
            # With the session's cookie, as a page of another site would make a browser send it.
            answer = await visitor.http.post(f"/api{body.to}", json={"key": key(), **body.json})
            assert answer.status_code == 403, body.to


async def test_a_body_over_the_limit() -> None:
    desk = await furnish()
    huge = "あ" * 4_000_000
    async with visiting_as(Role.MANAGER) as visitor, nothing_changes():
        form = page_forms(desk)["POST /donations"]
        answer = await send(visitor, form, {**form.typed, "note": huge})
        assert answer.status_code == 413
        assert "大きすぎます" in sentences_of(answer)[0]
        headers = {"x-csrftoken": visitor.http.cookies["csrftoken"]}
        body = {"key": key(), "name": huge}
        answer = await visitor.http.post("/api/places", json=body, headers=headers)
        assert answer.status_code == 413
        assert "大きすぎます" in sentences_of(answer)[0]


async def test_a_body_without_an_end() -> None:
    async def endless() -> Any:
        for _ in range(400):
            yield b"a" * 100_000

    async with visiting_as(Role.MANAGER) as visitor:
        headers = {"x-csrftoken": await token_of(visitor)}
        before = await everything()
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            for address in ("/places", "/api/places"):
                answer = await visitor.http.post(
                    address, content=endless(), headers={**headers, "content-type": kind}
                )
                assert 400 <= answer.status_code < 500, (address, kind)
        assert await everything() == before
