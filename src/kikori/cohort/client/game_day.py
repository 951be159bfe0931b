"""``cohort game-day``: a team's computer asks what is ahead, puts the fault in itself, and tells of its steps."""

from __future__ import annotations

import time
from collections.abc import Callable

from kikori.attempts.store import AtWork
from kikori.bilingual import texts
from kikori.cohort import WORDS
from kikori.cohort.client import consent
from kikori.cohort.client.checkin import where_is
from kikori.cohort.client.connection import Refused, Server, Unreachable
from kikori.cohort.client.membership import membership
from kikori.cohort.client.steps import is_in, mark_of, steps
from kikori.cohort.messages import MOST_LINE, Ahead, Consent, Moment, Step, TeamReport, Where, clean
from kikori.errors import KikoriError
from kikori.learner.fault import put
from kikori.learner.session import LockedAttempt, Session, refuse_unfinished
from kikori.model import Attempt, Fault, Stage
from kikori.model.record import Record
from kikori.settings import Lang

EVERY = 3.0
"""Seconds between two reports."""
RETRIES = (15.0, 30.0, 60.0, 120.0)
"""Seconds until a fault that could not be put in is tried again; the last one for ever."""


class Heard(Record):
    """Something that a terminal shows meanwhile."""

    what: str
    """``step``, ``problem``, ``ended``, ``away`` or ``back``."""
    step: str = ""
    minutes: float = 0.0
    message: str = ""
    hint: str = ""


class Played(Record):
    """How a team's part in a game day ended."""

    lab: str
    ended: str
    """``over``, ``stopped`` or ``withdrawn``."""
    moments: tuple[Moment, ...] = ()
    """The steps of the last round."""


def invited(session: Session) -> Attempt:
    """Give the attempt with which a team can take part.

    Raises:
        KikoriError: no cohort was joined, no attempt runs, or nothing breaks in its lab.
    """
    membership()
    attempt = session.attempt()
    if attempt.stage in (Stage.STARTING, Stage.STOPPING):
        refuse_unfinished(attempt)
    if not session.lab(attempt).own:
        raise KikoriError(f"{attempt.lab} has nothing to break, so there is no game day with it.", "kikori list")
    return attempt


def preview(attempt: Attempt, lang: Lang) -> str:
    """Say all that agreeing leads to."""
    said, member = texts(WORDS, lang), membership()
    told = {"lab": attempt.lab, "url": member.url, "name": member.name}
    return "\n".join(said[key].format(**told) for key in ("game-may", "game-resets", "game-sends", "game-ends"))


def has_agreed(attempt: Attempt) -> bool:
    """Tell whether somebody here agreed for this attempt, not long ago."""
    given = consent.agreed()
    return given is not None and given.stands(membership().learner, attempt.id)


def agree(attempt: Attempt) -> None:
    """Take part from now on.

    Raises:
        KikoriError: the server refuses.
        EnvironmentProblem: it does not answer, or the disk is full.
    """
    member = membership()
    Server(member.url, member.token).agree(Consent(lab=attempt.lab))
    given = consent.Agreed(learner=member.learner, attempt=attempt.id, lab=attempt.lab, at=time.time())
    consent.keep(given)


def withdraw() -> Played:
    """Take part no longer, whether the server hears of it or not.

    Raises:
        KikoriError: no cohort was joined, or the server refuses.
        EnvironmentProblem: it does not answer; here the consent is gone all the same.
    """
    member, given = membership(), consent.agreed()
    consent.forget()
    Server(member.url, member.token).withdraw()
    return Played(lab=given.lab if given else "", ended="withdrawn")


