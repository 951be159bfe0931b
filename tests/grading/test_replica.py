"""A second container of a service, with settings that nobody has seen, and nothing left of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from kikori import host
from kikori.engine.cleanup import OF, leftovers, sweep
from kikori.engine.client import client
from kikori.engine.inspection.sidecar import Sidecars
from kikori.grading import Scene, asks, eventually, replica
from kikori.learner.doctor import build_images
from kikori.learner.session import Session
from kikori.model import Attempt, Stage
from said_in import said_in

pytestmark = pytest.mark.docker

PROJECT = f"kikori-test-another-{os.getpid()}"
SHOP = """
import http.server, os, sys
class Shop(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
        self.wfile.write(f"{os.environ['NAME']} {os.getuid()} {sorted(os.listdir('/kept'))}".encode())
    def log_message(self, *_):
        pass
open("/kept/mark-" + os.environ["NAME"], "w").close()
http.server.HTTPServer(("", 8000), Shop).serve_forever()
"""


@pytest.fixture(scope="module")
def shop() -> Iterator[Any]:
    host.ready()
    build_images(Session(), ["silent-exit"])
    yield client().containers.run(
        "kikori/python", ["-c", SHOP], entrypoint=["python3"], detach=True, environment={"NAME": "Ume"}, user="0",
        volumes=["/kept"], cap_drop=["ALL"], healthcheck={"test": ["CMD", "curl", "-s", "http://127.0.0.1:8000"]},
        labels={OF: PROJECT, "com.docker.compose.project": PROJECT, "com.docker.compose.service": "shop"},
    )  # fmt: skip
    sweep(PROJECT)
    assert leftovers(PROJECT) == []


@pytest.fixture
def scene(shop: Any) -> Iterator[Scene]:
    sidecars = Sidecars()
    identity = PROJECT.removeprefix("kikori-")
    attempt = Attempt(id=identity, lab="first-look", learner="ada", seed=7, params={}, stage=Stage.BROKEN)
    yield Scene(attempt, sidecars=sidecars)
    sidecars.close()


def test_second_container_has_other_settings_and_fresh_volumes(scene: Scene, shop: Any) -> None:
    before = {
        one.id for one in client().containers.list(all=True, ignore_removed=True, filters={"label": f"{OF}={PROJECT}"})
    }
    with replica(scene, "shop", environment={"NAME": "Sugi"}) as second:
        told = eventually(lambda: second.host.run("curl -s http://127.0.0.1:8000").stdout, bool, within=15, every=0.2)
        assert told == "Sugi 0 ['mark-Sugi']"
    after = client().containers.list(all=True, ignore_removed=True, filters={"label": f"{OF}={PROJECT}"})
    assert {one.id for one in after} == before
    assert said_in(shop, "ls", "/kept") == "mark-Ume\n"


def test_second_container_that_ends_at_once_answers_nobody(scene: Scene) -> None:
    with replica(scene, "shop", environment={"NAME": "no/such/folder"}) as second:
        assert second.wait(within=15) == 1
        assert second.has_ended
        assert "No such file or directory" in second.log()
        assert second.host.run("curl -s http://127.0.0.1:8000").stdout == ""


def test_second_container_may_have_what_the_first_one_changed(scene: Scene, shop: Any) -> None:
    shop.exec_run(["sh", "-c", "echo changed > /srv/here; rm /etc/issue.net"])
    with replica(scene, "shop", environment={"NAME": "Sugi"}, with_changes=True) as second:
        assert second.read("/srv/here") == "changed\n"
        assert eventually(lambda: second.files("/etc/issue.net"), lambda seen: not seen, within=5) == ()
    with replica(scene, "shop", environment={"NAME": "Sugi"}) as second:
        assert second.read("/srv/here") == ""
        assert [one.path for one in second.files("/etc/issue.net")] == ["/etc/issue.net"]


def test_what_is_put_there_is_there_before_it_starts(scene: Scene) -> None:
    texts = {"/kept/left-behind": "by somebody"}
    with replica(scene, "shop", environment={"NAME": "Sugi"}, texts=texts, owner=33, started=False) as second:
        assert second.has_ended
        assert second.wait(within=1) is None
        (found,) = second.files("/kept/left-behind")
        assert (found.owner, second.read(found.path)) == (33, "by somebody")
        second.start()
        told = eventually(lambda: second.host.run("curl -s http://127.0.0.1:8000").stdout, bool, within=15, every=0.2)
        assert told == "Sugi 0 ['left-behind', 'mark-Sugi']"
        second.put({"/srv/later": "while it runs"})
        assert second.read("/srv/later") == "while it runs"
        assert [one.program for one in second.sidecar.processes()] == ["python3"]
        second.stop()
        assert second.has_ended


def test_healthcheck_that_asks_is_known_by_the_connection(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    eventually(lambda: scene.debug("shop").run("curl -s http://127.0.0.1:8000").stdout, bool, within=15, every=0.2)
    assert asks(scene, "shop")
    seen = scene.inspect("shop")
    seen["Config"]["Healthcheck"]["Test"] = ["CMD-SHELL", "test -d /kept; echo curl http://127.0.0.1:8000"]
    monkeypatch.setattr(Scene, "inspect", lambda *_: seen)
    assert not asks(scene, "shop")
