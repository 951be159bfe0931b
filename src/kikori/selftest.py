"""``test``: the project's own tests and the proofs that a landing executes, the same on a laptop and in CI."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from itertools import count, pairwise
from pathlib import Path
from typing import IO
from xml.etree import ElementTree

from kikori import host, paths, settings
from kikori.browser import ensure_browser
from kikori.content import Catalog
from kikori.engine import Steps
from kikori.errors import Exit, KikoriError
from kikori.host.packages import ensure
from kikori.model import Lab
from kikori.model.record import Record
from kikori.prove.landing import SETTLED, Chosen, Known, Landing, Why, select
from kikori.prove.plan import plan_of
from kikori.prove.proof import Demand, Proofs
from kikori.prove.runner import Wanted, prove
from kikori.prove.status import known

WORKERS = "3"
SCENES = 6
"""Demands side by side, at most: docs/adr/0017 has what was measured."""
NOTHING_CHOSEN = 5
"""pytest's exit code where its options leave no test of a phase."""
PARTS = ("1/2", "2/2")
"""Files of tests that wait for nothing, a half to each processor: workers that share them tell more than they test."""
WHOLE = (
    (
        *(("--part", part, "-m", "not docker and not browser and not alone and not quiet") for part in PARTS),
        ("-n", WORKERS, "-m", "docker and not alone and not browser and not quiet"),
    ),
    (("-n", "2", "-m", "browser and not docker and not alone"), ("-m", "alone")),
    (("-n", "4", "-m", "browser and docker and not alone"),),
    (("-n", "2", "-m", "quiet and not browser and not alone"),),
)
"""Groups of phases, of which all run side by side: the last of a group waits for containers most of the time."""
FAST = (tuple(("--part", part, "-m", "not docker and not browser and not slow") for part in PARTS),)
SLOWEST = 100
TAKING_DOWN = 20.0
"""Seconds that interrupted tests have to end what they began."""
PAUSE = 40 * 60
"""Seconds without a commit after which another spell of work has begun."""
SITE = "KIKORI_TEST_SITE"
"""The folder in which the tests of all phases find the built site; the first that needs it builds it."""

ALL_PARTS = "KIKORI_ALL_PARTS"
"""Set where tests that are many and alike are all tried, not only some that the commit draws (tests/drawn.py)."""
TOUCHED = "KIKORI_TOUCHED"
"""A file that lists what this landing touches; set where some tests are drawn of those that stand on others."""

Told = Callable[[Demand], None]
Group = Sequence[Sequence[str]]
"""What pytest is told for each of some phases that run side by side."""


class Duration(Record):
    """What one test took, set-up and all."""

    test: str
    seconds: float


class Suite(Record):
    """How the tests and proofs ended."""

    exit_code: Exit
    reasons: dict[str, int] = {}
    """How many demands were executed, by why."""
    proofs: Proofs | None = None
    slowest: tuple[Duration, ...] = ()
    failed: tuple[str, ...] = ()
    """The tests that did not pass, with the first line of why."""


class Asked(Record):
    """What is asked of the suite."""

    options: tuple[str, ...] = ()
    """pytest's; with any, demands are left to `kikori lab prove`."""
    fast: bool = False
    """Leave out what needs Docker or a browser, or takes long."""
    everything: bool = False
    """Execute every demand, whatever is recorded, and try what is drawn otherwise."""
    durations: bool = False
    """List what took longest."""


def selftest(asked: Asked, steps: Steps, told: Told = lambda demand: None) -> Suite:
    """Run pytest over tests/, then the demands that this landing has to execute.

    Tests that need no Docker run beside those that do (docs/adr/0023); what measures comes last.

    Raises:
        KikoriError: --all was asked for together with what leaves something out.
        EnvironmentProblem: Docker stood in the way.
    """
    if asked.everything and (asked.fast or asked.options):
        raise KikoriError("--all goes with neither --fast nor pytest's options.", "kikori test --all")
    if not asked.fast:
        host.ready()
        ensure_browser()
        ensure("shellcheck", "the tests of lint")
        ensure("npm", "the rules of Japanese")
    chosen = [] if asked.fast or asked.options else landing(everything=asked.everything)
    with tempfile.TemporaryDirectory(prefix="kikori-test-") as name:
        folder = Path(name)
        groups: Sequence[Group] = FAST if asked.fast else WHOLE
        if asked.options:
            groups = [[[*phase, *asked.options]] for group in groups for phase in group]
        environment = os.environ | {SITE: str(folder / "site")} | _bytecode(folder) | _drawing(asked, folder)
        codes = _codes(folder, groups, environment)
        slowest = _slowest(folder) if asked.durations else ()
        not_passed = tuple(_failed(folder))
    proofs = _proved(chosen, steps, told, brief="" if asked.everything else commit()) if chosen else None
    failed = bool(codes - {0, NOTHING_CHOSEN}) or 0 not in codes or (proofs is not None and proofs.exit_code != 0)
    return Suite(
        exit_code=Exit.CHECK_FAILED if failed else Exit.DONE,
        reasons=dict(Counter(one.why.value for one in chosen)),
        proofs=proofs,
        slowest=slowest,
        failed=not_passed,
    )


def _drawing(asked: Asked, folder: Path) -> dict[str, str]:
    """What tells the tests which of them are drawn: none where all were asked for, or some by pytest's options."""
    if asked.everything:
        return {ALL_PARTS: "1"}
    files = None if asked.options else touched()
    if files is None:
        return {}
    told = folder / "touched"  # a day that moves the tree touches more than an environment holds
    told.write_text("\n".join(files), encoding="utf-8")
    return {TOUCHED: str(told)}


