"""A class reviewed: is every verdict right, and what does one take beside ``docker compose up`` and ``down``?

``.venv/bin/python benchmarks/reviews.py [FOLDER] [--count 100] [--jobs 2] [--cluster ADDRESS]`` makes the class where
the folder has none yet, reviews it, and prints a Markdown table. The lab's own compose file is brought up and down in
between, by ``docker compose`` alone, so that a busy machine slows both.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kikori import host
from kikori.content import Catalog
from kikori.engine import Project, Silent
from kikori.engine.cleanup import sweep
from kikori.model import Attempt, Lab, Stage
from kikori.review import Reviewed, ReviewOptions, Verdict, review

HERE = Path(__file__).parent
ROUNDS = 3
MOST_SECONDS = 3.0


def class_in(folder: Path, lab: str, count: int, jobs: int) -> dict[str, bool]:
    """Which submissions of a folder are right; they are made where there are too few."""
    truth = folder / "truth.json"
    if not truth.is_file() or len(json.loads(truth.read_bytes())) < count:
        words = ["--lab", lab, "--count", str(count), "--jobs", str(jobs)]
        subprocess.run([sys.executable, str(HERE / "class_of.py"), str(folder), *words], stdout=sys.stderr, check=True)
    known: dict[str, bool] = json.loads(truth.read_bytes())
    return known


def up_and_down(lab: Lab) -> float:
    """Seconds that ``docker compose up --wait`` and ``down`` take of the lab's own files, images built before."""
    with tempfile.TemporaryDirectory(prefix="kikori-reviews-") as place:
        workspace = Path(place) / "workspace"
        if lab.workspace:
            shutil.copytree(lab.workspace, workspace)
        attempt = Attempt(
            id=f"reviews-{os.getpid()}", lab=lab.id, learner="bench", seed=1, params=lab.params_of("bench", 1),
            stage=Stage.HEALTHY, workspace=str(workspace) if lab.workspace else "",
        )  # fmt: skip
        project = Project(lab, attempt, Path(place) / "project")
        try:
            project.build(Silent())
            began = time.monotonic()
            project.compose().run("up", "--detach", "--wait", "--quiet-pull")
            project.compose().run("down", "--volumes")
            return time.monotonic() - began
        finally:
            sweep(attempt.project)


def wrong(found: Reviewed, truth: dict[str, bool]) -> list[str]:
    """The verdicts that are not what is known of a submission."""
    right = {True: Verdict.VERIFIED, False: Verdict.NOT_VERIFIED}
    rows = [row for row in found.rows if row.file in truth]
    return [f"{row.file}: {row.verdict}: {row.reason}" for row in rows if row.verdict is not right[truth[row.file]]]


def table(found: Reviewed, bad: int, seconds: float, compose: float, jobs: int) -> str:
    """The measures, as docs/ and issues take them."""
    each = seconds / len(found.rows)
    alone = statistics.median(row.seconds for row in found.rows)
    rows = [
        ("submissions", f"{len(found.rows)}"),
        ("wrong verdicts", f"{bad}"),
        ("retried", f"{sum(row.retried for row in found.rows)}"),
        (f"seconds each, {jobs} side by side", f"{each:.2f} (at most {MOST_SECONDS:g})"),
        ("seconds of one, median", f"{alone:.2f}"),
        ("seconds of docker compose up and down, median", f"{compose:.2f}"),
        ("one against up and down", f"{alone / compose:.2f}"),
        ("each against up and down", f"{each / compose:.2f}"),
    ]
    return "\n".join(["| measure | value |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path, nargs="?", default=Path(tempfile.gettempdir()) / "kikori-class")
    options.add_argument("--lab", default="silent-exit")
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--cluster", default="")
    asked = options.parse_args()
    host.ready()
    lab = Catalog().lab(asked.lab)
    truth = class_in(asked.folder, asked.lab, asked.count, asked.jobs)
    compose = [up_and_down(lab) for _ in range(ROUNDS)]
    began = time.monotonic()
    found = review(
        asked.folder,
        Catalog(),
        Silent(),
        ReviewOptions(jobs=asked.jobs, again=True, cluster=asked.cluster),
        done=lambda row, count, of: print(f"{count}/{of} {row.file}: {row.verdict}", file=sys.stderr, flush=True),
    )
    seconds = time.monotonic() - began
    compose += [up_and_down(lab) for _ in range(ROUNDS)]
    bad = wrong(found, truth)
    print(table(found, len(bad), seconds, statistics.median(compose), asked.jobs))
    print("\n".join(bad), file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