class Participant:
    """A team's computer, from the consent to the end of the game day."""

    def __init__(self, attempt: Attempt, tell: Callable[[Heard], None]) -> None:
        self.session = Session(attempt.lab)  # silent: steps that are shown would tell the moment
        self.attempt = attempt
        self.tell = tell
        self.member = membership()
        self.server = Server(self.member.url, self.member.token)
        self.ahead = Ahead()
        self.problem = ""
        self.tries = 0
        self.again_at = 0.0
        self.away = False
        self.shown = set[tuple[str, Step]]()

    def play(self) -> Played:
        """Report, and put in what is let in, until the game day ends.

        Raises:
            KikoriError: the server knows this learner no more.
        """
        while not (ended := self._turn()):
            time.sleep(EVERY)
        consent.forget()
        return Played(lab=self.attempt.lab, ended=ended, moments=self._steps()[1])

    def _turn(self) -> str:
        """Do what is due now; gives the reason where the game day has ended."""
        found = [one for one in self.session.store.all() if one.id == self.attempt.id]
        self.attempt = found[0] if found else self.attempt
        if not found or self.attempt.stage is Stage.STOPPED:
            self._withdraw()
            return "stopped"
        if not has_agreed(self.attempt):
            self._withdraw()
            return "withdrawn"
        if self.ahead.round and self._is_in():
            self.problem = ""  # another terminal of the team may have put it in
        if not self._report(where_is(self.attempt)):
            return "over"
        if self._is_due():
            self._put_in()
        return ""

    def _withdraw(self) -> None:
        try:
            self.server.withdraw()
        except KikoriError:
            return  # the page shows when the team was heard last

    def _report(self, stage: Where) -> bool:
        """Tell how the team is getting on, and hear what is ahead; gives whether the game day goes on.

        Raises:
            Refused: for a reason that stays.
        """
        round_id, moments = self._steps()
        told = TeamReport(lab=self.attempt.lab, stage=stage, problem=self.problem, round=round_id, moments=moments)
        try:
            ahead = self.server.report(told)
        except (Unreachable, Refused) as problem:
            if isinstance(problem, Refused) and problem.over:
                return False
            if isinstance(problem, Refused) and not problem.for_now:
                raise
            self._is_away(problem)
            return True  # what was let in before is still put in
        self._show(ahead, round_id, moments)
        self.ahead = ahead
        return True

    def _is_away(self, problem: KikoriError) -> None:
        if not self.away:
            self.tell(Heard(what="away", message=problem.message))
        self.away = True

    def _show(self, ahead: Ahead, round_id: str, moments: tuple[Moment, ...]) -> None:
        """Show what is new; nothing of a fault that was put in, or the moment would be known."""
        if self.away:
            self.tell(Heard(what="back"))
        self.away = False
        for one in moments:
            if one.step is not Step.BROKE and (round_id, one.step) not in self.shown:
                self.tell(Heard(what="step", step=one.step.value, minutes=round(one.seconds / 60, 1)))
                self.shown.add((round_id, one.step))
        if self.ahead.round and not ahead.round:
            self.tell(Heard(what="ended"))
        if self.ahead.round != ahead.round:
            self.problem, self.tries, self.again_at = "", 0, 0.0

    def _is_due(self) -> bool:
        waits = time.monotonic() < self.again_at
        return bool(self.ahead.round) and not waits and not self._is_in()

    def _put_in(self) -> None:
        """Put the fault in at its moment; what stands in the way is told, and tried again."""
        round_id = self.ahead.round
        time.sleep(self.ahead.seconds)
        if not self._report(Where.BREAKING) or self.ahead.round != round_id or self._is_in():
            return  # the instructor has thought better of it, or another terminal was quicker
        try:
            with self.session.locked(unfinished=True) as locked:
                self._put(locked)
        except AtWork as problem:
            # A check that runs, for example: it is soon over, and no business of theirs.
            self.problem = _line(problem.message)
        except (KikoriError, OSError) as problem:
            self._has_failed(problem)
        else:
            self.problem, self.tries = "", 0

    def _put(self, locked: LockedAttempt) -> None:
        """Put the fault in, unless another terminal of the team did while it was waited for."""
        if locked.attempt.id == self.attempt.id and not self._is_in():
            mark = mark_of(self.member.learner, self.ahead.round)
            put(self.session, locked, self._fault(locked), drawn=True, mark=mark)

    def _fault(self, locked: LockedAttempt) -> Fault:
        known = locked.lab.own.get(self.ahead.fault)
        if known is None:
            told = f"Your instructor lets a fault in that {locked.lab.id} does not have here: is it the same version?"
            raise KikoriError(told, "git pull")
        return known

    def _has_failed(self, problem: KikoriError | OSError) -> None:
        message = problem.message if isinstance(problem, KikoriError) else str(problem)
        if _line(message) != self.problem:
            hint = problem.hint if isinstance(problem, KikoriError) else ""
            self.tell(Heard(what="problem", message=message, hint=hint))
        self.problem = _line(message)
        self.again_at = time.monotonic() + RETRIES[min(self.tries, len(RETRIES) - 1)]
        self.tries += 1

    def _is_in(self) -> bool:
        mark = mark_of(self.member.learner, self.ahead.round)
        return is_in(self.session.store.events(self.attempt), mark)

    def _steps(self) -> tuple[str, tuple[Moment, ...]]:
        return steps(self.session.store, self.attempt, self.member.learner)


def _line(text: str) -> str:
    return clean(" ".join(text.split()), MOST_LINE)
