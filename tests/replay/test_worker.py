"""A submission is judged in a process of its own; whatever becomes of that process, there is a row."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import EnvironmentProblem, Exit, KikoriError
from kikori.prove import from_submission
from kikori.replay import resource_guard
from kikori.replay import worker as module
from kikori.replay.verdict import NotAFix
from kikori.replay.worker import in_own_process
from kikori.review import Row, Verdict

from .conftest import tar

pytestmark = pytest.mark.slow

Program = Callable[[str], None]


@pytest.fixture
def instead(monkeypatch: pytest.MonkeyPatch) -> Program:
    """Run another program in the place of the judge."""

    def by(text: str) -> None:
        real = subprocess.Popen

        def begin(argv: list[str], **options: object) -> object:
            return real([sys.executable, "-c", textwrap.dedent(text)], **options)  # type: ignore[call-overload]

        monkeypatch.setattr(module.subprocess, "Popen", begin)

    return by


def test_row_of_a_judge_that_says_nothing_tells_its_last_words(instead: Program, tmp_path: Path) -> None:
    instead("import sys; print('one', file=sys.stderr); sys.exit('what a pity')")
    row = in_own_process(tmp_path / "a.kikori", "a.kikori").row
    assert (row.verdict, row.exit_code) == (Verdict.COULD_NOT_VERIFY, Exit.OUR_FAULT)
    assert row.reason == "Kikori could not review it: what a pity"


def test_judge_that_was_killed_has_a_row(instead: Program, tmp_path: Path) -> None:
    instead("import os; os.kill(os.getpid(), 9)")
    assert (
        in_own_process(tmp_path / "a.kikori", "a.kikori").row.reason == "Kikori could not review it: it ended with -9"
    )


def test_limit_ends_it_in_order(instead: Program, tmp_path: Path) -> None:
    instead(f"""
        import pathlib, signal, sys, time
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
        try:
            time.sleep(60)
        finally:
            pathlib.Path({str(tmp_path / "tidied")!r}).touch()
        """)
    began = time.monotonic()
    row = in_own_process(tmp_path / "a.kikori", "a.kikori", limit=1.0).row
    assert time.monotonic() - began < 10
    assert (row.verdict, row.exit_code) == (Verdict.COULD_NOT_VERIFY, Exit.CHECK_FAILED)
    assert row.reason == "its replay took more than 1 s and was ended; give it more with --limit"
    assert (tmp_path / "tidied").exists()


def test_limit_ends_by_force_what_does_not_heed_it_with_all_that_it_began(
    instead: Program, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GRACE", 0.5)
    instead(f"""
        import pathlib, signal, subprocess, time
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        child = subprocess.Popen(["sleep", "61"])
        pathlib.Path({str(tmp_path / "child")!r}).write_text(str(child.pid))
        time.sleep(60)
        """)
    in_own_process(tmp_path / "a.kikori", "a.kikori", limit=1.0)
    child = int((tmp_path / "child").read_text())
    deadline = time.monotonic() + 5
    while _runs(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(child)


def _runs(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_real_judge_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.kikori").write_text("no zip")
    row = in_own_process(tmp_path / "a.kikori", "inbox/a.kikori").row
    assert (row.file, row.verdict) == ("inbox/a.kikori", Verdict.COULD_NOT_VERIFY)
    assert row.reason.startswith("not a whole .kikori file")


# --- the watch


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A machine with plenty of everything, to be changed."""
    told = SimpleNamespace(processes=100, free=50 * 2**30, written=0)
    monkeypatch.setattr(resource_guard, "EVERY", 0.01)
    monkeypatch.setattr(resource_guard, "SIZES_EVERY", 0.02)
    monkeypatch.setattr(resource_guard, "processes", lambda: told.processes)
    monkeypatch.setattr(resource_guard, "disk_free", lambda: told.free)
    monkeypatch.setattr(resource_guard, "_containers", lambda prefix: iter([told.written]))
    monkeypatch.setattr(resource_guard, "_volumes", lambda prefix: iter([0]))
    return told


