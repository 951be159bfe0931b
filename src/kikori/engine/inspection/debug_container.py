"""A debug container beside a service: programs of an image of ours, in the service's network.

As with ``kubectl debug``, what runs there was never in a learner's hands. It is not in the service's process namespace,
so that nobody in the service can reach it, and it ends when its input does, as a sidecar (docs/adr/0020).
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kikori.engine.cleanup import labels_beside
from kikori.engine.client import client, translate_errors
from kikori.engine.inspection.attached_container import Attached
from kikori.engine.outside import plain_files_of
from kikori.errors import OurFault

if TYPE_CHECKING:
    from docker.models.containers import Container

WALLS = (
    "--entrypoint=/bin/sh", "--cap-drop=ALL", "--security-opt=no-new-privileges", "--memory=512m", "--pids-limit=64",
)  # fmt: skip
WAITING = "echo ready; exec cat"


class DebugContainer(Attached):
    """A container of an image, in the network of another one, for as long as a grading lasts."""

    def __init__(self, project: str, network: str, image: str, settings: Mapping[str, str] | None = None) -> None:
        """Start in a network: ``container:ID``, or ``none`` with sysctls of its own.

        Raises:
            OurFault: it can't be started; the lab's images may not be built.
        """
        self.name = f"{project}-debug-{secrets.token_hex(3)}"
        near = [f"--name={self.name}", f"--network={network}"]
        near += [f"--label={name}={value}" for name, value in labels_beside(project).items()]
        near += [f"--sysctl={name}={value}" for name, value in (settings or {}).items()]
        super().__init__([*WALLS, *near, image, "-c", WAITING])
        if self._output.readline() != b"ready\n":
            said = self._complaint()
            self.close()
            raise OurFault(f"the debug container of a check did not start: {said or 'it ended'}", "kikori status")

    @property
    def network(self) -> str:
        """Its network, as another container may be told to share it."""
        return f"container:{self.name}"

    def copy_in(self, source: Container, folder: str) -> None:
        """Copy the plain files of another container's folder to the same place here.

        Raises:
            OurFault: there is no such folder, or it holds more than a check takes along.
        """
        with translate_errors():
            mine = client().containers.get(self.name)
            mine.put_archive(str(PurePosixPath(folder).parent), plain_files_of(source, folder))
