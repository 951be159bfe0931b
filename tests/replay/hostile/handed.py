"""Submissions of learners who worked on a lab, made on Docker."""

from __future__ import annotations

import shutil
from pathlib import Path

from kikori import host
from kikori.content import Catalog
from kikori.model import Lab, Stage
from kikori.prove.scene import proof_scene
from kikori.submission import pack

from .parts import Members, read

MENDED = {"first-look": ("closed-page", "readable-by-all"), "silent-exit": ("privileged-port", "a-high-port")}


def handed_in(lab: Lab, fault: str, change: str, folder: Path) -> Members:
    """What a learner hands in who carried out a fix or a trap of a fault."""
    host.ready()
    exercise = lab.faults[fault]
    (done,) = [one for one in (*exercise.fixes, *exercise.traps) if one.name == change]
    with proof_scene(lab, seed=7, learner="ada") as stage:
        stage.reset()
        stage.put(exercise)
        stage.change(done)
        stage.attempt = stage.store.move(stage.attempt, stage=Stage.FIXED)
        return read(Path(shutil.move(pack(stage.store, stage.project, stage.folder), folder / f"{lab.id}.made")))


def mended(name: str, folder: Path) -> Members:
    """What somebody hands in who fixed a lab of ours."""
    return handed_in(Catalog().lab(name), *MENDED[name], folder)
