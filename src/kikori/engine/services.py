"""Services of a lab: how each is, waiting until it is as it should be, and restarting it."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from kikori.engine.client import client, translate_errors
from kikori.errors import EnvironmentProblem, OurFault
from kikori.host import endpoint
from kikori.model.record import Record

if TYPE_CHECKING:
    from docker.models.containers import Container

SETTLED = ("healthy", "unhealthy", "exited", "dead", "missing", "restarting", "running")
"""``running`` is told only of a container without a healthcheck; ``restarting`` of one that ends again and again."""
WELL = ("healthy", "running")
ENDED = ("exited", "dead")
UP = ("healthy", "unhealthy", "starting", "running")
HEALTH = re.compile(r"\((?:health: )?(healthy|unhealthy|starting)\)")
EXITED = re.compile(r"Exited \((\d+)\)")
DEPENDS_ON = "com.docker.compose.depends_on"
"""The label in which compose keeps it: ``front:service_started:true,shop:service_healthy:false``."""
USUAL_PATIENCE = 10
"""Seconds that the engine gives a container to end whose compose file says nothing."""
PAUSES = (1, 3)
"""Seconds before the engine is asked once more for what it refused: a busy one refuses what works a moment later."""
FREEZES = 10
"""How often a service is asked to hold still."""
FREEZABLE = ("running", "paused")
"""What the engine says of a container that runs; the second is left over for a moment after it was let go."""


class Service(Record):
    """A service and its state: healthy, unhealthy, starting, running, exited, restarting, missing."""

    name: str
    state: str
    addresses: tuple[str, ...] = ()
    """Published ports as 127.0.0.1:PORT."""
    exit_code: int = 0

    @property
    def up(self) -> bool:
        """Whether its container runs, healthy or not."""
        return self.state in UP


def list_services(project: str) -> dict[str, Service]:
    """The project's services that have a container, stopped ones too.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    found = [_service_of(row) for row in _rows(f"com.docker.compose.project={project}")]
    return {service.name: service for service in found}


def wait_until(
    look: Callable[[], Iterable[Service]], enough: Callable[[Service], bool], within: float
) -> list[Service]:
    """Look until every service is as it has to be; gives those that are not after so many seconds."""
    deadline = time.monotonic() + within
    while (left := [one for one in look() if not enough(one)]) and time.monotonic() < deadline:
        time.sleep(0.25)
    return left


def wait_healthy(look: Callable[[], Iterable[Service]], within: float) -> None:
    """Wait for every service. What is unhealthy may be slow, on a small or busy machine; what has ended stays so.

    Raises:
        OurFault: a service ended, or was not well after so many seconds.
    """
    wait_until(look, lambda one: one.state in (*WELL, *ENDED), within)
    if unwell := [one for one in look() if one.state not in WELL]:
        one = unwell[0]
        late = f"did not get well within {within:g} s: it is {one.state}"
        ended = f"ended with exit code {one.exit_code} instead of starting"
        raise OurFault(f"The service {one.name} {ended if one.state in ENDED else late}.", "kikori doctor")


def inspect(project: str, service: str) -> dict[str, Any] | None:
    """All that the engine knows of a service's container; ``None`` where it has none.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    rows = _rows(f"com.docker.compose.project={project}", f"com.docker.compose.service={service}")
    if not rows:
        return None
    if endpoint.socket_path() is None:
        with translate_errors():
            return dict(client().api.inspect_container(rows[0]["Id"]))
    return dict(_asked(f"/containers/{rows[0]['Id']}/json"))


def unwell(project: str) -> list[str]:
    """What the engine says of each service that is not well now, for whoever asks why.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    ill = sorted(name for name, one in list_services(project).items() if one.state not in WELL)
    seen = {name: inspect(project, name) for name in ill}
    return [_told(name, one["State"]) for name, one in seen.items() if one]


def _told(name: str, state: Mapping[str, Any]) -> str:
    """A container's state in a line: when it began and ended, the engine's error, and its last look."""
    parts = [f"{name} is {state['Status']} since {state['StartedAt']}"]
    if not state["Running"]:
        parts.append(f"ended at {state['FinishedAt']} with exit code {state['ExitCode']}")
    if state["Error"]:
        parts.append(f"engine: {state['Error'].strip()}")
    if looks := (state.get("Health") or {}).get("Log"):
        begin, end, said = looks[-1]["Start"], looks[-1]["End"], looks[-1]["Output"].strip()[:200]
        parts.append(f"last look from {begin} to {end}: {looks[-1]['ExitCode']} {said}")
    return ", ".join(parts)


def containers_of_projects() -> dict[str, str]:
    """Name every container's project by the container's id, be it of compose or of a stack.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    return {row["Id"]: _project_of(row["Labels"]) for row in _rows("com.docker.compose.project")}


def _project_of(labels: Mapping[str, str]) -> str:
    return labels["com.docker.compose.project"] or labels.get("com.docker.stack.namespace", "")


def _rows(*labels: str) -> list[dict[str, Any]]:
    """The engine's list of containers; over a local socket without the SDK, whose import costs 0.2 s."""
    filters: dict[str, str | list[str] | bool] = {"label": [*labels]}
    if endpoint.socket_path() is None:
        with translate_errors():
            return list(client().api.containers(all=True, filters=filters))
    return list(_asked(f"/containers/json?all=1&filters={quote(json.dumps(filters))}"))


