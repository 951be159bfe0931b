"""The rules of what keeps a fault from being read off the files: a history, commits beside the guilty one, decoys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.lint import Findings, lint

pytestmark = pytest.mark.slow

NAME = "silent-exit"
PARTS = (f"labs/{NAME}", "labs/_images", f"graders/{NAME}", "courses/containers")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for part in PARTS:
        shutil.copytree(paths.ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def look(root: Path) -> Findings:
    return lint(Catalog([root]), [NAME], tool=None)


def told(root: Path, rule: str) -> list[str]:
    found = look(root)
    return [one.message for one in (*found.findings, *found.warnings) if one.rule == rule]


def edited(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_lab_of_the_tree_keeps_them_all(root: Path) -> None:
    rules = ("history-believable", "break-among-others", "workspace-has-a-history", "two-decoys")
    assert not [told(root, rule) for rule in rules if told(root, rule)]


def test_a_history_of_few_commits_is_found(root: Path) -> None:
    folder = root / "labs" / NAME / "history"
    for file in sorted(folder.glob("*.diff"))[5:]:
        file.unlink()
    assert told(root, "history-believable") == ["5 commits are no history"]


def test_a_commit_that_is_older_than_the_one_before_is_found(root: Path) -> None:
    last = sorted((root / "labs" / NAME / "history").glob("*.diff"))[-1]
    line = next(one for one in last.read_text(encoding="utf-8").splitlines() if one.startswith("# days:"))
    edited(last, line, "# days: 999")
    assert told(root, "history-believable") == ["it is older than the one before"]


def test_a_long_subject_is_found(root: Path) -> None:
    file = next((root / "labs" / NAME / "later").glob("*.diff"))
    edited(file, "# subject: ", "# subject: " + "so " * 30)
    assert "characters" in told(root, "history-believable")[0]


def test_a_break_that_says_no_author_is_found(root: Path) -> None:
    file = root / "labs" / NAME / "faults/privileged-port/break.sh"
    edited(file, "# author:", "# by:")
    assert told(root, "break-among-others") == ["it says no author and subject"]


def test_a_workspace_without_a_history_is_warned_of(root: Path) -> None:
    shutil.rmtree(root / "labs" / NAME / "history")
    assert "can be found by diff" in told(root, "workspace-has-a-history")[0]


def test_a_lab_without_decoys_is_warned_of(root: Path) -> None:
    edited(root / "labs" / NAME / "lab.toml", "[[decoys]]", "[[hints]]")
    assert told(root, "two-decoys") == ["1 decoys"]
