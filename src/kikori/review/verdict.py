"""What a review says of one submission."""

from __future__ import annotations

from enum import StrEnum

from kikori.errors import Exit, KikoriError
from kikori.model import Report
from kikori.model.record import Record
from kikori.settings import Lang


class Verdict(StrEnum):
    """Whether the replay showed what the submission says."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"
    COULD_NOT_VERIFY = "could not verify"


class NoMend(KikoriError):
    """What a replay showed of a submission that is no mend, whatever its checks say; learners read it."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.ja = ja

    def lang(self, lang: Lang) -> str:
        """The reason in one language."""
        return self.ja if lang == "ja" else self.message


class Row(Record):
    """One line of a review."""

    file: str
    verdict: Verdict
    reason: str = ""
    learner: str = ""
    lab: str = ""
    fault: str = ""
    passed: int = 0
    """Checks that passed in the replay, after its restart."""
    checks: int = 0
    minutes: float | None = None
    """From the break to the submission by the learner's clock, pauses left out."""
    hints: int | None = None
    steps: tuple[str, ...] = ()
    """How far the learner came: detect, locate, cause, mitigate; partial credit."""
    explanation: str = ""
    """``accepted``, or the first rule that it breaks."""
    seconds: float = 0.0
    """What the replay took."""
    exit_code: Exit = Exit.DONE
    """What a review of this file alone ends with, by the machine's verdict."""
    retried: bool = False
    """Whether the checks passed only when they were asked a second time."""
    version: str = ""
    """The commit whose version of the lab it was replayed with, where that is not the one at hand."""
    attempt: str = ""
    """The attempt that it comes from, by its own word."""
    senders: tuple[str, ...] = ()
    """Who sent it, where a cohort's server took it in."""
    by_hand: str = ""
    """The instructor's verdict where there is one; it counts, whatever the machine says."""
    nowhere: bool = False
    """Whether it fails and names a version of the lab that nobody has, which can't be told from an invented one."""

    @property
    def counted(self) -> Verdict:
        """The verdict that counts."""
        return Verdict(self.by_hand) if self.by_hand in {*Verdict} else self.verdict

    @property
    def ends_with(self) -> Exit:
        """What a review of this file alone ends with, the instructor's word heard."""
        known = {Verdict.VERIFIED: Exit.DONE, Verdict.NOT_VERIFIED: Exit.CHECK_FAILED}
        return known.get(self.counted, self.exit_code) if self.by_hand else self.exit_code


def unjudged(file: str, reason: str, code: Exit) -> Judged:
    """What is said of a submission that nobody could judge."""
    return Judged(row=Row(file=file, verdict=Verdict.COULD_NOT_VERIFY, reason=reason, exit_code=code))


class FileChange(Record):
    """A file that the learner changed: what it was, once the fault was in, against what it is."""

    service: str
    """The service that it lies in; ``workspace`` for the learner's folder."""
    path: str
    diff: str
    """As ``diff -u`` writes it; one line that says what happened where the file is no text."""


class Judged(Record):
    """One submission's row, and what it rests on."""

    row: Row
    report: Report | None = None
    changes: tuple[FileChange, ...] = ()
    judge: str = ""
    """What judged it: the lab's content and the version of Kikori; another one judges anew."""
