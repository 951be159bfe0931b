"""A lab's record of rounds, and a break that asks before it takes something away."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pexpect
import pytest

from kikori.attempts import Store
from kikori.content import Catalog
from kikori.learner.rounds import unmet
from kikori.learner.session import Session
from kikori.learner.trail import keep_workspace
from kikori.model import Attempt, Command, Stage
from terminal_user import PATIENCE, Kikori

from .conftest import Kept

pytestmark = pytest.mark.slow

WRITTEN = "# First look\n## Seen <!-- seen -->\nNobody got the timetable.\n"


@pytest.fixture
def broken(kept: Kept) -> Attempt:
    """An attempt at first-look in which a fault is in, and nothing was done yet."""
    attempt = kept(fault="missing-page")
    Store().record(attempt, "broke", fault="missing-page")
    return attempt


def explained(attempt: Attempt, text: str = WRITTEN) -> None:
    (Store().folder(attempt.id) / "explanation.md").write_text(text, encoding="utf-8")


def typed(attempt: Attempt, line: str) -> None:
    command = Command(number=0, at=Store().events(attempt)[-1].at + 1, service="web", line=line, exit_code=0, seconds=0)
    Store().add_command(attempt, command)


def workspace(attempt: Attempt, folder: Path) -> Attempt:
    folder.mkdir()
    (folder / "app.py").write_text("before")
    found = Store().move(attempt, workspace=str(folder))
    keep_workspace(Session(), found)
    return found


def refused(kikori: Kikori, *options: str) -> str:
    """What a break says that nobody can agree to; nothing may have happened."""
    before = Store().all()
    done = kikori("break", *options)
    assert (done.returncode, Store().all()) == (2, before), done.stderr
    assert "kikori break --yes" in done.stderr
    return " ".join(done.stderr.split())


def test_a_fix_that_was_not_submitted_is_asked_about(kikori: Kikori, broken: Attempt) -> None:
    Store().move(broken, stage=Stage.FIXED, explained=True)
    for options in ((), ("--another",), ("--random",), ("--fault", "closed-page")):
        assert "fixed and was never submitted" in refused(kikori, *options)


def test_files_that_were_edited_are_asked_about_by_name(kikori: Kikori, broken: Attempt, own_places: Path) -> None:
    attempt = workspace(broken, own_places / "work")
    goes_on(kikori)
    (Path(attempt.workspace) / "app.py").write_text("after")
    assert "edited in the workspace: app.py. They are moved aside" in refused(kikori)


def test_an_explanation_that_is_not_accepted_is_asked_about(kikori: Kikori, broken: Attempt) -> None:
    explained(broken, WRITTEN.replace("Nobody got the timetable.", "<!-- what users saw -->"))
    goes_on(kikori)  # a template without an answer is no work
    explained(broken)
    assert "explanation is not accepted yet" in refused(kikori)


def test_commands_in_the_services_are_asked_about(kikori: Kikori, broken: Attempt) -> None:
    typed(broken, "chmod 644 /srv/www/index.html")
    assert "services: 1. What they changed is undone" in refused(kikori)


def goes_on(kikori: Kikori, *options: str) -> None:
    """See that a break asks nothing: on this machine it then finds no engine."""
    done = kikori("break", *options)
    assert (done.returncode, "does not answer" in done.stderr, "take this away" in done.stderr) == (3, True, False)


def test_who_agreed_beforehand_and_who_has_nothing_to_lose_is_not_asked(kikori: Kikori, broken: Attempt) -> None:
    goes_on(kikori)
    Store().move(broken, stage=Stage.FIXED)
    goes_on(kikori, "--yes")
    Store().move(broken, stage=Stage.FIXED, submitted="/x.kikori")
    goes_on(kikori)
    Store().move(broken, stage=Stage.HEALTHY)
    goes_on(kikori)


@pytest.mark.parametrize(("answer", "told"), [("n", "Nothing was changed"), ("y", "does not answer")])
def test_at_a_terminal_the_answer_counts(broken: Attempt, answer: str, told: str) -> None:
    Store().move(broken, stage=Stage.FIXED)
    asked = pexpect.spawn(
        sys.executable, ["-m", "kikori", "break"], env=dict(os.environ), encoding="utf-8", timeout=PATIENCE
    )
    asked.expect("was never submitted")
    asked.expect("all the same")
    asked.sendline(answer)
    asked.expect(told)
    asked.wait()


def test_the_record_lists_the_rounds_of_all_attempts(kikori: Kikori, kept: Kept) -> None:
    store = Store()
    first = kept(id="first-look-000001", stage=Stage.STOPPED)
    for event, detail in (
        ("broke", {"fault": "missing-page"}),
        ("hint", {"number": 1}),
        ("checked", {}),
        ("mended", {}),
        ("explained", {"accepted": True}),
        ("debriefed", {}),
        ("submitted", {}),
        ("stopped", {}),
    ):
        store.record(first, event, **detail)
    second = kept(id="first-look-000002")
    store.record(second, "broke", fault="closed-page")
    told = json.loads(kikori("rounds", "first-look", "--json").stdout)
    rows = [
        (one["number"], one["attempt"], one["fault"], one["hints"], one["checks"], one["result"])
        for one in told["rounds"]
    ]
    assert rows == [
        (1, first.id, "missing-page", 1, 1, "submitted"),
        (2, second.id, "", 0, 0, "open"),
    ], "a name that its debrief has not told yet would give it away"
    assert told["rounds"][0]["cause"]
    assert (told["rounds"][0]["ended"] is None, told["rounds"][1]["ended"]) == (False, None)
    assert (told["unmet"], told["next"]) == (told["faults"] - 2, "kikori break --another")
    shown = kikori("rounds", "first-look", "--lang", "ja")
    assert ("提出" in shown.stdout, "進行中" in shown.stdout, "closed-page" in shown.stdout) == (True, True, False)


def test_a_lab_without_a_round_and_one_that_is_none(kikori: Kikori) -> None:
    assert "no round at this lab yet" in kikori("rounds", "first-look").stdout
    assert kikori("rounds", "first-lok").returncode == 2
    assert kikori("rounds").returncode == 2


def test_another_fault_is_one_that_was_not_met(kept: Kept) -> None:
    lab = Catalog().lab("first-look")
    left = [*lab.single]
    for number, attempt in enumerate((kept(id="first-look-000001", stage=Stage.STOPPED), kept(id="first-look-000002"))):
        Store().record(attempt, "broke", fault=[*lab.single][number])
        left.remove([*lab.single][number])
        assert [fault.id for fault in unmet(Session(), lab)] == left


def test_done_stays_whatever_is_broken_afterwards(kikori: Kikori, kept: Kept) -> None:
    attempt = kept(stage=Stage.BROKEN)
    assert state(kikori) == "broken"
    Store().record(attempt, "submitted")
    assert state(kikori) == "done"
    kept(id="first-look-000002", stage=Stage.HEALTHY)
    assert state(kikori) == "done"


def state(kikori: Kikori) -> str:
    rows = json.loads(kikori("list", "--json").stdout)["labs"]
    return str(next(row["state"] for row in rows if row["id"] == "first-look"))
