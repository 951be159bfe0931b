"""Do hikers get their forecast, whatever happens to the service?"""

from __future__ import annotations

import json
import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from kikori.grading import Scene, eventually, say
from kikori.runtime.engine import client

pytestmark = pytest.mark.timeout(100)
STATION = "STATION"
OVER = ("completed", "paused", "rollback_completed", "rollback_paused")
PAUSE = 0.15
LOOK = 0.4
"""Seconds between two questions to the engine; each costs it more than a hiker costs the service."""
REPORTERS = 16
"""A report takes four seconds, and the engine sends nobody new to a task two seconds before it ends it."""
LONGEST = 14
"""Seconds that a hiker waits; a busy computer is no lost request."""
SLOWEST = 40
"""Seconds that a rollout may take."""


class Service:
    """The service ``forecast`` of the stack."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.name = f"{scene.stack}_forecast"

    @property
    def attrs(self) -> dict[str, Any]:
        """What the engine knows of it now."""
        found: dict[str, Any] = client().services.get(self.name).attrs
        return found

    @property
    def environment(self) -> dict[str, str]:
        """What its tasks are told."""
        lines = self.attrs["Spec"]["TaskTemplate"]["ContainerSpec"].get("Env") or []
        return dict(line.split("=", 1) for line in lines)

    def rollout(self) -> str:
        """How the last update ended, or how far it is."""
        return str((self.attrs.get("UpdateStatus") or {}).get("State", "none"))

    def containers(self) -> list[Any]:
        """The containers of its running tasks."""
        return client().containers.list(
            ignore_removed=True, filters={"label": f"com.docker.swarm.service.name={self.name}"}
        )

    def running(self) -> int:
        """How many tasks run, and are healthy where that is asked."""
        (found,) = client().services.list(filters={"name": self.name}, status=True)
        return int(found.attrs["ServiceStatus"]["RunningTasks"])

    def wanted(self) -> int:
        """How many are wanted."""
        return int(self.attrs["Spec"]["Mode"]["Replicated"]["Replicas"])

    def update(self, **values: str) -> str:
        """Roll out other values, as the pipeline does, and wait until that is over, one way or the other."""
        began = self.attrs.get("UpdateStatus", {}).get("StartedAt")
        told = [part for name, value in values.items() for part in ("--env-add", f"{name}={value}")]
        self.scene.docker("service", "update", "--detach", "--quiet", *told, self.name)

        def over() -> bool:
            now = self.attrs.get("UpdateStatus") or {}
            return now.get("StartedAt") != began and now.get("State") in OVER

        eventually(over, bool, SLOWEST, LOOK)
        return self.rollout()


class Hikers:
    """Requests from outside, and what became of them."""

    def __init__(self, scene: Scene) -> None:
        self.gate = scene.address("gate", 8080)
        self.answers: Counter[str] = Counter()
        self.over = threading.Event()

    def failed(self) -> str:
        """The first kind of failure and how many there were; empty where there was none."""
        bad = [(kind, count) for kind, count in self.answers.items() if not kind.endswith((" 200", " 201"))]
        return ", ".join(f"{count} × {kind}" for kind, count in bad[:2])

    def told(self, session: requests.Session, method: str, path: str) -> str:
        """The status of an answer, or what came in its place."""
        try:
            return str(session.request(method, f"http://{self.gate}{path}", timeout=LONGEST).status_code)
        except requests.exceptions.RequestException as problem:
            return type(problem).__name__

    def walk(self, method: str, path: str, begin: float) -> None:
        """Ask again and again until it is over, from ``begin`` seconds on: no two reports go in step."""
        self.over.wait(begin)
        with requests.Session() as session:
            session.trust_env = False
            session.headers["Connection"] = "close"  # each hiker comes anew
            while not self.over.is_set():
                self.answers[f"{method} {path} {self.told(session, method, path)}"] += 1
                self.over.wait(PAUSE)


@contextmanager
def hiking(scene: Scene, *, reports: bool = True) -> Iterator[Hikers]:
    """Hikers on the way while the block runs: some ask for forecasts, and some send reports."""
    hikers = Hikers(scene)
    ways = [("GET", "/forecast", 0.0)] * 2
    ways += [("POST", "/reports", number / 4) for number in range(REPORTERS)] if reports else []
    threads = [threading.Thread(target=hikers.walk, args=way) for way in ways]
    for thread in threads:
        thread.start()
    try:
        eventually(lambda: hikers.answers.total(), lambda seen: seen >= 8, within=5)  # on their way before it happens
        yield hikers
    finally:
        hikers.over.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def service(scene: Scene) -> Iterator[Service]:
    """The service; whatever a check rolled out, the station is the right one afterwards."""
    found = Service(scene)
    yield found
    if found.environment.get(STATION) != scene.params["station"]:
        found.update(STATION=scene.params["station"])
    eventually(lambda: found.running() >= found.wanted(), bool, SLOWEST, LOOK)


@pytest.fixture
def release() -> str:
    """A release that was never out before."""
    return secrets.token_hex(3)


@pytest.mark.guard
def test_forecast(scene: Scene, service: Service) -> None:
    """A hiker who asks gets the forecast for the mountain.

    ja: 登山者が尋ねると、その山の予報が返る。
    """
    answer = eventually(lambda: scene.get("gate", "/forecast", 8080), lambda seen: seen.status == 200, within=15)
    told = json.loads(answer.text) if answer.status == 200 else {}
    wanted = {name: scene.params[name] for name in ("mountain", "station")}
    assert wanted.items() <= told.items(), say(
        f"expected a forecast for {wanted['mountain']} from the station {wanted['station']}, saw {answer}",
        f"{wanted['mountain']} の予報が観測所 {wanted['station']} から返るはずですが、{answer} でした",
    )


@pytest.mark.needs("test_forecast")
def test_a_death_is_not_noticed(scene: Scene, service: Service) -> None:
    """When a container dies, no hiker who asks for a forecast notices.

    ja: コンテナーが一つ死んでも、予報を尋ねる登山者は気づかない。
    """
    with hiking(scene, reports=False) as hikers:
        victims = service.containers()[:1]
        for victim in victims:
            victim.kill()
        eventually(lambda: service.running() >= service.wanted(), bool, 15, LOOK)
    assert victims, say("no task of the service runs", "サービスのタスクが一つも動いていません")
    assert not hikers.failed(), say(
        f"one container was killed, and hikers noticed: {hikers.failed()}. Who was there to answer in its place?",
        f"コンテナーを一つ終わらせると、登山者が気づきました: {hikers.failed()}。代わりに答えられるのは誰でしたか",
    )


@pytest.mark.needs("test_forecast")
def test_a_release_is_not_noticed(scene: Scene, service: Service, release: str) -> None:
    """A good release goes out, and no request is lost on the way.

    ja: 正しいリリースが行き渡り、その間に一つの要求も失われない。
    """
    with hiking(scene) as hikers:
        ended = service.update(RELEASE=release)
    assert ended == "completed", say(
        f"expected the release to go out within 40 s, the rollout is {ended}",
        f"リリースは 40 秒以内に行き渡るはずですが、ロールアウトの状態は {ended} です",
    )
    assert not hikers.failed(), say(
        f"a good release went out, and requests were lost: {hikers.failed()}. "
        "What is a container told when its time has come, and how long does it have?",
        f"正しいリリースの途中で、要求が失われました: {hikers.failed()}。"
        "終わるべきコンテナーには何が伝えられ、どれだけの時間が与えられますか",
    )


@pytest.mark.needs("test_forecast")
def test_a_bad_release_is_taken_back(scene: Scene, service: Service, release: str) -> None:
    """A release that can't make forecasts is taken back by itself, and no hiker meets it.

    ja: 予報を出せないリリースはひとりでに取り消され、登山者はそれに出会わない。
    """
    with hiking(scene) as hikers:
        ended = service.update(RELEASE=release, STATION="nowhere")
    assert not hikers.failed(), say(
        f"a release without a weather station reached the hikers: {hikers.failed()}. "
        "By what does the swarm tell a container that works from one that runs?",
        f"観測所を知らないリリースが登山者に届きました: {hikers.failed()}。"
        "動いているだけのコンテナーと働いているコンテナーを、Swarm は何で見分けますか",
    )
    assert service.environment["STATION"] == scene.params["station"], say(
        f"the bad release did no harm yet, but it was not taken back: the rollout is {ended}",
        f"悪いリリースはまだ害をなしていませんが、取り消されてもいません。ロールアウトの状態は {ended} です",
    )
