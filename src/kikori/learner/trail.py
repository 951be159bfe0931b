"""``trail``: what a learner did in an attempt, by number, and how commands of ours and edits come into it."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kikori.attempts.atomic_files import write_whole
from kikori.attempts.entry_words import EDITED, OURS
from kikori.errors import Exit, KikoriError
from kikori.learner.session import Session
from kikori.model import Attempt, Command
from kikori.model.lab import WORKSPACE
from kikori.model.record import Record

SEEN, LIVE, BROKEN = "workspace-seen.json", "workspace-live.json", "workspace-broken.json"
MOST_FILES = 2_000
LARGEST = 2**20
NAMED = 8
"""Edited files that one line names."""


class Trail(Record):
    """The commands of an attempt, the oldest first."""

    lab: str
    commands: tuple[Command, ...]
    next: str = "kikori explain"


class Ended:
    """How a command of ours ends, told by whoever carries it out."""

    exit_code: int = Exit.DONE


def trail(session: Session) -> Trail:
    """Read what was done in the attempt at hand.

    Raises:
        KikoriError: no attempt is running.
    """
    attempt = session.attempt()
    commands = tuple(session.store.trail(attempt))
    return Trail(lab=attempt.lab, commands=commands, next="kikori explain" if commands else "kikori shell")


@contextmanager
def noted(session: Session, attempt: Attempt, line: str) -> Iterator[Ended]:
    """Write a command of ours into the trail once it has ended, however it ends, and before it what was edited."""
    note_edits(session, attempt)
    began, ended = time.time(), Ended()
    try:
        yield ended
    except KikoriError as problem:
        ended.exit_code = problem.exit_code
        raise
    except BaseException:
        ended.exit_code = Exit.INTERRUPTED
        raise
    finally:
        seconds = round(time.time() - began, 3)
        session.store.add_command(
            attempt,
            Command(number=0, at=began, service=OURS, line=line, exit_code=int(ended.exit_code), seconds=seconds),
        )


def note_edits(session: Session, attempt: Attempt) -> None:
    """Write into the trail which files of the workspace differ from when this was last asked."""
    edited = _edited(session, attempt, SEEN)
    if not edited:
        return
    _keep(session, attempt, SEEN)
    more = f" and {len(edited) - NAMED} more" if len(edited) > NAMED else ""
    line = f"{EDITED} {', '.join(edited[:NAMED])}{more}"
    session.store.add_command(
        attempt, Command(number=0, at=time.time(), service=WORKSPACE, line=line, exit_code=0, seconds=0.0)
    )


def keep_workspace(session: Session, attempt: Attempt) -> None:
    """Remember the workspace as it is: what a start, a break or a reset did to it is nobody's edit."""
    _keep(session, attempt, SEEN, LIVE, BROKEN)


def keep_live(session: Session, attempt: Attempt) -> None:
    """Remember the workspace as what was deployed of it."""
    _keep(session, attempt, LIVE)


def edited_since_deploy(session: Session, attempt: Attempt) -> tuple[str, ...]:
    """List the files of the workspace that differ from when it was last deployed; a text is read where it lies."""
    return _edited(session, attempt, LIVE) if session.lab(attempt).is_put_live else ()


def edited_since_break(session: Session, attempt: Attempt) -> tuple[str, ...]:
    """List the files of the workspace that differ from what the break, or the start, left."""
    return _edited(session, attempt, BROKEN)


def rewritten_since_break(session: Session, attempt: Attempt) -> bool:
    """Tell whether a file that the break, or the start, left is another one now; new ones beside it stay."""
    before, now = _kept(session, attempt, BROKEN) or {}, _digests(attempt)
    return any(now.get(path) != digest for path, digest in before.items())


def _edited(session: Session, attempt: Attempt, when: str) -> tuple[str, ...]:
    before, now = _kept(session, attempt, when), _digests(attempt)
    if before is None:
        return ()
    return tuple(sorted(path for path in before.keys() | now if before.get(path) != now.get(path)))


def _kept(session: Session, attempt: Attempt, when: str) -> dict[str, str] | None:
    """The workspace as it was kept; ``None`` for an attempt that has none, or began before edits were kept."""
    try:
        return msgspec.json.decode((session.store.folder(attempt.id) / when).read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError):
        return None


def _keep(session: Session, attempt: Attempt, *whens: str) -> None:
    if attempt.workspace:
        digests = msgspec.json.encode(_digests(attempt))
        for when in whens:
            write_whole(session.store.folder(attempt.id) / when, digests)


def _digests(attempt: Attempt) -> dict[str, str]:
    """Each file of the workspace, by its path there; links are not followed."""
    found = dict[str, str]()
    if not attempt.workspace:
        return found
    for folder, folders, names in os.walk(attempt.workspace):
        folders[:] = sorted(name for name in folders if name not in (".git", "__pycache__"))
        for path in (Path(folder, name) for name in sorted(names)):
            if len(found) >= MOST_FILES:
                return found
            found[_text(path.relative_to(attempt.workspace))] = _digest(path)
    return found


def _text(path: Path) -> str:
    """Write a path of any bytes as text that a record can hold."""
    return os.fsencode(path).decode("utf-8", "replace")


def _digest(path: Path) -> str:
    try:
        seen = path.lstat()
        if path.is_symlink():
            return f"link to {_text(path.readlink())}"
        if not path.is_file() or seen.st_size > LARGEST:
            return f"{seen.st_mode:o} {seen.st_size} {seen.st_mtime_ns}"
        return f"{seen.st_mode:o} {hashlib.sha256(path.read_bytes()).hexdigest()}"
    except OSError as problem:
        return f"{problem.strerror}"
