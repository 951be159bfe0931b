"""A replica of a service: a second container for other settings, files and days, in which a check harms nobody.

Deploys, quiet years, full disks and modules that somebody left in a volume are tried here; the learner's own service
goes on meanwhile.
"""

from __future__ import annotations

import io
import secrets
import shlex
import tarfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from kikori.engine.cleanup import labels_beside
from kikori.engine.client import client, translate_errors
from kikori.engine.images import SIDECAR
from kikori.engine.inspection.debug_container import DebugContainer
from kikori.engine.inspection.filesystem_diff import EndState, capture, lay_on, take_away
from kikori.engine.inspection.sidecar import Sidecar
from kikori.engine.outside import File, content_of, files_of
from kikori.errors import EnvironmentProblem
from kikori.grading.scene import LARGEST, Scene
from kikori.grading.texts import eventually

if TYPE_CHECKING:
    from docker.models.containers import Container
    from testinfra.host import Host

KEPT = {
    "CapAdd": "cap_add", "CapDrop": "cap_drop", "SecurityOpt": "security_opt", "Tmpfs": "tmpfs", "Memory": "mem_limit",
    "PidsLimit": "pids_limit", "NanoCpus": "nano_cpus", "ReadonlyRootfs": "read_only", "Init": "init",
}  # fmt: skip
"""What a container is started with that its program can notice, by the names of the engine and of its SDK."""
STARTS = 15
"""Seconds within which a replica may begin to answer."""
STOPPING = 3
"""Seconds that it has for its end."""
ENDED = {"exited", "dead", "created"}


class Replica:
    """A container beside the service's, and a host of ours in its network, where nobody else is."""

    def __init__(self, container: Container, host: Host, project: str, network_of: str, ports: tuple[str, ...]) -> None:
        self._container = container
        self.host = host
        self._project, self._network_of, self._ports = project, network_of, ports
        self._sidecar: Sidecar | None = None

    @property
    def has_ended(self) -> bool:
        """Whether nothing of it runs."""
        self._container.reload()
        return self._container.status in ENDED

    @property
    def exit_code(self) -> int:
        """The code that it ended with; 0 while it runs."""
        self._container.reload()
        return int(self._container.attrs["State"]["ExitCode"])

    def log(self) -> str:
        """What it has written so far; where it could not be started, why."""
        self._container.reload()
        written = self._container.logs(tail=200).decode("utf-8", "replace").strip()
        return str(written or self._container.attrs["State"]["Error"])

    def base_url(self, within: float = STARTS) -> str:
        """Wait until a published port answers well; empty where none does, or it has ended."""
        urls = [f"http://127.0.0.1:{port}" for port in self._ports]

        def look() -> tuple[str, bool]:
            ended = self.has_ended
            return next((one for one in urls if self.host.run(f"curl -sfo /dev/null -m 2 {one}/").rc == 0), ""), ended

        return eventually(look, lambda seen: bool(seen[0]) or seen[1], within=within, every=0.3)[0]

    def get(self, path: str = "/", within: float = STARTS) -> str:
        """What it answers well, once it does; empty where it does not, or has ended."""
        urls = [f"http://127.0.0.1:{port}{path}" for port in self._ports]

        def look() -> tuple[str, bool]:
            ended = self.has_ended
            told = (str(self.host.run(f"curl -s -f -m 2 {shlex.quote(one)}").stdout) for one in urls)
            return next(filter(None, told), ""), ended

        return eventually(look, lambda seen: bool(seen[0]) or seen[1], within=within, every=0.3)[0]

    def put(self, texts: Mapping[str, str], owner: int = 0, mode: int = 0o644) -> None:
        """Write files by their paths, whether it runs or not; their folders have to be there."""
        for path, text in texts.items():
            place = PurePosixPath(path)
            packed = io.BytesIO()
            with tarfile.open(fileobj=packed, mode="w") as archive:
                member = tarfile.TarInfo(place.name)
                member.size, member.mode, member.uid, member.gid = len(text.encode()), mode, owner, owner
                archive.addfile(member, io.BytesIO(text.encode()))
            with translate_errors():
                self._container.put_archive(str(place.parent), packed.getvalue())

    def get_each(self, paths: Sequence[str]) -> list[str]:
        """What it answers well at each path, asked once and in one go; nothing where it answers nobody."""
        if not (url := self.base_url()):
            return []
        between = secrets.token_hex(8)
        asking = (f"curl -s -f -m 2 {shlex.quote(url + path)}; echo {between}" for path in paths)
        return str(self.host.run("; ".join(asking)).stdout).split(between)[: len(paths)]

    def read(self, path: str, largest: int = LARGEST) -> str:
        """A file as the engine hands it out; empty where there is none of up to so many bytes."""
        return (content_of(self._container, path, largest) or b"").decode("utf-8", "replace")

    def files(self, *places: str) -> tuple[File, ...]:
        """What lies in some places, as the engine hands it out."""
        return tuple(files_of(self._container, *places))

    def start(self) -> None:
        """Start it; what can't be started answers nobody."""
        from docker.errors import APIError

        with suppress(APIError):
            self._container.start()

    def stop(self, within: int = STOPPING) -> None:
        """Stop it as a release does, with so many seconds to put away what it holds."""
        with translate_errors():
            self._container.stop(timeout=within)

    def wait(self, within: float) -> int | None:
        """Wait for its end, and give its exit code; None where it has not ended by then, or could not be started."""
        ended = eventually(lambda: self.has_ended, bool, within=within, every=0.1)
        return self.exit_code if ended and self._container.status != "created" else None

    @property
    def sidecar(self) -> Sidecar:
        """A container of ours that looks at it from beside it.

        Raises:
            OurFault: it does not run.
        """
        if self._sidecar is None or not self._sidecar.is_there:
            self._container.reload()
            self._sidecar = Sidecar(self._project, self._network_of, int(self._container.attrs["State"]["Pid"]))
        return self._sidecar

    def close(self) -> None:
        """Take it away, its volumes and its sidecar too."""
        from docker.errors import APIError

        if self._sidecar:
            self._sidecar.close()
        with suppress(APIError):  # what is gone already
            self._container.remove(force=True, v=True)


