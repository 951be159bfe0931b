"""What a grader looks at: the attempt's services, from outside first and then from inside."""

from __future__ import annotations

import contextlib
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import testinfra

from kikori.engine.cleanup import labels_beside
from kikori.engine.client import client
from kikori.engine.images import SIDECAR
from kikori.engine.inspection.sidecar import Sidecar, Sidecars
from kikori.engine.outside import File, Process, Unlisted, content_of, files_of, processes_of, uid_of
from kikori.engine.services import inspect, pause, stop_and_start, unpause
from kikori.errors import NotRunning, OurFault
from kikori.grading import testinfra_backend
from kikori.grading.clients import Clients
from kikori.grading.texts import eventually, say
from kikori.model import Attempt
from kikori.model.record import Record

if TYPE_CHECKING:
    from docker import DockerClient
    from docker.models.containers import Container
    from testinfra.host import Host

    from kikori.engine.inspection.debug_container import DebugContainer

# How long a request of a grader waits for its answer, in seconds.
PATIENCE = 4
# How long a container may be away while the engine puts another in its place, in seconds.
REPLACED = 1.5
# The largest text of a workspace that a check reads, in bytes.
LARGEST = 256 * 1024


class Answer(Record):
    """What came back from a request; status 0 means that nothing did."""

    status: int
    text: str
    headers: dict[str, str] = {}

    def __str__(self) -> str:
        """As a reason says it."""
        if self.status:
            return say(f"status {self.status}", f"ステータス {self.status}")
        return say(f"no answer ({self.text})", f"応答なし（{self.text}）")


