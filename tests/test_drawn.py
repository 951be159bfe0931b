"""What a landing tries of many alike."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import drawn
from kikori import paths
from kikori.selftest import TOUCHED


def test_others_are_drawn_by_another_commit_and_all_where_all_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawn, "EVERYTHING", False)
    those, seen = list(range(30)), set[int]()
    for number in range(40):
        monkeypatch.setattr(drawn, "commit", lambda number=number: f"commit {number}")
        found = drawn.drawn(those, 4)
        assert (len(found), found) == (4, sorted(found))
        assert found == drawn.drawn(those, 4)
        seen |= set(found)
    assert seen == set(those)
    monkeypatch.setattr(drawn, "EVERYTHING", True)
    assert drawn.drawn(those, 4) == those


@pytest.fixture
def landing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let a landing touch these files."""

    def touch(*files: str) -> None:
        (tmp_path / "touched").write_text("\n".join(files))
        monkeypatch.setattr(drawn, "EVERYTHING", False)
        monkeypatch.setenv(TOUCHED, str(tmp_path / "touched"))

    return touch


Touch = Callable[..., None]


def turns(monkeypatch: pytest.MonkeyPatch, landing: Touch, *touched: str) -> int:
    """How many of ninety tests on one lab are tried by a landing that touches these files."""
    landing(*touched)
    monkeypatch.setattr(drawn, "commit", lambda: "a commit")
    tests = [f"tests/learner/test_a.py::test_{number}" for number in range(90)]
    return sum(drawn.has_its_turn(test, "tests/learner/test_a.py", ["first-look", "courses/a/b/"]) for test in tests)


@pytest.mark.parametrize(
    "touched",
    [
        "labs/first-look/lab.toml", "graders/first-look/test_a.py", "courses/a/b/how.md",
        "src/kikori/learner/session.py", "kikori", "requirements.lock", "labs/_images/web/x", "tests/conftest.py",
        "tests/terminal_user.py", "tests/learner/test_b.py", "tests/learner/data/mini/lab.toml",
    ],
)  # fmt: skip
def test_all_that_stand_on_what_is_touched_are_tried(
    monkeypatch: pytest.MonkeyPatch, landing: Touch, touched: str
) -> None:
    assert turns(monkeypatch, landing, "README.md", touched) == 90


@pytest.mark.parametrize(
    ("touched", "tried"),
    [("src/kikori/engine/images.py", True), ("src/kikori/prove/runner.py", False), ("tests/terminal_user.py", True)],
)
def test_test_that_names_packages_stands_on_these_alone(
    monkeypatch: pytest.MonkeyPatch, landing: Touch, touched: str, *, tried: bool
) -> None:
    landing(touched)
    monkeypatch.setattr(drawn, "commit", lambda: "a commit")
    those = [f"tests/site/test_a.py::test_{number}" for number in range(30)]
    found = [drawn.has_its_turn(one, "tests/site/test_a.py", ["courses/a/"], ["engine"]) for one in those]
    assert all(found) == tried


@pytest.mark.parametrize(
    "touched",
    ["labs/first-look-two/lab.toml", "src/kikori/static/kikori.css", "docs/cli.md", "tests/review/test_a.py", ""],
)
def test_of_those_that_stand_on_nothing_touched_a_third_is_drawn(
    monkeypatch: pytest.MonkeyPatch, landing: Touch, touched: str
) -> None:
    assert 15 < turns(monkeypatch, landing, touched) < 45


@pytest.mark.parametrize(
    ("marks", "ground"),
    [
        ([], None),
        (["slow"], None),
        (["docker"], (drawn.PRODUCT, None)),
        (["slow", "browser"], (drawn.PRODUCT, None)),
    ],
)
def test_what_is_dear_takes_turns_even_where_it_says_nothing(marks: list[str], ground: object) -> None:
    assert drawn.stands_on(getattr(pytest.mark, name).mark for name in marks) == ground


