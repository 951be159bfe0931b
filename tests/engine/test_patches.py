"""A change that is a patch: all of it, exactly where it says, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.content.changes import read_changes
from kikori.engine.changes.scripts import apply_patch
from kikori.errors import OurFault

PATCH = """# fails: test_answer
# after: fixes/other
--- a/app/server.py
+++ b/app/server.py
@@ -1,3 +1,3 @@
 first
-second
+another
 third
--- /dev/null
+++ b/app/new.py
@@ -0,0 +1 @@
+made
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    (tmp_path / "workspace/app").mkdir(parents=True)
    (tmp_path / "workspace/app/server.py").write_text("first\nsecond\nthird\n")
    return tmp_path / "workspace"


def applied(folder: Path, workspace: Path, text: str) -> None:
    (folder / "fixes").mkdir()
    (folder / "fixes/changed.diff").write_text(text)
    (change,) = read_changes(folder / "fixes", "web")
    apply_patch(change, workspace)


def test_it_is_read_with_what_its_comments_say(tmp_path: Path) -> None:
    (tmp_path / "changed.diff").write_text(PATCH)
    (change,) = read_changes(tmp_path, "web")
    assert (change.name, change.service, change.fails, change.after) == (
        "changed", "workspace", "test_answer", "fixes/other",
    )  # fmt: skip
    assert change.touches_workspace


def test_it_changes_and_makes_files(tmp_path: Path, workspace: Path) -> None:
    applied(tmp_path, workspace, PATCH)
    assert (workspace / "app/server.py").read_text() == "first\nanother\nthird\n"
    assert (workspace / "app/new.py").read_text() == "made\n"


def test_it_is_applied_inside_of_a_repository_too(tmp_path: Path, workspace: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n")
    applied(tmp_path, workspace, PATCH)
    assert (workspace / "app/new.py").is_file()


def test_what_does_not_fit_changes_nothing(tmp_path: Path, workspace: Path) -> None:
    (workspace / "app/server.py").write_text("first\nother\nthird\n")
    with pytest.raises(OurFault, match=r"changed.diff ended with 1: error: patch failed: app/server.py:1"):
        applied(tmp_path, workspace, PATCH)
    assert not (workspace / "app/new.py").exists()


@pytest.mark.parametrize("place", ["../outside", "/etc/outside", "app/../../outside"])
def test_it_writes_nowhere_else(tmp_path: Path, workspace: Path, place: str) -> None:
    with pytest.raises(OurFault, match=r"outside|invalid path"):
        applied(tmp_path, workspace, f"--- /dev/null\n+++ b/{place}\n@@ -0,0 +1 @@\n+made\n")
    assert not (tmp_path / "outside").exists()


def test_without_git_it_says_what_is_missing(tmp_path: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OurFault, match=r"applied by git") as caught:
        applied(tmp_path, workspace, PATCH)
    assert caught.value.hint == "apt-get install git"
