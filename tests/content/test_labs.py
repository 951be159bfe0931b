"""A lab's folder is read strictly: what is wrong is named with its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.errors import Exit, OurFault
from kikori.model import Lab


def read(content: Path) -> Lab:
    return Catalog([content]).lab("first-look")


def refusal(content: Path) -> OurFault:
    """What is said of a lab that breaks the contract."""
    with pytest.raises(OurFault) as caught:
        read(content)
    assert caught.value.exit_code is Exit.OUR_FAULT
    return caught.value


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def line_of(path: Path, word: str) -> int:
    return next(n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if word in line)


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("level = 1", "levle = 1", "level"),
        ('component = "web"', 'componnent = "web"', "component"),
        ("words = 8", "wodrs = 8", "words"),
        ("choice = [", "choise = [", "choice"),
    ],
)
def test_unknown_key_is_told_with_its_line_and_the_nearest_right_one(
    content: Path, lab_toml: Path, old: str, new: str, meant: str
) -> None:
    replace(lab_toml, old, new)
    word = new.split(" ")[0]
    problem = refusal(content)
    assert problem.message.startswith(f"{lab_toml}:{line_of(lab_toml, word)}: ")
    assert f"`{word}`" in problem.message
    assert problem.hint == f"Did you mean '{meant}'?"


def test_key_like_no_other_has_no_suggestion(content: Path, lab_toml: Path) -> None:
    replace(lab_toml, "level = 1", "level = 1\nzzzzzz = 1")
    assert refusal(content).hint == ""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("level = 1", "level = 5", "$.level"),
        ('kind = "repair"', 'kind = "mend"', "$.kind"),
        ("minutes = 30", 'minutes = "10"', "$.minutes"),
        ('ja = "はじめの一歩"', 'ja = ""', "$.title.ja"),
        ('course = "start-here"', 'course = "Start_Here"', "$.course"),
        ('id = "seen"', 'id = "What seen"', "$.prompts"),
        ("level = 1\n", "", "level"),
        ("level = 1", "level = = 1", "not valid TOML"),
    ],
)
def test_wrong_value_is_told_with_file_and_place(content: Path, lab_toml: Path, old: str, new: str, told: str) -> None:
    replace(lab_toml, old, new)
    problem = refusal(content)
    assert problem.message.startswith(str(lab_toml))
    assert told in problem.message


def test_bad_id_of_a_fault_is_refused(content: Path, lab_toml: Path) -> None:
    replace(lab_toml, "[faults.half-edit]", "[faults.Half_Edit]")
    assert str(lab_toml) in refusal(content).message


def test_bad_id_of_a_lab_is_refused(content: Path) -> None:
    (content / "labs" / "first-look").rename(content / "labs" / "First_Look")
    with pytest.raises(OurFault, match="First_Look: no id for a lab"):
        Catalog([content]).lab("First_Look")


@pytest.mark.parametrize("name", ["lab.toml", "compose.yaml", "task.md", "debrief.md"])
def test_missing_file_is_named(content: Path, lab_toml: Path, name: str) -> None:
    lab_toml.with_name(name).unlink()
    assert str(lab_toml.with_name(name)) in refusal(content).message


def test_lab_without_japanese_is_read_in_english(content: Path, lab_toml: Path) -> None:
    lab_toml.with_name("task.ja.md").unlink()
    replace(lab_toml, 'ja = "はじめの一歩"', "")
    lab = Catalog([content]).lab("first-look")
    assert lab.page("task", "ja") == lab_toml.with_name("task.md")
    assert lab.about.title.lang("ja") == lab.about.title.en


def test_lab_without_graders_is_refused(content: Path) -> None:
    shutil.rmtree(content / "graders")
    assert str(content / "graders" / "first-look") in refusal(content).message


def test_lab_toml_that_is_not_utf8_is_refused(content: Path, lab_toml: Path) -> None:
    lab_toml.write_bytes(lab_toml.read_text(encoding="utf-8").encode("euc-jp"))
    assert str(lab_toml) in refusal(content).message


@pytest.mark.parametrize("given", ['{ choice = ["1"], range = [12, 98] }', "{}", "{ choice = [] }"])
def test_param_needs_either_a_choice_or_a_range(content: Path, lab_toml: Path, given: str) -> None:
    replace(lab_toml, "{ range = [12, 98] }", given)
    assert "params.line: give either" in refusal(content).message


def drop_folder(faults: Path) -> None:
    shutil.rmtree(faults / "half-edit")


def add_folder(faults: Path) -> None:
    (faults / "half-edited").mkdir()


def drop_break(faults: Path) -> None:
    (faults / "half-edit" / "break.sh").unlink()


def spoil_break(faults: Path) -> None:
    (faults / "half-edit" / "break.sh").write_bytes("echo 壊す".encode("euc-jp"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (drop_folder, "half-edit: missing; lab.toml names the fault"),
        (add_folder, "half-edited: an orphan"),
        (drop_break, "half-edit: no break.sh, break.diff or break/"),
        (spoil_break, "break.sh is no UTF-8 text"),
    ],
)
def test_fault_and_its_folder_must_match(
    content: Path, lab_toml: Path, spoil: Callable[[Path], None], told: str
) -> None:
    spoil(lab_toml.parent / "faults")
    assert told in refusal(content).message


@pytest.fixture
def traps(lab_toml: Path) -> Path:
    return lab_toml.parent / "faults" / "half-edit" / "traps"


def test_script_says_where_it_runs_and_what_fails_after_it(content: Path, traps: Path) -> None:
    (traps / "hide.sh").write_text("#!/bin/sh\n# service: proxy\n# fails: test_answer\ntrue\n", encoding="utf-8")
    hide = next(trap for trap in read(content).faults["half-edit"].traps if trap.name == "hide")
    assert (hide.service, hide.fails, hide.path) == ("proxy", "test_answer", traps / "hide.sh")


def test_script_runs_in_the_labs_own_service_unless_it_says_otherwise(content: Path, traps: Path) -> None:
    (traps / "hide.sh").write_text("#!/bin/sh\ntrue\n", encoding="utf-8")
    hide = next(trap for trap in read(content).faults["half-edit"].traps if trap.name == "hide")
    assert (hide.service, hide.fails, hide.touches_workspace) == ("web", "", False)


def test_comment_that_a_script_writes_elsewhere_is_no_header_of_its_own(content: Path, traps: Path) -> None:
    text = "#!/bin/sh\n# fails: test_answer\ncat > /etc/x <<end\n# service: proxy\n# fails: nothing\nend\n"
    (traps / "hide.sh").write_text(text, encoding="utf-8")
    hide = next(trap for trap in read(content).faults["half-edit"].traps if trap.name == "hide")
    assert (hide.service, hide.fails) == ("web", "test_answer")


def test_folder_is_an_overlay_on_the_workspace(content: Path, traps: Path) -> None:
    (traps / "stub").mkdir()
    (traps / "stub" / ".change").write_text("# fails: test_timetable\n", encoding="utf-8")
    stub = next(trap for trap in read(content).faults["half-edit"].traps if trap.name == "stub")
    assert (stub.touches_workspace, stub.fails) == (True, "test_timetable")


def test_trap_may_be_a_fix_but_for_something(content: Path, traps: Path) -> None:
    (traps / "hide.sh").write_text("#!/bin/sh\n# fails: test_answer\n# after: fixes/restore\ntrue\n", encoding="utf-8")
    (traps.parent / "fixes/restore.sh").write_text("#!/bin/sh\ntrue\n", encoding="utf-8")
    hide = next(trap for trap in read(content).faults["half-edit"].traps if trap.name == "hide")
    assert [before.name for before in hide.first] == ["restore"]


def test_trap_after_a_fix_that_is_not_there_is_told(content: Path, traps: Path) -> None:
    (traps / "hide.sh").write_text("#!/bin/sh\n# fails: test_answer\n# after: fixes/nothing\n", encoding="utf-8")
    with pytest.raises(OurFault, match="after: fixes/nothing: there is no such fix"):
        read(content)


def test_overlay_needs_no_header(content: Path, traps: Path) -> None:
    (traps / "stub").mkdir()
    stub = next(trap for trap in read(content).faults["half-edit"].traps if trap.name == "stub")
    assert (stub.touches_workspace, stub.fails) == (True, "")


def test_fault_may_be_an_overlay(content: Path, lab_toml: Path) -> None:
    fault = lab_toml.parent / "faults" / "half-edit"
    (fault / "break.sh").unlink()
    (fault / "break").mkdir()
    (breaking,) = read(content).faults["half-edit"].breaking
    assert (breaking.path, breaking.touches_workspace) == (fault / "break", True)


def test_notes_beside_the_scripts_are_no_changes(content: Path, traps: Path) -> None:
    before = read(content).faults["half-edit"].traps
    (traps / "notes.md").write_text("# why these", encoding="utf-8")
    assert read(content).faults["half-edit"].traps == before


def test_a_lab_of_unfinished_work_has_a_workspace_and_no_faults(content: Path, lab_toml: Path) -> None:
    replace(lab_toml, 'kind = "repair"', 'kind = "build"')
    refused = refusal(content)
    assert "a build lab begins with unfinished work and has no faults" in refused.message
    assert str(lab_toml.parent / "fixes") in refused.hint
    lab_toml.write_text(lab_toml.read_text(encoding="utf-8").split("[faults.")[0], encoding="utf-8")
    shutil.rmtree(lab_toml.parent / "faults")
    assert "workspace: missing; a build lab is worked on there" in refusal(content).message
    (lab_toml.parent / "workspace").mkdir()
    (lab_toml.parent / "traps").mkdir()
    (lab_toml.parent / "traps/lazy.sh").write_text("#!/bin/sh\n# fails: test_answer\n", encoding="utf-8")
    (work,) = read(content).exercises
    assert [(trap.name, trap.service, trap.fails) for trap in work.traps] == [("lazy", "workspace", "test_answer")]
