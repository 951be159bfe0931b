"""The service that is measured: a learner's, or any workspace brought up apart from every attempt."""

from __future__ import annotations

import io
import os
import shutil
import socket
import subprocess
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from kikori.bench.scenario import package
from kikori.engine import Project, Silent, Steps
from kikori.engine.client import client, translate_errors
from kikori.engine.inspection.sidecar import Sidecars
from kikori.engine.outside import content_of
from kikori.engine.scratch import scratch
from kikori.engine.swarm.stack import INHERITED
from kikori.errors import EnvironmentProblem
from kikori.grading import Scene
from kikori.model import Lab

MOST_TRUTH = 256 * 2**20
"""Bytes of what a service should hold at first."""
PROFILE = "KIKORI_PROFILE"
"""The environment's name for how much data a lab holds."""


def profile() -> str:
    """How much data labs hold: ``tiny``, ``standard`` or ``large``."""
    return os.environ.get(PROFILE) or "standard"


class Target:
    """A tune lab's scene, as a benchmark needs it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.lab: Lab = project.lab
        self.profile = profile()
        self._own = package(self.lab)

    @property
    def base(self) -> str:
        """Where it is asked, as ``http://HOST:PORT``.

        The container's own address where this host reaches it: the engine's proxy would take CPU of its own.

        Raises:
            EnvironmentProblem: it is not reached at all.
        """
        for isolated in (True, False):
            address = Scene(self.project.attempt, isolated=isolated).address(self._own.DOOR)
            if address and _answers(address):
                return f"http://{address}"
        raise EnvironmentProblem(f"The service {self._own.DOOR} is not reached.", "kikori status")

    def truth(self) -> Mapping[str, Any]:
        """What the service should hold at first, from the image that the learner's own stands on."""
        service, path = self._own.TRUTH
        image = self.project.lab_compose.below(service)[-1]
        path = path.format(profile=self.profile)
        found = _truth(image.tag, image.content, path)
        if not found:  # made by the service at its first start
            made = content_of(self.project.container(service), path, MOST_TRUTH)
            if made is None:
                raise EnvironmentProblem(f"{service} has no {path}.", "kikori reset")
            found = msgspec.json.decode(made)
        return found

    def queries(self) -> int | None:
        """How many queries the database was asked since it began; None where it does not tell. It decides nothing."""
        service, argv = self._own.QUERIES
        command = ["docker", "exec", str(self.project.container(service).id), *argv]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        words = done.stdout.split() if done.returncode == 0 else []
        return int(words[-1]) if words and words[-1].isdigit() else None

    def lying_about(self, secrets: list[str]) -> Iterable[tuple[str, str]]:
        """The files, each with its service, in which one of these words can be read.

        Raises:
            OurFault: they can't be looked through.
        """
        beside = Sidecars()
        try:
            for service, places in self._own.HIDING.items() if secrets else ():
                container = self.project.container(service)
                if not container.attrs["State"]["Running"]:
                    continue  # its routes fail, and that is told
                sidecar = beside.beside(self.project.attempt.project, container.attrs)
                yield from ((service, path) for path in sidecar.holding(secrets, *places))
        finally:
            beside.close()


def _answers(address: str) -> bool:
    host, port = address.rsplit(":", 1)
    try:
        with socket.create_connection((host, int(port)), timeout=0.5):
            return True
    except OSError:
        return False


@cache
def _truth(tag: str, content: str, path: str) -> Mapping[str, Any]:
    """A JSON file of an image, read through a container that never runs; nothing where it is but a link."""
    with translate_errors():
        nobodys = dict.fromkeys(INHERITED, "")
        container = client().containers.create(tag, command=["true"], network_disabled=True, labels=nobodys)
        try:
            stream, _ = container.get_archive(path)
            data = b"".join(stream)
        finally:
            container.remove(force=True)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        member = archive.getmember(Path(path).name)
        file = archive.extractfile(member) if member.isreg() else None
        found: Mapping[str, Any] = msgspec.json.decode(file.read()) if file else {}
        return found


@contextmanager
def running_workspace(lab: Lab, workspace: Path, steps: Steps | None = None) -> Iterator[Project]:
    """Build and start a workspace on fresh volumes with no route outside; all of it is gone afterwards.

    Raises:
        WorkspaceProblem: it can't be built or started.
        EnvironmentProblem: Docker stood in the way.
    """
    with scratch(lab, "bench", seed=1) as project:
        shutil.copytree(workspace, project.attempt.workspace)
        project.apply(steps or Silent())
        yield project
