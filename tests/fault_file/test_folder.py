"""A setter's fault written as an author writes one: read back by the catalog, and carried out as any other."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kikori.content import Catalog
from kikori.content.labs import with_setters_fault
from kikori.engine.changes import workspace_history
from kikori.engine.changes.scripts import apply_patch
from kikori.fault_file import FaultFile, Script, Solution, read_fault_file
from kikori.fault_file.folder import write_about, write_folder, write_solution
from kikori.model import Lab

from .conftest import Members, Written

SOLUTION = Solution(
    cause="The stop signal reaches a shell, not the program.",
    component="orders",
    fix=Script(service="orders", text="#!/bin/bash\n# service: workspace\nkill -CONT 1\n"),
)


@pytest.fixture
def found(written: Written, members: Members) -> FaultFile:
    return read_fault_file(written(members))


@pytest.fixture
def folder(tmp_path: Path, found: FaultFile, lab: Lab) -> Path:
    """The fault as a solver's attempt has it."""
    place = tmp_path / "setters" / found.manifest.fault
    write_folder(found, lab, place)
    write_about(place)
    return place


def test_it_is_a_fault_of_the_lab_for_this_attempt(folder: Path, lab: Lab) -> None:
    both = with_setters_fault(lab, folder)
    fault = both.faults["setter-0a1b2c"]
    assert fault.from_setter
    assert [(one.name, one.service, one.restart) for one in fault.breaking] == [
        ("break-1", "orders", True),
        ("break-2", "orders", False),
        ("break", "workspace", False),
    ]
    assert (fault.fixes, fault.traps, fault.about.component) == ((), (), "")
    assert both.own.keys() == lab.faults.keys() == both.faults.keys() - {fault.id}
    assert fault.id not in both.single


def test_nothing_of_the_solution_lies_open(folder: Path) -> None:
    assert sorted(path.name for path in folder.rglob("*")) == ["break-1.sh", "break-2.sh", "break.diff", "fault.toml"]
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_patch_makes_the_setters_workspace(tmp_path: Path, found: FaultFile, lab: Lab, written: Written) -> None:
    assert lab.workspace
    gone = replace(found, manifest=replace(found.manifest, gone=("entrypoint.sh",)))
    program = replace(gone, workspace={**found.workspace, "orders.py": ("#!/usr/bin/python3\n", True)})
    place, here = tmp_path / "setter-0a1b2c", Path(shutil.copytree(lab.workspace, tmp_path / "workspace"))
    before = {path.name for path in here.iterdir()}
    write_folder(program, lab, place)
    (patch,) = (one for one in _broken(place, lab) if one.touches_workspace)
    apply_patch(patch, here)
    assert (here / "orders.conf").read_text() == "port = 1\n"
    assert (here / "new/notes.txt").read_text() == "覚え書き\n"
    assert (here / "orders.py").read_text() == "#!/usr/bin/python3\n"
    assert (here / "orders.py").stat().st_mode & 0o100
    assert {path.name for path in here.iterdir()} == before - {"entrypoint.sh"} | {"new"}


def _broken(place: Path, lab: Lab) -> Any:
    write_about(place)
    return with_setters_fault(lab, place).faults[place.name].breaking