def spend(machine: SimpleNamespace, seconds: int, **change: int) -> None:
    """A replay of so many seconds during which the machine changes."""
    with resource_guard.watched("kikori-replay-"):
        time.sleep(0.1)
        vars(machine).update(change)
        subprocess.run(["sleep", str(seconds)], check=True)  # the watch reaches a main thread that waits for a child


def test_replay_that_takes_little_is_left_alone(machine: SimpleNamespace) -> None:
    spend(machine, 2, written=2**30, processes=900)


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        ({"written": 4 * 2**30}, NotAFix, "it wrote 4.0 GiB, more than a replay may"),
        ({"free": 2**30}, EnvironmentProblem, "the engine's disk ran full"),
        ({"processes": 9000}, EnvironmentProblem, "thousands of new processes"),
    ],
)
def test_replay_that_takes_too_much_is_ended(
    machine: SimpleNamespace, change: dict[str, int], kind: type[Exception], told: str
) -> None:
    began = time.monotonic()
    with pytest.raises(kind, match=told):
        spend(machine, 60, **change)
    assert time.monotonic() - began < 30


def test_watch_ends_with_what_it_watched(machine: SimpleNamespace) -> None:
    before, others = signal.getsignal(signal.SIGUSR1), {thread.ident for thread in threading.enumerate()}
    with resource_guard.watched("kikori-replay-"):
        pass
    machine.free = 0
    time.sleep(0.1)
    assert signal.getsignal(signal.SIGUSR1) is before
    assert not [thread for thread in threading.enumerate() if thread.ident not in others], "its eye is closed, too"


@pytest.mark.docker
def test_engine_tells_what_containers_wrote() -> None:
    """The real questions, put to a real engine."""
    from kikori.engine.client import client

    labels = {"com.docker.compose.project": "kikori-replay-test-of-watch"}
    write = ["sh", "-c", "head -c 20M /dev/zero > /volume/a; head -c 30M /dev/zero > /b"]
    client().volumes.create("kikori-replay-test-of-watch_v", labels=labels)
    one = client().containers.create(
        "debian:trixie-slim", write, labels=labels, network_mode="none",
        volumes={"kikori-replay-test-of-watch_v": {"bind": "/volume", "mode": "rw"}},
    )  # fmt: skip
    try:
        one.start()
        one.wait(timeout=30)
        assert sum(resource_guard._containers("kikori-replay-test-of-")) >= 30 * 2**20
        assert sum(resource_guard._volumes("kikori-replay-test-of-")) >= 20 * 2**20
        assert resource_guard.excess("kikori-replay-test-of-") is None
        assert (resource_guard.disk_free() or 2**40) > 2**20
        assert resource_guard.processes() > 1
    finally:
        one.remove(force=True)
        client().volumes.get("kikori-replay-test-of-watch_v").remove()


# --- what unpacking takes


TOO_LARGE = "needs more memory to be unpacked than a submission may take"


@pytest.mark.parametrize(
    "command",
    [
        lambda file: from_submission.against(Catalog(), file, Silent()),
        lambda file: from_submission.adopt(Catalog(), file, "fix", "mine"),
    ],
    ids=["against", "adopt"],
)
def test_author_unpacks_no_more_than_a_review(
    command: Callable[[Path], object], judged: Callable[..., Row], inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged({"volumes/data.tar": tar("a", bytes(60 * 2**20))}, lab="nobody-has-it")
    monkeypatch.setattr(resource_guard, "MOST_MEMORY", 32 * 2**20)
    with pytest.raises(KikoriError, match=TOO_LARGE):
        command(inbox / "ada.kikori")


def test_submission_that_takes_more_memory_than_any_is_refused(judged: Callable[..., Row]) -> None:
    limits = resource.getrlimit(resource.RLIMIT_AS)
    large = {"volumes/data.tar": tar("a", bytes(60 * 2**20))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resource_guard, "MOST_MEMORY", 32 * 2**20)
        assert judged(large).reason == TOO_LARGE
    assert resource.getrlimit(resource.RLIMIT_AS) == limits
    assert "a volume that first-look does not have" in judged(large).reason
