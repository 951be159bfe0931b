"""The same roll on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sql

from kikori.cohort.records import Call, Where
from kikori.cohort.roll import Roll
from kikori.cohort.tables import TABLES, opened, place
from kikori.errors import EnvironmentProblem, KikoriError

from .conftest import told

NOBODY = 65534


def test_the_place_of_the_database(monkeypatch: pytest.MonkeyPatch, own_places: Path) -> None:
    assert place().database == str(own_places / "state" / "kikori" / "cohort.sqlite")
    monkeypatch.setenv("KIKORI_COHORT_DATABASE", "postgresql://ada@db/class")
    assert place().drivername == "postgresql+psycopg"
    assert place("sqlite:///x.sqlite").database == "x.sqlite"


def test_what_is_no_address_is_told_without_its_password() -> None:
    with pytest.raises(KikoriError) as problem:
        place("postgresql//ada:secret@db")
    assert "secret" not in f"{problem.value.message} {problem.value.hint}"


def test_a_driver_that_is_missing_is_named() -> None:
    with pytest.raises(EnvironmentProblem, match="driver") as problem, opened("nosuch://ada:secret@db/class"):
        pass
    assert "secret" not in problem.value.message


def test_a_database_that_is_away_is_told_without_its_password() -> None:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with pytest.raises(EnvironmentProblem) as problem, opened("postgresql://ada:secret@127.0.0.1:1/class"):
        pass
    assert "secret" not in problem.value.message


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def roll(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Roll]:
    url = f"sqlite:///{tmp_path}/c.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres")
    with opened(url) as engine:
        yield Roll(engine)
        TABLES.drop_all(engine)


@pytest.fixture(scope="module")
def postgres() -> Iterator[str]:
    """A PostgreSQL of its own, on a socket in a folder of its own."""
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    if not shutil.which("initdb") or not shutil.which("pg_ctl"):
        pytest.skip("there is no PostgreSQL on this machine")
    with tempfile.TemporaryDirectory(prefix="pg-") as name:  # short: a socket's path has at most 107 bytes
        folder = Path(name)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        user = {"user": NOBODY, "group": NOBODY} if os.getuid() == 0 else {}
        if user:
            os.chown(data, NOBODY, NOBODY)
        _run("initdb", "-D", str(data), "-U", "ada", "--auth=trust", "-N", **user)
        _run("pg_ctl", "-D", str(data), "-w", "-l", str(data / "log"), "-o", f"-k {data} -h ''", "start", **user)
        try:
            yield f"postgresql://ada@/postgres?host={data}"
        finally:
            _run("pg_ctl", "-D", str(data), "-m", "immediate", "stop", **user)


def _run(*argv: str, **user: int) -> None:
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd="/", **user)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_learners_whole_way(roll: Roll) -> None:
    ada, ben = roll.enrol("ada"), roll.enrol("佐藤 陽菜")
    assert roll.learner_of(ada.token).id == ada.learner  # type: ignore[union-attr]
    assert roll.learner_of("wrong") is None
    roll.check_in(ada.learner, told(hints=1))
    roll.check_in(ada.learner, told(hints=2))
    roll.check_in(ben.learner, told(seconds=6000.0))
    roll.raise_hand(ada.learner, Call(text="助けて\nplease", check_in=told(hints=3)))
    roll.hand_in(ada.learner, "a.kikori", 2**33, "0")
    assert [(one.name, one.hints) for one in roll.places()] == [("佐藤 陽菜", 0), ("ada", 3)]
    assert roll.hands()[0].call.text == "助けて\nplease"
    assert roll.handed_in()[0].size == 2**33
    assert roll.counts(ada.learner) == {"check_ins": 1, "hands": 1, "submissions": 1}
    roll.forget(ada.learner)
    assert [one.name for one in roll.learners()] == ["佐藤 陽菜"]
    assert (roll.hands(), roll.handed_in(), len(roll.places())) == ([], [], 1)


def test_the_times_keep_their_fractions(roll: Roll) -> None:
    ada = roll.enrol("ada")
    roll.check_in(ada.learner, told(seconds=0.5), now=1_900_000_000.75)
    (one,) = roll.places()
    assert (one.heard, one.since) == (1_900_000_000.75, 1_900_000_000.25)


def test_a_name_is_taken_once(roll: Roll) -> None:
    roll.enrol("ada")
    with pytest.raises(KikoriError, match="joined already"):
        roll.enrol("ADA")


def test_nobody_writes_for_a_learner_who_left(roll: Roll) -> None:
    ada = roll.enrol("ada")
    roll.forget(ada.learner)
    for write in (
        lambda: roll.check_in(ada.learner, told()),
        lambda: roll.raise_hand(ada.learner, Call(text="help", check_in=told())),
        lambda: roll.hand_in(ada.learner, "a.kikori", 1, "0"),
    ):
        with pytest.raises(sql.exc.IntegrityError):
            write()
    assert roll.places() == roll.hands() == roll.handed_in() == []


def test_the_enrolment_is_the_same_until_it_is_renewed(roll: Roll) -> None:
    first = roll.enrolment()
    assert roll.enrolment() == first
    assert roll.enrolment(renewed=True) not in ("", first)
    assert roll.enrolment() != first


def test_a_roll_that_is_full_takes_no_more(roll: Roll, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kikori.cohort.roll.MOST_LEARNERS", 1)
    roll.enrol("ada")
    with pytest.raises(KikoriError, match="no more"):
        roll.enrol("ben")


def test_a_stopped_lab_is_taken_off_with_the_hand_about_it(roll: Roll) -> None:
    ada = roll.enrol("ada")
    roll.raise_hand(ada.learner, Call(text="help", check_in=told()))
    roll.check_in(ada.learner, told(Where.STOPPED, lab="silent-exit"))
    assert len(roll.hands()) == len(roll.places()) == 1
    roll.check_in(ada.learner, told(Where.STOPPED))
    assert roll.hands() == roll.places() == []