def landing(*, everything: bool = False) -> list[Chosen]:
    """Choose the demands that have to be executed of Kikori's own labs, for the commit that is checked out."""
    demands = [one for lab in Catalog([paths.ROOT]).labs() for one in _known(lab)]
    if everything:
        return [Chosen(demand=one, why=Why.ALL) for one in demands]
    now = datetime.now(UTC)
    return select(demands, Landing(commit=commit(), number=spells(), now=now, budget=settings.proof_budget()))


def _known(lab: Lab) -> list[Known]:
    """A lab's demands; where its file of rows is damaged, without any row."""
    try:
        return known(lab)
    except KikoriError:
        return [Known(lab=lab.id, name=name, key="", engine="") for name in plan_of(lab)]


def commit() -> str:
    """The id of the commit that is checked out; where there is none, something that nobody knows either."""
    return _git("rev-parse", "HEAD") or secrets.token_hex(20)


def spells() -> int:
    """Count the spells of work that led to the commit: whoever works pauses between them, while something lands.

    Where the history is not there, the hours since 1970 stand for them.
    """
    times = sorted(map(int, _git("log", "--format=%ct").split()))
    if not times or _git("rev-parse", "--is-shallow-repository") != "false":
        return int(time.time()) // 3600
    return 1 + sum(after - before > PAUSE for before, after in pairwise(times))


def touched() -> list[str] | None:
    """List the files that the last day's work touched; ``None`` where the history does not say."""
    if _git("rev-parse", "--is-shallow-repository") != "false":
        return None
    last = int(_git("log", "-1", "--format=%ct") or 0)
    before = _git("rev-list", "-1", f"--before={last - int(SETTLED.total_seconds())}", "HEAD")
    if not before:
        return None
    here = _git("ls-files", "--others", "--exclude-standard")
    return sorted({*_git("diff", "--name-only", before).splitlines(), *here.splitlines()})


def _git(*arguments: str) -> str:
    """What git says of the tree; nothing where it can't."""
    argv = ["git", "-C", str(paths.ROOT), *arguments]
    try:
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _proved(chosen: Sequence[Chosen], steps: Steps, told: Told, *, brief: str) -> Proofs:
    """Execute the demands that were chosen."""
    catalog = Catalog([paths.ROOT])
    names = _by_lab(chosen)
    wanted = Wanted(
        labs=tuple(catalog.lab(lab) for lab in names),
        chosen=names,
        jobs=SCENES,
        brief=brief,
        few=_by_lab([one for one in chosen if one.why is Why.ENGINE]),
    )
    return prove(wanted, steps, told)


def _by_lab(chosen: Iterable[Chosen]) -> dict[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for one in chosen:
        names.setdefault(one.demand.lab, set()).add(one.demand.name)
    return {lab: frozenset(some) for lab, some in names.items()}


def _bytecode(folder: Path) -> dict[str, str]:
    """What lets hundreds of commands not compile Kikori anew, where nothing may be written beside the sources."""
    if not sys.dont_write_bytecode:
        return {}
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "bytecode")}


def _codes(folder: Path, groups: Sequence[Group], environment: Mapping[str, str]) -> set[int]:
    """Run the groups one after the other, and the phases of each side by side; only the last one's words are shown."""
    codes, number = set[int](), count()
    for *beside, last in groups:
        with ExitStack() as all_of_them:
            begun = [
                all_of_them.enter_context(_told_at_the_end(folder, next(number), phase, environment))
                for phase in beside
            ]
            codes.add(_code(_begin(folder, next(number), last, environment)))
            codes |= {_code(process) for process in begun}  # the next group has the machine for itself
    return codes


@contextmanager
def _told_at_the_end(
    folder: Path, phase: int, options: Sequence[str], environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Begin a phase whose words would mix with those of another; it does not outlive an interruption."""
    file = folder / f"{phase}.txt"
    with file.open("wb") as said:
        process = _begin(folder, phase, options, environment, said)
    try:
        yield process
    finally:
        _end(process)
        print(file.read_text(encoding="utf-8", errors="replace"), flush=True)


def _code(process: subprocess.Popen[bytes]) -> int:
    try:
        return process.wait()
    except BaseException:
        _end(process)
        raise


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let tests that hear Ctrl+C too take down what stands; end those that do not hear it."""
    try:
        process.wait(TAKING_DOWN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _begin(
    folder: Path, phase: int, options: Sequence[str], environment: Mapping[str, str], said: IO[bytes] | None = None
) -> subprocess.Popen[bytes]:
    own = ["-o", f"cache_dir={folder}", f"--junit-xml={folder}/{phase}.xml", "-o", "junit_duration_report=total"]
    argv = [sys.executable, "-m", "pytest", *own, *options]
    return subprocess.Popen(argv, cwd=paths.ROOT, env=environment, stdout=said, stderr=said and subprocess.STDOUT)


def _slowest(folder: Path) -> tuple[Duration, ...]:
    """The tests of all phases that took longest."""
    found = [Duration(test=_name(case), seconds=round(float(case.get("time", 0)), 1)) for case in _cases(folder)]
    return tuple(sorted(found, key=lambda one: -one.seconds)[:SLOWEST])


def _failed(folder: Path) -> Iterator[str]:
    """Every test that failed, with the first line of why: what pytest says of it is far above by then."""
    for case in _cases(folder):
        for ending in ("failure", "error"):
            if (why := case.find(ending)) is not None:
                yield f"{_name(case)}: {why.get('message', '').strip().partition(chr(10))[0][:300]}"


def _cases(folder: Path) -> Iterator[ElementTree.Element]:
    for file in sorted(folder.glob("*.xml")):
        yield from ElementTree.parse(file).iter("testcase")  # noqa: S314 - written by our own pytest


def _name(case: ElementTree.Element) -> str:
    return f"{case.get('classname')}::{case.get('name')}"
