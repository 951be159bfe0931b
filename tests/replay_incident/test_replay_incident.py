"""A recorded incident in a terminal: what a group sees at each step, and what is kept of its decisions."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pexpect
import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.errors import KikoriError, OurFault
from kikori.replay_incident.recording import Recording, between
from kikori.replay_incident.screen import plots, screen_of
from kikori.replay_incident.steps import from_step, steps_of
from kikori.settings import Lang
from kikori.visible_text import width
from terminal_user import Kikori

LAB = paths.ROOT / "labs" / "postmortem"
Terminal = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def terminal(own_places: Path) -> Terminal:
    """Type ``kikori replay-incident`` at a real terminal, in a folder of one's own."""
    environment = os.environ | {"PYTHONPATH": f"{paths.ROOT / 'src'}"}

    def at_terminal(*words: str, rows: int = 40) -> pexpect.spawn[str]:
        argv = ["-P", "-m", "kikori", "replay-incident", *words]
        return pexpect.spawn(
            sys.executable, argv, env=environment, encoding="utf-8", timeout=20, dimensions=(rows, 110), cwd=own_places
        )

    return at_terminal


def decide(screen: pexpect.spawn[str], *lines: str) -> None:
    """Type a decision, and the empty line that ends it."""
    for line in lines:
        screen.expect("> ")
        screen.sendline(line)
    screen.expect("> ")
    screen.sendline("")


@pytest.mark.slow
def test_nothing_of_the_next_step_is_seen_before_a_decision(terminal: Terminal, own_places: Path) -> None:
    first, second, *_ = steps_of(Recording(LAB, "en"))
    screen = terminal()
    screen.expect_exact(first.question)
    assert "OrdersDoNotComeThrough" in screen.before
    assert "I released checkout 118" not in screen.before
    assert "evening-archive" not in screen.before
    screen.expect("> ")
    screen.sendline("")  # nothing is no decision
    screen.expect("> ")
    assert second.title not in screen.before
    screen.sendline("Emre leads; look at customers first")
    screen.expect("> ")
    screen.sendline("")
    screen.expect_exact(second.question)
    assert "I released checkout 118" in screen.before
    kept = (own_places / "decisions-postmortem.md").read_text(encoding="utf-8")
    assert f"## 1. {first.title}\n\n{first.question}\n\n> Emre leads; look at customers first\n" in kept


@pytest.mark.slow
def test_ctrl_c_keeps_what_was_typed_and_says_how_to_go_on(terminal: Terminal, own_places: Path) -> None:
    screen = terminal("--output", "night.md")
    decide(screen, "look at the front")
    screen.expect(r"\[2/8\]")
    screen.expect("> ")
    screen.sendintr()
    screen.expect("Stopped at step 2 of 8; what was decided before is kept")
    screen.expect(r"replay-incident postmortem --from 2 --output night.md")
    screen.wait()
    again = terminal("--from", "2", "--output", "night.md")
    again.expect(r"\[2/8\]")
    decide(again, "no rollback", "not before we know since when")
    again.expect(r"\[3/8\]")
    again.sendeof()
    again.expect("Stopped at step 3 of 8")
    again.wait()
    kept = (own_places / "night.md").read_text(encoding="utf-8")
    assert kept.count("\n## ") == 2
    assert "> no rollback\n> not before we know since when\n" in kept


@pytest.mark.slow
def test_whole_night_in_japanese(terminal: Terminal, own_places: Path) -> None:
    screen = terminal("--lang", "ja")
    for step in steps_of(Recording(LAB, "ja")):
        screen.expect_exact(step.question)
        decide(screen, f"判断{step.number}")
    screen.expect_exact("あの夜は、これで終わりです")
    screen.wait()
    assert screen.exitstatus == 0
    kept = (own_places / "decisions-postmortem.md").read_text(encoding="utf-8")
    assert kept.count("> 判断") == 8


