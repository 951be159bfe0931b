"""Can somebody run the service with this document, and without its author?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import values
from filled_form import reader
from filled_form.values import is_empty
from words import (
    AS_AUTHOR,
    AUTHOR,
    DELETES,
    DOCKS_SEEN,
    FEWER,
    HEAD,
    NEWEST,
    OLDEST,
    REFUSED,
    REFUSED_JA,
    TASKS,
    VAGUE,
    VIOLENT,
    label,
)

from conftest import acts
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
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


def is_refused(said: str, start: int, end: int) -> bool:
    """Whether what stands at a place is named to be refused."""
    return bool(re.search(REFUSED, said[:start]) or re.search(REFUSED_JA, said[end:]))


def test_operation(document: Form, truth: Truth) -> None:
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
    which = truth.newest in said["restore"] or NEWEST.search(said["restore"])
    old = OLDEST.search(said["restore"])
    is_old = bool(old) and not is_refused(said["restore"], old.start(), old.end())
    is_newest = bool(which) and not is_old
    assert is_newest, reason("restore-which", line=line)


def _looks_otherwise(row: Row, truth: Truth) -> bool:
    """Whether by the facts something else is seen after a step that went well."""
    do, seen = reader.plain(row.cells["do"]), reader.plain(row.cells["seen"])
    starts, stops = bool(START.search(do)), bool(STOP.search(do))
    runs, ended = re.search(r"(?<!in)active \(running\)", seen), re.search(r"\binactive\b|\(dead\)|\bfailed\b", seen)
    if starts and not stops and ended and not runs:
        return True
    if stops and not starts:
        if runs and not ended and not re.search(r"\b(?:no|not)\b|ない|消え", seen):
            return True
        told = re.search(r"\d ?(?:s|secs?|seconds?)\b|\d ?秒", seen, re.ASCII) and not re.search(r"minute|分", seen)
        if told and max(map(int, re.findall(r"\d{1,6}", seen))) < int(truth.facts["stop"][0]):
            return True
    docks = [int(one or other) for one, other in DOCKS_SEEN.findall(seen)] if not FEWER.search(seen) else []
    least, most = (int(truth.facts[name][0]) for name in ("least", "docks"))
    return bool(docks) and not least <= max(docks) <= most


def test_seen(document: Form, truth: Truth) -> None:
    """Each step says what must be seen, in terms that a stranger can compare, and what to do otherwise.

    ja: どの手順にも、知らない人が見比べられる結果と、違ったときのことが書いてある。
    """
    for row in document.tables["tasks"]:
        seen, otherwise = row.cells["seen"], row.cells["otherwise"]
        assert not is_empty(seen), reason("seen-empty", line=row.line)
        vague = re.search(VAGUE, reader.plain(seen))
        comparable = NUMBERED.search(seen) and (reader.length(seen) > 1 or values.codes(seen))
        assert comparable, reason("seen-vague", line=row.line, seen=quoted(vague[0] if vague else seen))
        assert not _looks_otherwise(row, truth), reason("seen-other", line=row.line, seen=quoted(seen))
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
        for told, count, unit in values.held(row.cells["safe"]):
            is_long = truth.is_too_long(reader.plain(row.cells["safe"]), count, unit)
            assert not is_long, reason("safe-long", line=row.line, seen=quoted(told))
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
        for found in (*VIOLENT.finditer(said), *DELETES.finditer(said)):
            refused = is_refused(said, *found.span())
            assert refused, reason("violent", line=line, seen=quoted(found[0]))


def test_without_its_author(document: Form) -> None:
    """Nothing that an operator needs is left in the author's head.

    ja: 動かす人に要ることが、作者の頭の中だけに残っていない。
    """
    for line in document.lines:
        said = reader.plain(line.text)
        for found in re.finditer(HEAD, said):
            refused = is_refused(said, *found.span())
            assert refused, reason("in-the-head", line=line.number, seen=quoted(found[0]))
    for row in document.tables["alerts"]:
        assert not re.search(AUTHOR, reader.plain(row.cells["who"])), reason("author-woken", line=row.line)
    for line, cell in acts(document):
        said = reader.plain(cell)
        for found in re.finditer(AUTHOR, said):
            refused = is_refused(said, *found.span()) or re.search(AS_AUTHOR, said[found.end() :])
            assert refused, reason("author-needed", line=line)
