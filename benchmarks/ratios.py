"""The numbers of docs/architecture.md, as ratios against the bare tool in one run.

``.venv/bin/python benchmarks/ratios.py`` prints a Markdown table; each figure is the median of several runs.
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from kikori import host
from kikori.content import Catalog
from kikori.grading import grade
from kikori.learner.fault import put_fault, reset
from kikori.learner.lifecycle import start, stop
from kikori.learner.session import LockedAttempt, Session
from kikori.replay.rebuild import replay
from kikori.submission import pack, unpack

HERE = Path(__file__).parent
ROOT = HERE.parent
Row = tuple[str, str, float, float]


def took(work: Callable[[], object], times: int) -> float:
    """The median seconds of a piece of work."""
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def quiet(*argv: str, **more: str) -> None:
    """Run a command that must succeed, without its output."""
    subprocess.run(argv, check=True, capture_output=True, env=os.environ | more)


@contextmanager
def running(lab: str) -> Iterator[LockedAttempt]:
    """A learner's attempt, gone afterwards."""
    start(Session(), lab)
    try:
        with Session().locked() as work:
            found = work
        yield found
    finally:
        stop(Session())


def commands() -> Iterator[Row]:
    """Row 1: how long a learner waits for help and status."""
    bare = took(lambda: quiet(sys.executable, "-c", "import typer"), 15)
    yield "`kikori --help`", "`import typer`", bare, took(lambda: quiet(str(ROOT / "kikori"), "--help"), 15)
    with running("first-look"):
        yield "`kikori status`", "`import typer`", bare, took(lambda: quiet(str(ROOT / "kikori"), "status"), 15)


def warm_start() -> Iterator[Row]:
    """Row 2: a start with all images built, against compose on the same files."""
    with running("first-look") as work:
        compose = work.project.compose()
        compose = type(compose)(
            **{name: getattr(compose, name) for name in compose.__struct_fields__} | {"project": "bare"}
        )

        def up_and_down() -> float:
            began = time.perf_counter()
            compose.run("up", "--detach", "--wait")
            spent = time.perf_counter() - began
            compose.run("down", "--volumes")
            return spent

        bare = statistics.median(up_and_down() for _ in range(5))

    def ours() -> float:
        began = time.perf_counter()
        quiet(str(ROOT / "kikori"), "start", "first-look")
        spent = time.perf_counter() - began
        quiet(str(ROOT / "kikori"), "stop")
        return spent

    yield "warm `kikori start`", "`docker compose up -d --wait`", bare, statistics.median(ours() for _ in range(5))


def grading() -> Iterator[Row]:
    """Row 3: twelve checks, against testinfra's own docker backend."""
    with running("first-look") as work:
        container = str(work.project.container("web").id)
        file = Session().store.folder(work.attempt.id) / "attempt.json"
        twelve = msgspec.structs.replace(work.lab, id="twelve", graders=HERE / "twelve_checks")
        report = grade(twelve, file)
        assert report.passed, report
        argv = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(HERE / "twelve_checks")]
        bare = took(lambda: quiet(*argv, BARE=container), 5)
        yield (
            "grading twelve checks",
            "the same tests, testinfra's docker backend",
            bare,
            took(lambda: grade(twelve, file), 5),
        )


def checking() -> Iterator[Row]:
    """Row 4: the whole command without the restart, against what its checks themselves took."""
    with running("first-look"):
        bare: list[float] = []

        def check() -> None:
            done = subprocess.run([str(ROOT / "kikori"), "check", "--quick", "--json"], check=True, capture_output=True)
            bare.append(sum(check["seconds"] for check in msgspec.json.decode(done.stdout)["report"]["checks"]))

        ours = took(check, 9)
        yield "`kikori check --quick`", "its checks alone", statistics.median(bare), ours


def replaying() -> Iterator[Row]:
    """Row 5: a replay with its grading, against start and restart of the same compose file."""
    lab = Catalog().lab("first-look")
    with running("first-look") as work, tempfile.TemporaryDirectory() as folder:
        put_fault(Session(), "missing-page")
        with Session().locked() as broken:
            broken.project.run(lab.faults["missing-page"].fixes[0])
            submission = unpack(pack(Session().store, broken.project, Path(folder)))
        ours = took(lambda: replay(lab, submission), 5)
        reset(Session())
        compose = work.project.compose()
        other = type(compose)(
            **{name: getattr(compose, name) for name in compose.__struct_fields__} | {"project": "bare"}
        )

        def up_restart_down() -> None:
            other.run("up", "--detach", "--wait")
            other.run("restart")
            other.run("down", "--volumes")

        bare = took(up_restart_down, 5)
    yield "replaying and grading a submission", "up, restart, down of the same compose file", bare, ours


ROWS = {"commands": commands, "start": warm_start, "grading": grading, "check": checking, "replay": replaying}


def main() -> None:
    """Print the rows that were asked for, or all."""
    host.ready()
    with tempfile.TemporaryDirectory() as state:
        os.environ |= {"XDG_STATE_HOME": state, "KIKORI_WORKSPACES": f"{state}/workspaces"}
        print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
        print("| what | bare tool | bare, s | ours, s | ours / bare |\n|---|---|---|---|---|")
        for name in sys.argv[1:] or ROWS:
            for what, tool, bare, ours in ROWS[name]():
                print(f"| {what} | {tool} | {bare:.2f} | {ours:.2f} | {ours / bare:.2f} |", flush=True)


if __name__ == "__main__":
    main()
