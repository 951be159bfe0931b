"""That a learner has joined a cohort: the server's address and the personal token, readable by nobody else."""

from __future__ import annotations

import time
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.attempts.enrolment import file, kept
from kikori.attempts.private_files import read_private
from kikori.cohort.client import consent
from kikori.cohort.messages import CheckIn
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.model.record import Record


class Membership(Record):
    """Where check-ins go, and who sends them."""

    url: str
    name: str
    learner: str
    token: str
    cohort: str = ""
    key: str = ""
    """What this learner's seeds come from, as ``progress.enrolment`` reads it."""


class Told(Record):
    """What the server knows, and what it said last."""

    known: dict[str, str] = {}
    """For each attempt, a digest of what was sent last."""
    sent: tuple[CheckIn, ...] = ()
    """What went out last."""
    at: float = 0.0
    """When, in seconds since 1970."""
    answer: str = ""


class Standing(Record):
    """Whether a cohort was joined, and what it was told."""

    joined: bool
    url: str = ""
    name: str = ""
    sent: tuple[CheckIn, ...] = ()
    at: float = 0.0
    answer: str = ""
    game_day: str = ""
    """The lab into which an instructor may let faults."""


def standing() -> Standing:
    """What `kikori cohort status` shows; never the token."""
    member, last = joined(), told()
    if member is None:
        return Standing(joined=False)
    given = consent.agreed()
    return Standing(
        joined=True,
        url=member.url,
        name=member.name,
        sent=last.sent,
        at=last.at,
        answer=last.answer,
        game_day=given.lab if given and given.stands(member.learner, given.attempt) else "",
    )


def told_file() -> Path:
    """What was sent last, and the answer."""
    return paths.state() / "cohort-told.json"


def joined() -> Membership | None:
    """The cohort that was joined, if any.

    Raises:
        KikoriError: the file is damaged.
    """
    return kept(Membership)


def membership() -> Membership:
    """The cohort that was joined.

    Raises:
        KikoriError: none was.
    """
    found = joined()
    if found is None:
        raise KikoriError("You have joined no cohort.", "kikori cohort join")
    return found


def keep(member: Membership) -> None:
    """Write the membership down (mode 0600, as all files that are written whole).

    Raises:
        EnvironmentProblem: the state folder can't be written.
    """
    try:
        write_whole(file(), msgspec.json.format(msgspec.json.encode(member), indent=1))
        told_file().unlink(missing_ok=True)
    except OSError as problem:
        raise EnvironmentProblem(f"{file()}: can't be written: {problem.strerror}", "df -h ~") from None


def forget() -> None:
    """Take the token, what was sent last, and what was agreed to off this machine."""
    file().unlink(missing_ok=True)
    told_file().unlink(missing_ok=True)
    consent.forget()


def told() -> Told:
    """What was sent last; nothing where the file is damaged, so that all is sent again."""
    try:
        return msgspec.json.decode(read_private(told_file()), type=Told)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return Told()


def keep_told(known: dict[str, str], sent: tuple[CheckIn, ...], answer: str) -> None:
    """Write down what was sent, and what came of it."""
    write_whole(told_file(), msgspec.json.encode(Told(known=known, sent=sent, at=time.time(), answer=answer)))


def parts(url: str) -> tuple[str, str]:
    """The server and the enrolment token of a join address; the token is behind #, which no server's log sees.

    Raises:
        KikoriError: it is no such address.
    """
    try:
        found = urlsplit(url.strip())
        whole = found.scheme in ("http", "https") and found.hostname and found.fragment and found.port != 0
    except ValueError:  # a port that is no number
        whole = None
    if not whole:
        raise KikoriError(
            "That is no join address; it looks like http://192.168.1.20:8765/join#TOKEN, and # is part of it.",
            "ask your instructor for the line that `kikori cohort serve` printed",
        )
    return f"{found.scheme}://{found.netloc.rpartition('@')[2]}", found.fragment
