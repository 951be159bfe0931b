"""The version of a lab that a learner had: the one at hand, or one of the repository's history."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.content.labs import read_lab
from kikori.errors import KikoriError
from kikori.model import Lab
from kikori.model.record import Record
from kikori.submission.format import Refused, content_in, content_of
from kikori.submission.tar_reader import Damaged
from kikori.submission.tar_writer import host_members, write_members

MOST_COMMITS = 300
CONTENT = re.compile(r"[0-9a-f]{16}")


class Version(Record):
    """A lab as it was at some time."""

    lab: Lab
    content: str
    """The hash of what it holds, graders included."""
    commit: str = ""
    """Short name of the commit; empty for the lab at hand."""


def version_of(lab: Lab, content: str) -> Version:
    """The version of a lab that has this content; the one at hand where history has none, or there is no history."""
    at_hand = Version(lab=lab, content=content_of(lab))
    if content == at_hand.content or not CONTENT.fullmatch(content):
        return at_hand
    shelf = paths.state() / "versions" / f"{lab.id}-{content}"
    if not (shelf / "commit").is_file():
        commit = next((one for one, its in contents(lab).items() if its == content), "")
        if not commit:
            return at_hand
        _shelve(lab, commit, shelf)
    found = _read(shelf, lab)
    if found is None:
        return at_hand
    return Version(lab=found, content=content_of(found), commit=(shelf / "commit").read_text(encoding="utf-8"))


def contents(lab: Lab) -> dict[str, str]:
    """The content of a lab as of each commit that touched it, newest first.

    What a commit holds never changes, so each is looked into once and kept: a content that somebody made up costs one
    look at the list, however many of them are handed in.
    """
    file = paths.state() / "versions" / f"{lab.id}.json"
    known = _kept(file)
    found = {commit: known.get(commit) or _content_as_of(lab, commit) for commit in commits(lab)}
    if found.keys() - known.keys():
        write_whole(file, msgspec.json.encode(known | found))
    return found


def _kept(file: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}


def _content_as_of(lab: Lab, commit: str) -> str:
    with tempfile.TemporaryDirectory(prefix="kikori-version-") as folder:
        place = Path(folder) / "lab"
        _checked_out(lab, commit, place)
        return content_in(place / "labs" / lab.id, place / "graders" / lab.id)


def _shelve(lab: Lab, commit: str, shelf: Path) -> None:
    """Write the lab as of a commit to its place, all of it or nothing."""
    place = shelf.with_name(f"{shelf.name}.{os.getpid()}")
    shutil.rmtree(place, ignore_errors=True)
    _checked_out(lab, commit, place)
    (place / "commit").write_text(commit[:12], encoding="utf-8")
    shutil.rmtree(shelf, ignore_errors=True)  # what has no commit is no whole version
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
    if names := there.decode().split():
        packed = _git(_root(lab), "archive", commit, *names)
        with suppress(Refused, Damaged):  # what may not be written is no lab; its content says so
            write_members(host_members(packed), place)
    place.mkdir(parents=True, exist_ok=True)


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
