"""What a grader looks at: the attempt's services, from outside first and then from inside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kikori.errors import OurFault
from kikori.model import Attempt
from kikori.model.record import Record
from kikori.runtime.engine import client, telling

if TYPE_CHECKING:
    from docker.models.containers import Container
    from testinfra.host import Host

# How long a request of a grader waits for its answer, in seconds.
PATIENCE = 4


class Answer(Record):
    """What came back from a request; status 0 means that nothing did."""

    status: int
    text: str
    headers: dict[str, str] = {}

    def __str__(self) -> str:
        """As a reason says it."""
        return f"status {self.status}" if self.status else f"no answer ({self.text})"


class Scene:
    """The running services of one attempt, to be looked at and not to be changed."""

    def __init__(self, attempt: Attempt, *, isolated: bool = False) -> None:
        self.attempt = attempt
        self.params = attempt.params
        self.isolated = isolated
        self._hosts: dict[str, Host] = {}

    def container(self, service: str) -> Container:
        """The container of a service as the engine sees it now.

        Raises:
            OurFault: it is gone; the check could not be run, which is an ``error``.
        """
        labels = [
            f"com.docker.compose.project={self.attempt.project}",
            f"com.docker.compose.service={service}",
        ]
        with telling():
            found = client().containers.list(all=True, filters={"label": labels})
        if not found:
            raise OurFault(f"the container of service {service} is gone", "kikori reset")
        return found[0]

    def state(self, service: str) -> str:
        """``running``, ``exited``, ``restarting``, ``paused``, ``created`` or ``dead``."""
        return str(self.container(service).status)

    def host(self, service: str) -> Host:
        """Testinfra's view of the inside of a service.

        Raises:
            OurFault: its container does not run, so nothing can be said about its inside.
        """
        if service not in self._hosts:
            import testinfra

            container = self.container(service)
            if container.status != "running":
                raise OurFault(f"service {service} is {container.status}, so its inside can't be looked at")
            self._hosts[service] = testinfra.get_host(f"docker://{container.id}")
        return self._hosts[service]

    def address(self, service: str, port: int | None = None) -> str | None:
        """Where a service is reached from outside, as host:port; None where it is not published.

        A replay publishes nothing: there the container's own address is asked.
        """
        network = self.container(service).attrs["NetworkSettings"]
        if self.isolated:
            return self._inner_address(service, port)
        for name, bound in sorted((network["Ports"] or {}).items()):
            if bound and port in (None, int(name.split("/")[0])):
                return f"{bound[0]['HostIp']}:{bound[0]['HostPort']}"
        return None

    def _inner_address(self, service: str, port: int | None) -> str | None:
        attributes = self.container(service).attrs
        published = attributes["HostConfig"]["PortBindings"] or {}
        wanted = sorted(int(name.split("/")[0]) for name in published)
        addresses = [net["IPAddress"] for net in attributes["NetworkSettings"]["Networks"].values() if net["IPAddress"]]
        if not addresses or not (port or wanted):
            return None
        return f"{addresses[0]}:{port or wanted[0]}"

    def get(self, service: str, path: str = "/", port: int | None = None, **options: object) -> Answer:
        """Ask a service over HTTP as a user would."""
        return self.ask("GET", service, path, port, **options)

    def ask(self, method: str, service: str, path: str, port: int | None = None, **options: object) -> Answer:
        """Send a request from outside; an answer that does not come is an answer too."""
        import requests

        address = self.address(service, port)
        if address is None:
            return Answer(status=0, text=f"{service} publishes no port now: it is {self.state(service)}")
        try:
            with requests.Session() as session:
                session.trust_env = False  # a proxy of the host must not stand between grader and lab
                seen = session.request(method, f"http://{address}{path}", timeout=PATIENCE, **options)  # type: ignore[arg-type]
        except requests.exceptions.RequestException as problem:
            return Answer(status=0, text=_in_short(problem))
        return Answer(status=seen.status_code, text=seen.text, headers=dict(seen.headers))


def _in_short(problem: Exception) -> str:
    said = str(problem)
    if "refused" in said:
        return "connection refused"
    if "timed out" in said:
        return f"nothing came within {PATIENCE} s"
    if "reset" in said or "closed connection" in said or "aborted" in said:
        return "the connection was cut"
    return type(problem).__name__
