"""What is turned away before an engine is asked: each in a row that says what was found, and nothing is written."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kikori.cli import instructor
from kikori.content import Catalog
from kikori.engine import Silent, lab_compose, project
from kikori.engine.lab_compose import read_yaml
from kikori.errors import Exit
from kikori.model import Lab
from kikori.replay.judge import judge
from kikori.replay.verdict import Judged
from kikori.review import Row, Verdict
from kikori.review.batch import csv_of
from kikori.submission.unpack import clean_tar, write_workspace
from kikori.visible_text import is_seen

from .corpus import REFUSED, REPLAYED, Case
from .corpus_archives import TARS, ZIPS
from .corpus_records import RECORDS
from .parts import Members, entry

pytestmark = pytest.mark.slow
FAMILIES = (REFUSED, ZIPS, TARS, RECORDS)
EVERY = {name: case for family in FAMILIES for name, case in family.items()}


@pytest.fixture(autouse=True)
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may come so far that an engine is asked for more than whether it has an image."""
    monkeypatch.setattr(project, "sweep", lambda name: None)
    monkeypatch.setattr(lab_compose, "is_here", lambda image: False)
    monkeypatch.setattr(lab_compose, "looks_early", lambda: False)


@pytest.mark.parametrize("case", EVERY.values(), ids=EVERY)
def test_hostile_submission_is_refused_in_plain_words(
    case: Case, plain: Callable[[str], Members], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "inbox" / "mallory.kikori"
    file.parent.mkdir()
    case.write(plain(case.base), file)
    before, began = set(tmp_path.rglob("*")), time.process_time()
    told = judge(file, file.name, Catalog(), Silent())
    found = msgspec.json.decode(msgspec.json.encode(told), type=Judged).row  # as it comes from the judge's process
    assert (found.verdict, found.exit_code) == (case.verdict, Exit.CHECK_FAILED), found.reason
    assert case.told in found.reason
    assert "\x1b" not in found.reason
    assert time.process_time() - began < 10
    assert set(tmp_path.rglob("*")) == before
    instructor.show_row(found, 1, 1)
    assert not {letter for letter in capsys.readouterr().err if letter != "\n" and not is_seen(letter)}
    (cells,) = csv.DictReader(io.StringIO(csv_of((found,)), newline=""))
    assert not [text for text in cells.values() if text.startswith(("=", "+", "-", "@", "\t"))]


def test_corpus_has_what_was_promised() -> None:
    assert len(EVERY) == sum(map(len, FAMILIES)), "no name stands for two"
    assert len(EVERY) + len(REPLAYED) >= 120


def test_names_with_line_breaks_and_escapes_can_not_pass_for_another_row(capsys: pytest.CaptureFixture[str]) -> None:
    evil = "x\n2/2 eve.kikori: eve first-look: 5/5\r\x1b[2J\x1b]0;t\x07\u2028\x9b1A"
    instructor.show_row(Row(file=evil, learner=evil, lab=evil, reason=evil, verdict=Verdict.NOT_VERIFIED), 1, 2)
    told = capsys.readouterr().err
    assert [line.split()[0] for line in told.splitlines()] == ["1/2", "not"]
    assert not {"\x1b", "\x9b", "\x07", "\r"} & {*told}


def test_setuid_bits_of_a_workspace_are_not_written(tmp_path: Path) -> None:
    write_workspace(clean_tar(entry("tool", b"x", 0o6777)), tmp_path / "workspace")
    assert (tmp_path / "workspace" / "tool").stat().st_mode & 0o7022 == 0


@pytest.mark.parametrize("lab", Catalog().labs(), ids=lambda lab: lab.id)
def test_setuid_bits_give_nobody_anything_in_a_service(lab: Lab, tmp_path: Path) -> None:
    compose = lab_compose.LabCompose(lab, str(tmp_path))
    written = json.loads(compose.write_override(tmp_path / "override.json", isolated=True).read_bytes())["services"]
    for name, service in read_yaml(lab.compose)["services"].items() if lab.compose.is_file() else ():
        for key, value in lab_compose.HARDENED.items():
            assert service.get(key, []) + written[name][key] == value, name
        assert service.get("pids_limit"), name
        assert service.get("mem_limit"), name
        assert not service.get("privileged"), name
