"""What ``kikori test`` runs and how it ends; which demands a landing executes of Kikori's own labs."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.expression import Expression
from typer.testing import CliRunner

from kikori import paths
from kikori import selftest as tests
from kikori.cli import host
from kikori.cli.app import app
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import Exit, KikoriError
from kikori.prove.landing import Chosen, Why
from kikori.prove.plan import plan_of
from kikori.prove.proof import Demand, Proof, Proofs
from kikori.prove.runner import Wanted
from kikori.selftest import FAST, PARTS, WHOLE, Asked, Group, Suite, landing, selftest, spells, touched
from kikori.settings import proof_budget

CONFTEST = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from phases import pytest_addoption, pytest_ignore_collect
"""
"""What another project needs whose tests are shared among processes."""
PASSES = "def test_fine(): assert True\n"
WRONG = "def test_wrong(): assert False\n"

Tree = Callable[..., Suite]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    """What the tests of another project, made of these modules, come to."""

    (tmp_path / "conftest.py").write_text(CONFTEST)

    def run(*modules: str, **asked: bool) -> Suite:
        for number, module in enumerate(modules):
            (tmp_path / f"test_{number}.py").write_text(module, encoding="utf-8")
        monkeypatch.setattr(paths, "ROOT", tmp_path)
        return selftest(Asked(fast=True, **asked), Silent())

    return run


MARKS = ("alone", "browser", "docker", "quiet", "slow")


@pytest.mark.parametrize("marks", [chosen for many in range(len(MARKS) + 1) for chosen in combinations(MARKS, many)])
def test_every_test_of_the_tree_has_its_phase(marks: tuple[str, ...]) -> None:
    phases = [Expression.compile(one) for one in {phase[-1] for group in WHOLE for phase in group}]
    assert sum(phase.evaluate(lambda name, **_: name in marks) for phase in phases) == 1


@pytest.mark.parametrize("groups", [FAST, WHOLE])
def test_what_is_done_in_parts_is_done_in_all_of_them(groups: Sequence[Group]) -> None:
    of_parts = [phase for group in groups for phase in group if phase[0] == "--part"]
    assert [part for _, part, *_ in of_parts] == [*PARTS]
    assert len({tuple(rest) for _, _, *rest in of_parts}) == 1


@pytest.mark.slow
@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("modules", "exit_code"),
    [((PASSES,), Exit.DONE), ((PASSES, WRONG), Exit.CHECK_FAILED), (("",), Exit.CHECK_FAILED)],
    ids=["all is well", "one is wrong", "no test is no success"],
)
def test_ends_as_the_tests_do(tree: Tree, modules: tuple[str, ...], exit_code: Exit) -> None:
    suite = tree(*modules)
    assert suite.exit_code == exit_code
    assert suite.failed == (("test_1::test_wrong: assert False",) if WRONG in modules else ())


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_a_test_that_failed_is_not_tried_again(tree: Tree, tmp_path: Path) -> None:
    once = f"""
from pathlib import Path
SEEN = Path({str(tmp_path)!r}, "seen")
def test_first_time():
    first = not SEEN.exists()
    SEEN.touch()
    assert not first
"""
    assert tree(once).exit_code == Exit.CHECK_FAILED


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_the_slowest_are_told(tree: Tree) -> None:
    slow = "import time\ndef test_slow(): time.sleep(0.3)\n"
    found = tree(PASSES, slow, durations=True).slowest
    assert [one.test.split("::")[-1] for one in found] == ["test_slow", "test_fine"]
    assert found[0].seconds >= 0.3


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_every_phase_finds_the_same_site(tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tests, "FAST", ((("-m", "slow"),), (("-m", "not slow"),)))
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = slow\n")
    looks = f"""
import os, pytest
from pathlib import Path
def look(name):
    Path({str(tmp_path)!r}, name).write_text(os.environ["{tests.SITE}"])
@pytest.mark.slow
def test_first(): look("first")
def test_second(): look("second")
"""
    assert tree(looks).exit_code == Exit.DONE
    assert (tmp_path / "first").read_text() == (tmp_path / "second").read_text()


