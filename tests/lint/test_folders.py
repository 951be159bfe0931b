"""The rules of folders: complete, and nothing that belongs to nobody."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.lint import lint

from .spoiling import GRADER, LAB, Spoil, hold, look

pytestmark = pytest.mark.slow

SPOILS = [
    Spoil("contract", f"{LAB}/task.md", "", None, "touch"),
    Spoil("contract", f"{LAB}/lab.toml", "minutes = 30", "minuts = 10", "Did you mean 'minutes'?", at="minuts"),
    Spoil("contract", f"{LAB}/lab.toml", "minutes = 30\n", "", "docs/lab-toml.md"),
    Spoil("contract", f"{LAB}/lab.toml", "[title]", "[title", "docs/lab-toml.md"),
    Spoil("contract", f"{LAB}/faults/other/break.sh", None, "#!/bin/sh\n", "docs/", found_in=f"{LAB}/faults/other"),
    Spoil("contract", f"{LAB}/faults/half-edit", "", None, "mkdir -p"),
    Spoil("contract", f"{LAB}/faults/half-edit/break.sh", "", None, "docs/", found_in=f"{LAB}/faults/half-edit"),
    Spoil("contract", GRADER, "", None, "docs/"),
    Spoil("known-files", f"{LAB}/notes.txt", None, "todo", "delete it"),
    Spoil("known-files", f"{LAB}/image/web/run", None, "#!/bin/sh", "delete it"),
    Spoil("known-files", f"{LAB}/images/run", None, "", "delete it"),
    Spoil("known-files", f"{LAB}/faults/half-edit/fix/other.sh", None, "#!/bin/sh\n", "delete it"),
    Spoil("known-files", f"{LAB}/faults/half-edit/fixes/other.bash", None, "#!/bin/bash\n", "delete it"),
    Spoil("contract", f"{LAB}/faults/README.md", None, "", "docs/"),
    Spoil("known-grader-files", f"{GRADER}/timetable_test.py", None, "", "mv"),
    Spoil("known-grader-files", f"{GRADER}/notes.md", None, "", "mv"),
    Spoil("known-grader-files", f"{GRADER}/clock.py", None, "", "mv"),
    Spoil("no-orphan-grader", "graders/second-look/test_x.py", None, "", "rm -r", found_in="graders/second-look"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=lambda one: f"{one.rule}-{one.file}")
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    hold(content, spoil)


@pytest.mark.parametrize(
    "path",
    [
        "workspace/a/b.txt",
        "workspace/.gitignore",
        "images/web/more/deep.conf",
        "__pycache__/x.pyc",
    ],
)
def test_what_belongs_to_a_lab_is_not_found(content: Path, lab: Path, path: str) -> None:
    (lab / path).parent.mkdir(parents=True, exist_ok=True)
    (lab / path).write_text("x", encoding="utf-8")
    assert look(content) == ()


def test_module_that_a_grader_imports_belongs_to_it(content: Path) -> None:
    (content / GRADER / "clock.py").write_text('"""Hours."""\n', encoding="utf-8")
    check = content / GRADER / "test_timetable.py"
    check.write_text(f"{check.read_text(encoding='utf-8')}\nimport clock\n", encoding="utf-8")
    assert look(content) == ()


def test_overlay_may_hold_any_file(content: Path, lab: Path) -> None:
    overlay = lab / "faults/half-edit/traps/stub"
    overlay.mkdir()
    (overlay / ".change").write_text("# fails: test_answer\n", encoding="utf-8")
    (overlay / "run.sh").write_text("no script of ours", encoding="utf-8")
    assert look(content) == ()


def test_labs_of_two_roots_with_one_id_are_found(content: Path, tmp_path: Path) -> None:
    other = tmp_path / "company"
    shutil.copytree(content, other, ignore=shutil.ignore_patterns("courses"))
    found = lint(Catalog([content, other]), tool=None).findings
    assert [(one.rule, one.file) for one in found] == [("ids-differ", str(other / "labs" / "first-look"))]
    assert str(content / "labs" / "first-look") in found[0].message


def test_lab_that_can_not_be_read_hides_no_other(content: Path, lab: Path) -> None:
    second = content / "labs" / "second-look"
    shutil.copytree(lab, second)
    shutil.copytree(content / GRADER, content / "graders" / "second-look")
    compose = second / "compose.yaml"
    text = compose.read_text(encoding="utf-8").replace("kikori/first-look", "kikori/second-look")
    compose.write_text(text.replace("    pids_limit: 64\n", ""), encoding="utf-8")
    (lab / "debrief.md").unlink()
    found = lint(Catalog([content]), tool=None)
    assert [(one.lab, one.rule) for one in found.findings] == [
        ("first-look", "contract"),
        ("second-look", "pids-limit"),
    ]
    assert found.labs == ("first-look", "second-look")
