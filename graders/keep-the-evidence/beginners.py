"""What the intruder left to begin his process again: is it still in a place where something runs it?"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from kikori.grading import Scene

JOBS, SERVICES = ("/etc/often", "/srv/site/jobs"), "/etc/runit/runsvdir/default"
RUN_PARTS = re.compile(r"[A-Za-z0-9_-]+")
"""Names of what run-parts runs; others it passes over."""


def beginners(scene: Scene, files: list[dict[str, Any]]) -> list[str]:
    """Give the paths at which jobs or the supervisor run a file of his as he left it, whatever it is called now."""
    his = {one["sha256"] for one in files}
    return [path for path in begun(scene) if sha256(scene.read("web", path).encode()).hexdigest() in his]


def begun(scene: Scene) -> Iterator[str]:
    """Give the paths of all that the server begins by itself, at its time or at a start."""
    for folder in JOBS:
        lying = (file for file in scene.files("web", folder) if file.kind != "folder" and file.mode & 0o111)
        yield from (file.path for file in lying if is_in(file.path, folder) and RUN_PARTS.fullmatch(name_of(file.path)))
    for service in scene.files("web", SERVICES):
        if is_in(service.path, SERVICES) and not name_of(service.path).startswith("."):
            folder = str(PurePosixPath(SERVICES) / (service.target or service.path))
            modes = {file.path: file.mode for file in scene.files("web", folder)}
            if modes.get(f"{folder}/run", 0) & 0o111 and f"{folder}/down" not in modes:
                yield f"{folder}/run"


def is_in(path: str, folder: str) -> bool:
    """Whether something lies right in a folder."""
    return str(PurePosixPath(path).parent) == folder


def name_of(path: str) -> str:
    """The last part of a path."""
    return PurePosixPath(path).name
