"""Attempts outlive power cuts, damage, full disks and other commands."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori.attempts import Store
from kikori.errors import EnvironmentProblem, Exit, KikoriError
from kikori.model import Attempt, CheckResult, Command, Outcome, Report, Stage

HOLD = (
    "import sys\nfrom kikori.attempts import Store\nwith Store().hold('first-look'): print('mine', flush=True); input()"
)


def attempt(lab: str = "first-look", stage: Stage = Stage.HEALTHY, number: int = 1) -> Attempt:
    return Attempt(id=f"{lab}-{number:06x}", lab=lab, learner="ada", seed=number, params={}, stage=stage)


@pytest.fixture
def store() -> Store:
    return Store()


def test_attempts_lie_in_the_state_folder(store: Store, own_places: Path) -> None:
    store.save(attempt())
    assert (own_places / "state" / "kikori" / "attempts" / "first-look-000001" / "attempt.json").is_file()


def test_saved_attempt_is_read_again_by_another_command(store: Store) -> None:
    store.save(attempt())
    assert Store().all() == [attempt()]


def test_move_changes_what_is_named_and_nothing_else(store: Store) -> None:
    moved = store.move(store.save(attempt()), stage=Stage.BROKEN, fault="half-edit")
    assert Store().all() == [moved]
    assert (moved.stage, moved.fault, moved.seed) == (Stage.BROKEN, "half-edit", 1)


def test_attempts_are_told_in_the_order_in_which_they_began(store: Store) -> None:
    for number in (3, 1, 2):
        store.record(store.save(attempt(number=number)), "started")
    assert [found.seed for found in store.all()] == [3, 1, 2]


@pytest.mark.parametrize("damage", [b"", b'{"id": "first-look', b"\xff\xfe", b"{}", b"[]", b"\0" * 300])
def test_damaged_attempt_is_set_aside_named_and_not_fatal(
    store: Store, capsys: pytest.CaptureFixture[str], damage: bytes
) -> None:
    store.save(attempt(number=2))
    file = store.folder(store.save(attempt(number=1)).id) / "attempt.json"
    file.write_bytes(damage)
    assert [found.seed for found in store.all()] == [2]
    assert str(file) in capsys.readouterr().err
    assert file.with_name("attempt.damaged.json").read_bytes() == damage


def test_damage_is_told_once(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    (store.folder(store.save(attempt()).id) / "attempt.json").write_bytes(b"{")
    store.all()
    capsys.readouterr()
    assert store.all() == []
    assert capsys.readouterr().err == ""


def test_half_written_file_of_a_killed_command_is_no_attempt(store: Store) -> None:
    store.save(attempt())
    (store.folder(attempt().id) / ".attempt.json.x1y2").write_bytes(b'{"id":')
    (store.root / "first-look-000009").mkdir()
    assert store.all() == [attempt()]


def test_current_without_any_says_how_to_start(store: Store) -> None:
    with pytest.raises(KikoriError, match="No lab is running") as caught:
        store.current()
    assert caught.value.hint == "kikori start first-look"


def test_current_of_a_lab_that_does_not_run_names_it(store: Store) -> None:
    store.save(attempt())
    with pytest.raises(KikoriError, match="'silent-exit'") as caught:
        store.current("silent-exit")
    assert caught.value.hint == "kikori start silent-exit"


def test_current_is_the_only_one(store: Store) -> None:
    store.save(attempt(stage=Stage.STOPPED, number=2))
    store.save(attempt())
    assert store.current() == attempt()


def test_current_of_several_asks_which(store: Store) -> None:
    store.save(attempt())
    store.save(attempt("silent-exit"))
    with pytest.raises(KikoriError, match="first-look") as caught:
        store.current()
    assert caught.value.hint.endswith("such as first-look")
    assert store.current("silent-exit").lab == "silent-exit"


def test_events_are_kept_with_their_details(store: Store) -> None:
    store.record(store.save(attempt()), "hint", number=2, blind=False)
    (event,) = Store().events(attempt())
    assert (event.event, event.detail) == ("hint", {"number": 2, "blind": False, "after": 0})


def test_event_says_after_which_command_it_came(store: Store) -> None:
    store.save(attempt())
    for line in ("ls", "cat x"):
        store.add_command(attempt(), Command(number=0, at=9e9, service="web", line=line, exit_code=0, seconds=0.1))
    store.record(attempt(), "hint")
    assert [event.detail["after"] for event in store.events(attempt())] == [2]


def test_commands_of_the_trail_are_numbered_as_they_come(store: Store) -> None:
    store.save(attempt())
    for line in ("ls", "cat x"):
        store.add_command(attempt(), Command(number=0, at=1.0, service="web", line=line, exit_code=0, seconds=0.1))
    assert [(command.number, command.line) for command in store.trail(attempt())] == [(1, "ls"), (2, "cat x")]


def test_trail_is_numbered_on_after_a_power_cut(store: Store) -> None:
    command = Command(number=0, at=1.0, service="web", line="ls", exit_code=0, seconds=0.1)
    store.add_command(store.save(attempt()), command)
    with (store.folder(attempt().id) / "trail.jsonl").open("ab") as log:
        log.write(b'{"number":2,"at":')
    store.add_command(attempt(), command)
    assert [found.number for found in store.trail(attempt())] == [1, 2]


def test_reports_are_kept(store: Store) -> None:
    report = Report(lab="first-look", at=1.0, checks=(CheckResult(id="a", title="A", outcome=Outcome.PASSED),))
    store.add_report(store.save(attempt()), report)
    assert Store().reports(attempt()) == [report]


def test_new_ids_differ(store: Store) -> None:
    assert len({store.new_id("first-look") for _ in range(50)}) == 50


def test_state_folder_that_can_not_be_made_is_a_problem_of_the_machine(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EnvironmentProblem, match=r"file/state.*can't be written") as caught:
        Store(tmp_path / "file" / "state").save(attempt())
    assert caught.value.exit_code is Exit.ENVIRONMENT
    assert caught.value.hint


def test_full_disk_is_a_problem_of_the_machine_and_keeps_what_was_there(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    store.save(attempt())
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EnvironmentProblem, match="No space left on device"):
        store.move(attempt(), stage=Stage.BROKEN)
    assert store.all() == [attempt()]


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[bytes]]:
    """Another command at work on first-look."""
    argv = [sys.executable, "-c", HOLD]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"mine\n"
        yield process
        process.kill()


@pytest.mark.slow
def test_second_command_is_refused_and_told_who_is_at_work(store: Store, holder: subprocess.Popen[bytes]) -> None:
    with pytest.raises(KikoriError, match=rf"process {holder.pid}\).*first-look"), store.hold("first-look"):
        pytest.fail("two commands at once")


@pytest.mark.slow
def test_refused_command_does_not_end_the_hold_of_the_first(store: Store, holder: subprocess.Popen[bytes]) -> None:
    for _ in range(2):
        with pytest.raises(KikoriError, match=f"process {holder.pid}"), store.hold("first-look"):
            pytest.fail("two commands at once")


@pytest.mark.slow
@pytest.mark.usefixtures("holder")
def test_another_lab_is_free(store: Store) -> None:
    with store.hold("silent-exit"):
        pass


@pytest.mark.slow
def test_lab_is_free_again_after_its_command_was_killed(store: Store, holder: subprocess.Popen[bytes]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with store.hold("first-look"):
        pass


def test_lab_is_free_again_after_a_command_failed(store: Store) -> None:
    with pytest.raises(RuntimeError), store.hold("first-look"):
        raise RuntimeError
    with store.hold("first-look"):
        pass
