"""The second round: a workspace with a history, two faults at once, a false alarm, and a stop-gap that a check sees."""

from __future__ import annotations

import json
import secrets
import subprocess
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.learner.fault import put_fault
from kikori.learner.session import Session
from terminal_user import Kikori

LAB, ALARM, BOTH = "silent-exit", "morning-call", "early-kitchen"
pytestmark = [pytest.mark.docker, pytest.mark.stands_on(LAB)]


def workspace() -> Path:
    return Path(Session().attempt().workspace)


def commits() -> list[str]:
    done = subprocess.run(["git", "log", "--format=%s"], cwd=workspace(), capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def reviewed(kikori: Kikori, folder: Path) -> dict[str, object]:
    kikori("review", str(folder))
    (row,) = json.loads((folder / "review.json").read_text())
    return row


def test_a_break_is_a_commit_among_others_and_no_submission_holds_the_repository(
    kikori: Kikori, own_places: Path
) -> None:
    kikori("start", LAB)
    lab = Catalog().lab(LAB)
    assert commits()[::-1] == [commit.subject for commit in lab.history]
    kikori("break", "--fault", "privileged-port")
    fault = lab.faults["privileged-port"]
    new = commits()[: -len(lab.history)]
    assert sorted(new) == sorted(commit.subject for commit in (*fault.commits, *fault.told))
    (workspace() / "compose.yaml").write_text((workspace() / "compose.yaml").read_text() + "# mine\n")
    kikori("submit", "--unfinished", "--to", str(own_places))
    assert reviewed(kikori, own_places)["verdict"] == "not verified"


def test_what_was_edited_before_the_break_is_moved_aside_and_a_new_file_stays(kikori: Kikori) -> None:
    kikori("start", LAB)
    (workspace() / "notes.md").write_text("what I saw\n")
    assert kikori("break", "--fault", ALARM).returncode == 0
    assert (workspace() / "notes.md").is_file()

    kikori("reset")
    for name in ("compose.yaml", "notes.md"):
        (workspace() / name).write_text("# mine\n")
    asked = kikori("break", "--fault", "privileged-port")
    assert asked.returncode == 2
    assert "edited in the workspace: compose.yaml, notes.md. They are moved aside" in " ".join(asked.stderr.split())
    assert kikori("break", "--fault", "privileged-port", "--yes").returncode == 0, "its patch would not fit"
    assert "# mine" not in (workspace() / "compose.yaml").read_text()
    aside = [path.read_text() for path in workspace().parent.glob(f"{LAB}.*/compose.yaml")]
    assert "# mine\n" in aside


def test_the_first_fix_of_two_is_not_enough(kikori: Kikori) -> None:
    kikori("start", LAB)
    kikori("break", "--fault", BOTH)
    first, second = (fault.fixes[0] for fault in Catalog().lab(LAB).faults[BOTH].parts)
    project = Session().project(Session().attempt(), Catalog().lab(LAB))
    project.run(first)
    kikori("apply")
    assert kikori("check", "--quick").returncode == 1
    project.run(second)
    kikori("apply")
    assert kikori("check", "--quick").returncode == 0


def test_a_false_alarm_is_answered_by_evidence_and_no_change(
    kikori: Kikori, own_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kikori("start", LAB)
    monkeypatch.setattr(secrets, "choice", lambda faults: next(one for one in faults if one.id == ALARM))
    put_fault(Session(), random=True)
    for options in ((), ("--stop-gap",)):
        waits = kikori("check", *options)
        assert waits.returncode == 2, "it would tell whether anything is broken"
        assert "there is nothing to check yet" in " ".join(waits.stderr.split())
    kikori("diagnose", "--component", "orders")
    assert "your diagnosis names orders" in kikori("check").stderr
    kikori("diagnose", "--component", "nothing")
    assert kikori("check").returncode == 0
    assert kikori("debrief", "--give-up").returncode == 0
    kikori("submit", "--unfinished", "--to", str(own_places))
    row = reviewed(kikori, own_places)
    assert (row["verdict"], row["steps"], row["said"][:2]) == ("verified", [], ["detect", "locate"])


def test_a_change_of_what_works_is_refused(kikori: Kikori, own_places: Path) -> None:
    kikori("start", LAB)
    kikori("break", "--fault", ALARM)
    assert "there is no diagnosis yet" in " ".join(kikori("check", "--quick").stderr.split())
    (workspace() / "compose.yaml").write_text((workspace() / "compose.yaml").read_text() + "# mine\n")
    kikori("apply")
    kikori("diagnose", "--component", "nothing")
    told = kikori("check")
    assert told.returncode == 1
    assert "compose.yaml differs from what the break left" in " ".join(told.stderr.split())
    kikori("submit", "--unfinished", "--to", str(own_places))
    row = reviewed(kikori, own_places)
    assert row["verdict"] == "not verified"
    assert "compose.yaml" in str(row["reason"])


def test_a_stop_gap_serves_users_and_is_kept_and_fixes_nothing(kikori: Kikori) -> None:
    kikori("start", LAB)
    assert kikori("check", "--stop-gap").returncode == 2, "nothing is broken"
    kikori("break", "--fault", "unreadable-config")
    assert kikori("check", "--stop-gap").returncode == 1
    fault = Catalog().lab(LAB).faults["unreadable-config"]
    project = Session().project(Session().attempt(), Catalog().lab(LAB))
    project.run(fault.stop_gaps[0])
    served = kikori("check", "--stop-gap")
    assert served.returncode == 0
    assert "Users are served, first" in served.stdout
    assert kikori("check").returncode == 1
    attempt = Session().attempt()
    assert "served" in [event.event for event in Session().store.events(attempt)]


@pytest.mark.stands_on("first-look")
def test_another_fault_is_always_a_new_one_and_the_rounds_outlive_a_stop(kikori: Kikori) -> None:
    lab = Catalog().lab("first-look")
    kikori("start", lab.id)
    folder = Session().store.folder(Session().attempt().id)
    met = []
    for number in range(len(lab.single)):
        if number:
            (folder / "explanation.md").write_text(f"## Seen <!-- seen -->\nOf round {number}.\n")
        assert kikori("break", "--another", "--yes").returncode == 0
        met.append(Session().attempt().fault)
        assert not (folder / "explanation.md").exists(), "a new round begins with an empty explanation"
    assert sorted(filter(None, met)) == sorted(lab.single)
    kept = [file.read_text().splitlines()[-1] for file in sorted(folder.glob("explanation-*.md"))]
    assert kept == [f"Of round {number}." for number in range(1, len(lab.single))]
    refused = kikori("break", "--another", "--yes")
    assert (refused.returncode, "met every fault" in refused.stderr) == (2, True)
    assert Session().attempt().fault == met[-1], "nothing was changed"
    kikori("stop", lab.id)
    told = json.loads(kikori("rounds", lab.id, "--json").stdout)["rounds"]
    assert [(one["result"], one["ended"] is None) for one in told] == [("left", False)] * len(met)
