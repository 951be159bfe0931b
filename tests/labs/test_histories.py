"""Workspaces with a repository: the history leads to the workspace, and what changes with a fault disturbs no fix."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.engine.changes import workspace_history
from kikori.engine.changes.scripts import apply_patch, lay_over, run_here
from kikori.engine.scratch import scratch_attempt
from kikori.model import Change, Fault, Lab
from kikori.model.lab import PATCH

pytestmark = pytest.mark.slow

COMMITS, PEOPLE, AT_ONCE = 8, 3, 3
LABS = [lab for lab in Catalog().labs() if lab.history]
FAULTS = [(lab, fault) for lab in LABS for fault in lab.faults.values()]


def names(part: object) -> str:
    return part.id if isinstance(part, Lab | Fault) else ""


def laid_out(lab: Lab, folder: Path) -> Path:
    shutil.rmtree(folder / "workspace", ignore_errors=True)
    shutil.copytree(lab.workspace or folder, folder / "workspace")
    return folder / "workspace"


def carry_out(lab: Lab, change: Change, workspace: Path) -> None:
    """A change of the workspace, as the engine carries it out."""
    if change.path.is_dir():
        lay_over(change.path, workspace)
    elif change.path.suffix == PATCH:
        apply_patch(change, workspace)
    else:
        attempt = scratch_attempt(lab, "history", workspace)
        here = {"KIKORI_LAB": str(lab.folder), "KIKORI_PYTHON": sys.executable, "KIKORI_WORKSPACE": str(workspace)}
        run_here(change, workspace, attempt.environment | here)


def tree(workspace: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(workspace)): (path.read_bytes(), path.stat().st_mode & 0o111)
        for path in workspace.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


@pytest.mark.parametrize("lab", LABS, ids=names)
def test_the_history_leads_to_the_workspace(lab: Lab, tmp_path: Path) -> None:
    workspace = laid_out(lab, tmp_path)
    before = tree(workspace)
    workspace_history.begin(lab, workspace)
    assert tree(workspace) == before
    told = subprocess.run(["git", "log", "--format=%an|%at"], cwd=workspace, capture_output=True, text=True, check=True)
    people, times = zip(*(line.split("|") for line in told.stdout.splitlines()), strict=True)
    assert len(people) >= COMMITS
    assert len(set(people)) >= PEOPLE
    assert [int(time) for time in times] == sorted(map(int, times), reverse=True)


@pytest.mark.parametrize(("lab", "fault"), FAULTS, ids=names)
def test_what_comes_with_a_fault_may_come_in_any_order(lab: Lab, fault: Fault, tmp_path: Path) -> None:
    assert len(fault.commits) + len(fault.told) == len(list((lab.folder / "later").glob("*.diff"))) >= AT_ONCE
    guilty = [one for one in fault.breaking if one.touches_workspace]
    harmless = [commit.patch for commit in fault.commits if commit.patch]
    assert len(fault.told) == len(guilty), "a change of the workspace says who made it, and why"
    trees = []
    for order in ([*harmless, *guilty], [*guilty, *reversed(harmless)]):
        workspace = laid_out(lab, tmp_path)
        for change in order:
            carry_out(lab, change, workspace)
        trees.append(tree(workspace))
    assert trees[0] == trees[1]


@pytest.mark.parametrize(("lab", "fault"), FAULTS, ids=names)
def test_every_fix_and_trap_fits_what_the_break_left(lab: Lab, fault: Fault, tmp_path: Path) -> None:
    for change in (*fault.fixes, *fault.traps):
        steps = [one for one in (*change.first, change) if one.touches_workspace]
        workspace = laid_out(lab, tmp_path)
        for one in fault.in_workspace:
            carry_out(lab, one, workspace)
        before = tree(workspace)
        for one in steps:
            carry_out(lab, one, workspace)
        assert not steps or tree(workspace) != before, f"{change.path} changes nothing"
