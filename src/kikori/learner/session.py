"""What a learner's commands work with: the content, the attempts, and the scene of the one at hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori import host, settings
from kikori.attempts import Store
from kikori.content import Catalog
from kikori.content.labs import with_setters_fault
from kikori.engine import Project, Silent, Steps
from kikori.errors import KikoriError
from kikori.model import Attempt, Lab, Stage
from kikori.model.record import Record
from kikori.settings import Lang

UNFINISHED = {
    Stage.STARTING: ("start", "kikori start {lab}"),
    Stage.BREAKING: ("break", "kikori reset"),
    Stage.RESETTING: ("reset", "kikori reset"),
    Stage.STOPPING: ("stop", "kikori stop"),
}
BOOT = Path("/proc/sys/kernel/random/boot_id")


class Session:
    """One learner's content and attempts, in one language."""

    def __init__(self, lab: str | None = None, steps: Steps | None = None, lang: Lang | None = None) -> None:
        """``lab`` says which attempt is meant where several are running."""
        self.named = lab
        self.steps = steps or Silent()
        self.lang = lang or settings.language()
        self.catalog = Catalog()
        self.store = Store()

    def attempt(self) -> Attempt:
        """The attempt at hand.

        Raises:
            KikoriError: none is running, or several are and none was named.
        """
        return self.store.current(self.named)

    def lab(self, attempt: Attempt) -> Lab:
        """The lab of an attempt, with the setter's fault that is in, where one is."""
        lab, folder = self.catalog.lab(attempt.lab), self.setters_fault(attempt)
        return with_setters_fault(lab, folder) if folder.is_dir() else lab

    def setters_fault(self, attempt: Attempt, fault: str = "") -> Path:
        """Where a fault lies that came in a setter's file; the one that is in, where none is named."""
        return self.store.folder(attempt.id) / "setters" / (fault or attempt.fault or "none")

    def project(self, attempt: Attempt, lab: Lab) -> Project:
        """The running system of an attempt."""
        return Project(lab, attempt, self.store.folder(attempt.id))

    @contextmanager
    def locked(self, *, unfinished: bool = False, paused: bool = False) -> Iterator[LockedAttempt]:
        """Have the attempt to oneself, with Docker ready and the scene in a state to work on.

        ``unfinished`` and ``paused`` allow an attempt that a command left half-way, or that is paused.

        Raises:
            KikoriError: no such attempt, another command is at work, or another must come first.
            EnvironmentProblem: Docker could not be made ready.
        """
        attempt = self.attempt()
        host.ready()
        with self.store.hold(attempt.lab):
            attempt = self.attempt()
            if not unfinished:
                refuse_unfinished(attempt)
            if not paused:
                refuse_cut_off(attempt)
            lab = self.lab(attempt)
            yield LockedAttempt(attempt=attempt, lab=lab, project=self.project(attempt, lab))


class LockedAttempt(Record, forbid_unknown_fields=False):
    """The attempt that a command works on, its lab and its scene."""

    attempt: Attempt
    lab: Lab
    project: Project


def refuse_setters_fault(locked: LockedAttempt) -> None:
    """Refuse to pack an attempt at a fault that nobody else has.

    Raises:
        KikoriError: its fault came in a setter's file.
    """
    fault = locked.lab.faults.get(locked.attempt.fault or "")
    if fault and fault.from_setter:
        told = "This fault came in a setter's file, which nobody else has, so it can't be handed in."
        raise KikoriError(told, "kikori fault open")


def refuse_unfinished(attempt: Attempt) -> None:
    """Say what to do with an attempt that a command left half-way.

    Raises:
        KikoriError: a start, break, reset or stop was cut short.
    """
    if attempt.stage in UNFINISHED:
        what, command = UNFINISHED[attempt.stage]
        raise KikoriError(f"A {what} of {attempt.lab} was cut short.", command.format(lab=attempt.lab))


def refuse_cut_off(attempt: Attempt) -> None:
    """Say what to do with an attempt whose containers stand still.

    Raises:
        KikoriError: the attempt is paused, or the computer was started anew since.
    """
    if attempt.paused:
        raise KikoriError(f"{attempt.lab} is paused.", "kikori resume")
    if attempt.boot and attempt.boot != boot():
        raise KikoriError(
            f"The computer was started anew since {attempt.lab} ran; all that you did is kept.", "kikori resume"
        )


def boot() -> str:
    """Which start of this computer it is (random(4)); empty where the system does not say."""
    try:
        return BOOT.read_text(encoding="ascii").strip()
    except OSError:
        return ""