def test_what_is_said_by_a_test_is_what_it_stands_on() -> None:
    said = pytest.mark.stands_on("first-look", "courses/a/", code=["engine"]).mark
    assert drawn.stands_on([pytest.mark.docker.mark, said]) == (["first-look", "courses/a/"], ["engine"])


def test_every_test_has_its_turn_in_some_landings(monkeypatch: pytest.MonkeyPatch, landing: Touch) -> None:
    landing()
    found = set()
    for number in range(30):
        monkeypatch.setattr(drawn, "commit", lambda number=number: str(number))
        found.add(drawn.has_its_turn("tests/learner/test_a.py::test_1", "tests/learner/test_a.py", ()))
    assert found == {True, False}


def test_whoever_runs_some_tests_gets_all_of_them(monkeypatch: pytest.MonkeyPatch, landing: Touch) -> None:
    monkeypatch.delenv(TOUCHED, raising=False)
    assert drawn.has_its_turn("tests/learner/test_a.py::test_1", "tests/learner/test_a.py", ())
    landing()
    monkeypatch.setattr(drawn, "EVERYTHING", True)
    assert drawn.has_its_turn("tests/learner/test_a.py::test_1", "tests/learner/test_a.py", ())


def due(monkeypatch: pytest.MonkeyPatch, at: str = "a commit") -> set[str]:
    monkeypatch.setattr(drawn, "commit", lambda: at)
    files = [paths.ROOT / f"docs/{number}.ja.md" for number in range(90)]
    return {file.name for file in drawn.files_due(files, "tools/textlint/", "requirements.lock")}


def test_files_that_a_landing_touched_are_judged_and_a_third_of_the_others(
    monkeypatch: pytest.MonkeyPatch, landing: Touch
) -> None:
    some = [f"docs/{number}.ja.md" for number in range(0, 90, 9)]
    landing(*some, "tests/site/test_build.py", "src/kikori/errors.py")
    found = due(monkeypatch)
    assert {Path(name).name for name in some} < found
    assert 20 < len(found) < 55
    assert len(set[str]().union(*(due(monkeypatch, str(number)) for number in range(30)))) == 90


@pytest.mark.parametrize("judge", ["tools/textlint/prh.yml", "requirements.lock"])
def test_all_files_are_judged_by_a_judge_that_is_touched(
    monkeypatch: pytest.MonkeyPatch, landing: Touch, judge: str
) -> None:
    landing(judge)
    assert len(due(monkeypatch)) == 90


def test_whoever_asks_for_some_tests_has_all_files_judged(monkeypatch: pytest.MonkeyPatch, landing: Touch) -> None:
    landing()
    monkeypatch.setattr(drawn, "EVERYTHING", True)
    assert len(due(monkeypatch)) == 90
    monkeypatch.setattr(drawn, "EVERYTHING", False)
    monkeypatch.delenv(TOUCHED)
    assert len(due(monkeypatch)) == 90


def strings(tree: ast.AST) -> set[str]:
    return {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant) and isinstance(one.value, str)}


MARKED = [file for file in sorted((paths.ROOT / "tests/labs").glob("test_*.py")) if "stands_on(" in file.read_text()]


@pytest.mark.parametrize("file", MARKED, ids=lambda file: file.stem)
def test_test_of_a_lab_stands_on_every_lab_that_it_opens(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    calls = [one for one in ast.walk(tree) if isinstance(one, ast.Call) and ast.unparse(one.func).endswith("stands_on")]
    if any(isinstance(word, ast.Starred) or not strings(word) for call in calls for word in call.args):
        return  # it names what it goes through, lab by lab
    named = {text for call in calls for word in call.args for text in strings(word)}
    words = {part for text in strings(tree) for part in text.split("/")}
    assert words & {folder.name for folder in (paths.ROOT / "graders").iterdir()} <= named
