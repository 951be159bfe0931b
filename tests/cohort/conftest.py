"""A cohort's server on this computer, and attempts to tell of; no engine is needed for either."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import requests
import sqlalchemy as sql
import uvicorn
from starlette.types import Receive, Scope, Send

from kikori.attempts import Store
from kikori.attempts.atomic_files import append_line
from kikori.cohort.client.connection import Server
from kikori.cohort.messages import CheckIn, Enrolled, Where
from kikori.cohort.server.dashboard import FREE
from kikori.cohort.server.inbox import Inbox
from kikori.cohort.server.learners import PREFIX
from kikori.cohort.server.serving import application
from kikori.cohort.server.store import CohortStore
from kikori.cohort.server.tables import opened
from kikori.model import Attempt, CheckResult, Command, Event, Outcome, Report, Stage
from kikori.web import Address, Guard, unused_port
from terminal_user import heed_interrupts

TOKEN = "instructors-own"  # noqa: S105
Kept = Callable[..., Attempt]


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/docker.sock")
    for name in ("KIKORI_YES", "CI", "KIKORI_COHORT_DATABASE"):
        monkeypatch.delenv(name, raising=False)


class Cohort:
    """A server that answers, and what is behind it."""

    def __init__(self, engine: sql.Engine, folder: Path, port: int, most: int) -> None:
        self.store = CohortStore(engine)
        self.inbox = Inbox(folder, self.store, most)
        self.enrolment = self.store.enrolment()
        self.at = Address(host="127.0.0.1", port=port, token=TOKEN)
        self.url = f"http://127.0.0.1:{port}"
        self.join_address = f"{self.url}/join#{self.enrolment}"

    def app(self) -> Guard:
        served = application(self.store, self.inbox, self.enrolment, self.join_address)
        return Guard(served, token=TOKEN, hosts=self.at.hosts, free=(PREFIX, *FREE))

    def enrolled(self, name: str) -> tuple[Enrolled, Server]:
        """Somebody who joined, and their way to ask."""
        told = Server(self.url, self.enrolment).enrol(name)
        return told, Server(self.url, told.token)

    def page(self, path: str = "/") -> requests.Response:
        return requests.get(self.url + path, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=10)


MOST = 100_000
"""Bytes of a submission here, so that too large a one is soon sent."""


class Served:
    """``kikori cohort serve`` as an instructor starts it."""

    def __init__(self, state: Path, *words: str) -> None:
        argv = [sys.executable, "-m", "kikori", "cohort", "serve", *words]
        env = {**os.environ, "XDG_STATE_HOME": str(state)}
        self.process = subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, env=env, preexec_fn=heed_interrupts)
        assert self.process.stderr is not None
        self.page = re.sub("^kikori: open ", "", self.process.stderr.readline()).strip()
        self.join = self.process.stderr.readline().rsplit("address: ", 1)[-1].strip()

    def end(self) -> int:
        self.process.send_signal(signal.SIGINT)
        assert self.process.stderr is not None
        said = self.process.stderr.read()
        assert "Traceback" not in said
        return self.process.wait(20)


class Door:
    """A port that stays open from test to test, with another cohort behind it in each."""

    def __init__(self) -> None:
        self.port = unused_port()
        self.app: Guard | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert self.app is not None
        await self.app(scope, receive, send)


@pytest.fixture(scope="session")
def door() -> Iterator[Door]:
    made = Door()
    server = uvicorn.Server(uvicorn.Config(made, port=made.port, log_level="warning", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until(lambda: server.started)
    yield made
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="session")
def no_rows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort's database before anybody joined: a copy takes a tenth of the time that making its tables does."""
    file = tmp_path_factory.mktemp("cohort") / "cohort.sqlite"
    with opened(f"sqlite:///{file}"):
        pass
    return file


@pytest.fixture
def cohort(door: Door, no_rows: Path, tmp_path: Path) -> Iterator[Cohort]:
    (tmp_path / "server").mkdir(mode=0o700)
    shutil.copy2(no_rows, tmp_path / "server" / "cohort.sqlite")
    with opened(f"sqlite:///{tmp_path}/server/cohort.sqlite") as engine:
        made = Cohort(engine, tmp_path / "server" / "submissions", door.port, MOST)
        door.app = made.app()
        yield made


def told(stage: Where = Where.BROKEN, **fields: object) -> CheckIn:
    """A check-in of first-look."""
    return CheckIn(**{"lab": "first-look", "stage": stage, "seconds": 600.0, **fields})  # type: ignore[arg-type]


@pytest.fixture
def kept() -> Kept:
    """``kept(stage=…)``: an attempt at first-look on disk, broken for ten minutes, one check fails."""

    def save(**fields: object) -> Attempt:
        made = {"id": "first-look-00000a", "lab": "first-look", "learner": "ada", "seed": 1, "params": {}, "hints": 1}
        attempt = Store().save(Attempt(**{**made, "stage": Stage.BROKEN, **fields}))  # type: ignore[arg-type]
        happened(attempt, 700, "started")
        happened(attempt, 600, "broke")
        failed = CheckResult(id="page", title="The page is there", outcome=Outcome.FAILED, reason="404")
        fine = CheckResult(id="up", title="It is up", outcome=Outcome.PASSED)
        Store().add_report(attempt, Report(lab="first-look", at=time.time() - 60, checks=(fine, failed)))
        for line in ("ls -a /srv/www", "cat /etc/nginx/nginx.conf"):
            Store().add_command(
                attempt, Command(number=0, at=time.time(), service="web", line=line, exit_code=0, seconds=0.1)
            )
        return attempt

    return save


def happened(attempt: Attempt, ago: float, event: str) -> None:
    append_line(Store().folder(attempt.id) / "events.jsonl", Event(at=time.time() - ago, event=event))


def until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    """Wait for what another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def all_bytes(folder: Path) -> bytes:
    """What lies on the disk in a folder, file by file."""
    return b"".join(Path(root, name).read_bytes() for root, _, names in os.walk(folder) for name in names)
