"""The learner's repository, as a check hands it to a machine with Ansible of the lab's own."""

from __future__ import annotations

import base64
import io
import tarfile
from pathlib import Path, PurePosixPath
from typing import NamedTuple

MOST_FILES, MOST_BYTES = 300, 2 * 2**20
NEEDED = ("site.yml", "values.yml")
FOREIGN = ("library", "module_utils", "collections")
"""Folders from which Ansible takes programs of the repository's own; so it does from ``*_plugins``."""
LEFT_OUT = (".git", "__pycache__")


class Repository(NamedTuple):
    """Its files by their paths, or why it can't be taken: a word of reasons.toml, and the path that it is about."""

    files: dict[str, bytes]
    problem: str = ""
    path: str = ""


def gather(folder: Path) -> Repository:
    """Read it, within bounds; links and what is no plain file are a problem."""
    files: dict[str, bytes] = {}
    size = 0
    for one in sorted(folder.rglob("*")):
        name = one.relative_to(folder).as_posix()
        parts = PurePosixPath(name).parts
        if set(parts) & {*LEFT_OUT}:
            continue
        if one.is_symlink() or not (one.is_file() or one.is_dir()):
            return Repository({}, "form-link", name)
        if _is_foreign(parts):
            return Repository({}, "form-foreign", name)
        if one.is_file():
            size += one.stat().st_size
            if len(files) >= MOST_FILES or size > MOST_BYTES:
                return Repository({}, "form-large", name)
            files[name] = one.read_bytes()
    missing = next((name for name in NEEDED if name not in files), "")
    return Repository({}, "form-missing", missing) if missing else Repository(files)


def _is_foreign(parts: tuple[str, ...]) -> bool:
    """Whether it lies where Ansible looks for programs: beside the playbook, or in a role."""
    place = parts[2:3] if parts[0] == "roles" else parts[:1]
    return any(part in FOREIGN or part.endswith("_plugins") for part in place)


def packed(files: dict[str, bytes], mode: int = 0o644) -> bytes:
    """A tar of files by their paths, all of them root's."""
    with io.BytesIO() as buffer:
        with tarfile.open(fileobj=buffer, mode="w") as archive:
            for folder in sorted({str(above) for name in files for above in PurePosixPath(name).parents} - {"."}):
                member = tarfile.TarInfo(folder)
                member.type, member.mode = tarfile.DIRTYPE, 0o755
                archive.addfile(member)
            for name, data in files.items():
                member = tarfile.TarInfo(name)
                member.size, member.mode = len(data), mode
                archive.addfile(member, io.BytesIO(data))
        return buffer.getvalue()


def holding(files: dict[str, bytes], word: str) -> list[str]:
    """Files in which a word stands, as it is or as it is often written down so that nobody sees it."""
    plain = word.encode()
    forms = {plain, plain[::-1], plain.hex().encode(), *(_core(plain, shift) for shift in range(3))}
    return [name for name, data in files.items() if any(one in data for one in forms)]


def _core(plain: bytes, shift: int) -> bytes:
    """What base64 makes of a word whatever stands before and behind it; ``shift`` is how many bytes do."""
    coded = base64.b64encode(b"x" * shift + plain)
    return coded[(0, 2, 3)[shift] : len(coded) // 4 * 4 - 4]
