"""What a page is told, in the page's language: a command may have been begun on a page in the other one."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kikori.content.grader_reasons import check_in
from kikori.explanation_rules import Problem
from kikori.japanese import translated
from kikori.model import CheckResult
from kikori.panel.jobs import Message
from kikori.settings import Lang


def told(message: str, hint: str, lang: Lang) -> dict[str, str]:
    """Say what went wrong, and what to do."""
    return {"message": translated(message, lang), "hint": translated(hint, lang)}


def message_in(lang: Lang, message: Message, graders: Path) -> Message:
    """Say what a command tells while it runs."""
    match message:
        case {"kind": "problem", "message": problem, "hint": hint}:
            return message | told(problem, hint, lang)
        case {"title": title}:
            return message | {"title": translated(title, lang)}
        case {"kind": "done", "value": {"problems": [*problems]} as value}:
            said_in = [one | {"reason": translated(one["reason"], lang)} for one in problems]
            return message | {"value": value | {"problems": said_in}}
        case {"check": check}:
            said = check_in(lang, msgspec.convert(check, CheckResult), graders)
            return message | {"check": msgspec.to_builtins(said)}
    return message


def lacks_in(lang: Lang, problems: list[Problem]) -> tuple[Problem, ...]:
    """Say what an explanation lacks."""
    return tuple(msgspec.structs.replace(one, reason=translated(one.reason, lang)) for one in problems)