class Scene:
    """The running services of one attempt, to be looked at and not to be changed."""

    def __init__(self, attempt: Attempt, *, isolated: bool = False, sidecars: Sidecars | None = None) -> None:
        self.attempt = attempt
        self.params = attempt.params
        self.isolated = isolated
        self._hosts: dict[str, Host] = {}
        self.clients = Clients(attempt.seed, attempt.id)
        self._sidecars = sidecars or Sidecars()

    def draw(self, what: str) -> random.Random:
        """Chance for one kind of input that learners can't see; by the seed alone, so that a replay draws the same."""
        return random.Random(f"{self.attempt.seed} {what}")  # noqa: S311  # nothing is kept secret

    @property
    def workspace(self) -> Path:
        """The learner's folder; in a replay, what was submitted of it."""
        return Path(self.attempt.workspace)

    @property
    def stack(self) -> str:
        """What the engine calls the lab's stack; its services are NAME_SERVICE."""
        return self.attempt.project

    def text(self, name: str) -> str:
        """A text file of the workspace; empty where there is none that a person could have written."""
        path = self.workspace / name
        if not path.is_file() or path.stat().st_size > LARGEST or not path.resolve().is_relative_to(self.workspace):
            return ""
        return path.read_text(encoding="utf-8", errors="replace")

    def docker(self, *arguments: str, within: float = 60) -> subprocess.CompletedProcess[str]:
        """A docker command as an operator would type it, for what a check must do and not only see."""
        return subprocess.run(
            ["docker", *arguments], capture_output=True, text=True, errors="replace", timeout=within, check=False
        )

    def restart(self, *services: str, patience: int) -> None:
        """Stop services and start them again, one after the other; ``patience`` is for the end of each, in seconds.

        Why not by the engine's own restart is told in ``kikori.engine.services``.
        """
        from docker.errors import APIError

        for service in services:
            with contextlib.suppress(APIError):  # what does not start is for the check to see, and to tell
                stop_and_start(self.container(service), patience)

    @contextlib.contextmanager
    def paused(self, service: str) -> Iterator[None]:
        """Hold a service still: it answers nobody, and its connections stay as they are.

        Raises:
            OurFault: it does not run, or the engine has no freezer.
        """
        container = self.container(service)
        if not pause(container):
            raise OurFault(f"service {service} could not be paused", "kikori status")
        try:
            yield
        finally:
            unpause(container)

    def inspect(self, service: str) -> dict[str, Any]:
        """What ``docker inspect`` says of a service's container now.

        Raises:
            OurFault: it is gone; the check could not be run, which is an ``error``.
        """
        found = eventually(lambda: inspect(self.attempt.project, service), bool, within=REPLACED)
        if found is None:
            raise OurFault(f"the container of service {service} is gone", "kikori reset")
        return found

    def container(self, service: str) -> Container:
        """The container for whoever needs the docker SDK, whose import costs 0.2 s.

        Raises:
            OurFault: it is gone.
        """
        return client().containers.get(self.inspect(service)["Id"])

    def state(self, service: str) -> str:
        """``running``, ``exited``, ``restarting``, ``paused``, ``created`` or ``dead``."""
        return str(self.inspect(service)["State"]["Status"])

    def _running(self, service: str) -> dict[str, Any]:
        seen = self.inspect(service)
        if not seen["State"]["Running"]:
            state, code = seen["State"]["Status"], seen["State"]["ExitCode"]
            raise NotRunning(
                say(
                    f"{service} does not run: it is {state}, last with exit code {code}. What did it say last?",
                    f"{service} が動いていません（{state}、直前の終了コードは {code}）。終わる前に何と言っていましたか",
                )
            )
        return seen

    def processes(self, service: str) -> tuple[Process, ...]:
        """A service's processes, as the engine's computer lists them; those that have ended are in ``sidecar`` alone.

        Where that computer has no ``ps``, the sidecar is asked.

        Raises:
            NotRunning: its container does not run, so nothing can be said about its inside.
        """
        try:
            return processes_of(str(self._running(service)["Id"]))
        except Unlisted:
            return tuple(one for one in self.sidecar(service).processes() if not one.has_ended)

    def files(self, service: str, *places: str) -> tuple[File, ...]:
        """All that lies at and below some places, as the engine tells it; folders in memory are in ``sidecar``.

        Raises:
            OurFault: the container is gone, or it is more than a check looks at.
        """
        return files_of(self.container(service), *places)

    def read(self, service: str, path: str) -> str:
        """A file of a service as the engine hands it out; empty where there is none of up to 256 KiB."""
        return (content_of(self.container(service), path, LARGEST) or b"").decode("utf-8", "replace")

    def uid(self, service: str, user: str | None = None) -> int:
        """The number of a user of a service, read as the engine reads it; without one, of whom it was started for.

        Raises:
            OurFault: the container is gone, or the engine would know no such user.
        """
        container = self.container(service)
        return uid_of(container, str(container.attrs["Config"]["User"]) if user is None else user)

    def sidecar(self, service: str) -> Sidecar:
        """A container of ours that looks at a service from beside it: what the engine can't tell; it costs 0.3 s.

        Raises:
            NotRunning: its container does not run, so nothing can be said about its inside.
        """
        return self._sidecars.beside(self.attempt.project, self._running(service))

    def host(self, service: str, user: str | None = None) -> Host:
        """Testinfra's view of the inside of a service, as its own user or as ``user``.

        What runs there is the service's own program: it decides nothing where learners can put another in its place.

        Raises:
            NotRunning: its container does not run, so nothing can be said about its inside.
        """
        seen = self._running(service)
        return self._inside(f"{user}@{seen['Id']}" if user else str(seen["Id"]))

    def debug(self, service: str, image: str = SIDECAR, *, holding: str = "") -> Host:
        """Testinfra's view of a container of ours in the network of a service, as ``kubectl debug`` starts one.

        It has the service's addresses, ports and names, and the programs of an image that is the lab's: ``image`` is
        one that a service of the lab's own has. It costs 0.3 s. Of a folder that it is ``holding`` it has the plain
        files that the service has there.

        Raises:
            OurFault: the service does not run, or the debug container can't be started.
        """
        found = self._sidecars.debug(self.attempt.project, self._running(service), image)
        if holding:
            found.copy_in(self.container(service), holding)
        return self.beside(found)

    @property
    def engine(self) -> DockerClient:
        """Docker's SDK, for what no other look tells; what a check makes with it has the scene's ``labels``."""
        return client()

    @property
    def labels(self) -> dict[str, str]:
        """What stands on containers that a check makes, so that they are swept if it is killed."""
        return labels_beside(self.attempt.project)

    def beside(self, debug: DebugContainer) -> Host:
        """Testinfra's view of a debug container."""
        return self._inside(debug.name)

    def _inside(self, container: str) -> Host:
        if container not in self._hosts:
            self._hosts[container] = testinfra.get_host(f"{testinfra_backend.NAME}://{container}")
        return self._hosts[container]

    def address(self, service: str, port: int | None = None) -> str | None:
        """Where a service is reached from outside, as host:port; None where it is not published.

        A replay publishes nothing: there the container's own address is asked.
        """
        seen = self.inspect(service)
        if self.isolated:
            return _inner_address(seen, port)
        for name, bound in sorted((seen["NetworkSettings"]["Ports"] or {}).items()):
            if bound and port in (None, int(name.split("/")[0])):
                return f"{bound[0]['HostIp']}:{bound[0]['HostPort']}"
        return None

    def _unpublished(self, service: str) -> str:
        state = self.state(service)
        return say(
            f"{service} publishes no port now: it is {state}", f"{service} は {state} で、ポートを公開していない"
        )

    def get(self, service: str, path: str = "/", port: int | None = None, **options: object) -> Answer:
        """Ask a service over HTTP as a user would."""
        return self.ask("GET", service, path, port, **options)

    def ask(self, method: str, service: str, path: str, port: int | None = None, **options: object) -> Answer:
        """Send a request from outside; an answer that does not come is an answer too."""
        from requests.exceptions import RequestException

        address = self.address(service, port)
        if address is None:
            return Answer(status=0, text=self._unpublished(service))
        try:
            with self.clients.session(method, self.clients.name(service, address)) as session:
                seen = session.request(method, f"http://{address}{path}", timeout=PATIENCE, **options)  # type: ignore[arg-type]
        except RequestException as problem:
            return Answer(status=0, text=_in_short(problem))
        return Answer(status=seen.status_code, text=seen.text, headers=dict(seen.headers))


def _inner_address(seen: dict[str, Any], port: int | None) -> str | None:
    published = seen["HostConfig"]["PortBindings"] or {}
    wanted = sorted(int(name.split("/")[0]) for name in published)
    addresses = [net["IPAddress"] for net in seen["NetworkSettings"]["Networks"].values() if net["IPAddress"]]
    if not addresses or not (port or wanted):
        return None
    return f"{addresses[0]}:{port or wanted[0]}"


def _in_short(problem: Exception) -> str:
    said = str(problem)
    if "refused" in said:
        return say("connection refused", "接続を拒否された")
    if "timed out" in said:
        return say(f"nothing came within {PATIENCE} s", f"{PATIENCE}秒待っても何も来ない")
    if "reset" in said or "closed connection" in said or "aborted" in said:
        return say("the connection was cut", "接続が切られた")
    return type(problem).__name__