def _asked(path: str) -> Any:
    try:
        return json.loads(endpoint.ask(path).body)
    except (OSError, ValueError):
        raise EnvironmentProblem("Docker does not answer.") from None


def _service_of(row: dict[str, Any]) -> Service:
    health, exited = HEALTH.search(row["Status"]), EXITED.search(row["Status"])
    published = sorted((p for p in row["Ports"] if "PublicPort" in p), key=lambda p: int(p["PrivatePort"]))
    return Service(
        name=row["Labels"]["com.docker.compose.service"],
        state=health[1] if health and row["State"] == "running" else row["State"],
        addresses=tuple(f"{p['IP']}:{p['PublicPort']}" for p in published),
        exit_code=int(exited[1]) if exited else 0,
    )


@contextmanager
def watched(look: Callable[[], None], every: float) -> Iterator[None]:
    """Call ``look`` every so many seconds until all is over."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(every):
            look()

    looking = threading.Thread(target=watch, daemon=True)
    looking.start()
    try:
        yield
    finally:
        ended.set()
        looking.join()


def restart(containers: Mapping[str, Container]) -> None:
    """Stop each container and start it again, side by side where none waits for another.

    Not by the engine's own restart, as ``docker compose restart`` asks for: a busy engine deals twice with the end of a
    container that ended just when its grace period was over, and gives up the container's files twice. Its restart
    holds them once more than a stop and a start do, so the last to let go takes them from the container that has begun
    since: whatever is executed in it as a user by name fails from then on (moby 26, daemon/kill.go and restart.go;
    docs/adr/0018).

    Raises:
        docker.errors.APIError: a container could not be started.
    """
    order = TopologicalSorter({name: _awaited(one, containers) for name, one in containers.items()})
    order.prepare()
    with ThreadPoolExecutor(max(1, len(containers))) as pool:
        while order.is_active():
            names = order.get_ready()
            list(pool.map(lambda name: _restart(containers[name]), names))
            order.done(*names)


def _awaited(container: Container, containers: Mapping[str, Container]) -> list[str]:
    words = container.labels.get(DEPENDS_ON, "").split(",")
    return [name for word in words if (name := word.partition(":")[0]) in containers]


def _restart(container: Container) -> None:
    stop_and_start(container, container.attrs["Config"].get("StopTimeout") or USUAL_PATIENCE)


def stop_and_start(container: Container, patience: int) -> None:
    """Stop one container within ``patience`` seconds, and start it again.

    Raises:
        docker.errors.APIError: the engine refused it three times.
    """
    # The SDK waits for an answer by what it is told here, not by what the container was given.
    _insist(lambda: container.stop(timeout=patience))
    _insist(container.start)


def _insist(ask: Callable[[], None]) -> None:
    from docker.errors import APIError

    for pause in PAUSES:
        try:
            return ask()
        except APIError:
            time.sleep(pause)
    return ask()


def revive(containers: Iterable[Container]) -> list[str]:
    """Start again what the engine took for ended by the end before; gives their names.

    The second time that it deals with an end may come when the container runs again. Then its process lives, and the
    engine says that it ended before it began.

    Raises:
        docker.errors.APIError: one could not be started.
    """
    lost = [container for container in containers if _ended_before_it_began(container.attrs["State"])]
    for container in lost:
        _insist(container.start)
    return [str(container.name) for container in lost]


def _ended_before_it_began(state: Mapping[str, str | bool]) -> bool:
    """Whether the two moments that the engine keeps are in the wrong order; both are written in UTC."""
    return not state["Running"] and str(state["FinishedAt"])[:19] < str(state["StartedAt"])[:19]


def hold_processes(container: Container) -> None:
    """Stop all processes of a container but its first, so that none puts back a file that is then removed.

    A job that is at work just then would plant its files anew. The first process can't be stopped from inside, and a
    paused container can't be entered. What is held hears no other signal than that of ``kill``.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    from docker.errors import APIError

    with translate_errors(), suppress(APIError):  # it has ended
        container.exec_run(["sh", "-c", "kill -s STOP -- -1"], user="0")


def kill(container: Container) -> None:
    """End a container at once, without a word to its processes; one that has ended stays so.

    Raises:
        EnvironmentProblem: no engine answers.
    """
    from docker.errors import APIError

    with translate_errors(), suppress(APIError):
        container.kill()


def pause(container: Container) -> bool:
    """Hold a container still; false where it ended meanwhile, or there is no freezer.

    It is asked again: a busy kernel may not freeze all processes at once while others begin, such as a health check's;
    and the engine hears of what it did a moment later, so soon after an unpause it may say "already paused".
    """
    from docker.errors import APIError

    for _ in range(FREEZES):
        try:
            container.pause()
        except APIError:
            if not _is_there(container):
                return False
            time.sleep(0.1)
        else:
            return True
    return False


def unpause(container: Container) -> None:
    """Let a container go on that we hold; soon after an earlier time the engine may say "not paused" of it."""
    from docker.errors import APIError

    for _ in range(FREEZES):
        try:
            container.unpause()
        except APIError:
            if not _is_there(container):
                return  # taken away by somebody else
            time.sleep(0.1)
        else:
            return


def _is_there(container: Container) -> bool:
    """Whether a container is still to be asked; an engine that can't say so now is asked again."""
    from docker.errors import APIError, NotFound

    try:
        container.reload()
    except NotFound:
        return False
    except APIError:
        return True
    return container.status in FREEZABLE
