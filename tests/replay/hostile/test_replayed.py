"""What is run on an engine: no lie is believed, what is tried is contained, and the others are judged all the same.

A landing runs some, drawn by the commit; ``./kikori test --all`` runs all of them.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from drawn import drawn
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.engine.cleanup import projects
from kikori.review import ReviewOptions, Row, Verdict, review

from .corpus import REPLAYED
from .handed import mended
from .parts import content, placed, written

pytestmark = [pytest.mark.docker, pytest.mark.alone, pytest.mark.stands_on("first-look", "silent-exit")]
CHOSEN = {name: REPLAYED[name] for name in drawn([*REPLAYED], 8)}
LONGEST = 120.0
"""Seconds; a machine that is not busy with other tests needs a fifth of them."""


def reviewed(folder: Path, **way: object) -> dict[str, Row]:
    found = review(folder, Catalog(), Silent(), ReviewOptions(**way))  # type: ignore[arg-type]
    return {row.file.removesuffix(".kikori"): row for row in found.rows}


def test_no_hostile_submission_has_success_and_the_good_ones_are_verified(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    bases = {lab: mended(lab, tmp_path) for lab in ("first-look", "silent-exit")}
    for name, case in CHOSEN.items():
        case.write(bases[case.base], folder / f"{name}.kikori")
    written(bases["silent-exit"], folder / "good.kikori")
    free = shutil.disk_usage("/").free
    found = reviewed(folder, jobs=2)
    wrong = {
        name: (found[name].verdict, found[name].reason)
        for name, case in CHOSEN.items()
        if found[name].verdict is not (case.verdict or found[name].verdict) or case.told not in found[name].reason
    }
    assert not wrong
    believed = {name for name, row in found.items() if row.verdict is Verdict.VERIFIED}
    assert believed == {"good", *(name for name, case in CHOSEN.items() if case.verdict is Verdict.VERIFIED)}
    assert found["good"].verdict is Verdict.VERIFIED
    assert not {name: row.seconds for name, row in found.items() if row.seconds > LONGEST}
    assert not left_behind()
    assert shutil.disk_usage("/").free > free - 2**30, "what was written is gone with its replay"
    assert len(json.loads((folder / "review.json").read_bytes())) == len(found)


def test_build_that_never_ends_is_ended_with_all_that_it_runs(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    members = mended("silent-exit", tmp_path)
    text = content(members["workspace.tar"], "Dockerfile").decode()
    endless = text + "RUN trap '' TERM INT HUP; while sleep 0.987; do :; done\n"
    written(placed(members, Dockerfile=endless), folder / "endless.kikori")
    row = reviewed(folder, limit=15.0)["endless"]
    assert row.verdict is Verdict.COULD_NOT_VERIFY
    assert "more than 15 s" in row.reason
    assert not running("0.987")
    assert not left_behind()


def left_behind() -> list[str]:
    """What Docker holds of replays whose process has ended; others may be at work beside us."""
    return [name for name in projects("kikori-replay-") if not Path(f"/proc/{name.split('-')[3]}").exists()]


def running(word: str) -> list[str]:
    """The processes of this machine whose command has a word."""
    lines = {path.parent.name: path for path in Path("/proc").glob("[0-9]*/cmdline")}
    return [name for name, path in lines.items() if word.encode() in _read(path).split(b"\0")]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
