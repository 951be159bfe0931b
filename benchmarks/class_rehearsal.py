"""A class on one computer: many attempts at once, of which half are fixed, and a verdict for each at the same moment.

``.venv/bin/python benchmarks/class_rehearsal.py [--count 10] [--decide]`` gives so many learners a home each, and lets
all of them start a lab at once, put a fault in at once and check at once, at terminals of their own. Half of them have
fixed the fault before, by a fix of the lab's own. Whoever is told that the computer is too busy to say, which is no
verdict, checks again together with the others who were. It prints a Markdown table, how long each waited, and the
longest time for which a terminal showed nothing new, and ends with 1 where a verdict was wrong.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pexpect
import psutil

from kikori import paths
from kikori.content import Catalog
from kikori.engine import Project, Silent
from kikori.engine.cleanup import leftovers
from kikori.model import Attempt, Change, Fault, Lab

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from homes import Home, done, homes

LABS = ("first-look", "silent-exit", "lost-neighbour", "silent-process")
PASSED, FAILED, BUSY = "passed", "failed", "too busy to say"
VERDICTS = {0: PASSED, 1: FAILED}
QUESTION = "[Y/n]:"
"""How a command ends that asks whether to go on with the explanation."""
ROUNDS = 6
"""How often those check again who were told that the computer is too busy to say."""
PATIENCE = 900
"""Seconds for one command."""


class Shown(NamedTuple):
    """What a terminal showed, how long it took, and the longest time without anything new."""

    code: int
    seconds: float
    silence: float
    after: str
    """What stood there last before it."""
    text: str


def at_a_terminal(home: Home, *words: str) -> Shown:
    """Type a command, and look on."""
    began = last = time.monotonic()
    silence, after, seen = 0.0, "", [""]
    child = pexpect.spawn(
        sys.executable,
        ["-m", "kikori", *words],
        cwd=str(home.folder / "here"),
        env=home.environment,  # type: ignore[arg-type]
        encoding="utf-8",
        dimensions=(40, 120),
    )
    new = "begin"
    while new:
        new = _read(child)
        if (lasted := time.monotonic() - last) > silence:
            silence, after = lasted, seen[-1]
        last = time.monotonic()
        seen.append(new)
        if new.rstrip().endswith(QUESTION):
            child.sendline("n")
    child.close()
    return Shown(child.exitstatus, time.monotonic() - began, silence, after, "".join(seen))


def _read(child: pexpect.spawn) -> str:
    """What is new at a terminal; nothing at its end."""
    try:
        return str(child.read_nonblocking(4096, PATIENCE))
    except pexpect.EOF:
        return ""


class Learner:
    """One of the class: a lab, a fault in it, and whether it is fixed."""

    def __init__(self, home: Home, number: int, catalog: Catalog) -> None:
        self.home, self.number = home, number
        self.lab: Lab = catalog.lab(LABS[number % len(LABS)])
        faults = list(self.lab.single.values())
        self.fault: Fault = faults[number // len(LABS) % len(faults)]
        self.fixes = number // len(LABS) % 2 == number % 2
        self.shown: dict[str, Shown] = {}
        self.checks: list[str] = []

    @property
    def expected(self) -> str:
        """The right verdict."""
        return PASSED if self.fixes else FAILED

    @property
    def verdict(self) -> str:
        """What the last check came to, as its exit code says."""
        check = self.shown["check"]
        if check.code == 3 and "too busy" in check.text:
            return BUSY
        return VERDICTS.get(check.code, f"exit code {check.code}")

    @property
    def attempt(self) -> Attempt:
        """The one that runs."""
        (found,) = self.home.store.running()
        return found

    def type(self, *words: str) -> None:
        """Type a command, and keep what it showed."""
        self.shown[words[0]] = at_a_terminal(self.home, *words)

    def start(self) -> None:
        """Bring the lab up."""
        self.type("start", self.lab.id, "--seed", str(self.number))

    def put(self) -> None:
        """Put the fault in."""
        self.type("break", "--fault", self.fault.id)

    def fix(self) -> None:
        """Carry out the lab's own fix, as `lab prove` does."""
        if not self.fixes:
            return
        change = self.fault.fixes[self.number % len(self.fault.fixes)]
        for one in (*change.first, change):
            self._carry_out(one)

    def _carry_out(self, change: Change) -> None:
        attempt = self.attempt
        project = Project(self.lab, attempt, self.home.store.folder(attempt.id))
        project.run(change)
        if change.touches_workspace:
            done(self.home("apply"))
        if change.restart:
            project.restart(Silent())

    def check(self) -> None:
        """Ask for the verdict."""
        self.type("check")
        self.checks.append(self.verdict)

    def stop(self) -> None:
        """End the attempt; nothing of it is left."""
        project = self.attempt.project
        done(self.home("stop", "--yes"))
        assert not leftovers(project)


