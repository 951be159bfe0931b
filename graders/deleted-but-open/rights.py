"""Who may change what root runs, and what root writes to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from posixpath import normpath

from kikori.grading import File, Process, Scene, answering, writable_by

ROOTS = (
    "/etc/often", "/etc/logrotate.conf", "/etc/logrotate.d", "/etc/nginx", "/etc/roofs", "/etc/service",
    "/usr/local/lib/roofs", "/usr/local/sbin/boot",
)  # fmt: skip
"""What root runs, or does as it says."""
DATA = ("/data/", "/var/log/", "/dev/", "/proc/", "/sys/")
"""What root only writes to."""
NAMES = re.compile(r"(?<![\w.:/])/[^\s;'\"{}()<>|&*?$`,]+")
"""A path in a configuration or a script."""
LARGEST, LONGEST, MOST = 64 * 1024, 200, 2000
"""Bytes of a file that is read, letters of a name, and how many files are looked at."""
STICKY = 0o1000


def workers(scene: Scene) -> list[Process]:
    """Give who answers requests; one of each kind that differs in its rights."""
    return [*{(one.uids, one.gids): one for one in answering(scene, "web")}.values()]


def others_may_write(file: File) -> bool:
    """Say whether anybody but root and a file's owner may write to it."""
    return file.is_open_to(0o002) or (file.is_open_to(0o020) and file.group not in (0, file.owner))


def by_others(scene: Scene) -> str:
    """Name a file that root runs or follows and that somebody else may change; empty where there is none."""
    beside = scene.sidecar("web")
    own = followed(scene)
    named = [file for file in beside.at(*named_in(scene, own)) if file.kind == "file"]
    above = {str(parent) for file in (*own, *named) for parent in PurePosixPath(file.path).parents}
    folders = [file for file in beside.at(*sorted(above)) if not (file.mode & STICKY or is_systems(file.path))]
    plain = [file for file in (*own, *named, *folders) if file.kind in ("file", "folder")]
    return next((file.path for file in plain if file.owner or others_may_write(file)), "")


def is_systems(folder: str) -> bool:
    """Say whether a folder is the distribution's, which may be a group's of old."""
    return folder in ("/usr", "/var") or folder.startswith(("/usr/", "/var/"))


def followed(scene: Scene) -> list[File]:
    """List what root runs and follows, and where links among it lead to."""
    beside, found = scene.sidecar("web"), dict[str, File]()
    left = list(beside.files(*ROOTS))
    for file in left:  # it grows meanwhile
        if file.path not in found and len(found) < MOST:
            found[file.path] = file
            if file.kind == "link":
                left += beside.files(normpath(PurePosixPath(file.path).parent / file.target))
    return [*found.values()]


def named_in(scene: Scene, files: Iterable[File]) -> list[str]:
    """List what scripts and configurations name, wherever it lies."""
    beside, found = scene.sidecar("web"), set[str]()
    for file in files:
        if file.kind == "file":
            found.update(NAMES.findall((beside.read(file.path, LARGEST) or b"").decode("utf-8", "replace")))
    return sorted(name for name in map(normpath, found) if len(name) < LONGEST and not name.startswith(DATA))


def in_reach(scene: Scene, *folders: str) -> str:
    """Name a folder in which root holds a file open and who answers requests may put another; empty where none."""
    beside = scene.sidecar("web")
    roots = {one.pid for one in beside.processes() if one.is_root}
    held = {str(PurePosixPath(name).parent) for one in beside.descriptors() if one.pid in roots for name in one.open}
    for folder in sorted(held.intersection(folders)):
        above = {folder, *map(str, PurePosixPath(folder).parents)}
        for one in workers(scene):
            if not one.is_root and any(file.path in above for file in writable_by(scene, "web", one, folder)):
                return folder
    return ""
