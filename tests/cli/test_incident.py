"""The record of an incident, as a learner keeps it while no engine answers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kikori import paths
from kikori.attempts import Store
from kikori.attempts.lab_events import keep
from kikori.learner.incident import LONGEST, Said
from kikori.learner.incident.timeline import Timeline
from kikori.model import Attempt, Command, Event, Stage
from kikori.model.incident import EventKind, LabEvent
from terminal_user import Kikori, heed_interrupts

from .conftest import Kept

pytestmark = pytest.mark.slow

STOP_GAP = ("incident", "stop-gap", "paper at the stop", "--risk", "old times", "--until", "the page is back")
EVIL = "\x1b[31m| **b** [x](http://a) <img src=x> `rm` \u202e"


@pytest.fixture
def broken(kept: Kept) -> Attempt:
    """An attempt at first-look in which something is broken, with a command in its trail."""
    attempt = kept(fault="half-edit")
    Store().record(attempt, "broke", fault="half-edit", blind=False)
    ls = Command(number=0, at=time.time(), service="web", line="ls -a", exit_code=0, seconds=0.0)
    Store().add_command(attempt, ls)
    return attempt


def recorded(attempt: Attempt) -> list[Event]:
    return Store().events(attempt)


def test_record_is_kept_with_the_attempts_own_events(kikori: Kikori, broken: Attempt) -> None:
    declared = kikori("incident", "declare", "--severity", "2", "no", "timetable", "--json")
    assert json.loads(declared.stdout)["event"] == "declared"
    assert kikori("incident", "note", "the log names the file").returncode == 0
    assert kikori(*STOP_GAP).returncode == 0
    resolved = kikori("incident", "resolved", "the page is back")
    assert "Still in place: stop-gap 1. Take it back, or name it as debt" in resolved.stdout
    assert "Next: ./kikori check" in resolved.stdout
    assert kikori("incident", "stop-gap", "--taken-back", "1").returncode == 0
    told = [(one.event, one.detail) for one in recorded(broken)[1:]]
    assert told == [
        ("declared", {"severity": 2, "text": "no timetable", "after": 1}),
        ("noted", {"text": "the log names the file", "after": 1}),
        (
            "stop-gap",
            {"number": 1, "what": "paper at the stop", "risk": "old times", "until": "the page is back", "after": 1},
        ),
        ("resolved", {"text": "the page is back", "after": 1}),
        ("taken-back", {"number": 1, "text": "", "after": 1}),
    ]


def test_timeline_has_all_in_one_list(kikori: Kikori, broken: Attempt) -> None:
    kikori("incident", "declare", "--severity", "2", "no timetable")
    kikori(*STOP_GAP)
    shown = kikori("incident", "timeline")
    assert shown.returncode == 0
    places = [
        shown.stdout.index(word)
        for word in ("was broken", "#1 web: ls -a", "severity 2: no timetable", "paper at", "Noticed after 0.0 min")
    ]
    assert places == sorted(places)
    assert "half-edit" not in shown.stdout
    found = json.loads(kikori("incident", "timeline", "--json").stdout)
    assert list(found) == ["lab", "lang", "times", "stop_gaps", "entries", "told", "next"]
    assert [one["what"] for one in found["entries"]] == ["broke", "commands", "declared", "stop-gap"]
    assert found["times"]["stopped_by"] == "stop-gap"
    assert found["stop_gaps"][0]["taken_back"] is False
    assert found["next"] == "kikori shell"


def test_timeline_is_handed_on_as_markdown_in_which_nothing_is_markup(kikori: Kikori, broken: Attempt) -> None:
    kikori("incident", "declare", "--severity", "1", EVIL)
    kikori("incident", "stop-gap", EVIL, "--risk", EVIL, "--until", "today")
    shown = kikori("incident", "timeline").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    page = kikori("incident", "timeline", "--markdown").stdout
    assert page.startswith("# Incident timeline: first-look\n")
    assert "\x1b" not in page
    rows = [line for line in page.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in rows} == {5}, "a bar in a text ends no column"
    assert r"\*\*b\*\* \[x\](http://a) \<img src=x\> \`rm\`" in page
    ja = kikori("incident", "timeline", "--markdown", "--lang", "ja").stdout
    assert ja.startswith("# インシデントのタイムライン: first-look\n")
    assert "重大度1のインシデントを宣言した" in ja


@pytest.mark.parametrize(
    "words",
    [
        ("noticed",),
        ("declare", "--severity", "2", "x"),
        ("note", "x"),
        ("stop-gap", "x", "--risk", "y", "--until", "z"),
        ("stop-gap", "--taken-back", "1"),
        ("resolved", "x"),
        ("timeline",),
    ],
    ids=" ".join,
)
class TestRefusals:
    """Each command says what is missing, and what to type."""

    def test_without_an_attempt(self, kikori: Kikori, words: tuple[str, ...]) -> None:
        said = kikori("incident", *words)
        assert said.returncode == 2
        assert said.stderr == "kikori: No lab is running.\n  → ./kikori start first-look\n"

    def test_where_nothing_is_broken(self, kikori: Kikori, kept: Kept, words: tuple[str, ...]) -> None:
        Store().record(kept(stage=Stage.HEALTHY), "started")
        said = kikori("incident", *words)
        assert (said.returncode, said.stdout) == (2, "")
        assert "broken in first-look" in said.stderr
        assert said.stderr.endswith("→ ./kikori break\n")

    def test_before_it_is_declared(self, kikori: Kikori, broken: Attempt, words: tuple[str, ...]) -> None:
        said = kikori("incident", *words)
        if words[0] in ("noticed", "declare", "timeline"):
            assert said.returncode == 0
            return
        assert said.returncode == 2
        assert said.stderr == (
            'kikori: No incident is declared.\n  → ./kikori incident declare --severity 2 "what users meet"\n'
        )
        assert [event.event for event in recorded(broken)] == ["broke"], "nothing was written"

    def test_while_the_scene_stands_still(
        self, kikori: Kikori, broken: Attempt, kept: Kept, words: tuple[str, ...]
    ) -> None:
        kept(paused=True)
        said = kikori("incident", *words)
        assert said.returncode == (0 if words[0] == "timeline" else 2)
        assert ("→ ./kikori resume" in said.stderr) == (words[0] != "timeline")

    def test_after_a_command_that_was_cut_short(self, kikori: Kikori, kept: Kept, words: tuple[str, ...]) -> None:
        kept(stage=Stage.BREAKING)
        said = kikori("incident", *words)
        assert said.returncode == 2
        assert "→ ./kikori reset" in said.stderr

    def test_while_a_fault_is_put_in(self, kikori: Kikori, kept: Kept, words: tuple[str, ...]) -> None:
        kept(stage=Stage.BREAKING)
        with Store().hold("first-look"):
            said = kikori("incident", *words)
        assert said.returncode == 2
        assert ("is at work on first-look" in said.stderr) == (words[0] != "timeline")


def test_who_notices_first_may_declare_later(kikori: Kikori, broken: Attempt) -> None:
    noticed = kikori("incident", "noticed", "the pager rings")
    assert 'Next: ./kikori incident declare --severity 2 "what users meet"' in noticed.stdout
    assert "It was noticed before" in kikori("incident", "noticed").stderr
    assert "by the responder's word; no incident was declared" in kikori("incident", "timeline").stdout
    assert kikori("incident", "declare", "--severity", "2", "no timetable").returncode == 0
    told = [(one.event, one.detail["text"]) for one in recorded(broken)[1:]]
    assert told == [("noticed", "the pager rings"), ("declared", "no timetable")]
    assert "Noticed that something is wrong. the pager rings" in kikori("incident", "timeline").stdout


def test_whoever_declared_has_noticed(kikori: Kikori, broken: Attempt) -> None:
    kikori("incident", "declare", "--severity", "2", "x")
    assert "It was noticed before" in kikori("incident", "noticed", "late").stderr
    assert [event.event for event in recorded(broken)] == ["broke", "declared"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("declare", "--severity", "2", "again"),
            'declared already, with severity 2.\n  → ./kikori incident note "wha',
        ),
        (("declare", "--severity", "0", "x"), "0 is not in the range"),
        (("declare", "x"), "Missing option '--severity'"),
        (("declare", "--severity", "3", " \t"), "TEXT is empty"),
        (
            ("note", "x" * (LONGEST + 1)),
            f"TEXT has {LONGEST + 1} letters; a line of the timeline has at most {LONGEST}",
        ),
        (("note",), "Missing argument 'TEXT...'"),
        (("stop-gap", "x", "--until", "y"), "--risk is empty"),
        (("stop-gap", "x", "--risk", "y"), "--until is empty"),
        (("stop-gap", "--risk", "x", "--until", "y"), "TEXT is empty"),
        (("stop-gap", "--taken-back", "1"), "There is no stop-gap 1: none was told of"),
        (("stop-gap", "--taken-back", "1", "--risk", "x"), "belong to a new stop-gap"),
        (("resolved", "\u3000"), "TEXT is empty"),
    ],
)
def test_what_can_not_be_written_down_is_named(
    kikori: Kikori, broken: Attempt, words: tuple[str, ...], told: str
) -> None:
    kikori("incident", "declare", "--severity", "2", "first")
    said = kikori("incident", *words)
    assert said.returncode == 2
    assert told in said.stderr
    assert len(recorded(broken)) == 2


def test_words_that_are_no_text_are_refused(broken: Attempt, own_places: Path) -> None:
    argv = [os.fsencode(sys.executable), b"-m", b"kikori", b"incident", b"declare", b"--severity", b"2", b"x\xff"]
    said = subprocess.run(argv, capture_output=True, check=False, cwd=own_places)
    assert said.returncode == 2
    assert b"TEXT is no UTF-8 text" in said.stderr


def test_severity_may_change_and_what_is_resolved_may_come_back(kikori: Kikori, broken: Attempt) -> None:
    for severity in ("3", "1"):
        assert kikori("incident", "declare", "--severity", severity, "x").returncode == 0
    assert kikori("incident", "resolved", "over").returncode == 0
    again = kikori("incident", "resolved", "over")
    assert "declare it again" in again.stderr
    assert "called resolved" in kikori(*STOP_GAP).stderr
    assert kikori("incident", "note", "afterwards").returncode == 0
    assert kikori("incident", "declare", "--severity", "1", "it is back").returncode == 0
    assert kikori(*STOP_GAP).returncode == 0
    for number, code in (("1", 0), ("1", 2), ("2", 2)):
        assert kikori("incident", "stop-gap", "--taken-back", number).returncode == code


def test_lab_with_unfinished_work_has_incidents_from_its_start(kikori: Kikori, kept: Kept) -> None:
    attempt = kept(id="fat-image-00000a", lab="fat-image", stage=Stage.HEALTHY)
    Store().record(attempt, "started")
    assert kikori("incident", "declare", "--severity", "4", "the image is large").returncode == 0
    found = json.loads(kikori("incident", "timeline", "--json").stdout)
    assert [one["what"] for one in found["entries"]] == ["started", "declared"]


def test_lab_is_named_where_several_run(kikori: Kikori, broken: Attempt, kept: Kept) -> None:
    kept(id="silent-exit-00000a", lab="silent-exit")
    assert "Several labs are running" in kikori("incident", "note", "x").stderr
    assert kikori("incident", "declare", "--severity", "1", "x", "--lab", "first-look").returncode == 0
    assert kikori("incident", "timeline", "first-look").returncode == 0


def test_torn_line_costs_nothing_but_itself(kikori: Kikori, broken: Attempt) -> None:
    kikori("incident", "declare", "--severity", "2", "x")
    with (Store().folder(broken.id) / "events.jsonl").open("ab") as log:
        log.write(b'{"at":1.0,"event":"noted","deta')
    assert kikori("incident", "note", "after the power cut").returncode == 0
    assert [event.event for event in recorded(broken)] == ["broke", "declared", "noted"]
    assert "after the power cut" in kikori("incident", "timeline").stdout


def test_clock_that_was_set_back_is_shown_and_changes_no_order(kikori: Kikori, broken: Attempt) -> None:
    ahead = [Event(at=time.time() + 7200, event=name, detail={"after": 1}) for name in ("broke", "paused", "resumed")]
    with (Store().folder(broken.id) / "events.jsonl").open("ab") as log:
        log.write(b"".join(msgspec.json.encode(one) + b"\n" for one in ahead))
    kikori("incident", "declare", "--severity", "2", "after the clock was set right")
    found = json.loads(kikori("incident", "timeline", "--json").stdout)
    assert [one["what"] for one in found["entries"]] == ["broke", "paused", "resumed", "clock", "declared"]
    assert found["times"]["clock_set_back"] is True
    assert "was set back here, by 7" in kikori("incident", "timeline").stdout


@pytest.mark.parametrize("after", [0.1, 0.3, 0.6])
@pytest.mark.parametrize("words", [("note", "x"), ("timeline", "--markdown")], ids=" ".join)
def test_ctrl_c_leaves_a_record_that_can_be_read(
    kikori: Kikori, broken: Attempt, own_places: Path, words: tuple[str, ...], after: float
) -> None:
    kikori("incident", "declare", "--severity", "2", "x")
    argv = [sys.executable, "-m", "kikori", "incident", *words]
    child = subprocess.Popen(
        argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=own_places, preexec_fn=heed_interrupts
    )
    time.sleep(after)
    child.send_signal(signal.SIGINT)
    child.communicate(timeout=60)
    assert [event.event for event in recorded(broken)][:2] == ["broke", "declared"]
    assert kikori("incident", "note", "the next one").returncode == 0
    assert recorded(broken)[-1].detail["text"] == "the next one"


def test_notes_of_two_terminals_are_both_kept(broken: Attempt, own_places: Path, kikori: Kikori) -> None:
    kikori("incident", "declare", "--severity", "2", "x")
    with Store().hold("first-look"):  # as a check does that runs meanwhile
        both = [
            subprocess.Popen([sys.executable, "-m", "kikori", "incident", "note", word], cwd=own_places)
            for word in ("one", "two")
        ]
        assert [child.wait(timeout=60) for child in both] == [0, 0]
    assert {event.detail["text"] for event in recorded(broken)[2:]} == {"one", "two"}


@pytest.fixture
def with_records(own_places: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Make a lab `rings` of one's own, whose lab.toml names records."""

    def make(records: str) -> None:
        root = own_places / "content"
        for part in ("labs", "graders"):
            shutil.copytree(paths.ROOT / part / "first-look", root / part / "rings")
        toml = root / "labs/rings/lab.toml"
        toml.write_text(toml.read_text(encoding="utf-8") + records, encoding="utf-8")
        monkeypatch.setenv("KIKORI_CONTENT", str(root))

    return make


