"""What is kept of a learner can be read by nobody else on the machine, whatever the umask is or was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kikori import paths
from kikori.attempts import Store
from kikori.cohort.client import membership
from kikori.cohort.client.membership import Membership
from kikori.cohort.server.inbox import Inbox
from kikori.cohort.server.serving import submissions
from kikori.cohort.server.store import CohortStore
from kikori.cohort.server.tables import opened
from kikori.model import Attempt, Command, Report, Stage
from kikori.review import store
from kikori.submission.senders import keep_senders

ATTEMPT = Attempt(id="first-look-0000aa", lab="first-look", learner="ada", seed=1, params={}, stage=Stage.BROKEN)
COMMAND = Command(number=0, at=1.0, service="web", line="cat secret", exit_code=0, seconds=0.1)


@pytest.fixture(params=[0o000, 0o022, 0o027], ids=oct, autouse=True)
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def wide(folder: Path) -> list[str]:
    """What of a folder, itself too, somebody else may do anything with."""
    every = [folder, *folder.rglob("*")]
    return [f"{path}: {path.lstat().st_mode & 0o777:o}" for path in every if path.lstat().st_mode & 0o077]


def widen(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o777 if path.is_dir() else 0o666)


def lived() -> Store:
    """An attempt with all its logs."""
    store = Store()
    with store.hold("first-look"):
        store.save(ATTEMPT)
        store.record(ATTEMPT, "broke")
        store.add_command(ATTEMPT, COMMAND)
        store.add_report(ATTEMPT, Report(lab="first-look", at=1.0, checks=()))
    return store


def test_attempts() -> None:
    lived()
    assert wide(paths.state()) == []


def test_what_was_wider_before_is_narrowed_when_it_is_opened() -> None:
    lived()
    widen(paths.state())
    store = Store()
    (attempt,) = store.all()
    assert (len(store.events(attempt)), len(store.trail(attempt)), len(store.reports(attempt))) == (1, 1, 1)
    with store.hold("first-look"):
        assert wide(paths.state()) == []


def test_what_is_above_the_state_folder_stays_as_it_is() -> None:
    above = paths.state().parent
    above.mkdir()
    above.chmod(0o755)
    lived()
    assert above.stat().st_mode & 0o777 == 0o755


def test_the_token_of_a_cohort() -> None:
    membership.keep(Membership(url="http://x", name="ada", learner="1", token="secret"))  # noqa: S106
    membership.keep_told({}, (), "received")
    assert wide(paths.state()) == []
    widen(paths.state())
    assert membership.joined()
    assert membership.told().answer == "received"
    assert wide(paths.state()) == []


def test_the_cohorts_database_and_submissions() -> None:
    for _ in range(2):
        with opened() as engine:
            inbox = Inbox(submissions(), CohortStore(engine))
            inbox.store.enrol("ada" if not inbox.store.learners() else "ben")
            inbox.begin()
            keep_senders(inbox.folder, {"a.kikori": "ada"})
            assert sorted(path.name for path in paths.state().glob("cohort.sqlite*")) == [
                "cohort.sqlite",
                "cohort.sqlite-shm",
                "cohort.sqlite-wal",
            ]
            assert wide(paths.state()) == []
            if len(inbox.store.learners()) == 1:
                widen(paths.state())


def test_a_folder_of_submissions_that_an_instructor_made_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    folder.chmod(0o750)
    with opened() as engine:
        Inbox(folder, CohortStore(engine)).begin()
    assert folder.stat().st_mode & 0o777 == 0o750


def test_the_book_of_a_review(tmp_path: Path) -> None:
    with store.opened(tmp_path) as found, found.engine.begin():
        assert not [path.name for path in tmp_path.glob("review.sqlite*") if path.stat().st_mode & 0o077]
    (tmp_path / "review.sqlite").chmod(0o666)
    with store.opened(tmp_path):
        assert (tmp_path / "review.sqlite").stat().st_mode & 0o777 == 0o660, "a colleague may have been let in"


@pytest.mark.slow
def test_what_went_wrong() -> None:
    code = "from kikori.cli.app import _written_down as f\ntry: 1/0\nexcept Exception: f()"
    subprocess.run([sys.executable, "-c", code], check=True)
    assert (paths.state() / "last-error.log").is_file()
    assert wide(paths.state()) == []
