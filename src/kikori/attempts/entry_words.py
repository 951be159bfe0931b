"""The words of a timeline's entries, in both languages; none of them tells which fault is in."""

from __future__ import annotations

from collections.abc import Sequence

from kikori.bilingual import sentence
from kikori.model import Command, Event
from kikori.model.incident import EventKind
from kikori.settings import Lang

Told = tuple[str, str]
"""Whose word it is, and what it says."""
LAB_SOURCES = tuple(kind.value for kind in EventKind)
OURS = "kikori"
"""The place in the trail of the commands that are no shell's."""
EDITED = "# edited:"
"""How lines of the trail begin that name what was edited in the workspace."""
CHECK = "kikori check"
"""How commands of ours begin of which an event tells already."""
LONGEST = 160
"""Letters of a command that an entry shows."""
PLACES = 4
"""Services that an entry names."""


def of_source(source: str, lang: Lang) -> str:
    """Say whose word an entry is."""
    return {
        "responder": sentence("source-responder", lang),
        "commands": sentence("source-commands", lang),
        "machine": sentence("source-machine", lang),
        "clock": sentence("source-clock", lang),
        "pager": sentence("source-pager", lang),
        "customers": sentence("source-customers", lang),
        "changes": sentence("source-changes", lang),
    }[source]


def of_event(event: Event, stop_gaps: int, lang: Lang) -> Told | None:
    """Tell an event that belongs into a timeline; a stop-gap by its number."""
    if said := _of_responder(event, stop_gaps, lang):
        return "responder", said
    if said := _of_machine(event, lang):
        return "machine", said
    return None


def _said(event: Event, key: str) -> str:
    return " ".join(str(event.detail.get(key) or "").split())


def _of_responder(event: Event, stop_gaps: int, lang: Lang) -> str:
    match event.event:
        case "noticed":
            return " ".join(filter(None, (sentence("incident-noticed", lang), _said(event, "text"))))
        case "declared":
            severity = _said(event, "severity")
            return sentence("incident-declared", lang, severity=severity, text=_said(event, "text"))
        case "noted":
            return _said(event, "text")
        case "stop-gap":
            what, risk, until = (_said(event, key) for key in ("what", "risk", "until"))
            return sentence("incident-stop-gap", lang, number=stop_gaps, what=what, risk=risk, until=until)
        case "taken-back":
            said = sentence("incident-taken-back", lang, number=_said(event, "number"))
            return " ".join(filter(None, (said, _said(event, "text"))))
        case "resolved":
            return sentence("incident-resolved", lang, text=_said(event, "text"))
        case "diagnosed":
            component, cause = (_said(event, key) or "-" for key in ("component", "cause"))
            return sentence("incident-diagnosed", lang, component=component, cause=cause)
    return ""


def _of_machine(event: Event, lang: Lang) -> str:
    match event.event:
        case "broke":
            return sentence("moment-broke", lang)
        case "started":
            return sentence("moment-started", lang)
        case "checked":
            passed, quick = (event.detail.get(key) is True for key in ("passed", "quick"))
            return sentence("moment-passed", lang) if passed or quick else sentence("moment-failed", lang)
        case "served":
            return sentence("moment-served", lang)
        case "mended":
            return sentence("moment-fixed", lang)
        case "hint":
            return sentence("moment-hint", lang, number=_said(event, "number"))
        case "debriefed":
            return sentence("moment-debriefed", lang)
        case "paused":
            return sentence("moment-paused", lang)
        case "resumed":
            return sentence("moment-resumed", lang)
        case "reset":
            return sentence("moment-reset", lang)
        case "submitted":
            return sentence("moment-submitted", lang)
    return ""


def of_clock(back: float, lang: Lang) -> str:
    """Tell that the clock was set back."""
    return sentence("moment-clock", lang, seconds=round(back))


def of_commands(commands: Sequence[Command], lang: Lang) -> str:
    """Tell a command as it was typed, several by their numbers.

    A check is left out: an event tells of it.
    """
    first, last = commands[0], commands[-1]
    if len(commands) == 1:
        if first.service == OURS and first.line.startswith(CHECK):
            return ""
        line = " ".join(first.line.split())[:LONGEST]
        return sentence("timeline-command", lang, number=first.number, service=first.service, line=line)
    names = list(dict.fromkeys(one.service for one in commands))
    places = ", ".join(names[:PLACES]) + (", …" if len(names) > PLACES else "")
    failed = sum(one.exit_code != 0 for one in commands)
    told = sentence("timeline-commands", lang, first=first.number, last=last.number, count=len(commands), places=places)
    return sentence("timeline-commands-failed", lang, told=told, failed=failed) if failed else told
