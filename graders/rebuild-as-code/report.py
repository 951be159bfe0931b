"""What ansible-playbook writes of a run, read strictly: tasks with their results, and the recap."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

TASK = re.compile(r"(TASK|RUNNING HANDLER) \[(.*)\] \*+")
RESULT = re.compile(r"(ok|changed|skipping|fatal|failed): \[host\](?:$|:| =>| \()")
RECAP = re.compile(r"host\s+: ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)\s")
LONGEST = 60


class Told(NamedTuple):
    """A task that was gone through: its name, which of its name it is, and the results of its items."""

    name: str
    turn: int
    results: frozenset[str]


class Report(NamedTuple):
    """The tasks in their order, without handlers; ``changed`` is the recap's own number, -1 where there is none."""

    tasks: tuple[Told, ...]
    changed: int
    failed: int

    @property
    def announced(self) -> int:
        """How many tasks say that they change something."""
        return sum("changed" in one.results for one in self.tasks)


def read(said: str) -> Report:
    """Read what was written."""
    found: list[tuple[str, set[str]]] = []
    open_task: set[str] | None = None
    changed = failed = -1
    for line in said.splitlines():
        if begun := TASK.fullmatch(line):
            open_task = set() if begun[1] == "TASK" else None
            if open_task is not None:
                found.append((begun[2], open_task))
        elif open_task is not None and (result := RESULT.match(line)):
            open_task.add(result[1])
        elif recap := RECAP.match(line):
            changed, failed, open_task = int(recap[2]), int(recap[3]) + int(recap[4]), None
    turns: Counter[str] = Counter()
    tasks = []
    for name, results in found:
        tasks.append(Told(name, turns[name], frozenset(results)))
        turns[name] += 1
    return Report(tuple(tasks), changed, failed)


def unsaid(shown: Report, done: Report) -> list[str]:
    """Tasks that a run carried out or changed something by, and of which ``--check`` had not said so."""
    before = {(one.name, one.turn): one.results for one in shown.tasks}
    found = []
    for one in done.tasks:
        said = before.get((one.name, one.turn), frozenset())
        carried_out = one.results & {"ok", "changed"}
        if ("changed" in one.results and "changed" not in said) or (carried_out and not said & {"ok", "changed"}):
            found.append(one.name[:LONGEST])
    return found


def complaint(said: str) -> str:
    """The first line in which a run says what went wrong; empty where there is none."""
    words = ("[ERROR]", "ERROR!", "fatal:", "failed:")
    return next((line for line in said.splitlines() if line.startswith(words)), "")
