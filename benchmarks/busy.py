"""Whether verdicts hold on a busy computer: each lab's first fix and one trap at four times the processors.

``.venv/bin/python benchmarks/busy.py [LAB ...] [--load 4]`` keeps so many programs for each processor busy, and proves
meanwhile one fix (at once, after a restart, in a replay) and one trap of each lab, one after the other, judged as a
learner's check is, which may say that the computer is too busy. It prints a Markdown table, with the seconds of each
beside those of its row, and ends with 1 where a verdict was another.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import EnvironmentProblem
from kikori.grading import grade
from kikori.grading.host_load import Load
from kikori.model import Fault, Lab, Outcome, Report
from kikori.prove import admission, ledger, scene
from kikori.prove.proof import Demand
from kikori.prove.runner import Wanted, prove
from kikori.replay import rebuild

SPIN = "while True: pass"
BUSY = "too busy to say"


@contextmanager
def loaded(times: int) -> Iterator[None]:
    """A computer on which so many programs for each processor never rest."""
    busy = [subprocess.Popen([sys.executable, "-c", SPIN]) for _ in range(times * (os.cpu_count() or 1))]
    try:
        yield
    finally:
        for one in busy:
            one.kill()
            one.wait()


def judged(load: Load, *about: Any, **more: Any) -> Report:
    """Grade as a check does.

    Raises:
        EnvironmentProblem: the computer is too busy to say, which says nothing of the lab and voids no proof.
    """
    report = grade(*about, **more, load=load)
    if any(check.outcome is Outcome.BUSY for check in report.checks):
        raise EnvironmentProblem(BUSY)
    return report


def asked_of(lab: Lab) -> list[str]:
    """The names of the first fix and the first trap."""
    first = lab.exercises[0]
    begin = f"{first.id}/" if isinstance(first, Fault) else ""
    return [f"{begin}fixes/{first.fixes[0].name}", f"{begin}traps/{first.traps[0].name}"]


def verdict(lab: Lab, name: str) -> Demand:
    """One demand, alone."""
    (proof,) = prove(Wanted(labs=(lab,), only=name, jobs=1), Silent()).proofs
    return proof.demands[0]


def main(arguments: Sequence[str]) -> int:
    """Prove them all; gives how many verdicts were others."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labs", nargs="*")
    parser.add_argument("--load", type=int, default=4)
    asked = parser.parse_args(arguments)
    catalog, other = Catalog(), 0
    admission.PATIENCE = 0  # it would wait for the load to end
    print(f"{os.cpu_count()} processors, {platform.machine()}, load {asked.load} times that\n")
    print("| lab | demand | same verdict | seconds | recorded |\n|---|---|---|---|---|")
    with loaded(asked.load), Load(()).watched() as load:
        scene.grade = rebuild.grade = partial(judged, load)  # type: ignore[attr-defined]
        for lab in [catalog.lab(name) for name in asked.labs] or catalog.labs():
            rows = ledger.read(lab)
            for name in asked_of(lab):
                seen = verdict(lab, name)
                other += not seen.met and not seen.by_environment
                usual = f"{rows[name].wall:.0f}" if name in rows else "-"
                said = "yes" if seen.met else BUSY if seen.by_environment else f"no: {seen.breach}"
                print(f"| {lab.id} | {name} | {said} | {seen.seconds:.0f} | {usual} |", flush=True)
    return min(other, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
