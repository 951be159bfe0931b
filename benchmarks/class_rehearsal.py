"""A class on one computer: many attempts at once, of which half are fixed, and a verdict for each at the same moment.

``.venv/bin/python benchmarks/class_rehearsal.py [--count 10]`` gives so many learners a home each, and lets all of them
start a lab at once, put a fault in at once and check at once, at terminals of their own. Every other one has fixed the
fault before, by a fix of the lab's own. It prints a Markdown table, how long each waited, and the longest time for
which a terminal showed nothing new, and ends with 1 where a verdict was wrong; that the computer is too busy to say is
no verdict.
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
PATIENCE = 900
"""Seconds for one command."""


class Shown(NamedTuple):
    """What a terminal showed, how long it took, and the longest time without anything new."""

    code: int
    seconds: float
    silence: float
    text: str


def at_a_terminal(home: Home, *words: str) -> Shown:
    """Type a command, and look on."""
    began = last = time.monotonic()
    silence, seen = 0.0, []
    child = pexpect.spawn(
        sys.executable,
        ["-m", "kikori", *words],
        cwd=str(home.folder / "here"),
        env=home.environment,  # type: ignore[arg-type]
        encoding="utf-8",
        dimensions=(40, 120),
    )
    while True:
        try:
            seen.append(child.read_nonblocking(4096, PATIENCE))
        except pexpect.EOF:
            break
        finally:
            silence, last = max(silence, time.monotonic() - last), time.monotonic()
    child.close()
    return Shown(child.exitstatus, time.monotonic() - began, silence, "".join(seen))


class Learner:
    """One of the class: a lab, a fault in it, and whether it is fixed."""

    def __init__(self, home: Home, number: int, catalog: Catalog) -> None:
        self.home, self.number = home, number
        self.lab: Lab = catalog.lab(LABS[number % len(LABS)])
        faults = list(self.lab.single.values())
        self.fault: Fault = faults[number // len(LABS) % len(faults)]
        self.fixes = number // len(LABS) % 2 == number % 2
        self.shown: dict[str, Shown] = {}

    @property
    def expected(self) -> str:
        """The right verdict."""
        return PASSED if self.fixes else FAILED

    @property
    def verdict(self) -> str:
        """What the check came to, as its exit code says."""
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
    took, silent = [one.seconds for one in shown], max(one.silence for one in shown)
    codes = sorted({one.code for one in shown})
    return (
        f"`{what}`: {min(took):.0f} to {max(took):.0f} s, median {median(took):.0f} s, all within {whole:.0f} s; "
        f"nothing new for {silent:.1f} s at most; exit codes {codes}"
    )


def rehearsed(class_: Sequence[Learner]) -> None:
    """Play it through."""
    memory = psutil.virtual_memory().available
    for what, do in (("start", Learner.start), ("break", Learner.put)):
        whole = together(class_, do)
        print(told(class_, what, whole), flush=True)
    print(f"memory taken: {(memory - psutil.virtual_memory().available) / 2**20:.0f} MiB", flush=True)
    for one in class_:
        one.fix()
    whole = together(class_, Learner.check)
    print(told(class_, "check", whole) + "\n", flush=True)


def main() -> int:
    """Print the table; gives how many verdicts were wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=10)
    asked = options.parse_args()
    catalog = Catalog([paths.ROOT])
    print(f"{os.cpu_count()} processors, {platform.machine()}, {psutil.virtual_memory().total / 2**30:.0f} GiB\n")
    with tempfile.TemporaryDirectory() as folder, homes(Path(folder)) as home:
        class_ = [Learner(home(f"learner{number}"), number, catalog) for number in range(asked.count)]
        rehearsed(class_)
        together(class_, Learner.stop)
    print("| learner | lab | fault | fixed | verdict | start, s | check, s |\n|---|---|---|---|---|--:|--:|")
    wrong = [one for one in class_ if one.verdict not in (one.expected, BUSY)]
    for one in class_:
        fixed, mark = "yes" if one.fixes else "no", " **wrong**" if one in wrong else ""
        took = f"{one.shown['start'].seconds:.0f} | {one.shown['check'].seconds:.0f}"
        print(f"| {one.number} | {one.lab.id} | {one.fault.id} | {fixed} | {one.verdict}{mark} | {took} |")
    for one in wrong:
        print(f"\n{one.lab.id} {one.fault.id}:\n{one.shown['check'].text}")
    return min(len(wrong), 1)


if __name__ == "__main__":
    sys.exit(main())
