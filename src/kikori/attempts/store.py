"""Attempts on disk: one folder each, a small file that says where it stands, and logs beside it."""

from __future__ import annotations

import fcntl
import os
import secrets
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kikori import paths
from kikori.attempts.atomic_files import append_line, read_lines, write_whole
from kikori.attempts.private_files import open_to_append, private_folder, read_private
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.model import Attempt, Command, Event, Report, Stage

AFTER = "after"
"""In an event's detail, how many commands the trail held then."""


class AtWork(KikoriError):
    """Another command is at work on the attempt: the same may be tried again soon."""


class Store:
    """The attempts of one learner on this machine."""

    def __init__(self, folder: Path | None = None) -> None:
        self.root = (folder or paths.state()) / "attempts"
        if self.root.is_dir():
            private_folder(self.root)

    def folder(self, attempt_id: str) -> Path:
        """Where an attempt's files are."""
        return self.root / attempt_id

    def new_id(self, lab: str) -> str:
        """An id that no attempt has."""
        return f"{lab}-{secrets.token_hex(3)}"

    def save(self, attempt: Attempt) -> Attempt:
        """Write down where an attempt stands, at once and whole.

        Raises:
            EnvironmentProblem: the state folder can't be written.
        """
        try:
            path = self.folder(attempt.id) / "attempt.json"
            write_whole(path, msgspec.json.format(msgspec.json.encode(attempt), indent=1))
        except OSError as problem:
            raise EnvironmentProblem(f"{self.root}: can't be written: {problem.strerror}", "df -h ~") from None
        return attempt

    def move(self, attempt: Attempt, **changes: object) -> Attempt:
        """Save the attempt with some fields changed, and give it back."""
        return self.save(msgspec.structs.replace(attempt, **changes))

    def all(self) -> list[Attempt]:
        """Every attempt that can be read, the oldest first; damaged ones are set aside and told."""
        found = [self._read(path) for path in self.root.glob("*/attempt.json")]
        return sorted((a for a in found if a), key=self._began)

    def _began(self, attempt: Attempt) -> float:
        events = self.events(attempt)
        return events[0].at if events else 0.0

    def _read(self, path: Path) -> Attempt | None:
        try:
            return msgspec.json.decode(read_private(path), type=Attempt)
        except FileNotFoundError:
            return None  # stopped by another command between listing and reading
        except (msgspec.DecodeError, UnicodeDecodeError) as problem:
            aside = path.with_name("attempt.damaged.json")
            path.replace(aside)
            print(f"kikori: {path} was damaged ({problem}); set aside as {aside.name}", file=sys.stderr)
            return None

    def next_number(self, lab: str, cohort: str) -> int:
        """Count on from the attempts at a lab that a cohort gave seeds to."""
        return 1 + max((one.number for one in self.all() if (one.lab, one.cohort) == (lab, cohort)), default=0)

    def running(self) -> list[Attempt]:
        """The attempts that were not stopped."""
        return [attempt for attempt in self.all() if attempt.stage is not Stage.STOPPED]

    def current(self, lab: str | None = None) -> Attempt:
        """The attempt that a command without a lab's name is about.

        Raises:
            KikoriError: none is running, or several are and no lab was named.
        """
        found = [attempt for attempt in self.running() if lab in (None, attempt.lab)]
        if not found:
            what = f"No attempt at '{lab}' is running." if lab else "No lab is running."
            raise KikoriError(what, f"kikori start {lab or 'first-look'}")
        if len(found) > 1:
            labs = ", ".join(attempt.lab for attempt in found)
            hint = f"the same again with the lab's name, such as {found[-1].lab}"
            raise KikoriError(f"Several labs are running: {labs}.", hint)
        return found[0]

    def record(self, attempt: Attempt, event: str, **detail: str | int | float | bool | None) -> None:
        """Note that something happened, now, and after which command of the trail: a clock may be set back."""
        after = len(self.trail(attempt))
        happened = Event(at=time.time(), event=event, detail={**detail, AFTER: after})
        append_line(self.folder(attempt.id) / "events.jsonl", happened)

    def events(self, attempt: Attempt) -> list[Event]:
        """What happened in an attempt, in order."""
        return read_lines(self.folder(attempt.id) / "events.jsonl", Event)

    def trail(self, attempt: Attempt) -> list[Command]:
        """The command trail, in order."""
        return read_lines(self.folder(attempt.id) / "trail.jsonl", Command)

    def add_command(self, attempt: Attempt, command: Command) -> None:
        """Add a line to the command trail; its number is the next one."""
        numbered = msgspec.structs.replace(command, number=len(self.trail(attempt)) + 1)
        append_line(self.folder(attempt.id) / "trail.jsonl", numbered)

    def add_report(self, attempt: Attempt, report: Report) -> None:
        """Keep what a grading run found."""
        append_line(self.folder(attempt.id) / "reports.jsonl", report)

    def reports(self, attempt: Attempt) -> list[Report]:
        """Every grading run, in order."""
        return read_lines(self.folder(attempt.id) / "reports.jsonl", Report)

    @contextmanager
    def hold(self, lab: str) -> Iterator[None]:
        """Keep other commands off the attempt at a lab for a while; ends with the process, however it ends.

        Raises:
            AtWork: another command is at work on it.
        """
        locks = private_folder(self.root.parent / "locks")
        with open_to_append(locks / lab) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                process = file.read().decode(errors="replace").strip()
                raise AtWork(
                    f"Another kikori command (process {process}) is at work on {lab}.",
                    "wait for it to end, then the same again",
                ) from None
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            yield
