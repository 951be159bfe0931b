"""Containers of our own, made as the next release makes one: with the service's image, and nothing else."""

from __future__ import annotations

import contextlib
import io
import re
import secrets
import shlex
import tarfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kikori.grading import Scene, eventually
from kikori.grading.another import like
from kikori.runtime.debug_container import DebugContainer
from kikori.runtime.engine import client, telling
from kikori.runtime.images import SIDECAR
from kikori.runtime.outside import content_of, files_of

if TYPE_CHECKING:
    from docker.models.containers import Container
    from testinfra.host import Host

_seen = dict[tuple[object, ...], "Deployment"]()
VOLUME = "/var/lib/orders"
"""Where the platform's volume is."""
PROGRAM = re.compile(rb"\A(#!|\x7fELF|PK\x03\x04)|^(import [\w., ]+|from [\w.]+ import .+)\r?$", re.MULTILINE)
"""How a file begins that a kernel or an interpreter runs, or a line that only a Python program has."""
LARGEST = 2**20


def is_program(content: bytes | None) -> bool:
    """Whether a kernel or an interpreter would run it, whatever it is called."""
    return bool(PROGRAM.search(content or b""))


class Copy:
    """A second container, and a host of ours in its network, where nobody else is."""

    def __init__(self, container: Container, host: Host, ports: list[str]) -> None:
        self._container = container
        self._host = host
        self._ports = ports

    @property
    def has_ended(self) -> bool:
        """Whether nothing of it runs."""
        self._container.reload()
        return self._container.status in {"exited", "dead", "created"}

    @property
    def code(self) -> int:
        """With which exit code it ended; 0 while it runs."""
        self._container.reload()
        return int(self._container.attrs["State"]["ExitCode"])

    def said(self) -> str:
        """What it has written so far; where it could not be started, why."""
        self._container.reload()
        written = self._container.logs(tail=200).decode("utf-8", "replace").strip()
        return str(written or self._container.attrs["State"]["Error"])

    def get(self, path: str, within: float = 10) -> str:
        """What it answers well, at whichever of the published ports; empty where it does not, or has ended."""
        asking = "; ".join(f"curl -s -f -m 2 {shlex.quote(f'http://127.0.0.1:{port}{path}')}" for port in self._ports)

        def look() -> tuple[str, bool]:
            ended = self.has_ended
            return str(self._host.run(asking).stdout), ended

        return eventually(look, lambda seen: bool(seen[0]) or seen[1], within=within, every=0.3)[0]

    def programs(self) -> list[str]:
        """The programs that lie in its volume."""
        found = [one.path for one in files_of(self._container, VOLUME) if one.kind == "file"]
        return [path for path in found if is_program(content_of(self._container, path, LARGEST))]

    def stop(self) -> None:
        """Stop it as a release does, so that it can put away what it holds."""
        self._container.stop(timeout=3)


@contextmanager
def copy(
    scene: Scene, planted: Mapping[str, str] | None = None, *, keeping: bool = False, **environment: str
) -> Iterator[Copy]:
    """Start a container as the next release would; with the service's own volume where it is ``keeping``.

    ``planted`` are files of the service's own user, by name, that lie in its volume before it starts.
    """
    from docker.errors import APIError

    seen, project = scene.inspect("orders"), scene.attempt.project
    own = [mount for mount in seen["Mounts"] if mount["Type"] == "volume"]
    # A volume that the image itself asks for has a name that nobody knows, and is another one next time.
    held = [
        f"{one['Name']}:{one['Destination']}" if keeping and one["Name"].startswith(project) else one["Destination"]
        for one in own
    ]
    ports = [name.split("/")[0] for name in seen["HostConfig"]["PortBindings"] or {}]
    # The network is the debug container's: it stays when the copy ends.
    debug = DebugContainer(project, "none", SIDECAR, seen["HostConfig"].get("Sysctls"))
    try:
        with telling():
            made = like(seen, project, **environment) | {"volumes": held}
            second = client().containers.create(**made, network_mode=debug.network)
            try:
                if planted:
                    second.put_archive(VOLUME, _packed(planted, scene.uid("orders")))
                with contextlib.suppress(APIError):  # what can't be started answers nobody
                    second.start()
                yield Copy(second, scene.beside(debug), ports)
            finally:
                with contextlib.suppress(APIError):
                    second.remove(force=True, v=True)
    finally:
        debug.close()


def _packed(texts: Mapping[str, str], owner: int) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        for name, text in texts.items():
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.uid, member.gid = len(text.encode()), 0o640, owner, owner
            archive.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


@dataclass(frozen=True)
class Deployment:
    """What became of the image in a new container, for another shop."""

    told: str
    has_ended: bool
    code: int
    last: str
    runs_from_its_volume: bool
    """Whether a module was run that somebody had put where the service may write, in the place of the library's own."""
    programs: list[str]
    """Those that it put into its volume when it started."""


def deployed(scene: Scene, **environment: str) -> Deployment:
    """Start the image for another shop, with modules in its volume that nobody should run, and without where one was.

    Those end their program at once, and say a word that nobody else knows. What is seen is kept for the next check of
    the same container: each start costs a second or two.
    """
    key = (scene.inspect("orders")["Id"], *sorted(environment.items()))
    if key not in _seen:
        word = secrets.token_hex(8)
        bait = f'import os\nos.write(2, b"{word}\\n")\nos._exit(1)\n'
        released = {PurePosixPath(one.path).name for one in scene.files("orders", "/srv") if one.path.endswith(".py")}
        planted = {"json.py", "http.py", *released}
        with copy(scene, dict.fromkeys(planted, bait), **environment) as beside:
            found = _looked_at(beside, word, planted)
        if not found.told:  # whose fault that is, a start without them tells
            with copy(scene, **environment) as beside:
                found = replace(_looked_at(beside, word), runs_from_its_volume=found.runs_from_its_volume)
        _seen[key] = found
    return _seen[key]


def _looked_at(beside: Copy, word: str, planted: Collection[str] = ()) -> Deployment:
    told, ended, said = beside.get("/"), beside.has_ended, beside.said()
    put = [path for path in beside.programs() if PurePosixPath(path).name not in planted]
    return Deployment(told, ended, beside.code, (said.splitlines() or [""])[-1], word in said, put)
