"""Commands as a learner types them, as far as no engine is needed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kikori.attempts import Store
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.learner.fault import choose
from kikori.learner.session import Session
from kikori.learner.trail import edited_since_deploy, keep_live, keep_workspace, note_edits, noted
from kikori.model import Attempt, Command, Stage
from terminal_user import EXPLANATION, Kikori

from .conftest import Kept

pytestmark = pytest.mark.slow


def test_status_without_an_attempt_says_how_to_start(kikori: Kikori) -> None:
    said = kikori("status")
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout == "No lab is running.\n\nNext: ./kikori start first-look\n"


def test_list_shows_every_lab(kikori: Kikori) -> None:
    said = kikori("list")
    assert said.returncode == 0
    assert all(lab.id in said.stdout and lab.about.title.en in said.stdout for lab in Catalog().labs())


def test_list_goes_by_course_and_module_and_counts_what_is_done(kikori: Kikori, kept: Kept) -> None:
    kept(id="silent-exit-000001", lab="silent-exit", stage=Stage.STOPPED, submitted="/x.kikori")
    said = kikori("list").stdout
    places = [said.index(word) for word in ("\n start-here", "first-look", "\n containers", "silent-exit", "fat-image")]
    assert places == sorted(places)
    assert f"1 of {len(Catalog().labs())} done" in said


@pytest.mark.parametrize(
    "command",
    ["task", "break", "shell", "apply", "check", "hint", "reset", "pause", "resume", "stop", "explain", "debrief"],
)
def test_command_without_an_attempt_says_how_to_start(kikori: Kikori, command: str) -> None:
    said = kikori(command)
    assert said.returncode == 2
    assert said.stderr == "kikori: No lab is running.\n  → ./kikori start first-look\n"


def test_command_with_several_attempts_asks_which(kikori: Kikori, kept: Kept) -> None:
    kept()
    kept(id="silent-exit-00000a", lab="silent-exit")
    said = kikori("hint")
    assert said.returncode == 2
    assert "with the lab's name, such as" in said.stderr
    assert kikori("hint", "--lab", "first-look").returncode == 0
    assert kikori("hint", "first-look").stdout.startswith("Hint 2")
    assert kikori("hint", "first-look", "--lab", "silent-exit").returncode == 2


def test_damaged_attempt_is_named_and_the_command_goes_on(kikori: Kikori, kept: Kept) -> None:
    kept()
    file = Store().folder("first-look-00000a") / "attempt.json"
    file.write_bytes(b'{"id"')
    said = kikori("status")
    assert said.returncode == 0
    assert str(file) in said.stderr
    assert "No lab is running." in said.stdout


def test_task_is_shown_in_the_learners_language(kikori: Kikori, kept: Kept) -> None:
    kept()
    page = Catalog().lab("first-look").page("task", "ja").read_text(encoding="utf-8")
    assert page.splitlines()[0] in kikori("task", "--lang", "ja").stdout


def test_hints_climb_to_the_last_rung_and_stay_there(kikori: Kikori, kept: Kept) -> None:
    kept(fault="half-edit")
    said = [kikori("hint").stdout for _ in range(4)]
    assert [text.splitlines()[0] for text in said] == ["Hint 1 of 3", "Hint 2 of 3", "Hint 3 of 3", "Hint 3 of 3"]
    assert "That was the last one." in said[2]
    assert Store().current().hints == 3


def test_hints_of_a_blind_attempt_do_not_name_the_fault(kikori: Kikori, kept: Kept) -> None:
    kept(fault="half-edit", blind=True)
    assert "Hint 1 of 2" in kikori("hint").stdout


def test_hint_before_the_break_is_refused(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.HEALTHY)
    said = kikori("hint")
    assert (said.returncode, "→ ./kikori break" in said.stderr) == (2, True)


@pytest.mark.parametrize(("command", "following"), [("explain", "check"), ("debrief", "shell")])
def test_answers_wait_for_the_mend(kikori: Kikori, kept: Kept, command: str, following: str) -> None:
    kept()
    said = kikori(command)
    assert (said.returncode, said.stdout, f"→ ./kikori {following}" in said.stderr) == (2, "", True)


def test_debrief_tells_the_cause_of_this_fault(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.FIXED, fault="half-edit", explained=True)
    said = kikori("debrief").stdout
    assert Catalog().lab("first-look").faults["half-edit"].about.cause.en in said
    assert "{{" not in said


def test_explanation_is_taken_from_the_input_judged_and_kept(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.FIXED)
    said = kikori("explain", "--file", "-", stdin=EXPLANATION)
    assert said.returncode == 1
    assert "evidence: [#1] is not in your trail" in said.stdout
    assert "what you wrote is kept" in said.stdout
    assert (Store().folder("first-look-00000a") / "explanation.md").read_text(encoding="utf-8") == EXPLANATION


def test_explanation_without_its_citation_is_accepted(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.FIXED)
    said = kikori("explain", "--file", "-", stdin=EXPLANATION.replace("[#1]", "of the shell"))
    assert said.returncode == 0
    assert Store().current().explained
    assert "Next: ./kikori submit" in said.stdout


def test_explain_without_a_terminal_leaves_a_template_to_fill_in(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.FIXED)
    said = kikori("explain")
    file = Store().folder("first-look-00000a") / "explanation.md"
    assert said.returncode == 2
    assert f"→ ./kikori explain --file {file}" in said.stderr
    assert "<!-- seen -->" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "name", ["viewers", "task", "break", "apply", "check", "hint", "status", "reset", "pause", "trail"]
)
def test_every_command_on_a_lab_takes_its_name_as_start_does(kikori: Kikori, kept: Kept, name: str) -> None:
    kept(id="silent-exit-00000a", lab="silent-exit")
    assert "No attempt at 'first-look'" in kikori(name, "first-look").stderr or name == "status"
    assert "unexpected extra argument" not in kikori(name, "silent-exit").stderr


def test_labs_name_goes_to_shell_and_bench_too(kikori: Kikori, kept: Kept) -> None:
    kept(id="silent-exit-00000a", lab="silent-exit")
    assert "'tune-the-board' is running" in kikori("bench", "tune-the-board").stderr
    assert kikori("bench", "run|retest").returncode == 2
    assert kikori("shell", "silent-exit", "--lab", "first-look").returncode == 2


def test_name_of_no_fault_lists_none(kikori: Kikori) -> None:
    lab = Catalog().lab("first-look")
    attempt = Attempt(id="first-look-1", lab=lab.id, learner="ada", seed=1, params={}, stage=Stage.HEALTHY)
    with pytest.raises(KikoriError) as refused:
        choose(lab, attempt, "zzz", random=False)
    assert not [fault for fault in lab.faults if fault in refused.value.message + refused.value.hint]


def test_status_leads_to_the_first_lab_that_was_not_handed_in(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.STOPPED, submitted="/x.kikori")
    assert "Next: ./kikori start first-look" not in kikori("status").stdout
    assert "Next: ./kikori start " in kikori("status").stdout


def test_trail_shows_what_was_done_by_number(kikori: Kikori, kept: Kept) -> None:
    attempt = kept()
    assert "Nothing was typed" in kikori("trail").stdout
    for line, code in (("ls -a", 0), ("cat \x1b[31mx", 1)):
        Store().add_command(attempt, Command(number=0, at=1.0, service="web", line=line, exit_code=code, seconds=0.1))
    said = kikori("trail", "first-look").stdout
    assert "[#1]  web          ls -a\n" in said
    assert "[#2]" in said
    assert "(exit 1)" in said
    assert "\x1b" not in said


def test_edits_are_noted_once_and_what_a_break_changes_is_nobodys_edit(kept: Kept, tmp_path: Path) -> None:
    attempt = kept(id="slow-stop-00000b", lab="slow-stop", workspace=str(tmp_path / "work"))
    (tmp_path / "work/app").mkdir(parents=True)
    (tmp_path / "work/app/run").write_text("a")
    session = Session("slow-stop")
    keep_workspace(session, attempt)
    note_edits(session, attempt)
    assert session.store.trail(attempt) == []
    assert edited_since_deploy(session, attempt) == ()
    (tmp_path / "work/app/run").write_text("b")
    (tmp_path / "work/new").write_text("")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/work/n\xff")).symlink_to(os.fsdecode(b"\xfe"))  # names of any bytes
    with pytest.raises(KikoriError), noted(session, attempt, "kikori apply"):
        raise KikoriError("no", "x")
    note_edits(session, attempt)
    assert edited_since_deploy(session, attempt) == ("app/run", "new", "n\ufffd"), "the apply did not come to an end"
    keep_live(session, attempt)
    assert edited_since_deploy(session, attempt) == ()
    seen = [(one.service, one.line, one.exit_code) for one in session.store.trail(attempt)]
    assert seen == [("workspace", "# edited: app/run, new, n\ufffd", 0), ("kikori", "kikori apply", 2)]


@pytest.mark.parametrize(
    ("lab", "edited"),
    [("mission-statement", ()), ("read-the-box", ()), ("slow-stop", ("text.md",)), ("desired-state", ("text.md",))],
)
def test_a_text_that_is_read_where_it_lies_need_not_be_put_live(
    kept: Kept, tmp_path: Path, lab: str, edited: tuple[str, ...]
) -> None:
    attempt = kept(id=f"{lab}-00000b", lab=lab, workspace=str(tmp_path / "work"))
    (tmp_path / "work").mkdir()
    keep_workspace(Session(lab), attempt)
    (tmp_path / "work/text.md").write_text("We keep the gallery open.")
    assert edited_since_deploy(Session(lab), attempt) == edited


@pytest.mark.parametrize("data", [None, b"\xff\xfe"])
def test_file_that_can_not_be_read_is_named(kikori: Kikori, kept: Kept, data: bytes | None) -> None:
    file = Store().folder(kept(stage=Stage.FIXED).id) / "mine.md"
    if data:
        file.write_bytes(data)
    said = kikori("explain", "--file", str(file))
    assert said.returncode == 2
    assert f"kikori: {file}{' is no UTF-8 text' if data else ': No such file'}" in said.stderr


def test_submit_to_no_folder_says_how_to_make_it(kikori: Kikori, kept: Kept) -> None:
    kept(stage=Stage.FIXED)
    said = kikori("submit", "--to", "/nowhere/at/all")
    assert (said.returncode, "→ mkdir -p /nowhere/at/all" in said.stderr) == (2, True)


def test_fault_and_random_exclude_each_other(kikori: Kikori, kept: Kept) -> None:
    kept()
    said = kikori("break", "--random", "--fault", "half-edit")
    assert (said.returncode, "give one of them" in said.stderr) == (2, True)


def test_review_of_a_folder_without_submissions(kikori: Kikori) -> None:
    said = kikori("review", ".")
    assert said.returncode == 2
    assert "no .kikori file there" in said.stderr
