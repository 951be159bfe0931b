"""The version of a lab that a learner had: the one at hand, or one of the repository's history."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path

from kikori import paths
from kikori.catalog.labs import read_lab
from kikori.errors import KikoriError
from kikori.model import Lab
from kikori.model.record import Record
from kikori.submission.format import content_of

MOST_COMMITS = 300
CONTENT = re.compile(r"[0-9a-f]{16}")
SEARCHED = "searched"
"""A file on the shelf of a version that no commit has."""


class Version(Record):
    """A lab as it was at some time."""

    lab: Lab
    commit: str = ""
    """Short name of the commit; empty for the lab at hand."""


def version_of(lab: Lab, content: str) -> Version:
    """The version of a lab that has this content; the one at hand where history has none, or there is no history."""
    if content == content_of(lab) or not CONTENT.fullmatch(content):
        return Version(lab=lab)
    shelf = paths.state() / "versions" / f"{lab.id}-{content}"
    if not (shelf / "commit").is_file() and _searched(shelf) != (history := commits(lab)):
        shutil.rmtree(shelf, ignore_errors=True)
        shelf.parent.mkdir(parents=True, exist_ok=True)
        _search(lab, content, shelf, history)
    found = _read(shelf, lab)
    return Version(lab=found, commit=(shelf / "commit").read_text(encoding="utf-8")) if found else Version(lab=lab)


def _searched(shelf: Path) -> list[str] | None:
    """The commits in which this version was looked for in vain: history grows, by a pull or a deeper clone."""
    try:
        return (shelf / SEARCHED).read_text(encoding="utf-8").split()
    except OSError:
        return None


def _search(lab: Lab, content: str, shelf: Path, history: list[str]) -> None:
    """Look through the commits that touched the lab, newest first; the shelf says which where none has it."""
    place = shelf.with_name(f"{shelf.name}.{os.getpid()}")
    for commit in history:
        shutil.rmtree(place, ignore_errors=True)
        _checked_out(lab, commit, place)
        found = _read(place, lab)
        if found and content_of(found) == content:
            (place / "commit").write_text(commit[:12], encoding="utf-8")
            break
    else:
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        (place / SEARCHED).write_text(" ".join(history), encoding="utf-8")
    try:
        place.replace(shelf)
    except OSError:  # another replay of this review was faster
        shutil.rmtree(place, ignore_errors=True)


def commits(lab: Lab) -> list[str]:
    """The commits that touched a lab or its graders, newest first; none outside of a git repository."""
    log = ["log", f"--max-count={MOST_COMMITS}", "--format=%H", "--", f"labs/{lab.id}", f"graders/{lab.id}"]
    return _git(_root(lab), *log).decode().split()


def _checked_out(lab: Lab, commit: str, place: Path) -> None:
    """Write the lab as of a commit, with the images that it stands on."""
    there = _git(_root(lab), "ls-tree", "--name-only", commit, f"labs/{lab.id}", f"graders/{lab.id}", "labs/_images")
    place.mkdir(parents=True)
    if names := there.decode().split():
        packed = _git(_root(lab), "archive", commit, *names) or bytes(10240)
        with suppress(tarfile.TarError), tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(place, filter="data")  # what would lie outside is no lab; its content says so


def _read(place: Path, lab: Lab) -> Lab | None:
    """The lab of that folder; none where there is none, or where this Kikori can't read it."""
    try:
        return read_lab(place / "labs" / lab.id, place / "graders" / lab.id) if (place / "labs").is_dir() else None
    except KikoriError:
        return None


def _root(lab: Lab) -> Path:
    return lab.folder.parent.parent


def _git(root: Path, *arguments: str) -> bytes:
    """What git says; nothing where it is not there or refuses."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
