"""Can somebody run the service with this document, and without its author?"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest
from commands import Command, is_newest, out_of_order
from filled_form.alone import alone, parts
from first import may_come_first, states
from shown import is_shown
from signs import Sign, signs, within
from values import incidents
from words import COLUMNS, TASKS, label

from conftest import commands, the_command, the_name
from kikori.grading import quoted, reasons

if TYPE_CHECKING:
    from filled_form.reader import Form, Row
    from truth import Truth

reason = reasons(__file__)

pytestmark = [pytest.mark.static, pytest.mark.needs("test_form")]
RESTORE = ("stop", "restore", "tally-check", "start")
"""The steps of a restore, in their order."""
KINDS = 3
"""Of how many kinds of failure a row may name the signals."""
HOUR, LONGEST, LATEST = 3600, 600, 7200
"""After how many seconds all docks have reported, and how long one waits for a state, and for anything, at most."""


class Step(NamedTuple):
    """A row below Operation: what is typed, and what was started or stopped last in its task."""

    row: Row
    task: str
    command: Command
    last: str


def steps_of(document: Form) -> list[Step]:
    """Give the steps; a row without a task goes on with the one above."""
    found: list[Step] = []
    task = last = ""
    for row in document.tables["tasks"]:
        if alone(row.cells["task"]) or not task:
            before, task = task, the_name(row.cell("task"), TASKS, label(COLUMNS["tasks"]["task"]))
            last = last if task == before else ""
        told = the_command(row.cell("command"))
        assert told.kind != "none", reason("step-none", line=row.line)
        last = told.kind if told.kind in ("start", "stop") else last
        found.append(Step(row, task, told, last))
    return found


def test_commands(document: Form, truth: Truth) -> None:
    """Whatever is to be typed is one command, known to do no harm, and asks where something answers.

    ja: 打つものはどれも、害がないと分かっている一つのコマンドで、答えるものに尋ねている。
    """
    steps_of(document)
    for line, one in commands(document):
        _is_here(line, one, truth)


def _is_here(line: int, one: Command, truth: Truth) -> None:
    """Fail where a command goes to another machine than that of what it asks."""
    here = {truth.house.host, "localhost", "127.0.0.1"}
    logged_in = not one.on or one.on == truth.house.host
    assert logged_in, reason("wrong-machine", line=line, seen=quoted(one.on))
    known = {f"{host}:{port}" for host in here for port in truth.own_ports}
    known |= {need.address.value for need in truth.house.needs.values()}
    if one.port not in truth.house.ports:
        return  # no machine has it, which another check says
    assert one.address in known, reason("wrong-machine", line=line, seen=quoted(one.host))
    answered = one.path.split("/")[0] in truth.requests[one.port]
    assert answered, reason("no-such-request", line=line, path=f"/{one.path}")


@pytest.mark.needs("test_commands")
def test_operation(document: Form, truth: Truth) -> None:
    """Start, stop and restore are told step by step, and in an order that works.

    ja: 起動、停止、復元が、うまくいく順序で、手順ごとに書いてある。
    """
    steps = steps_of(document)
    told = {task: [step for step in steps if step.task == task] for task in TASKS}
    for task, found in told.items():
        assert found, reason("task-lacks", task=label(TASKS[task]))
    assert told["start"][-1].last == "start", reason("start-how", line=told["start"][0].row.line)
    for task in ("stop", "restore"):
        ended = next((step for step in told[task] if step.command.kind == "end"), None)
        is_stopped = not ended or any(step.last == "stop" for step in told[task])
        assert is_stopped, reason("stop-kill", line=ended.row.line if ended else 0)
    assert told["stop"][-1].last == "stop", reason("stop-how", line=told["stop"][0].row.line)
    rows, kinds = told["restore"], [step.command.kind for step in told["restore"]]
    assert {*RESTORE} <= {*kinds}, reason("restore-lacks", line=rows[0].row.line)
    early = next(out_of_order(kinds, RESTORE), None)
    assert early is None, reason("restore-order", line=rows[early or 0].row.line)
    for step in steps:
        asks = step.command.kind == "tally-ask-again" or step.command.port in truth.own_ports
        assert not (asks and step.last == "stop"), reason("nobody-listens", line=step.row.line)


@pytest.mark.needs("test_commands")
def test_backup(document: Form, truth: Truth) -> None:
    """A restore takes its file from the backups, and one from before the damage.

    ja: 復元に使うファイルは、バックアップの中の、壊れる前のものである。
    """
    folder, is_whole = truth.house.backups, False
    for line, one in ((line, one) for line, one in commands(document) if one.kind == "restore"):
        inside = one.search or one.file.startswith(f"{folder}/")
        assert inside, reason("restore-from", line=line, seen=quoted(one.file))
        right = one.file == truth.newest or is_newest(one, folder)
        assert right, reason("restore-which", line=line)
    for step in (step for step in steps_of(document) if step.task == "restore"):
        one = step.command
        is_whole = is_whole or one.kind == "restore"
        is_backup = one.kind == "backup" and f"{one.file or folder}/".startswith(f"{folder}/")
        assert is_whole or not is_backup, reason("restore-fresh", line=step.row.line)


@pytest.mark.needs("test_commands")
def test_seen(document: Form, truth: Truth) -> None:
    """Each step says what must be seen, and within what time, in terms that a stranger can compare.

    ja: どの手順にも、知らない人が見比べられる結果と、それが見えるまでの時間が書いてある。
    """
    for step in steps_of(document):
        cell, line = quoted(step.row.cells["seen"]), step.row.line
        found = signs(step.row.cells["seen"])
        known = [one for one in found if one]
        assert len(known) == len(found), reason("only-sign", line=line, seen=cell)
        for one in known:
            assert is_shown(one.kind, step.command, step.last), reason("seen-other", line=line, seen=cell)
            assert _is_well(one, truth), reason("seen-docks", line=line, seen=cell)
        _in_time(step, known, truth)


def _is_well(sign: Sign, truth: Truth) -> bool:
    """Whether a number of docks is that of a snapshot that is well."""
    least, docks = (int(truth.facts[name][0]) for name in ("least", "docks"))
    if sign.kind == "most":
        return 0 < sign.number <= docks - least
    return sign.kind != "least" or (sign.number == least and sign.up_to in (0, docks))


def _in_time(step: Step, found: list[Sign], truth: Truth) -> None:
    """Fail where a step is given no time, or one in which it can't show."""
    cell, line, kind = quoted(step.row.cells["within"]), step.row.line, step.command.kind
    seconds = within(step.row.cells["within"])
    assert seconds, reason("only-time", line=line, seen=cell)
    is_state = kind in ("start", "stop", "status", "log")
    enough = kind != "stop" or seconds >= int(truth.facts["stop"][0])
    assert enough, reason("within-stop", line=line, seen=cell)
    counts = kind == "ask" and any(one.kind == "least" for one in found)
    assert seconds >= HOUR or not counts, reason("within-docks", line=line, seen=cell)
    assert seconds <= (LONGEST if is_state else LATEST), reason("within-long", line=line, seen=cell)


