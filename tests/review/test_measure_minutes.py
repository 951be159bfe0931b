"""Measured minutes reach the site and the list, once there are enough of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.measured_minutes import calibration_of
from kikori.errors import OurFault
from kikori.replay.verdict import Verdict
from kikori.review.measure_minutes import ENOUGH, calibrate
from kikori.site import pages
from kikori.site.content import Content
from terminal_user import Kikori

from .made_up import Learner, made_up


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content root with one lab, so that nothing is written into the repository."""
    for part in ("labs", "graders"):
        shutil.copytree(paths.ROOT / part / "first-look", tmp_path / "root" / part / "first-look")
    return tmp_path / "root"


def verified(count: int) -> list[Learner]:
    return [Learner(name=f"l{number}", handed_in=10 * (number + 1)) for number in range(count)]


def test_five_are_enough_and_four_are_not(tmp_path: Path, root: Path) -> None:
    four = [*verified(ENOUGH - 1), Learner(name="x", verdict=Verdict.NOT_VERIFIED)]
    done = calibrate(made_up(tmp_path / "four", *four), Catalog([root]))
    assert (done.labs, done.too_few, done.files) == ({}, {"first-look": 4}, ())
    assert not (root / "labs" / "calibration.toml").exists()
    calibrate(made_up(tmp_path / "five", *verified(ENOUGH)), Catalog([root]))
    measured = calibration_of(root)["first-look"]
    assert (measured.n, measured.median, measured.p90) == (5, 30, 46)


def test_what_was_measured_of_other_labs_stays(tmp_path: Path, root: Path) -> None:
    file = root / "labs" / "calibration.toml"
    file.write_text("[labs.other-lab]\nn = 7\nmedian = 40\np90 = 60\n")
    calibrate(made_up(tmp_path / "class", *verified(5)), Catalog([root]))
    assert [*calibration_of(root)] == ["first-look", "other-lab"]
    assert calibration_of(root)["other-lab"].median == 40
    assert file.stat().st_mode & 0o777 == 0o644


def test_the_labs_page_says_it_beside_the_promise(tmp_path: Path, root: Path) -> None:
    shutil.copytree(paths.ROOT / "courses" / "start-here", root / "courses" / "start-here")
    content = Content(paths.ROOT / "docs", Catalog([root]))
    lab = content.labs[0]
    assert "measured" not in pages.lab(lab, content, "en")
    (root / "labs" / "calibration.toml").write_text("[labs.first-look]\nn = 24\nmedian = 35\np90 = 52\n")
    facts = f"{lab.about.minutes} min (measured: median 35 min of 24 learners)\n- :material-book"
    assert facts in pages.lab(lab, content, "en")
    assert f"{lab.about.minutes}分（計測：24人の中央値35分）\n" in pages.lab(lab, content, "ja")


@pytest.mark.slow
def test_the_list_has_it(root: Path, kikori: Kikori, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "labs" / "first-look").rename(root / "labs" / "second-look")
    (root / "graders" / "first-look").rename(root / "graders" / "second-look")
    (root / "labs" / "calibration.toml").write_text("[labs.second-look]\nn = 24\nmedian = 35\np90 = 52\n")
    labs = json.loads(kikori("list", "--json", "--content", str(root)).stdout)["labs"]
    by_id = {row["id"]: row["measured"] for row in labs}
    assert by_id["second-look"] == {"n": 24, "median": 35, "p90": 52}
    assert by_id["silent-exit"] is None or "n" in by_id["silent-exit"]


def test_a_damaged_file_is_told_with_its_place(root: Path) -> None:
    (root / "labs" / "calibration.toml").write_text("[labs.first-look]\nmedian = 3\n")
    with pytest.raises(OurFault, match=r"calibration\.toml"):
        calibration_of(root)


@pytest.mark.slow
def test_the_command_says_what_was_too_little(tmp_path: Path, kikori: Kikori) -> None:
    said = kikori("review", "calibrate", str(made_up(tmp_path / "class", *verified(2))))
    assert said.returncode == 0, said.stderr
    assert "first-look: 2 learners with a verified fix are too few" in said.stdout
