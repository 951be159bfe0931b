"""What is known of a folder's submissions: one SQLite file beside them, written while the review goes on."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import sqlalchemy as sql
from sqlalchemy.dialects.sqlite import insert

from kikori.attempts.private_files import private_file
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.model.record import Record
from kikori.replay.verdict import Judged, Verdict

FILE = "review.sqlite"
EVERYBODY = 0o007
"""Who is kept out of a file that is there; a group may have been let in, so that colleagues mark together."""
TABLES = sql.MetaData()
"""All tables of the file; what other modules keep there is added to it."""

REPLAYS = sql.Table(
    "replays",
    TABLES,
    sql.Column("submission", sql.String, primary_key=True),
    sql.Column("file", sql.String, nullable=False),
    sql.Column("at", sql.Float, nullable=False),
    sql.Column("judge", sql.String, nullable=False),
    sql.Column("judged", sql.LargeBinary, nullable=False),
)


class Replayed(Record):
    """A submission that was judged: its digest, when, and what came of it."""

    submission: str
    at: float
    judged: Judged

    @property
    def settled(self) -> bool:
        """Whether it need not be replayed again as long as nothing changes."""
        return self.judged.row.verdict is not Verdict.COULD_NOT_VERIFY


class ReviewStore:
    """The file, open."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine = engine

    def note(self, submission: str, judged: Judged) -> None:
        """Write down what came of a submission, in place of what was known of it."""
        values = {"file": judged.row.file, "at": time.time(), "judge": judged.judge}
        values |= {"judged": msgspec.json.encode(judged)}
        wanted = insert(REPLAYS).values(submission=submission, **values)
        with self.engine.begin() as line:
            line.execute(wanted.on_conflict_do_update(index_elements=["submission"], set_=values))

    def known(self, submission: str) -> Replayed | None:
        """What is known of a submission by its digest."""
        with self.engine.connect() as line:
            row = line.execute(sql.select(REPLAYS).where(REPLAYS.c.submission == submission)).first()
        return _replayed(row) if row else None

    def all(self) -> list[Replayed]:
        """All that were judged, by file name."""
        with self.engine.connect() as line:
            return [_replayed(row) for row in line.execute(sql.select(REPLAYS).order_by(REPLAYS.c.file))]


def _replayed(row: sql.Row[tuple[object, ...]]) -> Replayed:
    found = row._mapping  # its documented name
    return Replayed(
        submission=found["submission"], at=found["at"], judged=msgspec.json.decode(found["judged"], type=Judged)
    )


def digest_of(file: Path) -> str:
    """What names a submission, whatever its file is called.

    Raises:
        OSError: it can't be read, or is no plain file: a pipe would keep us waiting, a device never ends.
    """
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "not a plain file", str(file))
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()[:32]


@contextmanager
def opened(folder: Path) -> Iterator[ReviewStore]:
    """The store of a folder; made where there is none.

    Raises:
        EnvironmentProblem: the folder can't be written, or the file is damaged.
    """
    with contextlib.suppress(OSError):  # SQLite says below why it can't be written
        private_file(folder / FILE, EVERYBODY)
    engine = sql.create_engine(f"sqlite:///{folder / FILE}", connect_args={"timeout": 30})
    sql.event.listen(engine, "connect", lambda line, _: line.execute("PRAGMA journal_mode=WAL"))
    try:
        TABLES.create_all(engine)
        yield ReviewStore(engine)
    except sql.exc.OperationalError as problem:  # locked, read-only, a full disk: what is in it is whole
        raise EnvironmentProblem(f"{folder / FILE}: {problem.orig}", f"ls -l {folder}") from None
    except sql.exc.DatabaseError as problem:
        raise EnvironmentProblem(f"{folder / FILE}: {problem.orig}", f"mv {FILE} {FILE}.damaged") from None
    finally:
        engine.dispose()


@contextmanager
def reviewed(folder: Path) -> Iterator[ReviewStore]:
    """The store of a folder that was reviewed; none is made.

    Raises:
        KikoriError: there is no such folder, or it was never reviewed.
        EnvironmentProblem: the folder can't be written, or the file is damaged.
    """
    if not (folder / FILE).is_file():
        raise KikoriError(f"{folder}: nothing was replayed there yet.", f"kikori review {folder}")
    with opened(folder) as store:
        yield store
