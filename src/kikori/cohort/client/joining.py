"""``join`` and ``leave``: what is sent is shown first, and what was collected is deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from kikori import settings
from kikori.attempts import Store
from kikori.bilingual import texts
from kikori.cohort import WORDS
from kikori.cohort.client import membership
from kikori.cohort.client.checkin import check_in
from kikori.cohort.client.connection import Refused, Server
from kikori.cohort.client.help_request import standing_lines
from kikori.cohort.client.membership import Membership
from kikori.cohort.messages import CheckIn, Deleted, Where, clean_name, refuse_odd
from kikori.errors import KikoriError
from kikori.model.record import Record
from kikori.settings import Lang

EXAMPLE = CheckIn(lab="first-look", stage=Where.BROKEN, seconds=420, check="page", title="The page is there", hints=1)


class Joined(Record):
    """A cohort that was joined; the token stays in its file."""

    url: str
    name: str


class Left(Record):
    """A cohort that was left, and how much was deleted there."""

    url: str
    check_ins: int
    hands: int
    submissions: int
    scores: int
    moments: int


def preview(url: str, name: str, lang: Lang) -> str:
    """All that joining leads to, with what would be sent right now."""
    return "\n".join(_preview(url, name, texts(WORDS, lang)))


def _preview(url: str, name: str, said: dict[str, Any]) -> Iterator[str]:
    yield said["sent-to"].format(url=url)
    yield ""
    yield f"{said['sent-once']}: {name}"
    yield ""
    running = [check_in(Store(), attempt) for attempt in Store().running()]
    yield said["sent-now" if running else "sent-example"]
    for told in running or [EXAMPLE]:
        yield from (f"  {line}" for line in standing_lines(told, said))
    yield ""
    yield said["sent-asked"]
    yield said["leave"]


def join(url: str, token: str, name: str) -> Joined:
    """Join, and keep the personal token.

    Raises:
        KikoriError: a cohort was joined before, or the server refuses.
        EnvironmentProblem: the server does not answer.
    """
    refuse_joined()
    enrolled = Server(url, token).enrol(name)
    membership.keep(Membership(url=url, name=name, **msgspec.structs.asdict(enrolled)))
    return Joined(url=url, name=name)


def refuse_joined() -> None:
    """Say what to do with a cohort that was joined before.

    Raises:
        KikoriError: one was.
    """
    if known := membership.joined():
        raise KikoriError(f"You have joined the cohort at {known.url} already.", "kikori cohort leave")


def own_name(name: str = "") -> str:
    """The name to join under.

    Raises:
        KikoriError: nothing is left of it, or it holds what no name has.
    """
    found = clean_name(name or settings.learner())
    refuse_odd(found)
    return found


def submissions_there() -> int:
    """How many submissions of this learner would be deleted by leaving; none where the learner is not known there.

    Raises:
        EnvironmentProblem: the server does not answer.
    """
    member = membership.membership()
    try:
        return Server(member.url, member.token).collected().submissions
    except Refused:
        return 0


def leave() -> Left:
    """Have everything deleted there, then forget the token here.

    A server that does not know this learner any more has nothing to delete.

    Raises:
        EnvironmentProblem: the server does not answer; the token is kept, so that leaving can be tried again.
    """
    member = membership.membership()
    try:
        gone = Server(member.url, member.token).leave()
    except Refused as problem:
        if not problem.unknown:
            raise
        gone = Deleted(check_ins=0, hands=0, submissions=0)
    membership.forget()
    return Left(url=member.url, **msgspec.structs.asdict(gone))
