"""Attempts of a setter and of a solver, of which nothing runs."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from kikori import paths
from kikori.attempts import Store
from kikori.content import Catalog
from kikori.engine.cleanup import mark, projects
from kikori.fault_file import Guess, Manifest, Script, Solution, pack
from kikori.fault_file.format import Entry
from kikori.learner.session import Session
from kikori.model import Attempt, Stage
from kikori.proof_keys import scene_key

WORD = "three green parrots"
GUESSES = "".join(f"{number}. part {number} -> users see {number}xx\n" for number in range(1, 6))
SOLUTION = Solution(
    cause="Nobody but root may read the page.",
    component="web",
    diagnosis="no-permission",
    fix=Script(service="web", text="chmod 644 /srv/www/index.html\n"),
)


def scenes_of(process: int) -> set[str]:
    """Name the scenes in which a process of this machine proves faults."""
    return projects("kikori-" + mark("prove").replace(f"-{os.getpid()}-", f"-{process}-"))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content root with a lab of our own to write to, first-look under another name."""
    root = tmp_path / "content"
    shutil.copytree(paths.ROOT / "labs/first-look", root / "labs/mini")
    shutil.copytree(paths.ROOT / "labs/_images", root / "labs/_images")
    shutil.copytree(paths.ROOT / "graders/first-look", root / "graders/mini")
    monkeypatch.setenv("KIKORI_CONTENT", str(root))
    return root


@pytest.fixture
def file(root: Path, tmp_path: Path) -> Path:
    """A setter's file for that lab."""
    target = tmp_path / "grace.fault"
    target.write_bytes(packed("mini", scene_key(Catalog().lab("mini")), "chmod 600 /srv/www/index.html\n"))
    return target


@cache
def packed(lab: str, scene: str, script: str) -> bytes:
    """A file with one script; to seal it takes a second."""
    manifest = Manifest(
        format=1,
        lab=lab,
        scene=scene,
        fault="setter-0a1b2c",
        setter="grace",
        symptom="The page says 403.",
        created=1_800_000_000.5,
        kikori="0.1.0",
        guesses=tuple(Guess(what=f"part {number}", shows=f"{number}xx") for number in range(1, 6)),
        breaks=(Entry(service="web"),),
    )
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "made.fault"
        pack(target, manifest, [Script(service="web", text=script)], {}, SOLUTION, WORD)
        return target.read_bytes()


@pytest.fixture
def attempt_at() -> Callable[..., Attempt]:
    """Make up an attempt at a lab, at a stage."""

    def make(lab: str, stage: Stage = Stage.HEALTHY, fault: str | None = None) -> Attempt:
        store, params = Store(), Catalog().lab(lab).params_of("ada", 1)
        attempt = store.save(
            Attempt(id=store.new_id(lab), lab=lab, learner="ada", seed=1, params=params, stage=stage, fault=fault)
        )
        store.record(attempt, "started", seed=1)
        if fault:
            store.record(attempt, "broke", fault=fault)
        return attempt

    return make


@pytest.fixture
def solving(file: Path, attempt_at: Callable[..., Attempt]) -> Session:
    """A solver's session with the fault of that file in, and nothing explained yet."""
    from kikori.fault_file import SUFFIX, read_fault_file
    from kikori.fault_file.folder import write_about, write_folder

    session = Session()
    found = read_fault_file(file)
    attempt = attempt_at("mini", Stage.BROKEN, found.manifest.fault)
    folder = session.setters_fault(attempt)
    write_folder(found, session.catalog.lab("mini"), folder)
    write_about(folder)
    shutil.copyfile(file, folder.with_suffix(SUFFIX))
    return session
