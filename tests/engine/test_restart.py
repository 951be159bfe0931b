"""Restarting containers, on the real engine."""

from __future__ import annotations

import secrets
import socket
import subprocess
import threading
from collections.abc import Iterator
from datetime import datetime

import pytest
from docker.errors import APIError

from kikori import host
from kikori.engine import Project
from kikori.engine.client import Silent, client
from kikori.engine.services import DEPENDS_ON, restart, revive
from kikori.errors import OurFault
from kikori.host.base_image import IMAGE as BASE
from kikori.host.base_image import ensure_base_image

pytestmark = pytest.mark.docker
FRONT = "app:service_started:true,elsewhere:service_healthy:false"


@pytest.fixture
def made() -> Iterator[dict[str, object]]:
    """A front that depends on an app, and one on its own that has ended."""
    host.ready()
    ensure_base_image()
    ending = ["sh", "-c", "trap 'exit 0' TERM; sleep 1000 & wait"]
    services = {"front": (ending, FRONT), "app": (ending, ""), "once": (["true"], "")}
    found = {
        service: client().containers.run(
            BASE, command, name=f"again-{secrets.token_hex(4)}", labels={DEPENDS_ON: label}, user="nobody", detach=True
        )
        for service, (command, label) in services.items()
    }
    yield dict(found)
    for container in found.values():
        container.remove(force=True)


def test_each_is_stopped_and_started_after_what_it_depends_on(made: dict[str, object]) -> None:
    made["once"].wait()
    before = {name: state(one)["StartedAt"] for name, one in made.items()}
    restart(made)
    now = {name: state(one) for name, one in made.items()}
    assert all(now[name]["StartedAt"] > before[name] for name in made)
    assert (now["app"]["Status"], now["front"]["Status"], now["front"]["ExitCode"]) == ("running", "running", 0)
    assert moment(now["app"]["StartedAt"]) < moment(now["front"]["StartedAt"])
    assert made["front"].exec_run("true", user="nobody").exit_code == 0


def test_the_engines_own_restart_is_not_asked_for(made: dict[str, object]) -> None:
    since = moment(state(made["app"])["StartedAt"]).timestamp()
    restart(made)
    until = moment(state(made["front"])["StartedAt"]).timestamp() + 0.1
    heard = client().events(since=since - 1, until=until, filters={"container": made["app"].id}, decode=True)
    words = [one["Action"] for one in heard]
    assert {"stop", "start"} <= set(words)
    assert "restart" not in words


def test_what_cannot_start_is_told_with_the_engines_words(made: dict[str, object], project: Project) -> None:
    one = client().containers.create(BASE, ["no-such-program"], name=f"again-{secrets.token_hex(4)}")
    try:
        project.containers = lambda: {"orders": one}
        with pytest.raises(OurFault, match=r"docker restart failed: .*no-such-program"):
            project.restart(Silent())
    finally:
        one.remove(force=True)


def test_a_long_grace_period_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK waits ten seconds longer than usual for a stop, unless it is told more."""
    deaf = ["sh", "-c", "trap '' TERM; while :; do sleep 1; done"]
    name = f"again-{secrets.token_hex(4)}"
    subprocess.run(["docker", "run", "-d", "--stop-timeout", "13", "--name", name, BASE, *deaf], check=True)
    one = client().containers.get(name)
    try:
        monkeypatch.setattr(client().api, "timeout", 1)
        restart({"deaf": one})
        monkeypatch.undo()
        assert state(one)["Running"]
    finally:
        one.remove(force=True)


def test_what_a_busy_engine_refuses_is_asked_again() -> None:
    host.ready()
    ensure_base_image()
    taken = socket.create_server(("127.0.0.1", 0))
    port = taken.getsockname()[1]
    one = client().containers.create(
        BASE, ["sleep", "60"], name=f"again-{secrets.token_hex(4)}", ports={"80/tcp": ("127.0.0.1", port)}
    )
    freed = threading.Timer(2, taken.close)
    try:
        with pytest.raises(APIError):
            one.start()
        freed.start()
        restart({"one": one})
        assert state(one)["Running"]
    finally:
        freed.cancel()
        taken.close()
        one.remove(force=True)


def test_only_what_the_engine_took_for_ended_is_revived(made: dict[str, object]) -> None:
    made["once"].wait()
    ended = state(made["once"])
    assert revive(made.values()) == []
    # As moby 26 writes it when it deals with the end before once more, a second after the container began again.
    made["once"].attrs["State"] = {
        **ended,
        "StartedAt": "2026-11-27T18:40:03.1Z",
        "FinishedAt": "2026-11-27T18:40:02.9Z",
    }
    assert revive(made.values()) == [made["once"].name]
    assert state(made["once"])["StartedAt"] > ended["StartedAt"]


def state(container: object) -> dict:
    """What the engine says of a container now."""
    container.reload()
    return container.attrs["State"]


def moment(text: str) -> datetime:
    """A moment of the engine's."""
    return datetime.fromisoformat(text)
