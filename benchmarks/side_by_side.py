"""How many demands may run side by side before one of them is late, by the time that each takes alone.

``.venv/bin/python benchmarks/side_by_side.py [JOBS ...]`` proves a sample of demands with 1, 2, 4 and 6 jobs, and
prints a Markdown table: seconds for all of them as a ratio of one after the other, how busy the processors were, how
much longer each took than alone (median and most), and how many were not met.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from statistics import median

import psutil

from kikori import host
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.engine.client import version
from kikori.prove.runner import Wanted, prove

SAMPLE = {
    "first-look": ("closed-page", "half-edit/fixes/write-it-new"),
    "silent-exit": ("privileged-port", "unreadable-config/traps"),
    "fd-famine": ("leak", "low-limit/traps"),
    "half-open": ("healthy",),
    "memory-wall": ("too-many-workers",),
    "find-the-bottleneck": ("healthy",),
    "quiet-pager": ("unfinished",),
    "four-signals": ("unfinished",),
    "kernel-knobs": ("few-numbers",),
}
"""Of each kind, cheap ones and dear ones."""


def run(jobs: int) -> tuple[float, float, dict[str, float], int]:
    """Seconds for the sample, percent busy, the seconds of each demand, and how many were not met."""
    catalog = Catalog()
    wanted = Wanted(
        labs=tuple(catalog.lab(name) for name in SAMPLE),
        chosen={lab: frozenset(names) for lab, names in SAMPLE.items()},
        seed=7,
        jobs=jobs,
    )
    psutil.cpu_percent()
    began = time.perf_counter()
    proofs = prove(wanted, Silent())
    seconds, busy = time.perf_counter() - began, psutil.cpu_percent()
    demands = [demand for proof in proofs.proofs for demand in proof.demands]
    return seconds, busy, {f"{one.lab} {one.name}": one.seconds for one in demands}, sum(not one.met for one in demands)


def main() -> None:
    """Print the table."""
    host.ready()
    run(6)  # builds the images
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Docker {version()}\n")
    print("| jobs | all, of one by one | busy, % | longer than alone: median | most | not met |")
    print("|---|---|---|---|---|---|")
    alone_all, alone = 0.0, dict[str, float]()
    for jobs in map(int, sys.argv[1:] or (1, 2, 4, 6)):
        seconds, busy, each, unmet = run(jobs)
        alone_all, alone = (alone_all or seconds), (alone or each)
        longer = [each[name] / alone[name] for name in each if name in alone]
        times = f"{median(longer):.2f} | {max(longer):.2f}"
        print(f"| {jobs} | {seconds / alone_all:.2f} | {busy:.0f} | {times} | {unmet} |", flush=True)


if __name__ == "__main__":
    main()
