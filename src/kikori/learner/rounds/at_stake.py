"""Tell what another break would take away, before it does, and keep what can be kept."""

from __future__ import annotations

from kikori import explanation_rules
from kikori.attempts import since_last_break
from kikori.attempts.entry_words import EDITED, OURS
from kikori.learner.lifecycle import is_kept_back
from kikori.learner.session import Session
from kikori.learner.trail import edited_since_break, rewritten_since_break
from kikori.model import Attempt, Stage

EXPLANATION = "explanation.md"
NAMED = 5
"""Edited files that a sentence names."""


def at_stake(session: Session) -> tuple[str, ...]:
    """Say in sentences what a learner would lose by a break now; none where nothing would be.

    Raises:
        KikoriError: no attempt is running.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    if not lab.faults or attempt.submitted or attempt.stage not in (Stage.HEALTHY, Stage.BROKEN, Stage.FIXED):
        return ()
    if attempt.stage is Stage.HEALTHY:
        return (_moved_aside(session, attempt),) if rewritten_since_break(session, attempt) else ()
    found = list[str]()
    if is_kept_back(attempt, lab):
        found.append("It is fixed and was never submitted. After another break it can't be.")
    elif commands := _typed(session, attempt):
        found.append(f"Commands that you typed in its services: {commands}. What they changed is undone.")
    if edited_since_break(session, attempt):
        found.append(_moved_aside(session, attempt))
    if not attempt.explained and is_written(session, attempt):
        found.append("Your explanation is not accepted yet. It is moved aside, and the next one begins empty.")
    return tuple(found)


def _moved_aside(session: Session, attempt: Attempt) -> str:
    edited = edited_since_break(session, attempt)
    names = ", ".join(edited[:NAMED]) + (" …" if len(edited) > NAMED else "")
    return f"Files that you edited in the workspace: {names}. They are moved aside."


def _typed(session: Session, attempt: Attempt) -> int:
    """Count the commands since the break, without ours and edits."""
    events = since_last_break(session.store.events(attempt))
    begun = events[0].at if events else 0.0
    trail = session.store.trail(attempt)
    return sum(one.at >= begun and one.service != OURS and not one.line.startswith(EDITED) for one in trail)


def is_written(session: Session, attempt: Attempt) -> bool:
    """Whether an answer stands in the explanation."""
    file = session.store.folder(attempt.id) / EXPLANATION
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    return any(answer.strip() for answer in explanation_rules.answers(text).values())


def set_explanation_aside(session: Session, attempt: Attempt) -> None:
    """Keep the explanation of the round before under a name of its own: the new round's begins empty."""
    folder = session.store.folder(attempt.id)
    if (folder / EXPLANATION).is_file():
        taken = len(list(folder.glob("explanation-*.md")))
        (folder / EXPLANATION).rename(folder / f"explanation-{taken + 1}.md")
