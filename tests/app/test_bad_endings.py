"""The program is killed in the middle of its work: what it acknowledged stays, the rest never was.

A real server in a process of its own, ended by SIGKILL. Not the power cut itself:
that the file is synced before the answer is a setting that `tests/kernel` holds.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.doctor import examine
from kernel import clock
from kernel.database import DB, fetch, snapshot
from kernel.web import fresh_key
from staff.commands.token import MakeToken, make_token
from staff.rules.actor import SYSTEM, Role
from staff.rules.secrets import new_api_token
from tests.app.conftest import free_port, prepared_copy, wait_for
from tests.app.every_form import Desk, furnish
from tests.databases import point_at_address, remove_copy, run_apart
from tests.world import key

ROOT = Path(__file__).parent.parent.parent


class Server:
    """A server on a furnished database; `kill` ends it as a power cut would."""

    def __init__(self, template: str) -> None:
        self.token = new_api_token()
        self.address = run_apart(prepared_copy(template, self.prepare))
        self.start()

    async def prepare(self) -> None:
        self.desk: Desk = await furnish()
        ask = MakeToken(key=key(), name="試験", role=Role.MANAGER, token=self.token)
        await make_token(ask, SYSTEM, clock.now())

    def start(self) -> None:
        port = free_port()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app.command_line", "serve", "--port", str(port)],
            env={**os.environ, "FOODBANK_DATABASE_URL": self.address},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        self.url = f"http://127.0.0.1:{port}"
        wait_for(self.url, self.process)

    def client(self) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.Client(base_url=f"{self.url}/api", headers=headers, timeout=20)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=20)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Read the database while no server runs."""

        async def read() -> list[dict[str, Any]]:
            async with snapshot():
                assert (await examine()).faults == []
                return await fetch(sql)

        return run_apart(self.with_database(read))

    async def with_database(self, read: Any) -> Any:
        point_at_address(self.address)
        await DB.open()
        try:
            return await read()
        finally:
            await DB.close()


@pytest.fixture
def server(template: str) -> Iterator[Server]:
    running = Server(template)
    yield running
    running.kill()
    run_apart(remove_copy(running.address))


def test_what_was_acknowledged_survives_a_kill(server: Server) -> None:
    with server.client() as client:
        made = []
        for number in range(5):
            answer = client.post("/places", json={"key": key(), "name": f"棚{number}"})
            assert answer.status_code == 201, answer.text
            made.append(answer.json()["code"])
        last = client.post(
            "/moves",
            json={
                "key": key(), "lot": server.desk.lot, "from_place": server.desk.shelf,
                "to_place": made[-1], "pieces": 3,
            },
        )  # fmt: skip
    server.kill()
    assert last.status_code == 201
    codes = {row["code"] for row in server.rows("SELECT code FROM place")}
    assert set(made) <= codes
    held = server.rows(
        "SELECT on_hand FROM balance JOIN place ON place.id = balance.place"
        f" WHERE place.code = '{made[-1]}'"
    )
    assert held == [{"on_hand": 3}]


def test_a_kill_in_the_middle_leaves_whole_commands_only(server: Server) -> None:
    """Eight clients pack and hand over while the server is killed; then the same keys are sent again."""
    sent: list[dict[str, Any]] = []
    acknowledged: dict[str, str] = {}

    def work() -> None:
        with server.client() as client:
            while True:
                body = {
                    "key": fresh_key(), "case": server.desk.case, "reason": "その他", "days": 1,
                    "household": {"adult": 1},
                    "lines": [{"lot": server.desk.lot, "place": server.desk.shelf, "pieces": 1}],
                }  # fmt: skip
                sent.append(body)
                try:
                    answer = client.post("/parcels", json=body)
                except httpx.TransportError:
                    return
                if answer.status_code != 201:
                    return
                acknowledged[str(body["key"])] = answer.json()["code"]

    workers = [threading.Thread(target=work) for _ in range(8)]
    for worker in workers:
        worker.start()
    while len(acknowledged) < 10:
        time.sleep(0.005)
    server.kill()
    for worker in workers:
        worker.join(timeout=30)
    assert len(acknowledged) < len(sent), "nothing was interrupted"

    kept = {row["key"]: row["answer"] for row in server.rows("SELECT key, answer FROM request_key")}
    for name, code in acknowledged.items():
        assert code in kept[name]
    assert "" not in kept.values()
    whole = server.rows(
        "SELECT parcel.code, count(parcel_line.id) AS lines,"
        " (SELECT count(*) FROM movement WHERE document_code = parcel.code) AS movements,"
        " (SELECT count(*) FROM audit_entry WHERE subject_code = parcel.code) AS traces"
        " FROM parcel LEFT JOIN parcel_line ON parcel_line.parcel = parcel.id"
        " WHERE parcel.days = 1 GROUP BY parcel.code"
    )
    assert {row["code"] for row in whole} >= set(acknowledged.values())
    assert {(row["lines"], row["movements"], row["traces"]) for row in whole} == {(1, 1, 1)}

    server.start()
    with server.client() as client:
        for body in sent:
            answer = client.post("/parcels", json=body)
            assert answer.status_code == 201, answer.text
            assert (
                acknowledged.get(str(body["key"]), answer.json()["code"]) == answer.json()["code"]
            )
    server.kill()
    parcels = server.rows("SELECT count(*) AS n FROM parcel WHERE days = 1")
    assert parcels == [{"n": len(sent)}]
