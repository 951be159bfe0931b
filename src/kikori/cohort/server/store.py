"""Who joined, where each is, who raised a hand, and what was handed in."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Mapping, Sequence

import msgspec
import sqlalchemy as sql

from kikori.cohort.messages import CheckIn, Enrolled, HelpRequest, Where, clean, clean_name, refuse_odd
from kikori.cohort.server.scoreboard import keep_score
from kikori.cohort.server.tables import DONE, HANDS, LEARNERS, MOMENTS, PLACES, SCORES, SETTINGS, SUBMISSIONS, TABLES
from kikori.errors import KikoriError
from kikori.model.record import Record
from kikori.visible_text import look_of, same_name, visible

MOST_LEARNERS = 1000
ENROLMENT = "enrolment"


class Learner(Record):
    """Somebody who joined."""

    id: str
    name: str


class Place(Record):
    """Where a learner is at one lab; times in seconds since 1970."""

    learner: str
    name: str
    lab: str
    stage: Where
    since: float
    heard: float
    failing: str
    title: str
    hints: int


class Hand(Record):
    """A hand that is raised."""

    learner: str
    name: str
    at: float
    call: HelpRequest


class HandedIn(Record):
    """A submission that arrived."""

    file: str
    learner: str
    name: str
    size: int
    digest: str
    at: float


class CohortStore:
    """The cohort's tables, as the server uses them."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine = engine

    def enrolment(self, *, renewed: bool = False) -> str:
        """The token to join with; the same after a restart, unless it is to be ``renewed``."""
        with self.engine.begin() as line:
            known = line.scalar(sql.select(SETTINGS.c.value).where(SETTINGS.c.name == ENROLMENT))
            if known and not renewed:
                return str(known)
            token = secrets.token_urlsafe(12)
            _put(line, SETTINGS, {"name": ENROLMENT}, {"value": token})
        return token

    def enrol(self, name: str) -> Enrolled:
        """Let somebody join.

        Raises:
            KikoriError: the name is none, is taken or looks like one that is, or the cohort is full.
        """
        name, token = clean_name(name), secrets.token_urlsafe(32)
        refuse_odd(name)
        row = {"id": secrets.token_hex(6), "name": name, "folded": look_of(name), "token": _hash(token)}
        with self.engine.begin() as line:
            _refuse_taken(name, [str(known) for known in line.scalars(sql.select(LEARNERS.c.name))])
            line.execute(sql.insert(LEARNERS).values(joined=time.time(), **row))
        return Enrolled(learner=row["id"], token=token)

    def learner_of(self, token: str) -> Learner | None:
        """Whose token it is."""
        wanted = sql.select(LEARNERS.c.id, LEARNERS.c.name).where(LEARNERS.c.token == _hash(token))
        with self.engine.connect() as line:
            row = line.execute(wanted).first()
        return Learner(id=row.id, name=row.name) if row else None

    def learners(self) -> list[Learner]:
        """All who joined, by name."""
        wanted = sql.select(LEARNERS.c.id, LEARNERS.c.name).order_by(LEARNERS.c.folded)
        with self.engine.connect() as line:
            return [Learner(id=row.id, name=row.name) for row in line.execute(wanted)]

    def check_in(self, learner: str, told: CheckIn, now: float | None = None) -> None:
        """Write down where a learner is; with a lab that was stopped its row goes, and a hand raised about it."""
        now = now or time.time()
        keys = {"learner": learner, "lab": told.lab}
        values = {"stage": told.stage.value, "since": now - told.seconds, "heard": now, "hints": told.hints}
        values |= {"failing": clean(told.check, 80), "title": clean(told.title, 300)}
        with self.engine.begin() as line:
            if told.stage is Where.STOPPED:
                for table in (PLACES, HANDS):
                    line.execute(sql.delete(table).where(_same(table, keys)))
            else:
                _put(line, PLACES, keys, values)
                keep_score(line, learner, told, now)
                _keep_done(line, told, keys, now)

    def raise_hand(self, learner: str, call: HelpRequest) -> None:
        """A hand goes up, in place of the same learner's earlier one; where the learner is comes with it."""
        values = {"lab": call.check_in.lab, "at": time.time(), "call": msgspec.json.encode(call)}
        with self.engine.begin() as line:
            _put(line, HANDS, {"learner": learner}, values)
        self.check_in(learner, call.check_in)

    def lower(self, learner: str) -> None:
        """A hand goes down; what it said is deleted."""
        with self.engine.begin() as line:
            line.execute(sql.delete(HANDS).where(HANDS.c.learner == learner))

    def places(self) -> list[Place]:
        """Where everybody is, the longest stuck first."""
        wanted = sql.select(PLACES, LEARNERS.c.name).join(LEARNERS).order_by(PLACES.c.since, PLACES.c.learner)
        with self.engine.connect() as line:
            return [Place(**{**row._mapping, "stage": Where(row.stage)}) for row in line.execute(wanted)]

    def done(self) -> dict[str, set[str]]:
        """The labs that each learner has submitted, also those that were stopped since."""
        found: dict[str, set[str]] = {}
        with self.engine.connect() as line:
            for row in line.execute(sql.select(DONE.c.learner, DONE.c.lab)):
                found.setdefault(row.learner, set()).add(row.lab)
        return found

    def hands(self) -> list[Hand]:
        """The hands that are raised, the longest waiting first."""
        wanted = sql.select(HANDS, LEARNERS.c.name).join(LEARNERS).order_by(HANDS.c.at)
        with self.engine.connect() as line:
            return [_hand(row) for row in line.execute(wanted)]

    def hand_in(self, learner: str, file: str, size: int, digest: str) -> None:
        """Note a submission that arrived.

        Raises:
            sqlalchemy.exc.IntegrityError: the learner has left in the meantime.
        """
        row = {"file": file, "learner": learner, "size": size, "digest": digest, "at": time.time()}
        with self.engine.begin() as line:
            line.execute(sql.insert(SUBMISSIONS).values(row))

    def handed_in(self, learner: str | None = None) -> list[HandedIn]:
        """What was handed in, by one or by all, the latest first."""
        wanted = sql.select(SUBMISSIONS, LEARNERS.c.name).join(LEARNERS).order_by(SUBMISSIONS.c.at.desc())
        if learner is not None:
            wanted = wanted.where(SUBMISSIONS.c.learner == learner)
        with self.engine.connect() as line:
            return [HandedIn(**row._mapping) for row in line.execute(wanted)]

    def counts(self, learner: str) -> dict[str, int]:
        """How many rows there are of a learner, by what they are."""
        names = {"check_ins": PLACES, "hands": HANDS, "submissions": SUBMISSIONS}
        names |= {"scores": SCORES, "moments": MOMENTS}
        with self.engine.connect() as line:
            found = {name: _count(line, table, learner) for name, table in names.items()}
            return found | {"check_ins": found["check_ins"] + _count(line, DONE, learner)}

    def forget(self, learner: str) -> None:
        """Delete all that is known of a learner, the learner last; the files are the inbox's."""
        with self.engine.begin() as line:
            for table in TABLES.sorted_tables:
                if "learner" in table.c:
                    line.execute(sql.delete(table).where(table.c.learner == learner))
            line.execute(sql.delete(LEARNERS).where(LEARNERS.c.id == learner))
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect() as line:  # the log of writes still held the rows
                line.execute(sql.text("PRAGMA wal_checkpoint(TRUNCATE)"))


