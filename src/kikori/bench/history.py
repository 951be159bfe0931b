"""The runs of an attempt, one line of JSON each, and what was written about them."""

from __future__ import annotations

from math import hypot
from pathlib import Path
from statistics import fmean, median, stdev
from typing import Any

import msgspec

from kikori.attempts.atomic_files import append_line, read_lines, write_whole
from kikori.bench.result import Result
from kikori.model.record import Record

RUNS, PROBES, JOURNAL = "bench.jsonl", "bench-probes.json", "bench-journal.jsonl"
NOISE = 0.05
"""Two runs that differ by less than this part differ by chance, where nothing better is known."""


class Note(Record):
    """A line of the journal: what was believed, what was changed, and by what score."""

    at: float
    hypothesis: str
    change: str
    before: int | None
    after: int


class Change(Record):
    """A run beside the one before it."""

    before: float
    after: float
    """Points a second."""
    noise: float
    """The part of the larger one by which they may differ by chance."""

    @property
    def factor(self) -> float:
        """After as a multiple of before."""
        return self.after / self.before if self.before else 0.0

    @property
    def beyond_noise(self) -> bool:
        """Whether the difference is more than chance."""
        return abs(self.after - self.before) > self.noise * max(self.before, self.after)


class History:
    """What is kept in an attempt's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, result: Result, probes: Any) -> None:
        """Keep a run and what it has written."""
        self._append(RUNS, result)
        self.keep(probes)

    def keep(self, probes: Any) -> None:
        """Keep what was written last: whoever sets the data back takes what was kept before."""
        write_whole(self.folder / PROBES, msgspec.json.encode(probes))

    def note(self, note: Note) -> None:
        """Add a line to the journal."""
        self._append(JOURNAL, note)

    def _append(self, name: str, line: Record) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        append_line(self.folder / name, line)

    def runs(self) -> list[Result]:
        """List all runs, the oldest first."""
        return read_lines(self.folder / RUNS, Result)

    def journal(self) -> list[Note]:
        """List the notes, the oldest first."""
        return read_lines(self.folder / JOURNAL, Note)

    def probes(self) -> Any:
        """What the last run has written; None before the first."""
        file = self.folder / PROBES
        return msgspec.json.decode(file.read_bytes()) if file.is_file() else None

    def claimed(self) -> list[Result]:
        """The runs of the workspace as it was at the last run that counts."""
        counted = [run for run in self.runs() if run.passed]
        return [run for run in counted if run.workspace == counted[-1].workspace]


def change(runs: list[Result]) -> Change | None:
    """The last run beside the last one before it that counts; None where there is none."""
    earlier = [run for run in runs[:-1] if run.passed]
    if not earlier or not runs[-1].passed:
        return None
    before, after = earlier[-1], runs[-1]
    largest = max(before.pace, after.pace) or 1.0
    chance = 2 * hypot(before.luck * before.pace, after.luck * after.pace) / largest  # of so few actions
    return Change(before=before.pace, after=after.pace, noise=max(noise(runs), chance))


def noise(runs: list[Result]) -> float:
    """The part by which runs of one workspace differ here, from those that were run more than once; two deviations."""
    groups: dict[str, list[float]] = {}
    for run in runs:
        if run.passed and run.pace:
            groups.setdefault(f"{run.workspace} {run.seconds}", []).append(run.pace)
    spreads = [stdev(paces) / fmean(paces) for paces in groups.values() if len(paces) > 1]
    return max(NOISE, 2 * median(spreads)) if spreads else NOISE
