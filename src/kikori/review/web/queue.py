"""The order in which a person reads: least certain first, what was read already last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntFlag, StrEnum
from functools import cached_property
from urllib.parse import urlencode

from kikori.model.record import Record
from kikori.replay.verdict import Row, Verdict
from kikori.review.marks import Marked
from kikori.review.similarity.measure import ALIKE, Pair
from kikori.submission.senders import strangers


class Uncertainty(IntFlag):
    """Why a person should look; the greatest decides, the others break ties."""

    NONE = 0
    TWICE = 1
    """The learner handed this lab in more than once."""
    ALIKE = 2
    """The explanation is much like another one's."""
    EXPLANATION = 4
    """The explanation breaks a rule, such as its least length."""
    ORIGINS = 8
    """Files of several attempts, or of several senders, have the same learner and lab."""
    NAME = 16
    """The name looks like another learner's, or hides or mixes letters."""
    UNSENT = 32
    """Nobody knows who sent it, unlike others of the folder."""
    SEED = 64
    """The cohort did not give its seed to the learner."""
    CLAIM = 128
    """The learner's last report and the replay say different things."""
    OLDER = 256
    """It was replayed with an older version of its lab."""
    SENDER = 512
    """It was sent by somebody who has joined under another name."""
    RETRIED = 1024
    """The checks passed only when they were asked a second time."""
    NOT_VERIFIED = 2048
    UNKNOWN = 4096
    """It could not be verified."""
    NOWHERE = 8192
    """It fails, and names a version of the lab that nobody has: perhaps to escape the checks."""
    OVERTAKEN = 16384
    """It was marked, and the machine says something else now."""

    @property
    def each(self) -> list[Uncertainty]:
        """One by one, the greatest first."""
        return sorted((one for one in type(self) if one & self and one), reverse=True)


class State(StrEnum):
    """How far the marking of a submission is."""

    OPEN = "open"
    BEGUN = "begun"
    MARKED = "marked"
    OVERTAKEN = "overtaken"


class Entry(Record, dict=True):
    """A submission as the queue shows it."""

    submission: str
    row: Row
    standing: Marked
    criteria: int
    """How many there are to mark."""
    touched: bool = False
    """Whether the instructor has said anything of it."""
    claim: bool | None = None
    """Whether the learner's own last report passed."""
    alike: tuple[Pair, ...] = ()
    twice: bool = False
    origins: int = 1
    """How many attempts or senders have the same learner and lab."""

    @cached_property
    def doubts(self) -> Uncertainty:
        """Why a person should look."""
        row = self.row
        answers = {
            Uncertainty.TWICE: self.twice,
            Uncertainty.ALIKE: bool(self.alike) and self.alike[0].likeness >= ALIKE,
            Uncertainty.EXPLANATION: row.explanation not in ("", "accepted"),
            Uncertainty.ORIGINS: self.origins > 1,
            Uncertainty.NAME: "name" in row.doubts,
            Uncertainty.UNSENT: "unsent" in row.doubts,
            Uncertainty.SEED: "seed" in row.doubts,
            Uncertainty.SENDER: bool(strangers(row.learner, row.senders)),
            Uncertainty.CLAIM: self.claim is not None and self.claim == (row.verdict is Verdict.NOT_VERIFIED),
            Uncertainty.OLDER: bool(row.version),
            Uncertainty.RETRIED: row.retried,
            Uncertainty.NOT_VERIFIED: row.verdict is Verdict.NOT_VERIFIED,
            Uncertainty.UNKNOWN: row.verdict is Verdict.COULD_NOT_VERIFY,
            Uncertainty.NOWHERE: row.nowhere,
            Uncertainty.OVERTAKEN: self.standing.overtaken,
        }
        if row.verdict is Verdict.COULD_NOT_VERIFY:
            answers[Uncertainty.CLAIM] = False  # the replay says nothing that could differ
        return Uncertainty(sum(doubt for doubt, there in answers.items() if there))

    @cached_property
    def state(self) -> State:
        """How far its marking is."""
        if self.standing.overtaken:
            return State.OVERTAKEN
        if not self.touched:
            return State.OPEN
        return State.MARKED if self.standing.marked == self.criteria else State.BEGUN

    @cached_property
    def place(self) -> tuple[bool, int, str, str, str]:
        """What the queue is sorted by."""
        return self.state is State.MARKED, -int(self.doubts), self.row.lab, self.row.learner, self.row.file


class QueueFilter(Record):
    """What of the queue is shown; empty stands for all."""

    lab: str = ""
    learner: str = ""
    """A part of the name."""
    state: str = ""
    verdict: str = ""

    def has(self, entry: Entry) -> bool:
        """Whether a submission is shown."""
        row = entry.row
        return (
            self.lab in ("", row.lab)
            and self.learner.casefold().strip() in row.learner.casefold()
            and self.state in ("", entry.state)
            and self.verdict in ("", entry.standing.verdict)
        )

    @property
    def query(self) -> str:
        """The same as the end of an address, so that it goes along from page to page."""
        given = {name: value for name in self.__struct_fields__ if (value := getattr(self, name))}
        return f"?{urlencode(given)}" if given else ""


def queue(entries: Iterable[Entry], wanted: QueueFilter) -> list[Entry]:
    """What is wanted, in the order in which it is read."""
    return sorted((entry for entry in entries if wanted.has(entry)), key=lambda entry: entry.place)


def beside(entries: Sequence[Entry], submission: str) -> tuple[Entry | None, Entry | None]:
    """The one before and the one after a submission."""
    at = next((number for number, entry in enumerate(entries) if entry.submission == submission), None)
    if at is None:
        return None, entries[0] if entries else None
    after = entries[at + 1] if at + 1 < len(entries) else None
    return (entries[at - 1] if at else None), after


def following(entries: Sequence[Entry], submission: str) -> Entry | None:
    """The next one that is not marked yet: after this one, else from the top; ``None`` where all are marked."""
    at = next((number for number, entry in enumerate(entries) if entry.submission == submission), -1)
    rest = [*entries[at + 1 :], *entries[: max(at, 0)]]
    return next((entry for entry in rest if entry.state is not State.MARKED), None)
