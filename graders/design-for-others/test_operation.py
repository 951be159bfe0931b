"""Can somebody run the service with this document, and without its author?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import values
from filled_form import reader
from filled_form.values import is_empty
from words import AS_AUTHOR, AUTHOR, HEAD, REFUSED, REFUSED_JA, TASKS, VAGUE, VIOLENT, label

from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
START = re.compile(r"systemctl (?:--\S+ )?(?:re)?start tally(?![\w-])", re.ASCII)
STOP = re.compile(r"systemctl (?:--\S+ )?stop tally(?![\w-])", re.ASCII)
RESTORE = (STOP, re.compile(r"tally-restore(?![a-z-])"), re.compile(r"tally-check(?![a-z-])"), START)
"""The steps of a restore, in their order."""
KINDS = 3
"""Of how many kinds of failure a row may name the signals."""
ACTS = {"tasks": ("do", "otherwise"), "alerts": ("action",), "failures": ("action", "safe")}
"""Cells that tell somebody to do something."""
NUMBERED = re.compile(r"\d|`[^`]+`|\"[^\"]+\"|“[^”]+”|「[^」]+」|'[^']{2,}'")
"""What a stranger can compare with a screen."""


def steps(document: Form, task: str) -> list[Row]:
    """The rows of a task; a row without a name goes on with the one above."""
    found, current = [], ""
    for row in document.tables["tasks"]:
        current = reader.named(row.cells["task"], TASKS) or (current if is_empty(row.cells["task"]) else "")
        if current == task:
            found.append(row)
    return found


def acts(document: Form) -> Iterator[tuple[int, str]]:
    """All that somebody is told to do, with its line."""
    for part, columns in ACTS.items():
        for row in document.tables[part]:
            for column in columns:
                yield row.line, row.cells[column]


def test_operation(document: Form) -> None:
    """Start, stop and restore are told step by step, and in an order that works.

    ja: 起動、停止、復元が、うまくいく順序で、手順ごとに書いてある。
    """
    said = {task: " ; ".join(reader.plain(row.cells["do"]) for row in steps(document, task)) for task in TASKS}
    for task, text in said.items():
        assert text, reason("task-lacks", task=label(TASKS[task]))
    assert START.search(said["start"]), reason("start-how", line=steps(document, "start")[0].line)
    assert STOP.search(said["stop"]), reason("stop-how", line=steps(document, "stop")[0].line)
    place, line = 0, steps(document, "restore")[0].line
    for step in RESTORE:
        found = step.search(said["restore"])
        assert found, reason("restore-lacks", line=line)
        later = step.search(said["restore"], place)
        assert later, reason("restore-order", line=line)
        place = later.end() if later else place


def test_seen(document: Form) -> None:
    """Each step says what must be seen, in terms that a stranger can compare, and what to do otherwise.

    ja: どの手順にも、知らない人が見比べられる結果と、違ったときのことが書いてある。
    """
    for row in document.tables["tasks"]:
        seen, otherwise = row.cells["seen"], row.cells["otherwise"]
        assert not is_empty(seen), reason("seen-empty", line=row.line)
        vague = re.search(VAGUE, reader.plain(seen))
        comparable = NUMBERED.search(seen) and (reader.length(seen) > 1 or values.codes(seen))
        assert comparable, reason("seen-vague", line=row.line, seen=quoted(vague[0] if vague else seen))
        assert not is_empty(otherwise), reason("otherwise-empty", line=row.line)
        assert reader.length(otherwise) >= 2, reason("otherwise-empty", line=row.line)


def test_failures(document: Form, truth: Truth) -> None:
    """Each failure has a signal that exists and a first action, and none of the past ones is missing.

    ja: どの壊れ方にも、実在する合図と最初の行動があり、過去の障害がすべて入っている。
    """
    every = ["silent", "full", "tokens", "crowded", "torn", "double"]
    covered = set()
    for row in document.tables["failures"]:
        said, before = reader.plain(row.cells["seen"]), values.incidents(row.cells["before"])
        kinds = [kind for kind in every if truth.signals(said, [kind])]
        assert len(kinds) <= KINDS, reason("signals-all", line=row.line, seen=len(kinds))
        unknown = [one for one in before if one not in truth.incidents]
        assert not unknown, reason("no-such-incident", line=row.line, number=unknown)
        assert truth.signals(said, every), reason("signal-none", line=row.line, seen=quoted(row.cells["seen"]))
        for number in before:
            fits = truth.signals(said, [truth.incidents[number].kind])
            assert fits, reason("signal-other", line=row.line, number=number)
        several = len({truth.incidents[number].kind for number in before}) > 1
        assert not several, reason("incidents-together", line=row.line)
        covered |= set(before)
    missing = [number for number in truth.incidents if number not in covered]
    assert not missing, reason("incident-lacks", count=len(missing))


def test_harmless(document: Form) -> None:
    """Nobody is told to do what has torn the data before.

    ja: 以前データを壊したことを、誰にもさせていない。
    """
    for line, cell in acts(document):
        said = reader.plain(cell)
        for found in re.finditer(VIOLENT, said):
            before, after = said[: found.start()], said[found.end() :]
            refused = re.search(REFUSED, before) or re.search(REFUSED_JA, after)
            assert refused, reason("violent", line=line, seen=quoted(found[0]))


def test_without_its_author(document: Form) -> None:
    """Nothing that an operator needs is left in the author's head.

    ja: 動かす人に要ることが、作者の頭の中だけに残っていない。
    """
    for line in document.lines:
        said = reader.plain(line.text)
        for found in re.finditer(HEAD, said):
            before, after = said[: found.start()], said[found.end() :]
            refused = re.search(REFUSED, before) or re.search(REFUSED_JA, after)
            assert refused, reason("in-the-head", line=line.number, seen=quoted(found[0]))
    for row in document.tables["alerts"]:
        assert not re.search(AUTHOR, reader.plain(row.cells["who"])), reason("author-woken", line=row.line)
    for line, cell in acts(document):
        said = reader.plain(cell)
        for found in re.finditer(AUTHOR, said):
            before, after = said[: found.start()], said[found.end() :]
            refused = re.search(REFUSED, before) or re.search(REFUSED_JA, after) or re.search(AS_AUTHOR, after)
            assert refused, reason("author-needed", line=line)