def together(class_: Sequence[Learner], do: Callable[[Learner], None]) -> float:
    """Let all do the same at the same moment; gives how long the last one took."""
    began = time.monotonic()
    with ThreadPoolExecutor(len(class_)) as pool:
        list(pool.map(do, class_))
    return time.monotonic() - began


def told(class_: Sequence[Learner], what: str, whole: float) -> str:
    """Say how long a command took for all of a class."""
    shown = [one.shown[what] for one in class_]
    took, silent = [one.seconds for one in shown], max(shown, key=lambda one: one.silence)
    place = repr(silent.after.strip()[-60:]) if silent.after.strip() else "the command was typed"
    codes = sorted({one.code for one in shown})
    return (
        f"`{what}`: {min(took):.0f} to {max(took):.0f} s, median {median(took):.0f} s, all within {whole:.0f} s; "
        f"nothing new for {silent.silence:.1f} s at most, after {place}; exit codes {codes}"
    )


def rehearsed(class_: Sequence[Learner]) -> None:
    """Play it through."""
    for what, do in (("start", Learner.start), ("break", Learner.put)):
        whole = together(class_, do)
        print(told(class_, what, whole), flush=True)
    for one in class_:
        one.fix()
    waiting = list(class_)
    for _ in range(ROUNDS):
        whole = together(waiting, Learner.check)
        busy = [one for one in waiting if one.verdict == BUSY]
        print(f"{told(waiting, 'check', whole)}; {len(busy)} of {len(waiting)}: {BUSY}", flush=True)
        waiting = busy
        if not waiting:
            break


def main() -> int:
    """Print the table; gives how many verdicts were wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10)
    options.add_argument("--decide", action="store_true", help="as KIKORI_CROWD=0: never too busy to say")
    asked = options.parse_args()
    if asked.decide:
        os.environ["KIKORI_CROWD"] = "0"
    catalog = Catalog([paths.ROOT])
    memory, load = psutil.virtual_memory().total / 2**30, os.getloadavg()[0]
    print(f"{os.cpu_count()} processors, {platform.machine()}, {memory:.0f} GiB, load before it {load:.1f}\n")
    with tempfile.TemporaryDirectory() as folder, homes(Path(folder)) as home:
        class_ = [Learner(home(f"learner{number}"), number, catalog) for number in range(asked.count)]
        rehearsed(class_)
        together(class_, Learner.stop)
    print("\n| learner | lab | fault | fixed | verdicts | start, s | last check, s |\n|---|---|---|---|---|--:|--:|")
    wrong = [one for one in class_ if {*one.checks} - {one.expected, BUSY}]
    for one in class_:
        fixed, mark = "yes" if one.fixes else "no", " **wrong**" if one in wrong else ""
        took = f"{one.shown['start'].seconds:.0f} | {one.shown['check'].seconds:.0f}"
        print(f"| {one.number} | {one.lab.id} | {one.fault.id} | {fixed} | {', '.join(one.checks)}{mark} | {took} |")
    for one in wrong:
        print(f"\n{one.lab.id} {one.fault.id}:\n{one.shown['check'].text}")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