@pytest.mark.parametrize(
    "text", ["no end of the last line", "", "a\r\nb\r\n", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n", "\n\n"]
)
def test_every_text_survives_the_patch(tmp_path: Path, found: FaultFile, lab: Lab, text: str) -> None:
    assert lab.workspace
    place, here = tmp_path / "setter-0a1b2c", Path(shutil.copytree(lab.workspace, tmp_path / "workspace"))
    files = {"orders.conf": (text, False), "a b/c d.txt": (text, False)}
    write_folder(replace(found, scripts=(), workspace=files), lab, place)
    (patch,) = _broken(place, lab)
    apply_patch(patch, here)
    assert (here / "orders.conf").read_bytes() == text.encode()
    assert (here / "a b/c d.txt").read_bytes() == text.encode()


def test_a_strangers_first_lines_do_not_say_where_a_script_runs(tmp_path: Path, found: FaultFile, lab: Lab) -> None:
    text = "#!/bin/bash\n# service: workspace\n# then: restart\ntouch /tmp/x\n"
    place = tmp_path / "setter-0a1b2c"
    write_folder(replace(found, scripts=(Script(service="orders", text=text),), workspace={}), lab, place)
    (only,) = _broken(place, lab)
    assert (only.name, only.service, only.restart) == ("break", "orders", False)
    assert only.path.read_text().startswith("#!/bin/bash\n# service: orders\n\n#!/bin/bash\n")


def test_solution_is_added_once_it_is_open(folder: Path, found: FaultFile, lab: Lab) -> None:
    write_about(folder, SOLUTION)
    write_solution(folder, found, SOLUTION)
    fault = with_setters_fault(lab, folder).faults["setter-0a1b2c"]
    assert fault.about.component == "orders"
    assert fault.about.cause.en == SOLUTION.cause
    (fix,) = fault.fixes
    assert (fix.name, fix.service) == ("setters-own", "orders")
    for lang in ("en", "ja"):
        page = fault.debrief(lang)  # type: ignore[arg-type]
        assert page
        text = page.read_text(encoding="utf-8")
        assert "kill -CONT 1" in text
        assert "grace" in text
        assert "Nobody gets an order through." in text


def test_page_holds_whatever_the_fix_holds(tmp_path: Path, found: FaultFile, lab: Lab) -> None:
    fix = Script(service="orders", text="cat <<'```'\n````\n# Not a title\x1b[2J\n```\n")
    place = tmp_path / "setter-0a1b2c"
    write_folder(found, lab, place, replace(SOLUTION, fix=fix))
    text = (place / "debrief.md").read_text(encoding="utf-8")
    assert text.count("`````") == 2
    assert "\x1b" not in text


@pytest.mark.slow
def test_commit_of_a_setter_is_one_of_the_teams(tmp_path: Path, found: FaultFile) -> None:
    lab = next(one for one in Catalog().labs() if one.history and (one.folder / "later").is_dir())
    assert lab.workspace
    file = next(path for path in sorted(lab.workspace.rglob("*")) if path.is_file() and path.stat().st_size)
    name = file.relative_to(lab.workspace).as_posix()
    place = tmp_path / "setter-0a1b2c"
    write_folder(replace(found, scripts=(), workspace={name: ("changed\n", False)}), lab, place)
    write_about(place)
    fault = with_setters_fault(lab, place).faults[place.name]
    (told,) = fault.told
    assert told.author in {commit.author for commit in lab.history}
    assert fault.commits
    assert not [one.name for one in fault.commits if one.patch and f"b/{name}" in one.patch.path.read_text()]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(one.id for one in Catalog().labs() if one.history and one.faults))
def test_setters_commit_fits_in_whatever_order_it_is_told(tmp_path: Path, found: FaultFile, name: str) -> None:
    lab = Catalog().lab(name)
    assert lab.workspace
    files = {path for path in lab.workspace.rglob("*") if path.is_file() and path.read_bytes().strip()}
    file = min(files, key=lambda path: hashlib.sha256(path.name.encode()).digest())
    path, text = file.relative_to(lab.workspace).as_posix(), file.read_text(encoding="utf-8") + "# a setter was here\n"
    place = tmp_path / "setter-0a1b2c"
    program = bool(file.stat().st_mode & 0o100)
    write_folder(replace(found, scripts=(), workspace={path: (text, program)}), lab, place)
    write_about(place)
    fault = with_setters_fault(lab, place).faults[place.name]
    for seed in range(2):
        here = Path(shutil.copytree(lab.workspace, tmp_path / f"workspace-{seed}"))
        workspace_history.begin(lab, here)
        workspace_history.tell(fault, here, lambda change, here=here: apply_patch(change, here), seed)  # type: ignore[misc]
        assert (here / path).read_text(encoding="utf-8") == text
        assert len(git(here, "log", "--format=%s").splitlines()) == len(lab.history) + len(fault.commits) + 1
        assert git(here, "status", "-s") == ""


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True).stdout
