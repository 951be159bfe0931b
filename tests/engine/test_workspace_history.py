"""A workspace as a repository: commits that lead to what it is, and those of a break among others."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.engine.changes import workspace_history
from kikori.engine.changes.scripts import apply_patch
from kikori.errors import OurFault
from kikori.model import Lab

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
COMMIT = "# author: {author}\n# days: {days}\n# subject: {subject}\n"
FIRST = COMMIT.format(author="Aoi Tanaka <aoi@example.com>", days=90, subject="Begin")
LONGER = COMMIT.format(author="Ren Mori <ren@example.com>", days=30, subject="Keep orders for longer")
PATCH = """--- a/notes.txt
+++ b/notes.txt
@@ -1,2 +1,2 @@
-{before}
+{after}
 end
"""


def told(workspace: Path, form: str) -> list[str]:
    done = subprocess.run(
        ["git", "log", "--reverse", f"--format={form}"], cwd=workspace, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A content root with a lab whose workspace has a file of notes."""
    real = Catalog().lab("silent-exit")
    shutil.copytree(real.folder, tmp_path / "labs/silent-exit")
    shutil.copytree(real.graders, tmp_path / "graders/silent-exit")
    folder = tmp_path / "labs/silent-exit"
    (folder / "workspace/notes.txt").write_text("ninety days\nend\n")
    shutil.rmtree(folder / "history", ignore_errors=True)
    shutil.rmtree(folder / "later", ignore_errors=True)
    (folder / "history").mkdir()
    (folder / "history/00-begin.diff").write_text(FIRST)
    (folder / "history/01-longer.diff").write_text(LONGER + PATCH.format(before="thirty days", after="ninety days"))
    return tmp_path


def begun(root: Path) -> tuple[Lab, Path]:
    lab = Catalog([root]).lab("silent-exit")
    workspace = root / "workspace"
    shutil.copytree(root / "labs/silent-exit/workspace", workspace)
    workspace_history.begin(lab, workspace, NOW)
    return lab, workspace


def test_commits_lead_to_what_the_workspace_is(root: Path) -> None:
    _, workspace = begun(root)
    assert told(workspace, "%an <%ae> %ad %s") != []
    assert told(workspace, "%an %as %s") == [
        "Aoi Tanaka 2026-08-31 Begin",
        "Ren Mori 2026-10-30 Keep orders for longer",
    ]
    assert (workspace / "notes.txt").read_text() == "ninety days\nend\n"
    before = subprocess.run(
        ["git", "show", "HEAD~:notes.txt"], cwd=workspace, capture_output=True, text=True, check=True
    )
    assert before.stdout == "thirty days\nend\n"
    status = subprocess.run(["git", "status", "--porcelain"], cwd=workspace, capture_output=True, check=True)
    assert status.stdout == b""


def test_a_lab_without_a_history_has_no_repository(root: Path) -> None:
    shutil.rmtree(root / "labs/silent-exit/history")
    _, workspace = begun(root)
    assert not workspace_history.is_kept(workspace)


def test_a_patch_that_does_not_fit_is_named(root: Path) -> None:
    (root / "labs/silent-exit/history/01-longer.diff").write_text(LONGER + PATCH.format(before="a", after="b"))
    with pytest.raises(OurFault, match=r"01-longer\.diff"):
        begun(root)


@pytest.mark.slow
def test_a_break_is_one_commit_among_others_in_an_order_of_the_seeds(root: Path) -> None:
    folder = root / "labs/silent-exit"
    (folder / "later").mkdir()
    for name in ("one", "two", "three"):
        text = f"--- /dev/null\n+++ b/{name}.txt\n@@ -0,0 +1 @@\n+{name}\n"
        head = COMMIT.format(author="Ren Mori <ren@example.com>", days=0, subject=f"Add {name}")
        (folder / f"later/{name}.diff").write_text(head + text)
    breaking = folder / "faults/privileged-port/break.sh"
    for old in breaking.parent.glob("break*"):
        shutil.rmtree(old) if old.is_dir() else old.unlink()
    guilty = COMMIT.format(author="Yui Sato <yui@example.com>", days=0, subject="Change the end")
    breaking.with_name("break.diff").write_text(guilty + PATCH.format(before="ninety days", after="no days"))
    places, trees = set(), set()
    for seed in range(24):
        shutil.rmtree(root / "workspace", ignore_errors=True)
        lab, workspace = begun(root)
        fault = lab.faults["privileged-port"]
        workspace_history.tell(fault, workspace, partial(apply_patch, workspace=workspace), seed, NOW)
        subjects = told(workspace, "%s")
        beside = [commit.subject for commit in fault.commits]
        assert len(beside) == 2, "one harmless commit fewer, for the guilty one"
        assert sorted(subjects[2:]) == sorted([*beside, "Change the end"])
        places.add(subjects.index("Change the end"))
        dates = told(workspace, "%at")
        assert dates == sorted(dates)
        trees.add("".join(told(workspace, "%T")[-1:]))
    assert places == {2, 3, 4}
    assert len(trees) == 1


def test_what_the_learner_had_not_committed_is_a_commit_of_its_own(root: Path) -> None:
    lab, workspace = begun(root)
    (workspace / "mine.txt").write_text("mine\n")
    workspace_history.tell(lab.faults["privileged-port"], workspace, lambda change: None, 1, NOW)
    assert told(workspace, "%s")[2] == "Work in progress"