@contextmanager
def replica(
    scene: Scene,
    service: str,
    *,
    environment: Mapping[str, str] | None = None,
    with_volumes: bool = False,
    with_changes: bool = False,
    texts: Mapping[str, str] | None = None,
    owner: int = 0,
    sysctls: Mapping[str, str] | None = None,
    started: bool = True,
    **other: Any,
) -> Iterator[Replica]:
    """Start a second container as a service's, on a network of its own: ask it through its ``host`` on 127.0.0.1.

    It has the service's image, command, user and limits, and fresh volumes: as the next deploy makes it. With
    ``with_volumes`` it has the service's named ones, with ``with_changes`` the files that differ from the image, as a
    submission has them. ``texts`` lie there before it starts, by their paths; ``other`` is told to the engine's SDK.

    Raises:
        OurFault: the service's container is gone, or the debug container can't be started.
        EnvironmentProblem: Docker is away or refused.
    """
    seen, project = scene.inspect(service), scene.attempt.project
    state = capture(scene.container(service)) if with_changes else None
    made = like(seen, project, dict(environment or {})) | ({"volumes": _volumes(seen, project)} if with_volumes else {})
    ports = tuple(sorted(name.split("/")[0] for name in seen["HostConfig"]["PortBindings"] or {}))
    # The network is the debug container's: it stays when the second container ends.
    debug = DebugContainer(project, "none", SIDECAR, {**(sysctls or {}), **(seen["HostConfig"].get("Sysctls") or {})})
    try:
        with translate_errors():
            container = client().containers.create(**(made | other), network_mode=debug.network)
        second = Replica(container, scene.beside(debug), project, debug.name, ports)
        try:
            if state:
                lay_on(container, state)
            second.put(texts or {}, owner)
            if started:
                second.start()
            if state and not second.has_ended:
                with suppress(EnvironmentProblem):  # it may have ended since
                    take_away(container, EndState(present=(), gone=state.gone, files=b""), {})
            yield second
        finally:
            second.close()
    finally:
        debug.close()


def _volumes(seen: dict[str, Any], project: str) -> list[str]:
    """The named volumes of a container; what its image asks for has a name that nobody knows, and is fresh."""
    held = [mount for mount in seen["Mounts"] if mount["Type"] == "volume"]
    return [
        f"{one['Name']}:{one['Destination']}" if one["Name"].startswith(project) else one["Destination"] for one in held
    ]


def like(seen: dict[str, Any], project: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """What the SDK is told to make a container like one that was inspected, with fresh volumes and no healthcheck."""
    own, host = seen["Config"], seen["HostConfig"]
    given = dict(pair.partition("=")[::2] for pair in own["Env"] or ())
    return {
        "image": seen["Image"],
        "command": own["Cmd"],
        "entrypoint": own["Entrypoint"],
        "user": own["User"],
        "working_dir": own["WorkingDir"],
        "environment": {**given, **environment},
        "volumes": [mount["Destination"] for mount in seen["Mounts"] if mount["Type"] == "volume"],
        "healthcheck": {"test": ["NONE"]},
        "labels": labels_beside(project),
        **{name: host[key] for key, name in KEPT.items() if host.get(key)},
    }
