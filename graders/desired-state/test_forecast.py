"""Do hikers get their forecast, whatever happens to the service?"""

from __future__ import annotations

import json
import secrets
import shlex
from collections.abc import Iterator
from typing import Any

import pytest
from asking import USUAL, trial
from forecast_service import GOOD, LOOK, LOST, SLOWEST, Service
from hikers import hiking

from kikori.grading import Scene, eventually, reasons, uid_of

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(100)
LATEST = 120
"""Seconds for which a task that answers nobody may be thought well."""
READING = 3.5
"""Seconds that a report takes at least: it is read and filed in four."""


@pytest.fixture
def service(scene: Scene) -> Iterator[Service]:
    """The service; whatever a check rolled out, it is whole afterwards."""
    found = Service(scene)
    yield found
    eventually(found.is_whole, bool, SLOWEST, LOOK)


@pytest.fixture
def release() -> str:
    """A release that was never out before."""
    return secrets.token_hex(3)


@pytest.mark.users
@pytest.mark.guard
def test_forecast(scene: Scene, service: Service) -> None:
    """A hiker who asks gets the forecast for the mountain.

    ja: 登山者が尋ねると、その山の予報が返る。
    """
    answer = eventually(lambda: scene.get("gate", "/forecast", 8080), lambda seen: seen.status == 200, within=15)
    told = json.loads(answer.text) if answer.status == 200 else {}
    wanted = {name: scene.params[name] for name in ("mountain", "station")}
    assert wanted.items() <= told.items(), reason(
        "forecast", mountain=wanted["mountain"], station=wanted["station"], answer=answer
    )


@pytest.mark.static
@pytest.mark.guard
@pytest.mark.needs("test_forecast")
def test_without_rights(scene: Scene, service: Service) -> None:
    """The service has no more rights than the platform gives it: it does not run as root.

    ja: サービスの権限は、プラットフォームが与えたものより多くない。root では動かない。
    """
    told = {str(one.attrs["Config"]["User"]): one for one in service.containers()}
    roots = [name or "root" for name, one in told.items() if uid_of(one, name) == 0]
    assert not roots, reason("without-rights", roots=roots[0])


@pytest.mark.users
@pytest.mark.needs("test_forecast")
def test_a_death_is_not_noticed(scene: Scene, service: Service) -> None:
    """When a container dies, no hiker who asks for a forecast notices, and another takes its place.

    ja: コンテナが一つ死んでも、予報を尋ねる登山者は気づかず、代わりのコンテナが入る。
    """
    with hiking(scene, reports=False) as hikers:
        victims = service.containers()[:1]
        for victim in victims:
            victim.kill()
        eventually(lambda: service.running() < service.wanted(), bool, 3, 0.1)  # until the swarm knows of it
        replaced = eventually(service.is_whole, bool, 20, LOOK)
    assert victims, reason("a-death-is-not-noticed")
    assert not hikers.failed(), reason("a-death-is-not-noticed-2", failed=hikers.failed())
    limit = limit_of_deaths(service)
    assert not limit, reason("a-death-is-not-noticed-3", limit=limit)
    assert replaced, reason("a-death-is-not-noticed-4", running=service.running(), wanted=service.wanted())
    policy = service.attrs["Spec"]["TaskTemplate"].get("RestartPolicy", {})
    assert policy.get("Condition", "any") == "any", reason("a-death-is-not-noticed-5")


def limit_of_deaths(service: Service) -> str:
    """How many that died the swarm replaces in each place, in words; empty where it replaces all."""
    policy = service.attrs["Spec"]["TaskTemplate"].get("RestartPolicy", {})
    most, window = policy.get("MaxAttempts", 0), policy.get("Window", 0) / 1e9
    if not most:
        return ""
    if not window:
        return reason("limit-of-deaths", most=most)
    return reason("limit-of-deaths-2", most=most, window=window)


@pytest.mark.needs("test_forecast")
def test_an_end_is_seen(scene: Scene, service: Service) -> None:
    """The healthcheck goes on asking: it also fails for a program that answered once and has stopped.

    ja: ヘルスチェックは尋ね続け、一度答えても、もう答えなくなったプログラムでは失敗する。
    """
    with trial(scene, service.asked) as found:
        missed = found.misses_an_end()
        hung = not missed and found.misses_a_hang()
    assert not missed, reason("an-end-is-seen")
    assert not hung, reason("an-end-is-seen-3")
    last = longest_wait(service.asked.get("Healthcheck") or {})
    assert last <= LATEST, reason("an-end-is-seen-2", last=last)


def longest_wait(healthcheck: dict[str, Any]) -> float:
    """Add up the seconds for which a task that hangs is thought well."""
    if (healthcheck.get("Test") or ["NONE"])[0] == "NONE":
        return 0  # it asks nothing, and another check says what comes of that
    interval, timeout = ((healthcheck.get(part) or USUAL) / 1e9 for part in ("Interval", "Timeout"))
    return float((interval + timeout) * (healthcheck.get("Retries") or 3))


def as_program(source: str) -> list[str]:
    """How a release brings another program with it."""
    return ["--entrypoint", "python3", "--args", shlex.join(["-c", source])]


@pytest.mark.users
@pytest.mark.needs("test_forecast")
def test_a_release_is_not_noticed(scene: Scene, service: Service, release: str) -> None:
    """A good release goes out, and no request is lost on the way.

    ja: 正しいリリースが行き渡り、その間に一つのリクエストも失われない。
    """
    with hiking(scene) as hikers:
        ended = service.release(release, *as_program(GOOD))
    assert ended == "completed", reason("a-release-is-not-noticed", slowest=SLOWEST, ended=ended)
    assert not hikers.failed(), reason("a-release-is-not-noticed-2", failed=hikers.failed())
    assert hikers.quickest >= READING, reason("a-release-is-not-noticed-3", quickest=hikers.quickest)


@pytest.mark.users
@pytest.mark.needs("test_forecast")
def test_a_bad_release_is_taken_back(scene: Scene, service: Service, release: str) -> None:
    """A release that can't make forecasts is taken back by itself, and no hiker meets it.

    ja: 予報を出せないリリースはひとりでに取り消され、登山者はそれに出会わない。
    """
    before = service.asked
    with hiking(scene) as hikers:
        ended = service.release(release, *as_program(LOST))
    taken_back = service.asked == before
    if not taken_back:
        service.go_back()
    assert not hikers.failed(), reason("a-bad-release-is-taken-back", failed=hikers.failed())
    assert taken_back, reason("a-bad-release-is-taken-back-2", slowest=SLOWEST, ended=ended)
