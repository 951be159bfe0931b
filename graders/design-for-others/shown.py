"""Tell what each command shows when all is well.

A status shows its state, the journal its lines, and a look of which no record tells has no more than its exit code.
"""

from __future__ import annotations

import re

from commands import Command

RUNNING = {
    "status": frozenset({"running", "active", "started"}),
    "is-active": frozenset({"active"}),
    "show": frozenset({"set-active", "running", "active"}),
    "log": frozenset({"started"}),
}
ENDED = {
    "status": frozenset({"ended", "inactive", "stopped"}),
    "is-active": frozenset({"inactive"}),
    "show": frozenset({"set-inactive", "ended", "inactive"}),
    "log": frozenset({"stopped"}),
}
"""What systemctl and the journal show after a start and after a stop, by how they are asked."""
OWN = {"tally-check": "ok", "tally-ask-again": "least", "tally-silent": "most"}
"""What comes of a command that was written for tally."""
ASKED = {"snapshot": "least", "metrics": "most"}
"""What is in an answer, by its path."""
ENDLESS = re.compile(
    r"journalctl\b[^|]* (?:-[a-z]*f|--follow)|tail\b[^|]* (?:-\d*[a-z]*f|--follow|--retry)|ping\b(?![^|]* -[cw])",
    re.ASCII,
)
"""What goes on until somebody ends it, so that it has no exit code."""
HEADED = re.compile(r" (?:-[a-z]*[iv]|--include|--verbose|--head)\b")
"""With what curl shows more than what was answered."""
FINDS = re.compile(r"(?:pgrep|fuser|lsof)\b")
"""What finds a process: nothing, with an exit code of 1, where none runs."""
SILENT = ("start", "stop", "end", "wait")
"""Kinds of command that print nothing."""
COUNTS = re.compile(r"\| (?:wc\b|grep\b[^|]* -[a-z]*[cq])")
"""A filter that leaves a number, or nothing."""


def is_shown(sign: str, one: Command, last: str) -> bool:
    """Whether a kind of sign is what a command shows when all is well, after the last start or stop."""
    finds_none = bool(FINDS.match(one.said)) and last == "stop"
    if sign == "exit":
        is_told = one.verb in ("status", "is-active") and last == "stop"  # its exit code is 3
        return not (ENDLESS.match(one.said) or finds_none or is_told)
    if sign == "quiet":
        is_copy = one.kind == "copy" and not re.search(r" -\w*v", one.said)
        return one.kind in SILENT or is_copy or finds_none
    if COUNTS.search(one.said):
        return sign == "most" and one.kind == "tally-silent"
    return sign in _words(one, last)


def _words(one: Command, last: str) -> frozenset[str]:
    """Give the kinds of words and numbers that a command shows."""
    if one.kind in ("status", "log"):
        running, ended = RUNNING[one.verb or "log"], ENDED[one.verb or "log"]
        return {"start": running, "stop": ended}.get(last, running | ended)
    if one.kind == "ask":
        return frozenset({ASKED.get(one.path, "")} | ({"answered"} if HEADED.search(one.said) else set()))
    return frozenset({OWN.get(one.kind, "")})
