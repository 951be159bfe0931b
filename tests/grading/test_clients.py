"""What a service sees of a check's requests: the headers of users' clients, each set whole and in its own order."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import msgspec
import pytest

from kikori.grading import Scene
from kikori.grading.clients import CLIENTS, SKIP_HEADER, Clients
from kikori.model import Attempt, Stage

pytestmark = pytest.mark.slow

ATTEMPT = Attempt(id="first-look-000001", lab="first-look", learner="ada", seed=1, params={}, stage=Stage.BROKEN)
Seen = list[list[tuple[str, str]]]


class Service(BaseHTTPRequestHandler):
    """Keeps the headers of each request as they came, and packs its answer for whoever can unpack it."""

    seen: Seen

    def do_GET(self) -> None:
        self.seen.append(self.headers.items())
        packs = "gzip" in self.headers.get("Accept-Encoding", "")
        body = gzip.compress(b"timetable") if packs else b"timetable"
        self.send_response(200)
        if packs:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    Service.seen = []
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(Scene, "address", lambda *_: f"127.0.0.1:{server.server_port}")
        yield Service.seen
        server.shutdown()


def without_host(headers: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    assert headers[0][0] == "Host"
    return tuple(headers[1:])


def test_requests_are_those_of_many_clients_each_whole_and_in_order(seen: Seen) -> None:
    scene = Scene(ATTEMPT, isolated=True)
    answers = [scene.get("web") for _ in range(60)]
    assert {answer.text for answer in answers} == {"timetable"}, "packed or not"
    known = {tuple(pair for pair in client if pair[1] != SKIP_HEADER) for client in CLIENTS}
    assert {*map(without_host, seen)} == known, "every one of them, and nothing else"


def test_every_client_comes_before_any_comes_twice(seen: Seen) -> None:
    scene = Scene(ATTEMPT)
    for _ in range(2 * scene.clients.kinds):
        scene.get("web")
    agents = [dict(headers)["User-Agent"] for headers in seen]
    for turn in (agents[: scene.clients.kinds], agents[scene.clients.kinds :]):
        assert len({*turn}) == scene.clients.kinds
        assert sum("Android" in agent for agent in turn) > 1


def test_a_service_is_asked_by_each_of_its_names(seen: Seen) -> None:
    scene = Scene(ATTEMPT)
    address = scene.address("web")
    port = str(address).partition(":")[2]
    for _ in range(3):
        scene.get("web")
    assert {dict(headers)["Host"] for headers in seen} == {
        address, f"localhost:{port}", f"web.village.example:{port}",
    }  # fmt: skip


def test_a_learner_and_a_reviewer_ask_alike(seen: Seen) -> None:
    for isolated in (False, True):
        Scene(ATTEMPT, isolated=isolated).get("web")
    assert seen[0] == seen[1]


def test_draws_are_the_attempts_own() -> None:
    def drawn(attempt: str) -> list[dict[str, str]]:
        clients = Clients(1, attempt)
        return [clients.headers("GET") for _ in range(20)]

    assert drawn("a") == drawn("a")
    assert drawn("a") != drawn("b")


def test_what_a_check_says_itself_counts(seen: Seen) -> None:
    scene = Scene(msgspec.structs.replace(ATTEMPT, seed=2))
    for _ in range(20):
        scene.ask("POST", "web", "/", headers={"Accept": "application/json", "Accept-Encoding": "br"}, json={"a": 1})
    for headers in map(dict, seen):
        assert (headers["Accept"], headers["Accept-Encoding"]) == ("application/json", "br")
        assert headers["Content-Type"] == "application/json"
        assert "Upgrade-Insecure-Requests" not in headers


def test_host_has_one_port_whichever_services_are_asked_in_turn() -> None:
    """A framework answers a Host that no client sends with an error of its own."""
    clients = Clients(7, "an-attempt")
    addresses = {"catalog": "127.0.0.1:33205", "checkout": "127.0.0.1:33207"}
    names = [clients.name(service, address) for service, address in list(addresses.items()) * 30]
    assert {name.count(":") for name in names} == {1}
    assert {name.rpartition(":")[2] for name in names} == {"33205", "33207"}
    assert {name.rpartition(":")[0] for name in names} == {
        "127.0.0.1", "localhost", "catalog.village.example", "checkout.village.example",
    }  # fmt: skip
