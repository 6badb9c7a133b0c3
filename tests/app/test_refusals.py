"""Every refusal has its own sentence, as a page and as JSON; a fault of ours shows nothing."""

import ast
import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.deeds import DEEDS, SUBJECTS
from app.sentences import sentence
from kernel.errors import FieldError, Invalid, Questioned, Refusal
from staff.rules.actor import Role
from staff.rules.deeds import show_deed
from tests.app.visitors import program_of, visiting_as
from tests.world import a_shelf

ROOT = Path(__file__).parent.parent.parent
SLICES = ("app", "distribution", "donors", "inventory", "staff")


def subclasses(kind: type[Refusal]) -> set[type[Refusal]]:
    return {kind}.union(*(subclasses(sub) for sub in kind.__subclasses__()))


WORDED_ELSEWHERE = {Refusal, Questioned, Invalid}
"""`Invalid` brings its sentences; the base is never raised."""


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    ours = {
        kind for kind in subclasses(Refusal) if kind.__module__.split(".")[0] in (*SLICES, "kernel")
    }
    assert len(ours) > 20
    assert {kind.__name__ for kind in ours - WORDED_ELSEWHERE - set(sentence.registry)} == set()


def test_an_unworded_refusal_is_noticed() -> None:
    class Unworded(Refusal):
        status = 409

    with pytest.raises(TypeError):
        sentence(Unworded())


def recorded() -> set[tuple[str, str]]:
    """Deed and kind of subject of every `record(by, now, …)` in the program."""
    found = set()
    for path in (p for slice_ in SLICES for p in (ROOT / slice_).rglob("commands/*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record":
                words = [texts(argument) for argument in node.args[2:4]]
                found |= {(deed, kind) for deed in words[0] for kind in words[1]}
    return found


def texts(node: ast.expr) -> list[str]:
    return [
        n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    ]


def test_every_deed_is_named_in_japanese() -> None:
    from app.deeds import name_every_deed
    from staff.rules.deeds import show_subject

    name_every_deed()
    words = recorded()
    assert len(words) > 15
    assert {deed for deed, _ in words if show_deed(deed) == deed} == set()
    assert {kind for _, kind in words if show_subject(kind) == kind} == set()
    assert set(DEEDS) <= {deed for deed, _ in words} | {"set_up", "change_settings"}
    assert SUBJECTS


async def test_a_page_and_the_api_say_the_same(database: None) -> None:
    async with visiting_as(Role.WORKER) as visitor:
        page = await visitor.see("/lots/000000000")
    async with program_of(Role.WORKER) as program:
        body = await program.get("/lots/000000000")
    assert page.status_code == body.status_code == 404
    assert body.json() == {
        "status": 404,
        "refusal": "NotFound",
        "sentence": "ロットが見つかりません。番号を確かめるか、一覧からさがしてください。",
        "errors": [],
    }
    assert body.json()["sentence"] in page.text


async def test_every_error_of_a_body_at_once(database: None) -> None:
    async with program_of(Role.WORKER) as program:
        answer = await program.post(
            "/products", json={"name": "", "kcal": -1, "gtin": "4902777130836", "extra": 1}
        )
    assert answer.status_code == 422
    fields = {error["field"] for error in answer.json()["errors"]}
    assert fields == {"key", "name", "category", "meal_role", "kcal", "gtin", "extra"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'"text"', b"null"])
async def test_what_is_no_json_object(content: bytes, database: None) -> None:
    async with program_of(Role.WORKER) as program:
        answer = await program.post("/products", content=content)
    assert answer.status_code in (400, 422)
    assert answer.json()["sentence"]


async def test_no_such_page(database: None) -> None:
    async with visiting_as(Role.WORKER) as visitor:
        answer = await visitor.see("/nowhere")
    assert answer.status_code == 404
    assert "このページはありません" in answer.text


async def test_a_fault_of_ours_shows_nothing_and_changes_nothing(
    database: None, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    case_id = "R8-0412"  # named, so that no line of source in the log holds it

    async def broken(*_: Any) -> None:
        raise RuntimeError(f"case {case_id} broke")

    monkeypatch.setattr("inventory.commands.place.record", broken)
    async with visiting_as(Role.WORKER) as visitor:
        answer = await visitor.send("/places", {"name": "棚Q"}, at="/places")
        assert answer.status_code == 500
        assert case_id not in answer.text
        assert "棚Q" not in (await visitor.see("/places")).text
    await asyncio.sleep(0.2)  # the log is written by a thread of its own
    said = capfd.readouterr().err
    assert "RuntimeError in POST" in said
    assert "inventory/commands/place.py" in said
    assert case_id not in said


async def test_a_form_comes_back_with_what_was_typed(database: None) -> None:
    await a_shelf("棚A")
    async with visiting_as(Role.WORKER) as visitor:
        answer = await visitor.send("/places", {"name": "棚A"}, at="/places")
    assert answer.status_code == 422
    assert 'value="棚A"' in answer.text
    assert "同じ名前の置場" in answer.text


def test_errors_carry_their_fields() -> None:
    assert sentence(Invalid(FieldError("a", "甲。"), FieldError("b", "乙。"))) == "甲。 乙。"
