"""How long each lab takes from nothing to its healthy scene, images built, and how much memory it may take.

``.venv/bin/python benchmarks/starts.py [LAB…]`` prints a Markdown table; each figure is the median of three starts.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import time

from kikori import host
from kikori.content import Catalog
from kikori.lint.rules.compose import mebibytes
from kikori.model import Lab
from kikori.prove.scene import proof_scene

TIMES = 3


def started(lab: Lab) -> tuple[float, float]:
    """Seconds until every service is healthy, and the MiB that the lab's own compose file allows them."""
    took = []
    with proof_scene(lab, seed=1) as stage:
        stage.reset()  # builds what is missing
        for _ in range(TIMES):
            stage.project.down()
            began = time.perf_counter()
            stage.project.up()
            took.append(time.perf_counter() - began)
        limits = [mebibytes(one.get("mem_limit")) or 0.0 for one in stage.project.lab_compose.services.values()]
    return statistics.median(took), sum(limits)


def main() -> None:
    """Print the table."""
    host.ready()
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores\n")
    print("| lab | warm start, s | memory, MiB |\n|---|---|---|")
    for lab in Catalog().labs():
        if sys.argv[1:] and lab.id not in sys.argv[1:]:
            continue
        seconds, memory = started(lab)
        print(f"| {lab.id} | {seconds:.1f} | {memory:.0f} |", flush=True)


if __name__ == "__main__":
    main()
