"""Does the engine learn how the service is, and does the service end when it is asked to?"""

from __future__ import annotations

import re
import secrets
import time
from typing import Any, NamedTuple

import pytest
from copies import asked, command_of, says_well_of, shown

from kikori.grading import Scene, asks, eventually, quoted, reasons, replica, says_well_in_vain

reason = reasons(__file__)

GRACE = 6
"""Seconds that the platform gives a container between the signal and SIGKILL, as in compose.yaml."""
SELDOM = 30
"""Seconds between two questions of a healthcheck: the engine's own default, and the most that the task allows."""


class Health(NamedTuple):
    """What the engine has found out about a container."""

    status: str
    streak: int
    last: dict[str, Any]
    """Its newest question: ``ExitCode`` and ``Output``; empty before the first."""


def health(scene: Scene) -> Health:
    """What the engine thinks of the container."""
    seen = scene.inspect("labels")["State"].get("Health") or {}
    log = seen.get("Log") or [{}]
    return Health(str(seen.get("Status", "none")), int(seen.get("FailingStreak", 0)), dict(log[-1]))


@pytest.mark.timeout(120)
@pytest.mark.needs("test_labels")
def test_healthcheck(scene: Scene) -> None:
    """The image's healthcheck asks the service: content while it works, and not when it is gone, errs or hangs.

    ja: イメージのヘルスチェックはサービスに尋ねる。働いていれば成功し、消えたり、誤ったり、固まったりすれば失敗する。
    """
    config = shown(scene)["Config"]
    command, given = command_of(config), config.get("Healthcheck") or {}
    assert command, reason("healthcheck")
    every = given.get("Interval", 0) / 1e9 or SELDOM
    assert every <= SELDOM, reason("healthcheck-2", every=every, seldom=SELDOM)
    seen = eventually(lambda: health(scene), lambda now: now.status == "healthy", within=12)
    seen = eventually(lambda: health(scene), lambda now: now.status == "healthy" or now.streak > 1, within=every)
    assert seen.status == "healthy", why_not(seen)
    assert not says_well_in_vain(scene, "labels"), reason("healthcheck-3")
    assert asks(scene, "labels"), reason("healthcheck-4")
    ill = says_well_of(scene, command, given.get("Timeout", 0) / 1e9 or SELDOM)
    assert ill != "wrong", reason("healthcheck-5")
    assert ill != "silent", reason("healthcheck-6")


def why_not(seen: Health) -> str:
    """Why the engine does not call the container healthy."""
    if not seen.last:
        return reason("why-not", status=seen.status)
    code, said = seen.last.get("ExitCode"), quoted(str(seen.last.get("Output", "")), 200)
    return reason("why-not-2", code=code, said=said)


@pytest.mark.timeout(90)
@pytest.mark.needs("test_labels")
def test_end(scene: Scene) -> None:
    """Asked to stop, the service ends in time with exit code 0, and says how many labels it has printed.

    ja: 止まるように頼まれたサービスは、猶予のうちに終了コード0で終わり、何枚刷ったかを述べる。
    """
    parcels = f"http://127.0.0.1:8080/label/[1-{secrets.randbelow(9) + 3}]"
    with replica(scene, "labels") as beside:
        asked(beside, "/health")
        count = len(beside.host.run(f"curl -s -m 20 '{parcels}'").stdout.splitlines())
        began = time.monotonic()
        beside.stop(within=GRACE)
        took = time.monotonic() - began
        code, log = beside.exit_code, beside.log().splitlines()
    assert count, reason("end", log=quoted(" ".join(log)))
    assert code == 0, reason("end-2", code=code, took=took)
    last = next((line for line in reversed(log) if "closed after" in line), log[-1] if log else "")
    assert re.search(rf"\bclosed after {count} labels\b", last), reason("end-3", count=count, last=quoted(last))
