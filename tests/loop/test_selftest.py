"""A test that fails on a full machine is run again alone, and is told of; one that is wrong stays so."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

from kikori import paths
from kikori.errors import Exit
from kikori.loop import selftest as tests
from kikori.loop.selftest import FEW, SECONDS, WHOLE, Suite, selftest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

PASSES = "def test_fine(): assert True\n"
BESIDE = """
from pathlib import Path
SEEN = Path(__file__).with_name("seen")
def test_only_alone():
    first = not SEEN.exists()
    SEEN.touch()
    assert not first
"""
WRONG = "import pytest\n@pytest.mark.parametrize('number', range({}))\ndef test_wrong(number): assert False\n"

Tree = Callable[..., Suite]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """What the tests of another project, made of these modules, come to; the kernel's own knob stays as it is."""
    monkeypatch.setattr(tests, "TIME_WAIT", tmp_path / "none" / "such")

    def run(*modules: str) -> Suite:
        for number, module in enumerate(modules):
            (tmp_path / f"test_{number}.py").write_text(module, encoding="utf-8")
        monkeypatch.setattr(paths, "ROOT", tmp_path)
        return selftest([], fast=True)

    return run


MARKS = ("alone", "browser", "docker", "quiet", "slow")


@pytest.mark.parametrize("marks", [chosen for many in range(len(MARKS) + 1) for chosen in combinations(MARKS, many)])
def test_every_test_of_the_tree_has_its_phase(marks: tuple[str, ...]) -> None:
    phases = [Expression.compile(phase[-1]) for phase in WHOLE]
    assert sum(phase.evaluate(lambda name, **_: name in marks) for phase in phases) == 1


def test_all_is_well_where_no_knob_may_be_turned(tree: Tree) -> None:
    assert tree(PASSES) == Suite(exit_code=Exit.DONE)


def test_what_passes_alone_is_told(tree: Tree) -> None:
    assert tree(PASSES, BESIDE) == Suite(exit_code=Exit.DONE, only_alone=("test_1.py::test_only_alone",))


def test_wrong_stays_wrong(tree: Tree) -> None:
    assert tree(BESIDE, WRONG.format(1)) == Suite(exit_code=Exit.CHECK_FAILED)


def test_many_failures_are_no_bad_luck(tree: Tree, capfd: pytest.CaptureFixture[str]) -> None:
    assert tree(WRONG.format(FEW + 1)) == Suite(exit_code=Exit.CHECK_FAILED)
    assert capfd.readouterr().out.count("test session starts") == 1


def test_nothing_chosen_is_no_success(tree: Tree) -> None:
    assert tree("") == Suite(exit_code=Exit.CHECK_FAILED)


def test_connections_are_forgotten_sooner_while_tests_run(
    tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    knob = tmp_path / "time_wait"
    knob.write_text("120")
    monkeypatch.setattr(tests, "TIME_WAIT", knob)
    looks = f"def test_knob(): assert open({str(knob)!r}).read() == {SECONDS!r}\n"
    assert tree(looks) == Suite(exit_code=Exit.DONE)
    assert knob.read_text() == "120"
