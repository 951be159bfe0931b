"""What the intruder left to begin his process again: is it still in a place where something runs it?"""

from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from kikori.grading import Scene

JOBS, SERVICES = ("/etc/often", "/srv/site/jobs"), "/etc/runit/runsvdir/default"


def beginners(scene: Scene, files: list[dict[str, Any]]) -> list[str]:
    """Give the paths of those of his files that are as he left them, and that jobs or the supervisor run."""
    return [one["path"] for one in files if is_run(scene, one["path"]) and is_same(scene, one)]


def is_same(scene: Scene, told: dict[str, Any]) -> bool:
    """Whether a file has the content that he left."""
    return sha256(scene.read("web", told["path"]).encode()).hexdigest() == told["sha256"]


def is_run(scene: Scene, path: str) -> bool:
    """Whether something begins the file by itself, at its time or at a start."""
    folder = str(PurePosixPath(path).parent)
    lying = {file.path: file for file in scene.files("web", folder)}
    if path not in lying or not lying[path].mode & 0o111:
        return False
    if folder in JOBS:
        return True
    if PurePosixPath(path).name != "run" or f"{folder}/down" in lying:
        return False
    return any(file.kind == "link" and file.target.rstrip("/") == folder for file in scene.files("web", SERVICES))