@pytest.mark.slow
def test_another_nights_decisions_are_not_written_over(terminal: Terminal, own_places: Path) -> None:
    mine = own_places / "decisions-postmortem.md"
    mine.write_text("# ours\n", encoding="utf-8")
    screen = terminal()
    screen.expect("has decisions already")
    screen.expect("--from STEP, or --output with another file")
    screen.wait()
    assert screen.exitstatus == 2
    assert mine.read_text(encoding="utf-8") == "# ours\n"


@pytest.mark.slow
def test_a_step_that_is_not_there(terminal: Terminal) -> None:
    screen = terminal("--from", "9")
    screen.expect("There is no step 9; there are 8")
    screen.wait()
    assert screen.exitstatus == 2


def test_no_terminal_and_no_recording(kikori: Kikori) -> None:
    told = kikori("replay-incident")
    assert told.returncode == 2
    assert "A replay asks the group at each step, and needs a terminal." in told.stderr
    with pytest.raises(KikoriError, match="no recorded incident"):
        Recording(Catalog().lab("first-slo").folder, "en")


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(("lines", "columns"), [(30, 80), (40, 110), (60, 200)])
def test_a_step_fits_on_its_screen(lang: Lang, lines: int, columns: int) -> None:
    recording = Recording(LAB, lang)
    for step in steps_of(recording):
        shown = screen_of(recording, step, lines, columns)
        assert len(shown) + 2 <= lines
        assert max(map(width, shown)) <= columns


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_steps_show_all_of_the_chat_and_none_of_the_future(lang: Lang) -> None:
    recording = Recording(LAB, lang)
    steps = steps_of(recording)
    told = [one for step in steps for one in between(recording.chat, step.begin, step.until)]
    assert told == recording.chat
    for step in steps:
        assert all(one.at < step.until for one in between(recording.log, step.begin, step.until))
        rows = plots(recording.metrics, step.until, lang)
        seen = sum(one.at < step.until for one in recording.metrics)
        assert all(len(row) for row in rows)
        assert plots(recording.metrics[:seen], step.until, lang)[0].split()[-1] == rows[0].split()[-1]


def test_what_nobody_saw_is_told_by_the_chat_alone() -> None:
    recording = Recording(LAB, "en")
    screens = ["\n".join(screen_of(recording, step, 60, 200)) for step in steps_of(recording)]
    first = next(place for place, text in enumerate(screens) if "evening-archive" in text)
    assert [text for text in screens[:first] if "archive" in text] == []
    assert "evening-archive, 12:12 in the place of 18:00" in screens[first]
    assert "scheduler: evening-archive begins" not in "".join(screens)
    assert "scheduler: evening-archive switched off" in screens[-1]


def test_both_languages_chat_at_the_same_minutes() -> None:
    english, japanese = (Recording(LAB, lang).chat for lang in ("en", "ja"))
    assert [one.at for one in english] == [one.at for one in japanese]


def test_a_damaged_recording_is_told_by_its_file(tmp_path: Path) -> None:
    lab = tmp_path / "night"
    shutil.copytree(LAB / "workspace", lab / "workspace")
    (lab / "workspace" / "recording" / "pager.jsonl").write_text("no JSON\n", encoding="utf-8")
    recording = Recording(lab, "en")
    with pytest.raises(OurFault, match=r"pager\.jsonl: not a recording's file"):
        screen_of(recording, steps_of(recording)[0], 40, 100)
    (lab / "workspace" / "recording" / "chat.txt").write_text("25:61 nobody\n", encoding="utf-8")
    with pytest.raises(OurFault, match=r"chat\.txt: not a recording's file"):
        _ = Recording(lab, "en").chat


def test_from_a_step_the_ones_before_are_left_out() -> None:
    steps = steps_of(Recording(LAB, "en"))
    assert [one.number for one in from_step(steps, 7)] == [7, 8]
    assert all(later.begin - earlier.until == timedelta() for earlier, later in pairwise(steps))
