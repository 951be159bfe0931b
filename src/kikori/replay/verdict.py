"""What a review says of one submission."""

from __future__ import annotations

from enum import StrEnum

from msgspec.structs import replace

from kikori.bilingual import sentence
from kikori.errors import Exit, KikoriError
from kikori.model import Report
from kikori.model.record import Record
from kikori.settings import Lang, language


class Verdict(StrEnum):
    """Whether the replay showed what the submission says."""

    VERIFIED = "verified"
    NOT_VERIFIED = "not verified"
    COULD_NOT_VERIFY = "could not verify"


class NotAFix(KikoriError):
    """What a replay showed of a submission that is no fix, whatever its checks say; learners read it."""

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
    """How far the learner came, of detect, locate, cause and mitigate, as the replay shows it."""
    said: tuple[str, ...] = ()
    """What of these a right diagnosis in the learner's own record says; anybody can write one, so it is no credit."""
    explanation: str = ""
    """``accepted``, ``missing``, or the first rule that it breaks."""
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
    doubts: tuple[str, ...] = ()
    """Why whose it is may be asked: sender, unsent, origins, name, seed."""
    seed: int | None = None
    cohort: str = ""
    """Which cohort gave the seed, by its own word."""
    number: int = 0
    """For which attempt of the learner at this lab, by its own word."""
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


def with_doubts(row: Row, senders: tuple[str, ...], doubts: tuple[str, ...]) -> Row:
    """Add who sent it and why whose it is may be asked; nothing is verified with a seed that is somebody else's."""
    row = replace(row, senders=senders, doubts=doubts)
    if "seed" not in doubts or row.verdict is not Verdict.VERIFIED:
        return row
    reason = sentence("another-seed", language(), learner=row.learner, lab=row.lab, seed=row.seed)
    return replace(row, verdict=Verdict.COULD_NOT_VERIFY, reason=reason, exit_code=Exit.CHECK_FAILED)


def unjudged(file: str, reason: str, code: Exit) -> Judged:
    """What is said of a submission that nobody could judge."""
    return Judged(row=Row(file=file, verdict=Verdict.COULD_NOT_VERIFY, reason=reason, exit_code=code))


class FileChange(Record):
    """A file that the learner changed: what it was, once the fault was in, against what it is."""

    service: str
    """The service that it lies in; ``workspace`` for the learner's folder."""
    path: str
    diff: str
    """As ``diff -u`` writes it; one line that says what happened where the file is no text; empty where its content
    is the same."""
    mode: tuple[str, ...] = ()
    """Before and after, such as ``0600`` and ``0644``; nothing where it did not change."""
    owner: tuple[str, ...] = ()
    """Before and after, such as ``root:root`` and ``www-data:www-data``; nothing where it did not change."""


class Judged(Record):
    """One submission's row, and what it rests on."""

    row: Row
    report: Report | None = None
    changes: tuple[FileChange, ...] = ()
    judge: str = ""
    """What judged it: the lab's content and the version of Kikori; another one judges anew."""
