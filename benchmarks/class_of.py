"""A class's submissions, made from a lab's own fixes and traps, so that the right verdict of each is known.

``.venv/bin/python benchmarks/class_of.py FOLDER [--lab silent-exit] [--count 100] [--jobs 2]`` writes the files and
``truth.json``: which of them fix the fault.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kikori import host
from kikori.content import Catalog
from kikori.model import Change, Command, Fault, Lab, Stage
from kikori.prove.scene import ProofScene, proof_scene
from kikori.submission import pack

ENDS = [
    "I read it twice before I believed it.",
    "My neighbour had guessed something else.",
    "The first idea was wrong, and the log said so.",
    "It took longer to find than to mend.",
    "Next time I would ask the engine first.",
]
made = threading.Lock()


def pieces(lab: Lab) -> list[tuple[Fault, Change, bool]]:
    """Every fix and trap of a lab, and whether it fixes its fault."""
    found = [(fault, fix, True) for fault in lab.faults.values() for fix in fault.fixes]
    return found + [(fault, trap, False) for fault in lab.faults.values() for trap in fault.traps]


def essay(lab: Lab, number: int, change: Change) -> str:
    """An explanation that keeps the rules, and is not quite like another; every tenth is copied from the one before."""
    dice = random.Random(number - (number % 10 == 9))  # noqa: S311  # nothing secret
    parts = []
    for prompt in lab.about.prompts:
        words = [dice.choice(ENDS) for _ in range(4)]
        seen = f"At {dice.randrange(10**6)} I saw it with [#1]. {' '.join(words)}"
        parts.append(f"## {prompt.id} <!-- {prompt.id} -->\n{seen}")
    return "\n".join(parts) + f"\nWhat I did is called {change.name}.\n"


def hand_in(lab: Lab, number: int, fault: Fault, change: Change, folder: Path) -> str:
    """Work on the lab as one learner, and hand in; gives the file's name."""
    learner = f"learner{number:03}"
    with proof_scene(lab, seed=1000 + number, learner=learner) as stage:
        stage.reset()
        stage.put(fault)
        stage.store.record(stage.attempt, "broke", fault=fault.id)
        _look_around(stage, number)
        stage.change(change)
        stage.attempt = stage.store.move(stage.attempt, stage=Stage.MENDED)
        stage.store.record(stage.attempt, "mended")
        place = stage.store.folder(stage.attempt.id)
        (place / "explanation.md").write_text(essay(lab, number, change), encoding="utf-8")
        shutil.move(pack(stage.store, stage.project, stage.folder), folder / f"{learner}-{lab.id}.kikori")
    return f"{learner}-{lab.id}.kikori"


def _look_around(stage: ProofScene, number: int) -> None:
    """What a learner does before the fix: a command, a check now and then, some hints."""
    line = ["kikori status", "docker compose logs", "ls -l /srv"][number % 3]
    stage.store.add_command(
        stage.attempt, Command(number=0, at=time.time(), service="web", line=line, exit_code=0, seconds=0.2)
    )
    if number % 4 == 0:
        stage.store.add_report(stage.attempt, stage.grade())
        stage.store.record(stage.attempt, "checked")
    for _ in range(number % 3):
        stage.store.record(stage.attempt, "hint")


def main() -> None:
    """Write the class."""
    options = argparse.ArgumentParser()
    options.add_argument("folder", type=Path)
    options.add_argument("--lab", default="silent-exit")
    options.add_argument("--count", type=int, default=100)
    options.add_argument("--jobs", type=int, default=2)
    asked = options.parse_args()
    host.ready()
    lab = Catalog().lab(asked.lab)
    asked.folder.mkdir(parents=True, exist_ok=True)
    plan = pieces(lab)
    truth: dict[str, bool] = {}

    def one(number: int) -> None:
        fault, change, right = plan[number % len(plan)]
        name = hand_in(lab, number, fault, change, asked.folder)
        with made:
            truth[name] = right
            print(f"{len(truth)}/{asked.count} {name}: {fault.id}/{change.name}", flush=True)

    with ThreadPoolExecutor(asked.jobs) as pool:
        list(pool.map(one, range(asked.count)))
    (asked.folder / "truth.json").write_text(json.dumps(truth, indent=1, sort_keys=True), encoding="utf-8")


if __name__ == "__main__":
    main()
