"""Replays on a real Dask scheduler with two workers: the table of one machine, and a worker that dies loses nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from kikori.content import Catalog
from kikori.engine import Silent
from kikori.errors import EnvironmentProblem
from kikori.replay.verdict import Judged
from kikori.replay.versions import Version
from kikori.review import ReviewOptions, Row, Verdict, review
from kikori.review import cluster as cluster_module
from kikori.review.cluster import replayed, spread
from kikori.review.submissions import SubmittedFile, handed_in
from kikori.submission import Manifest

from .hostile.corpus import loose
from .hostile.handed import mended
from .hostile.parts import written

QUIET = {"DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "60s"}


class Cluster:
    """A scheduler and its workers on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.log = (folder / "dask.log").open("wb")
        self.begin("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.workers = [self.begin("worker", "--no-nanny", "--nthreads", "1", "--no-dashboard") for _ in range(2)]

    def begin(self, *words: str) -> subprocess.Popen[bytes]:
        argv = [sys.executable, "-m", "dask", *words, "--scheduler-file", str(self.file)]
        process = subprocess.Popen(
            argv, env=os.environ | QUIET, cwd=self.folder, stdout=self.log, stderr=subprocess.STDOUT
        )
        self.processes.append(process)
        return process

    def address(self) -> str:
        """Where the scheduler listens, once it does."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self.file.is_file() and (said := self.file.read_text()):
                return str(json.loads(said)["address"])
            time.sleep(0.1)
        pytest.fail((self.folder / "dask.log").read_text())

    def end(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()
        self.log.close()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "dask").mkdir()
    found = Cluster(tmp_path / "dask")
    yield found
    found.end()


def table(rows: tuple[Row, ...]) -> list[Row]:
    """What two reviews have in common."""
    return [replace(row, seconds=0.0, retried=False) for row in rows]


@pytest.mark.alone
@pytest.mark.docker
@pytest.mark.stands_on
def test_two_workers_give_the_table_of_one_machine_though_one_dies(cluster: Cluster, tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    members = mended("first-look", tmp_path)
    for number, change in enumerate([dict, loose, dict, loose]):
        one = change(members) | {"explanation.md": str(number).encode()}
        written(one, folder / f"{number}.kikori")
    address = cluster.address()
    seen: list[str] = []

    def kill_one(row: Row, count: int, of: int) -> None:
        seen.append(row.file)
        if count == 1:
            cluster.workers[0].kill()

    spread_out = review(folder, Catalog(), Silent(), ReviewOptions(cluster=address), done=kill_one)
    assert sorted(seen) == [f"{number}.kikori" for number in range(4)]
    right, wrong = Verdict.VERIFIED, Verdict.NOT_VERIFIED
    assert [row.verdict for row in spread_out.rows] == [right, wrong, right, wrong]
    at_home = review(folder, Catalog(), Silent(), ReviewOptions(again=True))
    assert table(spread_out.rows) == table(at_home.rows)


@pytest.mark.slow
def test_address_where_nobody_answers_is_a_problem_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", "1s")
    with pytest.raises(EnvironmentProblem, match=r"No Dask scheduler answers at tcp://127\.0\.0\.1:1"):
        list(spread([], "tcp://127.0.0.1:1", 1.0))


@pytest.mark.slow
def test_worker_with_another_kikori_judges_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row(file="a.kikori", verdict=Verdict.VERIFIED)
    monkeypatch.setattr("kikori.host.ready", lambda: None)
    monkeypatch.setattr(cluster_module, "in_own_process", lambda file, name, limit: Judged(row=row, judge="theirs"))
    judged = msgspec.json.decode(replayed(b"x", "a.kikori", "ours", 1.0), type=Judged)
    assert judged.row.verdict is Verdict.COULD_NOT_VERIFY
    assert judged.row.reason == "a worker has other labs or another Kikori: theirs, expected ours"
    judged = msgspec.json.decode(replayed(b"x", "a.kikori", "theirs", 1.0), type=Judged)
    assert judged.row == row


class Future:
    """Something that was submitted."""

    def __init__(self, name: str) -> None:
        self.name = name

    def result(self) -> bytes:
        return msgspec.json.encode(Judged(row=Row(file=self.name, verdict=Verdict.VERIFIED)))


class Stub:
    """In the place of Dask and of its client: notes what is begun, and what is waited for."""

    dashboard_link = "http://192.0.2.7:8787/status"

    def __init__(self) -> None:
        self.log: list[str] = []

    def Client(self, *_: object, **__: object) -> Stub:  # noqa: N802  # Dask's name
        return self

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, _: object, data: bytes, name: str, *__: object, **___: object) -> Future:
        self.log.append(f"begun {name}")
        return Future(name)

    def nthreads(self) -> dict[str, int]:
        return {"tcp://192.0.2.7:1": 1, "tcp://192.0.2.8:1": 1}

    def as_completed(self, futures: list[Future]) -> Completed:
        return Completed(self, futures)


class Completed:
    """What was begun, in the order in which it is done."""

    def __init__(self, stub: Stub, futures: list[Future]) -> None:
        self.stub = stub
        self.futures = list(futures)

    def add(self, future: Future) -> None:
        self.futures.append(future)

    def __iter__(self) -> Iterator[Future]:
        while self.futures:
            future = self.futures.pop(0)
            self.stub.log.append(f"done {future.name}")
            yield future


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Stub:
    found = Stub()
    monkeypatch.setattr(cluster_module, "_library", lambda: found)
    return found


def handed(file: Path, commit: str = "") -> SubmittedFile:
    """A file whose lab has the version of a commit."""
    file.write_bytes(b"PK")
    told = Manifest(
        format=1, lab="first-look", content="", learner="ada", seed=1, fault=None, attempt="a", created=0.0, kikori="0"
    )
    version = Version(lab=Catalog().lab("first-look"), content="", commit=commit)
    return SubmittedFile(file=file, name=file.stem, digest=file.stem, told=told, version=version)


def test_versions_of_a_lab_take_turns_since_workers_share_engines(
    stub: Stub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = [handed(tmp_path / name, commit) for name, commit in (("a", "old"), ("b", ""), ("c", "old"))]
    found = [one.name for one, _ in spread(missing, "tcp://192.0.2.7:8786", 1.0)]
    assert found == ["b", "a", "c"]
    assert stub.log == ["begun b", "done b", "begun a", "begun c", "done a", "done c"]
    assert "http://192.0.2.7:8787/status" in capsys.readouterr().err


@pytest.mark.slow
def test_no_more_is_handed_out_than_keeps_the_workers_busy(stub: Stub, tmp_path: Path) -> None:
    missing = [handed(tmp_path / f"{number:02}") for number in range(11)]
    found = [one.name for one, _ in spread(missing, "tcp://192.0.2.7:8786", 1.0)]
    assert found == [one.name for one in missing]
    waiting, most = 0, 0
    for line in stub.log:
        waiting += 1 if line.startswith("begun") else -1
        most = max(most, waiting)
    assert most == 4, "two for each of two threads"


@pytest.mark.slow
def test_file_that_can_not_be_read_here_stops_no_worker(stub: Stub, tmp_path: Path) -> None:
    (tmp_path / "x.kikori").mkdir()
    missing = [*handed_in({tmp_path / "x.kikori": "x"}, Catalog()), handed(tmp_path / "a")]
    found = {one.name: judged.row for one, judged in spread(missing, "tcp://192.0.2.7:8786", 60.0)}
    assert (found["x"].verdict, found["x"].reason) == (
        Verdict.COULD_NOT_VERIFY,
        "not a whole .kikori file: no plain file at all",
    )
    assert stub.log == ["begun a", "done a"]
