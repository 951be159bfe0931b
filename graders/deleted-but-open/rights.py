"""Who may change what root runs, and what root writes to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from posixpath import normpath

from kikori.grading import File, Process, Scene, answering, writable_by

ROOTS = (
    "/etc/often", "/etc/logrotate.conf", "/etc/logrotate.d", "/etc/nginx", "/etc/roofs", "/etc/service",
    "/usr/local/lib/roofs", "/usr/local/sbin/boot",
)  # fmt: skip
"""What root runs, or does as it says."""
KERNEL = ("/dev/", "/proc/", "/sys/")
DATA = ("/data/", "/var/log/")
"""What root only writes to, as long as nothing there is to be done."""
WIDE = ("/", "/bin", "/boot", "/dev", "/etc", "/lib", "/lib64", "/proc", "/root", "/sbin", "/sys", "/usr", "/var")
"""Folders that are not named for what lies somewhere below them."""
NAMES = re.compile(r"(?<![\w.:/])/[^\s;'\"{}()<>|&*?$`,]+")
"""A path in a configuration or a script."""
LARGEST, LONGEST, MOST = 64 * 1024, 200, 2000
"""Bytes of a file that is read, letters of a name, and how many files are looked at."""
STICKY = 0o1000
DONE = re.compile(
    rb"\A#!|^\s*(?:(?:pre|post)rotate|(?:first|last)action|endscript|copytruncate|rotate\s+\d+)\s*$", re.MULTILINE
)
"""In a script or a rule of logrotate's; no log, photo or session has it."""


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
    texts = [text_of(scene, file) for file in own if file.kind == "file"]
    named = beside.at(*named_in(texts))
    plain = [file for file in named if file.kind == "file" and not file.path.startswith(DATA)]
    if found := loose(scene, [*own, *plain]):
        return found[0][1]
    below = beside.files(*(file.path for file in named if file.kind in ("file", "folder") and file.path not in WIDE))
    handed = loose(scene, [file for file in below if file.kind == "file" and 0 < file.size <= LARGEST])
    known = frozenset(filter(None, texts))
    return next((where for file, where in handed[:MOST] if is_done(text_of(scene, file), known)), "")


def loose(scene: Scene, files: Iterable[File]) -> list[tuple[File, str]]:
    """Give those that others than root may change or replace, each with the path at which they may."""
    looked_at = [file for file in files if file.kind in ("file", "folder")]
    names = {str(parent) for file in looked_at for parent in PurePosixPath(file.path).parents}
    above = {folder.path for folder in scene.sidecar("web").at(*sorted(names)) if may_be_refilled(folder)}
    found = list[tuple[File, str]]()
    for file in looked_at:
        if file.owner or others_may_write(file):
            found.append((file, file.path))
        elif folder := next((name for name in map(str, PurePosixPath(file.path).parents) if name in above), ""):
            found.append((file, folder))
    return found


def may_be_refilled(folder: File) -> bool:
    """Say whether others than root may put another file in the place of one in a folder.

    One of the distribution's may be a group's of old.
    """
    if folder.owner:
        return True
    is_systems = folder.path in ("/usr", "/var") or folder.path.startswith(("/usr/", "/var/"))
    return not folder.mode & STICKY and (folder.is_open_to(0o002) if is_systems else others_may_write(folder))


def is_done(text: bytes, known: Collection[bytes]) -> bool:
    """Say whether root follows a text, or a copy of it, where it is named by what root runs."""
    return text in known or bool(DONE.search(text))


def text_of(scene: Scene, file: File) -> bytes:
    """Give the content of a file that is not too large."""
    return scene.sidecar("web").read(file.path, LARGEST) or b""


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


def named_in(texts: Iterable[bytes]) -> list[str]:
    """List what scripts and configurations name, wherever it lies."""
    found = {normpath(name) for text in texts for name in NAMES.findall(text.decode("utf-8", "replace"))}
    return sorted(name for name in found if len(name) < LONGEST and not name.startswith(KERNEL))


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
