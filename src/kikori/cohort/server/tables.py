"""The cohort's database: SQLite beside the attempts, or what --database names. Plain SQL that both speak."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from kikori import paths
from kikori.attempts.private_files import narrow, private_file, private_folder
from kikori.errors import EnvironmentProblem, KikoriError

VARIABLE = "KIKORI_COHORT_DATABASE"
TABLES = sql.MetaData()
PRAGMAS = ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON")  # what was deleted is not left in free pages

LEARNERS = sql.Table(
    "learners",
    TABLES,
    sql.Column("id", sql.String(16), primary_key=True),
    sql.Column("name", sql.String(80), nullable=False),
    sql.Column("folded", sql.String(200), nullable=False, unique=True),
    sql.Column("token", sql.String(64), nullable=False, unique=True),
    sql.Column("joined", sql.Float(53), nullable=False),
)
"""``token`` is a hash: who reads the table can't write as a learner."""


def _whose(*, key: bool = False) -> sql.Column[Any]:
    """Whose row it is; it goes with the learner, and none can be added once the learner has left."""
    owner = sql.ForeignKey(LEARNERS.c.id, ondelete="CASCADE")
    return sql.Column("learner", sql.String(16), owner, primary_key=key, nullable=False)


PLACES = sql.Table(
    "places",
    TABLES,
    _whose(key=True),
    sql.Column("lab", sql.String(80), primary_key=True),
    sql.Column("stage", sql.String(16), nullable=False),
    sql.Column("since", sql.Float(53), nullable=False),
    sql.Column("heard", sql.Float(53), nullable=False),
    sql.Column("failing", sql.String(80), nullable=False),
    sql.Column("title", sql.Text, nullable=False),
    sql.Column("hints", sql.Integer, nullable=False),
)
DONE = sql.Table(
    "done",
    TABLES,
    _whose(key=True),
    sql.Column("lab", sql.String(80), primary_key=True),
    sql.Column("at", sql.Float(53), nullable=False),
)
"""Rows are added and never changed: they outlive the attempt, for the way through a track."""
HANDS = sql.Table(
    "hands",
    TABLES,
    _whose(key=True),
    sql.Column("lab", sql.String(80), nullable=False),
    sql.Column("at", sql.Float(53), nullable=False),
    sql.Column("call", sql.LargeBinary, nullable=False),
)
SUBMISSIONS = sql.Table(
    "submissions",
    TABLES,
    sql.Column("file", sql.String(80), primary_key=True),
    _whose(),
    sql.Column("size", sql.BigInteger, nullable=False),
    sql.Column("digest", sql.String(64), nullable=False),
    sql.Column("at", sql.Float(53), nullable=False),
)
SCORES = sql.Table(
    "scores",
    TABLES,
    _whose(key=True),
    sql.Column("lab", sql.String(80), primary_key=True),
    sql.Column("score", sql.BigInteger, nullable=False),
    sql.Column("grade", sql.Float(53), nullable=True),
    sql.Column("at", sql.Float(53), nullable=False),
)
TEAMS = sql.Table(
    "teams",
    TABLES,
    _whose(key=True),
    sql.Column("lab", sql.String(80), nullable=False),
    sql.Column("agreed", sql.Float(53), nullable=False),
    sql.Column("heard", sql.Float(53), nullable=False),
    sql.Column("stage", sql.String(16), nullable=False),
    sql.Column("problem", sql.Text, nullable=False),
)
ROUNDS = sql.Table(
    "rounds",
    TABLES,
    sql.Column("number", sql.Integer, primary_key=True, autoincrement=False),
    sql.Column("id", sql.String(12), nullable=False, unique=True),
    sql.Column("lab", sql.String(80), nullable=False),
    sql.Column("fault", sql.String(80), nullable=False),
    sql.Column("begins", sql.Float(53), nullable=False),
)
"""Rows are added and never changed; of two that are sent at once the number lets one in."""
ENDINGS = sql.Table(
    "endings",
    TABLES,
    sql.Column("number", sql.ForeignKey(ROUNDS.c.number), primary_key=True, autoincrement=False),
    sql.Column("at", sql.Float(53), nullable=False),
)
MOMENTS = sql.Table(
    "moments",
    TABLES,
    _whose(key=True),
    sql.Column("round", sql.String(12), sql.ForeignKey(ROUNDS.c.id), primary_key=True),
    sql.Column("step", sql.String(16), primary_key=True),
    sql.Column("seconds", sql.Float(53), nullable=False),
    sql.Column("by", sql.String(16), nullable=False),
    sql.Column("heard", sql.Float(53), nullable=False),
)
"""Rows are added and never changed: the first time that a team came to a step counts."""
SETTINGS = sql.Table(
    "settings",
    TABLES,
    sql.Column("name", sql.String(40), primary_key=True),
    sql.Column("value", sql.String(200), nullable=False),
)


def place(url: str = "") -> sql.URL:
    """Where the database is: ``url``, else KIKORI_COHORT_DATABASE, else a file in the state folder.

    Raises:
        KikoriError: that is no address of a database.
    """
    told = url or os.environ.get(VARIABLE, "")
    if not told:
        return sql.URL.create("sqlite", database=str(paths.state() / "cohort.sqlite"))
    try:
        found = sql.make_url(told)
    except sql.exc.ArgumentError:  # its message would show a password
        raise KikoriError("--database: not an address of a database.", "postgresql://USER@HOST/NAME") from None
    if found.drivername in ("postgres", "postgresql"):
        return found.set(drivername="postgresql+psycopg")
    return found


@contextmanager
def opened(url: str = "") -> Iterator[sql.Engine]:
    """The database, with its tables.

    Raises:
        KikoriError: that is no address of a database.
        EnvironmentProblem: it can't be reached, or its driver is missing.
    """
    where = place(url)
    engine = _engine(where)
    try:
        TABLES.create_all(engine)
        yield engine
    except sql.exc.DBAPIError as problem:
        shown = where.render_as_string(hide_password=True)
        raise EnvironmentProblem(f"{shown}: {_first_line(problem.orig)}", "kikori cohort serve --help") from None
    finally:
        engine.dispose()


def _engine(where: sql.URL) -> sql.Engine:
    try:
        if where.get_backend_name() != "sqlite":
            return sql.create_engine(where, pool_pre_ping=True)
        _private_file(Path(where.database or "cohort.sqlite"))
        engine = sql.create_engine(where, connect_args={"timeout": 30})
    except (ImportError, sql.exc.NoSuchModuleError):
        missing = f"There is no driver for {where.drivername} here."
        raise EnvironmentProblem(missing, f"{sys_pip()} install 'psycopg[binary]'") from None
    sql.event.listen(engine, "connect", _as_we_want_it)
    return engine


def sys_pip() -> str:
    """How packages are added to the Python that runs this."""
    import sys

    return f"{sys.executable} -m pip"


def _private_file(file: Path) -> None:
    """Make the file before SQLite does, so that nobody else on the machine can read it, nor the logs beside it."""
    private_file(private_folder(file.parent) / file.name)
    for log in file.parent.glob(f"{file.name}-*"):
        narrow(log)


def _as_we_want_it(line: Any, _: object) -> None:
    for pragma in PRAGMAS:
        line.execute(f"PRAGMA {pragma}")


def _first_line(problem: object) -> str:
    return str(problem).splitlines()[0][:200] if str(problem) else "can't be opened"
