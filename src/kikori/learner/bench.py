"""``bench``: run the benchmark of the lab at hand, keep the result, and set it beside the one before."""

from __future__ import annotations

import secrets
import time
from pathlib import Path

import msgspec

from kikori import bench as package
from kikori.attempts.atomic_files import write_whole
from kikori.bench import baseline
from kikori.bench.baseline import grade
from kikori.bench.history import Change, History, Note, change
from kikori.bench.result import Result
from kikori.bench.retest import Retest, retest
from kikori.bench.run import FULL, QUICK, Run
from kikori.bench.scenario import Table, table
from kikori.bench.target import Target, running_workspace
from kikori.bench.users.load_sample import Watch
from kikori.bench.variance import Reason, reasons
from kikori.errors import Exit, KikoriError
from kikori.learner.session import LockedAttempt, Session
from kikori.model import Kind, Lab
from kikori.model.record import Record

SETS_BACK = ("checked", "reset")
LOCUSTFILE = Path(package.__file__).parent / "locustfile.py"


class Benched(Record):
    """A run of the learner's own service."""

    result: Result
    grade: float | None
    """Doublings above the untouched service of this machine."""
    change: Change | None
    reasons: list[Reason]
    """Why it may differ from another run of the same code."""
    table: Table
    runs: int
    next: str

    @property
    def exit_code(self) -> Exit:
        """0 where the run counts."""
        return Exit.DONE if self.result.passed else Exit.CHECK_FAILED


def bench(
    session: Session, *, quick: bool = False, seed: int | None = None, watch: Watch = lambda pulse: None
) -> Benched:
    """Measure the service as it is live now; ``watch`` is told of every second of the load.

    Raises:
        KikoriError: the lab at hand is no tune lab.
        EnvironmentProblem: the scene is not well, or the machine can't carry a run.
    """
    with session.locked() as locked:
        _refuse_other(locked)
        history = History(session.store.folder(locked.attempt.id))
        run = Run(Target(locked.project), seed if seed is not None else _any_seed(), session.steps, watch)
        result = run.whole(QUICK if quick else FULL)
        untouched = baseline.is_untouched(locked.lab, result)
        pace = _baseline(session, locked, result, untouched)
        result = msgspec.structs.replace(result, baseline=pace)
        history.add(result, run.scenario.probes())
        session.store.record(locked.attempt, "benched", **in_short(result, quick=quick))
        runs = history.runs()
        return Benched(
            result=result,
            grade=grade(result),
            change=change(runs),
            reasons=reasons(runs),
            table=run.table,
            runs=len(runs),
            next="kikori bench" if untouched else "kikori bench note" if result.passed else "kikori apply",
        )


def in_short(result: Result, *, quick: bool) -> dict[str, str | int | float | bool | None]:
    """Tell of a run what an attempt's events keep."""
    return {"score": result.score, "failed": result.failed, "grade": grade(result), "quick": quick}


def _baseline(session: Session, locked: LockedAttempt, result: Result, untouched: bool) -> float | None:
    """The untouched pace of this machine; not known yet where only short looks at the untouched service were taken."""
    if untouched and result.passed and result.seconds >= baseline.LENGTH.load and baseline.known(locked.lab) is None:
        baseline.keep(locked.lab, result)
    known = baseline.known(locked.lab)
    if known is not None or untouched or not result.passed:
        return known
    locked.project.pause()  # two at a time would take each other's processors
    try:
        return baseline.baseline(locked.lab, session.steps)
    finally:
        locked.project.resume(session.steps)


def again(session: Session, *, clean: bool = False, quick: bool = False) -> Retest:
    """The retest of the learner's own service; ``clean`` on fresh volumes, built from the workspace alone.

    Raises:
        KikoriError: nothing was measured yet, so there is nothing to test again.
    """
    with session.locked() as locked:
        _refuse_other(locked)
        history = History(session.store.folder(locked.attempt.id))
        claims = history.claimed()
        if not claims:
            raise KikoriError("No run counts yet, so there is nothing to test again.", "kikori bench")
        length = QUICK if quick else FULL
        claims = [run for run in claims if run.seconds == length.load] or claims
        if not clean:
            probes = None if _set_back(session, locked, history.runs()[-1].at) else history.probes()
            service = Target(locked.project)
            return retest(service, claims, probes, length, _any_seed, keep=history.keep, steps=session.steps)
        locked.project.pause()  # two at a time would take each other's processors
        try:
            with running_workspace(locked.lab, Path(locked.attempt.workspace), session.steps) as fresh:
                service = Target(fresh)
                return retest(
                    service, claims, None, length, _any_seed, keep=lambda _: None, clean=True, steps=session.steps
                )
        finally:
            locked.project.resume(session.steps)


def _set_back(session: Session, locked: LockedAttempt, since: float) -> bool:
    """Whether a check or a reset has set the data back since: what the last run wrote is gone then, and rightly."""
    return any(event.at > since and event.event in SETS_BACK for event in session.store.events(locked.attempt))


class Runs(Record):
    """All runs of the attempt at hand, and its journal."""

    runs: tuple[Result, ...]
    journal: tuple[Note, ...]


class Charted(Record):
    """The files of a chart."""

    files: tuple[str, ...]


class Spread(Record):
    """What generators on other machines need."""

    truth: str
    """The file that each of them needs a copy of."""
    address: str
    """Where this machine reaches the service, as host:port."""
    master: str
    worker: str


def spread(session: Session, folder: Path) -> Spread:
    """Write what Locust needs to send the same users from several machines.

    Raises:
        KikoriError: the lab at hand is no tune lab.
    """
    with session.locked() as locked:
        _refuse_other(locked)
        service = Target(locked.project)
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / "truth.json"
        write_whole(file, msgspec.json.encode(service.truth()))
        common = f"KIKORI_BENCH={locked.lab.id} KIKORI_TRUTH={file.name} locust -f {LOCUSTFILE}"
        return Spread(
            truth=str(file),
            address=service.base.removeprefix("http://"),
            master=f"{common} --master --host http://127.0.0.1:8080",
            worker=f"{common} --worker --master-host MACHINE",
        )


def runs_of(session: Session) -> Runs:
    """What was measured so far.

    Raises:
        KikoriError: nothing was.
    """
    history = History(session.store.folder(session.attempt().id))
    runs = history.runs()
    if not runs:
        raise KikoriError("No run yet, so there is nothing to draw.", "kikori bench")
    return Runs(runs=tuple(runs), journal=tuple(history.journal()))


def rules(lab: Lab) -> Table:
    """The table by which runs of a lab are scored."""
    return table(lab)


def note(session: Session, hypothesis: str, changed: str) -> Note:
    """Write down what the last run was for.

    Raises:
        KikoriError: nothing was measured yet.
    """
    history = History(session.store.folder(session.attempt().id))
    runs = history.runs()
    if not runs:
        raise KikoriError("No run yet, so there is nothing to write about.", "kikori bench")
    before = next((run.score for run in reversed(runs[:-1])), None)
    line = Note(at=time.time(), hypothesis=hypothesis, change=changed, before=before, after=runs[-1].score)
    history.note(line)
    return line


def _refuse_other(locked: LockedAttempt) -> None:
    if locked.lab.about.kind is not Kind.TUNE:
        raise KikoriError(f"{locked.lab.id} has no benchmark; it asks you to {locked.lab.about.kind}.", "kikori check")


def _any_seed() -> int:
    return secrets.randbelow(2**31)
