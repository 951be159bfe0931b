"""The picture board's golden ladder: what each fixed defect is worth, on the standard profile.

``.venv/bin/python benchmarks/board.py`` measures every rung three times and writes the staircase to docs/;
``--profile tiny --seconds 8 --times 1`` is a quick look. ``--coarse`` measures three rungs far apart, draws nothing,
and fails unless each scores above the one before by more than chance; on the tiny profile only these differ so much.
``--spread`` measures one variant five times instead.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from statistics import fmean, median, stdev

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import board
from kikori import host, paths
from kikori.bench.history import NOISE
from kikori.bench.result import Result
from kikori.bench.run import Length, Run
from kikori.bench.target import PROFILE, Target, running_workspace
from kikori.content import Catalog
from kikori.site.score_chart import draw

COARSE = ("untouched", "twenty-rows", "work-once")
HEAD = "| rung | points a second | times | users | busiest | queries a page | failed |\n|---|---|---|---|---|---|---|"

Measured = tuple[str, list[Result]]


def measured(mended: str, length: Length, times: int) -> list[Result]:
    """Runs of one variant, each with a mix of its own, one after the other on the same scene."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = board.write(Path(folder) / "workspace", mended)
        with running_workspace(Catalog().lab(board.LAB), workspace) as project:
            return [Run(Target(project), seed=number).whole(length) for number in range(times)]


def row(name: str, runs: list[Result], first: float) -> str:
    """A rung in the table."""
    paces = [run.pace for run in runs]
    failed = ", ".join(sorted({run.failed for run in runs if run.failed}))
    middle = sorted(runs, key=lambda run: run.pace)[len(runs) // 2]
    busy = max(middle.usage, key=lambda one: one.cpu, default=None)
    says = f"{busy.service} {busy.cpu:.0%}" if busy else ""
    cells = (name, f"{median(paces):.1f}", f"{median(paces) / first:.1f}", middle.users, says, middle.queries_per_page)
    return f"| {' | '.join(map(str, cells))} | {failed} |"


def ladder(rungs: Sequence[board.Rung], length: Length, times: int) -> list[Measured]:
    """Measure rungs, the untouched board first, and print each."""
    print(HEAD, flush=True)
    found: list[Measured] = []
    for rung in rungs:
        found.append((rung.name, measured(",".join(rung.mended), length, times)))
        print(row(*found[-1], median(run.pace for run in found[0][1]) or 1.0), flush=True)
    return found


def coarse() -> list[board.Rung]:
    """Pick the rungs that lie far apart."""
    return [rung for rung in board.ladder() if rung.name in COARSE]


def lapses(found: Sequence[Measured]) -> list[str]:
    """Name each rung that failed, or isn't above the one before."""
    said = [f"{name}: failed by {run.failed}" for name, runs in found for run in runs if run.failed]
    paces = [(name, median(run.pace for run in runs)) for name, runs in found]
    for (lower, below), (upper, above) in pairwise(paces):
        if above <= below * (1 + NOISE):
            said.append(f"{upper}: {above:.1f} points a second, {lower}: {below:.1f}")
    return said


def write_charts(found: Sequence[Measured]) -> None:
    """Draw the staircase in both languages."""
    steps = [(median(run.pace for run in runs), name) for name, runs in found]
    for lang, ending in (("en", "svg"), ("ja", "ja.svg")):
        (paths.ROOT / f"docs/assets/board-ladder.{ending}").write_text(draw(steps, lang), encoding="utf-8")


def spread(length: Length) -> None:
    """How far five runs of the same code lie apart."""
    for name in ("", "all"):
        paces = [run.pace for run in measured(name, length, 5)]
        print(f"{name or 'untouched'}: {paces}, coefficient of variation {stdev(paces) / fmean(paces):.1%}", flush=True)


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--profile", default="standard")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--times", type=int, default=3)
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--coarse", action="store_true")
    instead.add_argument("--spread", action="store_true")
    return parser.parse_args()


def main() -> None:
    """Measure, and write the chart."""
    asked = options()
    os.environ[PROFILE] = asked.profile
    host.ready()
    length = Length(warm_up=5, load=asked.seconds, step=2 if asked.seconds > 30 else 1)
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, profile {asked.profile}\n", flush=True)
    if asked.spread:
        spread(length)
    elif asked.coarse:
        sys.exit("\n".join(lapses(ladder(coarse(), length, asked.times))) or None)
    else:
        found = ladder(board.ladder(), length, asked.times)
        if asked.profile == "standard":
            write_charts(found)


if __name__ == "__main__":
    main()
