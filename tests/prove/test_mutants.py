"""Mutants of labs, and what is recorded of them, without Docker."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.content.labs import read_lab
from kikori.errors import KikoriError
from kikori.model import Lab
from kikori.proof_keys.engine import modules
from kikori.prove.mutation import results
from kikori.prove.mutation.mutants import mutants_of
from kikori.prove.mutation.results import Outcome, counts
from kikori.prove.mutation.runner import Wanted, choose
from kikori.prove.status import status_of

FIRST = Catalog().lab("first-look")


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    """Copy first-look: a record is written beside its labs/."""
    for folder in ("labs", "graders"):
        shutil.copytree(paths.ROOT / folder / "first-look", tmp_path / folder / "first-look")
    (tmp_path / "graders/first-look/mutants.toml").unlink(missing_ok=True)
    return Catalog([tmp_path]).lab("first-look")


@pytest.mark.slow
def test_the_mutants_of_a_lab_are_the_same_ones_always() -> None:
    found = mutants_of(FIRST)
    assert found == mutants_of(FIRST)
    assert len({one.id for one in found}) == len(found) > 20
    assert {one.fault for one in found} == FIRST.faults.keys()


def test_a_mutant_of_a_script_is_that_script_with_one_error(tmp_path: Path) -> None:
    name = "closed-page/readable-by-the-group/line-3-mode-640-to-666"
    (one,) = (mutant for mutant in mutants_of(FIRST) if mutant.id == name)
    assert one.diff == ("-chmod 640 /srv/www/index.html", "+chmod 666 /srv/www/index.html")
    change = one.written(tmp_path)
    assert (change.name, change.service) == (one.fix.name, "web")
    assert change.path.read_text() == one.fix.path.read_text().replace("640", "666")


def test_a_mutant_of_a_patch_is_the_files_that_it_makes_with_one_error(tmp_path: Path) -> None:
    model = paths.ROOT / "labs/_models/build"
    lab = read_lab(model / "lab", model / "grader")
    of_patch = [mutant for mutant in mutants_of(lab) if mutant.fix.name == "compare"]
    assert {mutant.file for mutant in of_patch} == {"hours.py"}
    assert {line for mutant in of_patch for line in mutant.diff if line[0] == "-"} == {
        "-    return OPENS <= hour < CLOSES"
    }
    (one,) = [mutant for mutant in of_patch if mutant.id == "compare/hours.py/line-14-lt-to-le"]
    change = one.written(tmp_path)
    assert [path.name for path in change.path.iterdir()] == ["hours.py"], "what the patch leaves is the workspace's"
    assert "return OPENS <= hour <= CLOSES" in (change.path / "hours.py").read_text()


@pytest.mark.slow
def test_a_mutant_of_a_folder_is_that_folder_with_one_error_in_what_the_fix_changed(tmp_path: Path) -> None:
    lab = Catalog().lab("fat-image")
    one = next(mutant for mutant in mutants_of(lab) if mutant.id.startswith("three-stages-and-sigterm/labels.py/"))
    change = one.written(tmp_path)
    files = sorted(path.name for path in change.path.iterdir())
    assert files == sorted(path.name for path in one.fix.path.iterdir())
    assert (change.path / "labels.py").read_text() == one.text != (one.fix.path / "labels.py").read_text()
    assert (change.path / "Dockerfile").read_text() == (one.fix.path / "Dockerfile").read_text()
    assert lab.workspace
    before = set((lab.workspace / "labels.py").read_text().splitlines())
    spoiled = [mutant for mutant in mutants_of(lab) if mutant.file == "labels.py"]
    gone = {line[1:] for mutant in spoiled for line in mutant.diff[:1]}
    assert gone
    assert not gone & before


def test_so_many_at_most_are_drawn_by_the_seed() -> None:
    every = mutants_of(FIRST)
    drawn = choose(every, Wanted(FIRST, most=5), seed=1)
    assert drawn == choose(every, Wanted(FIRST, most=5), seed=1) != choose(every, Wanted(FIRST, most=5), seed=2)
    assert len(drawn) == 5
    assert choose(every, Wanted(FIRST), seed=1) == every
    assert {one.fault for one in choose(every, Wanted(FIRST, fault="half-edit"), seed=1)} == {"half-edit"}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(FIRST, only="closed-page/x"), "no mutant 'closed-page/x'"),
        (Wanted(FIRST, most=1, record=True), "whole labs only"),
    ],
)
def test_what_is_not_there_and_a_record_of_a_part_are_refused(wanted: Wanted, said: str) -> None:
    with pytest.raises(KikoriError, match=said):
        choose(mutants_of(FIRST), wanted, seed=1)


@pytest.mark.slow
def test_a_record_counts_until_the_lab_changes_and_a_mark_closes_a_hole(lab: Lab) -> None:
    outcomes = [Outcome(id="f/a/1", fault="f", state="killed"), Outcome(id="f/a/2", fault="f", state="survived")]
    (count,) = counts(outcomes)
    assert (count.fault, count.tried, count.killed, count.marked, count.survived) == ("f", 2, 1, 0, 1)
    assert status_of(lab, "").mutants == 0
    assert results.record(lab, 7, outcomes) == lab.folder.parent.parent / "proofs/mutants/first-look.toml"
    assert (status_of(lab, "").mutants, status_of(lab, "").holes) == (2, 1)
    (lab.graders / "mutants.toml").write_text('[equal]\n"f/a/2" = "why"\n')
    assert (status_of(lab, "").mutants, status_of(lab, "").holes) == (2, 0)
    (lab.folder / "compose.yaml").open("a").write("# more\n")
    assert status_of(lab, "").mutants == 0


def test_what_tries_mutants_is_no_part_of_what_proves_a_lab() -> None:
    assert not {name for name in modules() if "muta" in name}