def _refuse_taken(name: str, names: Sequence[str]) -> None:
    """Refuse a name that is known, or that nobody could tell from one that is; older rows fold names in another way."""
    if len(names) >= MOST_LEARNERS:
        raise KikoriError(f"{MOST_LEARNERS} have joined; no more are taken.")
    if taken := next((known for known in names if look_of(known) == look_of(name)), None):
        alike = "" if same_name(taken) == same_name(name) else f", and {name} looks the same"
        raise KikoriError(
            f"Somebody called {visible(taken)} has joined already{alike}. "
            "Join under another name with --name, or have your instructor take the old one off the page."
        )


def _hand(row: sql.Row[tuple[object, ...]]) -> Hand:
    found = row._mapping
    call = msgspec.json.decode(found["call"], type=HelpRequest)
    return Hand(learner=found["learner"], name=found["name"], at=found["at"], call=call)


def _hash(token: str) -> str:
    """What is kept of a token: it is random and long, so one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def _count(line: sql.Connection, table: sql.Table, learner: str) -> int:
    wanted = sql.select(sql.func.count()).select_from(table).where(table.c.learner == learner)
    return int(line.scalar(wanted) or 0)


def _keep_done(line: sql.Connection, told: CheckIn, keys: Mapping[str, str], now: float) -> None:
    """Keep that a lab was submitted; the first time counts."""
    if told.stage is not Where.SUBMITTED:
        return
    if not line.scalar(sql.select(DONE.c.at).where(_same(DONE, keys))):
        line.execute(sql.insert(DONE).values(**keys, at=now))


def _same(table: sql.Table, keys: Mapping[str, str]) -> sql.ColumnElement[bool]:
    return sql.and_(*(table.c[name] == value for name, value in keys.items()))


def _put(line: sql.Connection, table: sql.Table, keys: Mapping[str, str], values: Mapping[str, object]) -> None:
    """Write a row in place of the one with the same keys, in SQL that every database speaks."""
    if not line.execute(sql.update(table).where(_same(table, keys)).values(values)).rowcount:
        line.execute(sql.insert(table).values(**keys, **values))