def test_what_the_lab_wrote_down_is_shown_after_its_engine_has_gone(
    kikori: Kikori, kept: Kept, with_records: Callable[[str], None]
) -> None:
    with_records('\n[[events]]\nservice = "web"\npath = "/var/log/pager.jsonl"\nkind = "pager"\n')
    attempt = kept(id="rings-00000a", lab="rings")
    Store().record(attempt, "broke")
    keep(Store(), attempt, [LabEvent(kind=EventKind.PAGER, at=time.time(), en="page: no timetable", ja="呼び出し")])
    shown = kikori("incident", "timeline", "--lang", "ja")
    assert shown.returncode == 0
    assert "呼び出し" in shown.stdout
    assert "web の記録 /var/log/pager.jsonl は表示できません" in shown.stdout
    assert "is not shown: Docker does not answer" in kikori("incident", "timeline", "--markdown").stdout


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ('service = "web"\npath = "../x"\nkind = "pager"', "path"),
        ('service = "web"\npath = "/x"\nkind = "cat"', "cat"),
        ('service = "web"\npath = "/x"', "kind"),
        ('service = "web"\npath = "/x"\nkind = "pager"\ncommand = "cat /x"', "command"),
    ],
)
def test_source_is_read_strictly(
    kikori: Kikori, kept: Kept, with_records: Callable[[str], None], record: str, told: str
) -> None:
    with_records(f"\n[[events]]\n{record}\n")
    kept(id="rings-00000a", lab="rings")
    said = kikori("incident", "timeline")
    assert said.returncode == 4
    assert "lab.toml" in said.stderr
    assert told in said.stderr


def test_keys_of_the_records() -> None:
    assert " ".join(Said.__struct_fields__) == "lab event minutes number in_place next"
    assert " ".join(Timeline.__struct_fields__) == "lab lang times stop_gaps entries told next"
