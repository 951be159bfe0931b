"""``help-me``: a call for help, composed and shown as it will be sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kikori import settings
from kikori.bilingual import texts
from kikori.cohort import WORDS
from kikori.cohort.client.checkin import check_in
from kikori.cohort.client.membership import Membership, membership
from kikori.cohort.messages import (
    MOST_COMMANDS,
    MOST_LINE,
    MOST_NAME,
    MOST_SERVICES,
    MOST_TEXT,
    CheckIn,
    HelpRequest,
    Typed,
    clean,
    clean_name,
)
from kikori.engine import Service
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.learner.session import Session
from kikori.model import Attempt, Command
from kikori.model.record import Record
from kikori.settings import Lang

FILE = "help-me.txt"


class Called(Record):
    """What became of a call."""

    url: str = ""
    """Where a hand is up now."""
    file: str = ""
    """The file to hand over, where it could not be sent."""
    reason: str = ""
    """Why not."""


def call(session: Session, text: str) -> HelpRequest:
    """A call about the attempt at hand.

    Raises:
        KikoriError: no attempt is running, or nothing is said.
    """
    text = text.strip()
    if not text:
        raise KikoriError(
            "Say in a sentence where you are stuck.", 'kikori help-me "the page is there, the check says no"'
        )
    attempt = session.attempt()
    return HelpRequest(
        text=clean(text, MOST_TEXT),
        check_in=check_in(session.store, attempt),
        commands=tuple(_typed(command) for command in session.store.trail(attempt)[-MOST_COMMANDS:]),
        services=tuple(_services(session, attempt))[:MOST_SERVICES],
    )


def _typed(command: Command) -> Typed:
    line = " ".join(clean(command.line, MOST_LINE).split())
    service = clean(command.service, MOST_NAME)
    return Typed(number=command.number, service=service, line=line, exit_code=command.exit_code)


def _services(session: Session, attempt: Attempt) -> list[str]:
    """Each service and its state; none where no engine answers, which is no reason to stay without help."""
    try:
        found = session.project(attempt, session.lab(attempt)).states()
    except (KikoriError, OSError):
        return []
    return [clean(f"{one.name} {_state(one)}", 200) for one in found]


def _state(service: Service) -> str:
    return f"exited with {service.exit_code}" if service.state == "exited" else service.state


def as_text(asked: HelpRequest, name: str, lang: Lang) -> str:
    """The whole call as a person reads it: what is shown before it is sent, and what the file to hand over holds."""
    return "\n".join(_lines(asked, name, texts(WORDS, lang))) + "\n"


def _lines(asked: HelpRequest, name: str, said: dict[str, Any]) -> Iterator[str]:
    yield f"{said['learner']}: {name}"
    yield from standing_lines(asked.check_in, said)
    if asked.services:
        yield f"{said['services']}: {', '.join(asked.services)}"
    yield f"{said['commands']}:" if asked.commands else f"{said['commands']}: -"
    yield from (
        f"  [#{one.number}] {one.line}  ({one.service}, {said['exit']} {one.exit_code})" for one in asked.commands
    )
    yield f"{said['text']}:"
    yield from (f"  {line}" for line in asked.text.splitlines())


def standing_lines(told: CheckIn, said: dict[str, Any]) -> Iterator[str]:
    """A check-in, every field of it."""
    yield f"{said['lab']}: {told.lab}"
    yield f"{said['stage']}: {said['stages'][told.stage]}, {told.seconds / 60:.0f} {said['minutes']}"
    yield f"{said['failing']}: {f'{told.title} ({told.check})' if told.check else '-'}"
    yield f"{said['hints']}: {told.hints}"
    if told.score is not None:
        yield f"{said['score']}: {told.score} ({said['grade']}: {'-' if told.grade is None else told.grade})"


def preview(asked: HelpRequest, member: Membership | None, folder: Path, lang: Lang) -> tuple[str, str]:
    """The whole call under a line that says where it goes, and the question to ask about it."""
    said = texts(WORDS, lang)
    if member is None:
        head, question = said["sent-file"].format(file=folder / FILE), said["agree-write"]
    else:
        head, question = said["sent-call"].format(url=member.url), said["agree"]
    return f"{head}\n\n{as_text(asked, _name(member), lang)}", question


def deliver(asked: HelpRequest, member: Membership | None, folder: Path, lang: Lang) -> Called:
    """Raise the hand on the instructor's page; without a cohort, or where it is away, write a file to hand over.

    Raises:
        EnvironmentProblem: the file can't be written.
    """
    if member is None:
        return Called(file=str(_written(asked, _name(member), lang, folder)))
    from kikori.cohort.client.connection import Server  # 0.1 s, which a call without a cohort need not spend

    try:
        Server(member.url, member.token).raise_hand(asked)
    except KikoriError as problem:
        return Called(file=str(_written(asked, member.name, lang, folder)), reason=problem.message)
    return Called(url=member.url)


def lower() -> Called:
    """Take the call back.

    Raises:
        KikoriError: no cohort was joined, or the server refuses.
        EnvironmentProblem: the server does not answer.
    """
    from kikori.cohort.client.connection import Server

    member = membership()
    Server(member.url, member.token).lower_hand()
    return Called()


def _name(member: Membership | None) -> str:
    return member.name if member else clean_name(settings.learner())


def _written(asked: HelpRequest, name: str, lang: Lang, folder: Path) -> Path:
    target = folder.absolute() / FILE
    try:
        target.write_text(as_text(asked, name, lang), encoding="utf-8")
    except OSError as problem:
        raise EnvironmentProblem(f"{target}: can't be written: {problem.strerror}", "df -h .") from None
    return target
