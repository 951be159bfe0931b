"""The same roll on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sql

from kikori.cohort.messages import LEAD, HelpRequest, Moment, Step, StoppedBy, TeamReport, Where
from kikori.cohort.server.rounds import Rounds, TakesNoPart
from kikori.cohort.server.store import CohortStore
from kikori.cohort.server.tables import TABLES, opened, place
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


@pytest.mark.slow
def test_a_database_that_is_away_is_told_without_its_password() -> None:
    pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    with pytest.raises(EnvironmentProblem) as problem, opened("postgresql://ada:secret@127.0.0.1:1/class"):
        pass
    assert "secret" not in problem.value.message


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[CohortStore]:
    url = f"sqlite:///{tmp_path}/c.sqlite" if request.param == "sqlite" else request.getfixturevalue("postgres")
    with opened(url) as engine:
        yield CohortStore(engine)
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


def test_a_learners_whole_way(store: CohortStore) -> None:
    ada, ben = store.enrol("ada"), store.enrol("佐藤 陽菜")
    assert store.learner_of(ada.token).id == ada.learner  # type: ignore[union-attr]
    assert store.learner_of("wrong") is None
    store.check_in(ada.learner, told(hints=1))
    store.check_in(ada.learner, told(hints=2))
    store.check_in(ben.learner, told(seconds=6000.0))
    store.raise_hand(ada.learner, HelpRequest(text="助けて\nplease", check_in=told(hints=3)))
    store.hand_in(ada.learner, "a.kikori", 2**33, "0")
    assert [(one.name, one.hints) for one in store.places()] == [("佐藤 陽菜", 0), ("ada", 3)]
    assert store.hands()[0].call.text == "助けて\nplease"
    assert store.handed_in()[0].size == 2**33
    assert store.counts(ada.learner) == {"check_ins": 1, "hands": 1, "submissions": 1, "scores": 0, "moments": 0}
    store.forget(ada.learner)
    assert [one.name for one in store.learners()] == ["佐藤 陽菜"]
    assert (store.hands(), store.handed_in(), len(store.places())) == ([], [], 1)


def test_a_submitted_lab_stays_known_until_the_learner_leaves(store: CohortStore) -> None:
    ada, ben = store.enrol("ada"), store.enrol("ben")
    store.check_in(ada.learner, told(stage=Where.EXPLAINED))
    assert store.done() == {}
    for stage in (Where.SUBMITTED, Where.SUBMITTED, Where.STOPPED):
        store.check_in(ada.learner, told(stage=stage))
        store.check_in(ben.learner, told(stage=stage, lab="silent-exit"))
    assert store.places() == []
    assert store.done() == {ada.learner: {"first-look"}, ben.learner: {"silent-exit"}}
    assert store.counts(ada.learner)["check_ins"] == 1
    store.forget(ada.learner)
    assert store.done() == {ben.learner: {"silent-exit"}}


def test_the_times_keep_their_fractions(store: CohortStore) -> None:
    ada = store.enrol("ada")
    store.check_in(ada.learner, told(seconds=0.5), now=1_900_000_000.75)
    (one,) = store.places()
    assert (one.heard, one.since) == (1_900_000_000.75, 1_900_000_000.25)


def test_a_name_is_taken_once(store: CohortStore) -> None:
    store.enrol("ada")
    with pytest.raises(KikoriError, match="joined already"):
        store.enrol("ADA")


def test_nobody_writes_for_a_learner_who_left(store: CohortStore) -> None:
    ada = store.enrol("ada")
    store.forget(ada.learner)
    for write in (
        lambda: store.check_in(ada.learner, told()),
        lambda: store.raise_hand(ada.learner, HelpRequest(text="help", check_in=told())),
        lambda: store.hand_in(ada.learner, "a.kikori", 1, "0"),
    ):
        with pytest.raises(sql.exc.IntegrityError):
            write()
    assert store.places() == store.hands() == store.handed_in() == []


def test_the_enrolment_is_the_same_until_it_is_renewed(store: CohortStore) -> None:
    first = store.enrolment()
    assert store.enrolment() == first
    assert store.enrolment(renewed=True) not in ("", first)
    assert store.enrolment() != first


def test_a_roll_that_is_full_takes_no_more(store: CohortStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kikori.cohort.server.store.MOST_LEARNERS", 1)
    store.enrol("ada")
    with pytest.raises(KikoriError, match="no more"):
        store.enrol("ben")


def test_a_stopped_lab_is_taken_off_with_the_hand_about_it(store: CohortStore) -> None:
    ada = store.enrol("ada")
    store.raise_hand(ada.learner, HelpRequest(text="help", check_in=told()))
    store.check_in(ada.learner, told(Where.STOPPED, lab="silent-exit"))
    assert len(store.hands()) == len(store.places()) == 1
    store.check_in(ada.learner, told(Where.STOPPED))
    assert store.hands() == store.places() == []


LAB = "first-look"


def report(round_id: str = "", *moments: Moment, stage: Where = Where.BROKEN) -> TeamReport:
    return TeamReport(lab=LAB, stage=stage, round=round_id, moments=moments)


def arrived(rounds: Rounds) -> list[tuple[str, str, float, str]]:
    return [(one.name, one.step.value, one.seconds, one.by.value) for one in rounds.moments()]


def test_a_round_is_ahead_of_every_team_of_its_lab_at_one_moment(store: CohortStore) -> None:
    rounds, (ada, ben, cy) = Rounds(store.engine), [store.enrol(name).learner for name in ("ada", "ben", "cy")]
    rounds.agree(ada, LAB, now=100.0)
    rounds.agree(ben, LAB, now=100.0)
    rounds.agree(cy, "silent-exit", now=100.0)
    assert rounds.hear(ada, report(), now=101.0).round == ""
    rounds.let_in(LAB, "half-edit", now=110.0)
    (one,) = rounds.rounds()
    for team, now, left in ((ada, 112.0, LEAD - 2), (ben, 115.5, LEAD - 5.5), (ben, 200.0, 0.0), (ada, 10.0, LEAD)):
        ahead = rounds.hear(team, report(), now=now)
        assert (ahead.round, ahead.fault, ahead.seconds) == (one.id, "half-edit", left)
    assert rounds.hear(cy, TeamReport(lab="silent-exit", stage=Where.HEALTHY)).round == ""
    rounds.end(one.number)
    assert rounds.hear(ada, report()).round == ""
    assert [(team.name, team.stage, team.lab) for team in rounds.teams()] == [
        ("ada", "broken", LAB), ("ben", "broken", LAB), ("cy", "healthy", "silent-exit"),
    ]  # fmt: skip


def test_the_first_time_of_a_step_counts_also_after_the_round(store: CohortStore) -> None:
    rounds, ada = Rounds(store.engine), store.enrol("ada").learner
    rounds.agree(ada, LAB)
    rounds.let_in(LAB, "half-edit")
    (one,) = rounds.rounds()
    broke, noticed = Moment(step=Step.BROKE, seconds=0.0), Moment(step=Step.NOTICED, seconds=61.25)
    rounds.hear(ada, report(one.id, broke, noticed))
    rounds.end(1)
    stopped = Moment(step=Step.STOPPED, seconds=300.0, by=StoppedBy.STOP_GAP)
    rounds.hear(ada, report(one.id, broke, Moment(step=Step.NOTICED, seconds=1.0), stopped))
    assert arrived(rounds) == [
        ("ada", "broke", 0.0, ""), ("ada", "noticed", 61.25, ""), ("ada", "stopped", 300.0, "stop-gap"),
    ]  # fmt: skip
    assert store.counts(ada)["moments"] == 3
    store.forget(ada)
    assert (rounds.moments(), rounds.teams()) == ([], [])
    assert len(rounds.rounds()) == 1


def test_two_faults_that_are_sent_at_once_are_one(store: CohortStore) -> None:
    rounds, ready, refused = Rounds(store.engine), threading.Barrier(8), list[str]()

    def send(number: int) -> None:
        ready.wait()
        try:
            rounds.let_in(LAB, f"fault-{number}")
        except KikoriError as problem:
            refused.append(problem.message)

    threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (len(rounds.rounds()), len(refused)) == (1, 7)
    for _ in range(2):
        rounds.end(1)
    rounds.let_in(LAB, "another")
    assert [(one.number, one.ended is None) for one in rounds.rounds()] == [(1, False), (2, True)]


def test_nobody_takes_part_who_has_not_agreed_or_once_it_is_over(store: CohortStore) -> None:
    rounds, ada = Rounds(store.engine), store.enrol("ada").learner
    with pytest.raises(TakesNoPart):
        rounds.hear(ada, report())
    rounds.agree(ada, LAB)
    with pytest.raises(TakesNoPart):
        rounds.hear(ada, TeamReport(lab="silent-exit", stage=Where.HEALTHY))
    with pytest.raises(KikoriError, match="no such round"):
        rounds.hear(ada, report("0123456789ab"))
    rounds.let_in(LAB, "half-edit")
    rounds.close()
    with pytest.raises(TakesNoPart):
        rounds.hear(ada, report())
    assert (rounds.open_round(), rounds.teams()) == (None, [])
    store.forget(ada)
    with pytest.raises(sql.exc.IntegrityError):
        rounds.agree(ada, LAB)