@pytest.mark.slow
@pytest.mark.timeout(180)
def test_phases_of_a_group_run_side_by_side_and_the_words_of_one_come_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each of the two waits for what the other writes: one after the other, the first would wait for ever."""
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    meets = """
import time
from pathlib import Path
def test_meets():
    Path({own!r}).touch()
    until = time.monotonic() + 60
    while not Path({other!r}).exists():
        assert time.monotonic() < until
        time.sleep(0.05)
    print("said by {own}")
    assert {passes}
"""
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    (tmp_path / "test_1.py").write_text(meets.format(own=first, other=second, passes=False))
    (tmp_path / "test_2.py").write_text(meets.format(own=second, other=first, passes=False))
    groups = [[["test_1.py"], ["test_2.py"]], [["test_3.py"]]]
    (tmp_path / "test_3.py").write_text("def test_3(): assert True\n")
    environment = {**os.environ, "PYTHONPATH": ""}
    assert tests._codes(tmp_path, groups, environment) == {0, 1}
    said = capfd.readouterr().out
    assert said.index(f"said by {second}") < said.index(f"said by {first}") < said.index("1 passed")


@pytest.mark.slow
def test_an_interruption_ends_what_runs_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setattr(tests, "TAKING_DOWN", 0.1)
    (tmp_path / "test_1.py").write_text("import time\ndef test_endless(): time.sleep(600)\n")
    begun: list[subprocess.Popen[bytes]] = []

    def interrupt(process: subprocess.Popen[bytes]) -> int:
        raise KeyboardInterrupt

    begin = tests._begin
    monkeypatch.setattr(tests, "_begin", lambda *rest: begun.append(begin(*rest)) or begun[-1])
    monkeypatch.setattr(tests, "_code", interrupt)
    with pytest.raises(KeyboardInterrupt):
        tests._codes(tmp_path, [[["test_1.py"], ["--version"]]], os.environ)
    assert begun[0].poll() is not None


def test_where_nothing_may_be_written_beside_the_sources_it_is_kept_for_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chestnut.py").write_text("")
    begin = [sys.executable, "-c", "import chestnut; print(chestnut.__cached__)"]
    for writes_none in (True, False):
        monkeypatch.setattr(sys, "dont_write_bytecode", writes_none)
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(tmp_path)}
        environment |= tests._bytecode(tmp_path / "kept")
        said = subprocess.run(begin, env=environment, capture_output=True, text=True, check=True).stdout.strip()
        assert Path(said).exists() == Path(said).is_relative_to(tmp_path / "kept") == writes_none
    assert not (tmp_path / "__pycache__").exists()


def test_every_demand_is_executed_where_nothing_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path
    for folder in ("labs", "graders"):
        (root / folder).mkdir()
        (root / folder / "first-look").symlink_to(paths.ROOT / folder / "first-look")
    monkeypatch.setattr(paths, "ROOT", root)
    found = landing()
    assert {one.demand.name for one in found} == set(plan_of(Catalog([root]).lab("first-look")))
    assert {one.why for one in found} == {Why.MISSING}


def test_spells_of_work_are_counted_by_the_pauses_between_commits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert spells() > 400_000  # no history: hours since 1970
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    for minutes, counted in ((0, 1), (30, 1), (60, 1), (120, 2), (121, 2), (3000, 3)):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{1_800_000_000 + 60 * minutes} +0000")
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "x"], check=True)
        assert spells() == counted


def test_what_the_last_day_touched_is_told_and_nothing_where_the_history_does_not_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert touched() is None
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(tmp_path)]
    subprocess.run([*git, "init", "-q"], check=True)
    for hours, name in ((0, "old"), (3, "older-than-a-day"), (20, "young"), (28, "last")):
        (tmp_path / name).touch()
        subprocess.run([*git, "add", name], check=True)
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{1_800_000_000 + 3600 * hours} +0000")
        subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
        assert (touched() is None) == (hours < 24)
    assert touched() == ["last", "young"]
    (tmp_path / "old").write_text("edited")
    (tmp_path / "new").touch()
    assert touched() == ["last", "new", "old", "young"]


@pytest.mark.slow
def test_all_means_all() -> None:
    every = sum(len(plan_of(lab)) for lab in Catalog([paths.ROOT]).labs())
    assert len(landing(everything=True)) == every > 300


@pytest.mark.slow
def test_what_is_executed_is_what_was_chosen_and_decides_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of pytest no phase runs here, and of the demands none: what is asked of the engine is looked at."""
    for name in (tests.ALL_PARTS, tests.TOUCHED):  # those of the run that this test is part of
        monkeypatch.delenv(name, raising=False)
    asked: list[Wanted] = []

    def prove(wanted: Wanted, *rest: object) -> Proofs:
        asked.append(wanted)
        unmet = Demand(lab="x", name="y", met=False, seconds=1, processor=1, at=datetime.now(UTC), breach="it passes")
        return Proofs(proofs=(Proof(lab="x", content="", seed=1, demands=(unmet,)),), seconds=1)

    monkeypatch.setattr(tests, "prove", prove)
    environments: list[dict[str, str]] = []
    told: list[str] = []

    def begin(folder: Path, phase: int, options: object, environment: dict[str, str], *said: Any) -> Any:
        environments.append(environment)
        told.append(Path(environment[tests.TOUCHED]).read_text() if tests.TOUCHED in environment else "")
        return subprocess.Popen(["true"])

    monkeypatch.setattr(tests, "_begin", begin)
    for name in ("ensure_browser", "ensure"):
        monkeypatch.setattr(tests, name, lambda *rest: None)
    monkeypatch.setattr(tests.host, "ready", lambda: None)
    suite = selftest(Asked(everything=True), Silent())
    assert suite.exit_code == Exit.CHECK_FAILED
    assert suite.reasons == {Why.ALL.value: len(landing(everything=True))}
    (wanted,) = asked
    assert wanted.chosen == {lab.id: frozenset(plan_of(lab)) for lab in Catalog([paths.ROOT]).labs()}
    assert not wanted.record
    assert not wanted.few
    of_engine, of_turn = landing(everything=True)[0].demand, landing(everything=True)[-1].demand
    both = [Chosen(demand=of_engine, why=Why.ENGINE), Chosen(demand=of_turn, why=Why.TURN)]
    tests._proved(both, Silent(), lambda one: None, brief="a commit")
    assert asked[-1].few == {of_engine.lab: frozenset([of_engine.name])}
    assert asked[-1].chosen == {one.demand.lab: frozenset([one.demand.name]) for one in both}
    assert {one[tests.ALL_PARTS] for one in environments} == {"1"}
    assert not any(tests.TOUCHED in one for one in environments)
    host.show_tested(suite)
    assert capsys.readouterr().out.splitlines()[-1] == "✗ x y: it passes"
    assert selftest(Asked(options=("-k", "x")), Silent()).proofs is None
    assert not {tests.ALL_PARTS, tests.TOUCHED} & environments[-1].keys()
    many = [f"labs/first-look/{number:060}" for number in range(20_000)]  # more than an environment holds
    monkeypatch.setattr(tests, "touched", lambda: many)
    monkeypatch.setattr(tests, "landing", lambda **asked: [])
    for asked_for in (Asked(fast=True), Asked()):
        told.clear()
        selftest(asked_for, Silent())
        assert [one.splitlines() for one in told] == [many] * len(told)
        assert told
        assert len(environments[-1][tests.TOUCHED]) < 1000
    monkeypatch.setattr(tests, "touched", lambda: None)
    selftest(Asked(), Silent())
    assert tests.TOUCHED not in environments[-1]


@pytest.mark.parametrize("asked", [Asked(everything=True, fast=True), Asked(everything=True, options=("-x",))])
def test_all_is_not_asked_for_with_what_leaves_out(asked: Asked) -> None:
    with pytest.raises(KikoriError, match="--all"):
        selftest(asked, Silent())


@pytest.mark.parametrize("asked", ["much", "-1", "nan", "inf"])
def test_a_budget_is_a_number_of_seconds(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    monkeypatch.setenv("KIKORI_PROOF_BUDGET", asked)
    with pytest.raises(KikoriError, match="no number of seconds"):
        proof_budget()


def test_a_wheel_has_no_tests_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    built = tomllib.loads((paths.ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert built["exclude"] == ["src/kikori/selftest.py"]
    monkeypatch.setitem(sys.modules, "kikori.selftest", None)
    done = CliRunner().invoke(app, ["test"])
    assert isinstance(done.exception, KikoriError)
    assert "in a copy of its repository" in done.exception.message
