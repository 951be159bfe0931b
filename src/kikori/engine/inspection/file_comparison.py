"""Compare the files of two end states, but for what services write by themselves."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kikori.engine.inspection.filesystem_diff import DELETED, LOGS, EndState, capture_paths

if TYPE_CHECKING:
    from docker.models.containers import Container

File = tuple[str, int, int, int, bytes]
"""A file's tar type, mode, owner, group, and content or link target."""
Files = dict[str, File]

NOISE = ("/run/", "/var/run/", "/var/log/", "/var/cache/", "/tmp/", "/var/tmp/", "/root/.")  # noqa: S108 - names, not files
PLAIN = (tarfile.REGTYPE.decode(), tarfile.AREGTYPE.decode())
NOISY_PARTS = ("/supervise/", ".pid", ".lock", ".sock")


def files_of(tar: bytes, root: str) -> Files:
    """Read the files of a tar by their path, without what services write by themselves."""
    return {path: file for path, file in _read(tar, root).items() if not is_noise(path)}


def _read(tar: bytes, root: str) -> Files:
    found: Files = {}
    with tarfile.open(fileobj=io.BytesIO(tar)) as archive:
        for member in archive:
            content = archive.extractfile(member) if member.isreg() else None
            data = content.read() if content else member.linkname.encode("utf-8", "surrogateescape")
            found[root + member.name.removeprefix("./")] = (
                member.type.decode(),
                member.mode,
                member.uid,
                member.gid,
                data,
            )
    return found


def is_same(container: Container, listed: Mapping[str, int], state: EndState) -> bool:
    """Tell whether a container, which differs from its image in ``listed``, has the files of an end state.

    Their content is looked at only where the engine names the same paths. A log that has come, or tells other things,
    is no change: how often a service was asked while it started is chance. One that was emptied is.
    """
    present = sorted(path for path, kind in listed.items() if kind != DELETED)
    gone = {path for path, kind in listed.items() if kind == DELETED}
    new = {*state.present} - {*present}
    if {*present} - {*state.present} or gone != {*state.gone} or any(not path.startswith(LOGS) for path in new):
        return False
    after = _read(state.files, "/")
    if any(path not in after or after[path][0] not in PLAIN for path in new):
        return False
    # Each costs the engine a look, and a folder many: what tells most comes first, and one difference is enough.
    order = sorted(present, key=lambda path: (is_noise(path), path not in after or after[path][0] not in PLAIN))
    return all(_has(container, path, after) for path in order)


def _has(container: Container, path: str, after: Files) -> bool:
    return _are_alike(_read(capture_paths(container, [path]), "/"), {path: after[path]} if path in after else {})


def are_same(before: bytes, after: bytes) -> bool:
    """Tell whether two tars hold the same files, whatever the times of these are."""
    return _are_alike(_read(before, ""), _read(after, ""))


def _are_alike(before: Files, after: Files) -> bool:
    return before.keys() == after.keys() and all(_is_alike(path, old, after[path]) for path, old in before.items())


def _is_alike(path: str, old: File, new: File) -> bool:
    *head, data = old
    *other, later = new
    return head == other and (data == later or _is_number(path) or (path.startswith(NOISE) and bool(later)))


def is_noise(path: str) -> bool:
    """Tell whether services write a path by themselves."""
    return path.startswith(NOISE) or _is_number(path)


def _is_number(path: str) -> bool:
    """Tell whether a service writes there which process it is."""
    return any(part in path for part in NOISY_PARTS)
