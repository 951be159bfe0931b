"""``fault guess``: what a pair thinks could fail, and which of it came true."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kikori.attempts import since_last_break
from kikori.attempts.atomic_files import write_whole
from kikori.bilingual import sentence
from kikori.errors import KikoriError
from kikori.fault_file.format import GUESSES, MOST_GUESS, Guess
from kikori.learner.explain import edit, read_text
from kikori.learner.session import Session
from kikori.model import Attempt
from kikori.model.record import Record
from kikori.premortem.kept import solvers_file

FILE = "guesses.md"
ARROW = "->"
NUMBER = re.compile(r"^(?:[-*]|[0-9]+[.)])\s+")
"""What a line of a list may begin with."""
COMMAND = "kikori fault guess"
JUDGED = "guesses-judged"


class Guessed(Record):
    """The guesses of a pair, and which of them came true; ``None`` before somebody has said so."""

    lab: str
    guesses: tuple[Guess, ...]
    came_true: tuple[int, ...] | None = None
    next: str = "kikori fault begin"


def guess(session: Session, file: str | None = None) -> Guessed:
    """Let a pair write its five guesses in an editor, or take them from ``file`` (``-`` is the standard input).

    Raises:
        KikoriError: there are not five, or there is no terminal to edit in.
    """
    attempt = session.attempt()
    kept = _file(session, attempt)
    if file is None:
        _edit(session, kept)
    else:
        text = read_text(file, COMMAND)
        guesses_in(text)
        write_whole(kept, text.encode())
    return Guessed(lab=attempt.lab, guesses=guesses_in(read_text(str(kept))))


def guesses_of(session: Session, attempt: Attempt) -> tuple[Guess, ...]:
    """Read the five guesses of a setter's attempt.

    Raises:
        KikoriError: they are not written yet.
    """
    file = _file(session, attempt)
    if not file.is_file():
        raise KikoriError("First the guesses: what could fail here, and how would it show?", COMMAND)
    return guesses_in(read_text(str(file)))


def guesses_in(text: str) -> tuple[Guess, ...]:
    """Read one guess from each line, ``WHAT -> HOW IT SHOWS``; lines that begin with # are left out.

    Raises:
        KikoriError: there are not five, or one has no arrow, or is too long.
    """
    lines = [line.strip() for line in text.splitlines()]
    lines = [NUMBER.sub("", line, count=1) for line in lines if line and not line.startswith("#")]
    if len(lines) != GUESSES:
        raise KikoriError(f"{len(lines)} guesses; a pre-mortem begins with {GUESSES}.", COMMAND)
    return tuple(_guess(number, line) for number, line in enumerate(lines, 1))


def _guess(number: int, line: str) -> Guess:
    what, _, shows = (part.strip() for part in line.replace("→", ARROW).partition(ARROW))
    if not what or not shows:
        raise KikoriError(f"Guess {number} does not say how it would show: WHAT {ARROW} HOW.", COMMAND)
    if max(len(what), len(shows)) > MOST_GUESS:
        raise KikoriError(f"Guess {number} is longer than {MOST_GUESS} characters.", COMMAND)
    return Guess(what=what, shows=shows)


def numbers_in(text: str) -> tuple[int, ...]:
    """Read numbers of guesses, as ``1,3``, or ``none``.

    Raises:
        KikoriError: it is neither.
    """
    words = [] if text.strip() == "none" else [word.strip() for word in text.split(",")]
    if not all(word.isascii() and word.isdigit() for word in words):
        raise KikoriError(f"--came-true {text}: numbers with commas between, or none.", "--came-true 1,3")
    return tuple(map(int, words))


def judge(session: Session, came_true: Sequence[int]) -> Guessed:
    """Keep which guesses came true, once the solution is open.

    Raises:
        KikoriError: no setter's fault is in, its solution is sealed still, or there is no such guess.
    """
    attempt = session.attempt()
    found = solvers_file(session, attempt)
    if not session.lab(attempt).faults[found.manifest.fault].about.component:
        raise KikoriError("The solution is sealed still; judge your guesses beside it.", "kikori fault open")
    if strange := [number for number in came_true if not 1 <= number <= len(found.manifest.guesses)]:
        raise KikoriError(
            f"There is no guess {strange[0]}; there are {len(found.manifest.guesses)}.", "kikori fault open"
        )
    chosen = tuple(sorted({*came_true}))
    session.store.record(attempt, JUDGED, came_true=",".join(map(str, chosen)))
    return Guessed(lab=attempt.lab, guesses=found.manifest.guesses, came_true=chosen, next="kikori stop")


def judged(session: Session, attempt: Attempt) -> tuple[int, ...] | None:
    """Read which guesses came true, by the pair's last word."""
    said = [one.detail for one in since_last_break(session.store.events(attempt)) if one.event == JUDGED]
    if not said:
        return None
    return tuple(int(number) for number in str(said[-1]["came_true"]).split(",") if number)


def _file(session: Session, attempt: Attempt) -> Path:
    return session.store.folder(attempt.id) / FILE


def _edit(session: Session, kept: Path) -> None:
    if not kept.exists():
        write_whole(kept, sentence("guesses-introduction", session.lang).encode())
    edit(kept, COMMAND)
