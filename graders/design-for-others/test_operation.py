"""Can somebody run the service with this document, and without its author?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import alarms
import pytest
import restarts
import shown
import steps
import touched
import values
from drawn_house.draw import SIGNALS
from filled_form import reader
from filled_form.left_open import is_left_open
from filled_form.postponed import is_put_off
from filled_form.values import is_empty, names_in
from retried import is_same_again
from words import (
    AS_AUTHOR,
    AUTHOR,
    DELETES,
    HEAD,
    NEWEST,
    OLDEST,
    TASKS,
    VAGUE,
    VIOLENT,
    label,
)

from conftest import acts
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
RUNS = re.compile(r"(?<!in)active \(running\)")
ENDED = re.compile(r"\binactive\b|\(dead\)|\bfailed\b")
OWN = re.compile(r"(?<![\w/-])tally-[a-z]")
"""One of the commands that were written for tally."""
PUT_BACK = re.compile(r"tally-(?:restore|check)(?![a-z-])")
OTHERWISE = 2
"""The fewest words of what is to be done if it is not seen."""
NUMBERED = re.compile(r"\d|`[^`]+`|\"[^\"]+\"|“[^”]+”|「[^」]+」|'[^']{2,}'")
"""What a stranger can compare with a screen."""


def rows_of(document: Form) -> dict[str, list[Row]]:
    """The rows of each task; a row without a name goes on with the one above."""
    rows = document.tables["tasks"]
    begun = {reader.named(row.cells["task"], TASKS) for row in rows}
    found: dict[str, list[Row]] = {task: [] for task in TASKS}
    current = ""
    for row in rows:
        cell = row.cells["task"]
        if not is_empty(cell):
            inside = names_in(cell, TASKS) - begun
            current = reader.named(cell, TASKS) or (inside.pop() if len(inside) == 1 else "")
        if current:
            found[current].append(row)
    return found


def told(row: Row) -> str:
    """What a row tells somebody to do."""
    return reader.plain(row.cells["do"])


def test_operation(document: Form, truth: Truth) -> None:
    """Start, stop and restore are told step by step, and in an order that works.

    ja: 起動、停止、復元が、うまくいく順序で、手順ごとに書いてある。
    """
    rows = rows_of(document)
    said = {task: " ; ".join(map(told, found)) for task, found in rows.items()}
    for task, text in said.items():
        assert text, reason("task-lacks", task=label(TASKS[task]))
    assert START.search(said["start"]), reason("start-how", line=rows["start"][0].line)
    assert STOP.search(said["stop"]), reason("stop-how", line=rows["stop"][0].line)
    place, line = 0, rows["restore"][0].line
    for step in RESTORE:
        found = step.search(said["restore"])
        assert found, reason("restore-lacks", line=line)
        later = step.search(said["restore"], place)
        early = next(row.line for row in rows["restore"] if step.search(told(row)))
        assert later, reason("restore-order", line=early)
        place = later.end() if later else place
    which = truth.newest in said["restore"] or NEWEST.search(said["restore"])
    old = OLDEST.search(said["restore"])
    is_old = bool(old) and not steps.is_refused(said["restore"], old.start(), old.end())
    is_newest = bool(which) and not is_old
    assert is_newest, reason("restore-which", line=line)


def test_backup(document: Form, truth: Truth) -> None:
    """A restore takes its file from the backups, and one from before the damage.

    ja: 復元に使うファイルは、バックアップの中の、壊れる前のものである。
    """
    rows, folder = rows_of(document)["restore"], truth.house.backups
    for row in rows:
        place = steps.not_a_backup(told(row), folder, truth.facts["data"][0])
        assert not place, reason("restore-from", line=row.line, seen=quoted(place))
    fresh = steps.is_fresh(map(told, rows), folder, truth.newest)
    line = next((row.line for row in rows if steps.BACKUP.search(told(row))), 0)
    assert not fresh, reason("restore-fresh", line=line)


def _otherwise(row: Row, does: str, truth: Truth) -> str:
    """What of a row is not seen after a step that went well; empty where nothing speaks against it."""
    do, seen = told(row), reader.plain(row.cells["seen"])
    runs, ended = steps.is_said(RUNS, seen), steps.is_said(ENDED, seen)
    if does == "start" and ended and not runs:
        return "state"
    if does == "stop":
        if runs and not ended and not re.search(r"\b(?:no|not)\b|ない|消え", seen):
            return "state"
        if steps.is_wrong_stop(seen, int(truth.facts["stop"][0])):
            return "time"
    least, most = (int(truth.facts[name][0]) for name in ("least", "docks"))
    if steps.is_wrong_docks(seen, do, least, most):
        return "docks"
    if steps.is_bad_sign(do, seen):
        return "failure"
    looks_first = not (OWN.search(do) or steps.COUNTS_DOCKS.search(do) or does or steps.STATUS.search(do))
    is_down = does == "stop" or bool(PUT_BACK.search(do) and not START.search(do))
    return "alarm" if not looks_first and alarms.alarm(seen, truth.house.alerts, is_down) else ""


def _does(row: Row, before: str) -> str:
    """Whether a row starts or stops; one that only asks how it is goes with the one before."""
    do = told(row)
    starts, stops = bool(START.search(do)), bool(STOP.search(do))
    if starts == stops:
        return before if not starts and steps.STATUS.search(do) else ""
    return "start" if starts else "stop"


def test_seen(document: Form, truth: Truth) -> None:
    """Each step says what must be seen, in terms that a stranger can compare, and what to do otherwise.

    ja: どの手順にも、知らない人が見比べられる結果と、違ったときのことが書いてある。
    """
    does = ""
    for row in document.tables["tasks"]:
        seen, otherwise = row.cells["seen"], row.cells["otherwise"]
        does = _does(row, does if is_empty(row.cells["task"]) else "")
        assert not is_empty(seen), reason("seen-empty", line=row.line)
        vague = re.search(VAGUE, reader.plain(seen))
        assert NUMBERED.search(seen), reason("seen-vague", line=row.line, seen=quoted(vague[0] if vague else seen))
        is_named = reader.length(seen) > 1 or values.codes(seen)
        assert is_named, reason("seen-bare", line=row.line, seen=quoted(seen))
        why = _otherwise(row, does, truth)
        assert why != "state", reason("seen-other", line=row.line, seen=quoted(seen))
        assert why != "time", reason("seen-stop", line=row.line, seen=quoted(seen))
        assert why != "docks", reason("seen-docks", line=row.line, seen=quoted(seen))
        assert why != "failure", reason("seen-bad", line=row.line, seen=quoted(seen))
        assert why != "alarm", reason("seen-alarm", line=row.line, seen=quoted(seen))
        strange = shown.unknown(seen, truth.screens)
        assert not strange, reason("seen-unknown", line=row.line, seen=quoted(strange))
        assert not is_empty(otherwise), reason("otherwise-empty", line=row.line)
        is_open = is_left_open(otherwise) or is_put_off(otherwise, OTHERWISE)
        assert not is_open, reason("left-open", line=row.line, seen=quoted(otherwise))
        assert reader.length(otherwise) >= OTHERWISE, reason("otherwise-short", line=row.line, least=OTHERWISE)
        assert not is_same_again(otherwise), reason("same-again", line=row.line, seen=quoted(otherwise))


def test_failures(document: Form, truth: Truth) -> None:
    """Each failure has a signal that exists and a first action, and none of the past ones is missing.

    ja: どの壊れ方にも、実在する合図と最初の行動があり、過去の障害がすべて入っている。
    """
    every = ["silent", "full", "tokens", "crowded", "torn", "double"]
    covered = set()
    for row in document.tables["failures"]:
        said, before = reader.plain(row.cells["seen"]), values.incidents(row.cells["before"])
        plainly = values.cites_plainly(row.cells["before"])
        assert plainly, reason("before-plain", line=row.line, seen=quoted(row.cells["before"]))
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


def _in_a_crowd(document: Form, truth: Truth) -> Iterator[tuple[int, str]]:
    """What is to be done while all docks report at once, with its line."""
    for row in document.tables["alerts"]:
        if reader.plain(row.cells["name"]) == SIGNALS["crowded"][0].casefold():
            yield row.line, row.cells["action"]
    for row in document.tables["failures"]:
        said, before = reader.plain(row.cells["seen"]), values.incidents(row.cells["before"])
        if truth.kind_of(said, before) == "crowded":
            yield from ((row.line, row.cells[column]) for column in ("action", "safe"))


def test_harmless(document: Form, truth: Truth) -> None:
    """Nobody is told to do again what has gone wrong before.

    ja: 以前うまくいかなかったことを、誰にもさせていない。
    """
    for line, cell in acts(document):
        said = reader.plain(cell)
        hand = steps.by_hand(said)
        assert not hand, reason("by-hand", line=line, seen=quoted(hand))
        for found in (*VIOLENT.finditer(said), *DELETES.finditer(said)):
            refused = steps.is_refused(said, *found.span())
            assert refused, reason("violent", line=line, seen=quoted(found[0]))
        data, backups = truth.facts["data"][0], truth.house.backups
        changed = touched.touched(cell, data, backups, truth.house.kept) or touched.written(said)
        assert not changed, reason("touched", line=line, seen=quoted(changed))
    for line, cell in _in_a_crowd(document, truth):
        again = restarts.restart(reader.plain(cell))
        assert not again, reason("restart-in-a-crowd", line=line, seen=quoted(again))


def test_without_its_author(document: Form) -> None:
    """Nothing that an operator needs is left in the author's head.

    ja: 動かす人に要ることが、作者の頭の中だけに残っていない。
    """
    for line in document.lines:
        said = reader.plain(line.text)
        for found in re.finditer(HEAD, said):
            refused = steps.is_refused(said, *found.span())
            assert refused, reason("in-the-head", line=line.number, seen=quoted(found[0]))
    for row in document.tables["alerts"]:
        assert not re.search(AUTHOR, reader.plain(row.cells["who"])), reason("author-woken", line=row.line)
    for line, cell in acts(document):
        said = reader.plain(cell)
        for found in re.finditer(AUTHOR, said):
            refused = steps.is_refused(said, *found.span()) or re.search(AS_AUTHOR, said[found.end() :])
            assert refused, reason("author-needed", line=line)
