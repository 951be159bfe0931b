"""The learner's document, read once, and the service as it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from commands import Command, command, program
from filled_form import alone, reader
from truth import Truth
from values import one_of
from words import NUMBERS, SHAPE, label

from kikori.grading import Scene, quoted, reasons, say

reason = reasons(__file__)

FILES = ("design.md", "design.ja.md")
"""The form in English and in Japanese: one of them is filled in."""
TYPED = ("tasks", "alerts", "failures")
"""Tables that say what somebody types."""


@pytest.fixture(scope="module")
def document(scene: Scene) -> reader.Form:
    """Read what the learner wrote; fail where it can't be read."""
    texts = {name: scene.text(name) for name in FILES}
    try:
        return reader.written(texts, SHAPE)
    except reader.Unreadable as problem:
        pass_on = say(problem.en, problem.ja)
    pytest.fail(reason("unreadable", why=pass_on))


@pytest.fixture(scope="module")
def truth(scene: Scene) -> Truth:
    """Draw the service of this attempt."""
    return Truth(int(scene.params["house"]))


def the_name(line: reader.Line, names: reader.Names, row: str) -> str:
    """Give the one name that a cell is."""
    found = one_of(line.text, names)
    known = [label(words) for words in names.values()]
    assert found, reason("only-name", line=line.number, row=row, known=known, seen=quoted(line.text))
    return found


def the_number(line: reader.Line, name: str, row: str) -> float:
    """Give the number that a cell is."""
    found = alone.amount(line.text, NUMBERS[name])
    assert found is not None, reason("only-number", line=line.number, row=row, seen=quoted(line.text))
    return found


def the_command(line: reader.Line) -> Command:
    """Give the one command that a cell is."""
    found = command(line.text)
    assert found, reason("only-command", line=line.number, seen=quoted(line.text), known=_known_of(program(line.text)))
    return found


def _known_of(begins: str) -> str:
    """Say what is known of the program with which a cell begins."""
    known = {
        ";": reason("one-command"),
        "systemctl": reason("known-systemctl"),
        "journalctl": reason("known-journalctl"),
        "curl": reason("known-curl"),
        "kill": reason("known-kill"),
        "cp": reason("known-cp"),
        "sleep": reason("known-sleep"),
        "tally-restore": reason("known-restore"),
    }
    return known.get(begins) or (reason("known-own") if begins.startswith("tally-") else reason("known"))


def commands(document: reader.Form) -> Iterator[tuple[int, Command]]:
    """Give all that somebody is told to type, with its line."""
    for part in TYPED:
        yield from ((row.line, the_command(row.cell("command"))) for row in document.tables[part])