def test_failures(document: Form, truth: Truth) -> None:
    """Each failure has a signal that exists, and none of the past ones is missing.

    ja: どの壊れ方にも実在する合図があり、過去の障害がすべて入っている。
    """
    covered: set[str] = set()
    for row in document.tables["failures"]:
        kinds, before = _kinds(row, truth), _before(row)
        assert len(kinds) <= KINDS, reason("signals-all", line=row.line, seen=len(kinds))
        unknown = [one for one in before if one not in truth.incidents]
        assert not unknown, reason("no-such-incident", line=row.line, number=unknown)
        for number in before:
            own = truth.incidents[number].kind
            assert own in kinds, reason("signal-other", line=row.line, number=number)
            assert kinds == {own}, reason("signal-too-many", line=row.line, number=number)
        assert len({*before}) <= 1, reason("incidents-together", line=row.line)
        covered |= {*before}
    missing = [number for number in truth.incidents if number not in covered]
    assert not missing, reason("incident-lacks", count=len(missing))


def _kinds(row: Row, truth: Truth) -> set[str]:
    """Give the kinds of failure of which a row names signals."""
    found = [truth.shows(one) for one in parts(row.cells["seen"])]
    known = [one for one in found if one is not None]
    assert len(known) == len(found), reason("only-signals", line=row.line, seen=quoted(row.cells["seen"]))
    return set().union(*known)


def _before(row: Row) -> list[str]:
    """Give the incidents that a row names."""
    found = incidents(row.cells["before"])
    assert found is not None, reason("only-incidents", line=row.line, seen=quoted(row.cells["before"]))
    return found


@pytest.mark.needs("test_commands", "test_failures")
def test_harmless(document: Form, truth: Truth) -> None:
    """What comes first only looks, or changes what the state of that row allows.

    ja: 最初に打つものは、見るだけか、その行の状態で変えてよいものだけを変える。
    """
    for row in (*document.tables["alerts"], *document.tables["failures"]):
        found, line = _states(row, truth), row.cell("command")
        is_right, cell = may_come_first(the_command(line).kind, found), quoted(line.text)
        assert is_right or found != {"down"}, reason("first-down", line=row.line, seen=cell)
        assert is_right or found != {"own"}, reason("first-own", line=row.line, seen=cell)
        assert is_right, reason("first", line=row.line, seen=cell)


def _states(row: Row, truth: Truth) -> set[str]:
    """Give the states in which somebody comes to a row, by its incident, or else by its signals."""
    told = {one: truth.shows(one) or set() for one in parts(row.cells.get("seen", row.cells["name"]))}
    return set().union(*told.values()) if "before" in row.cells and _before(row) else states(told)
