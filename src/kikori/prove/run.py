"""Executing the demands of labs, side by side, until the first breach of each."""

from __future__ import annotations

import secrets
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import msgspec

from kikori import machine
from kikori.errors import KikoriError
from kikori.model import Change, Fault, Kind, Lab
from kikori.prove import record
from kikori.prove.demands import fault_shows, fix_mends, healthy, trap_fails, traps_fail, unfinished
from kikori.prove.proof import Breach, Demand, Proof, Proofs
from kikori.prove.rehearsal import Abandoned, Rehearsal, rehearsal
from kikori.runtime import Steps
from kikori.submission.format import content_of

Work = Callable[[Rehearsal], None]
Done = Callable[[Demand], None]


class Wanted(msgspec.Struct, frozen=True):
    """Which demands of which labs, and how."""

    labs: tuple[Lab, ...]
    fault: str | None = None
    only: str | None = None
    """One demand by its name."""
    seed: int | None = None
    repeat: int = 1
    jobs: int = 2
    one_replay: bool = False
    """Replay the submission of the first fix of each lab, not of every fix."""
    changed: bool = False
    """Leave out labs that were proved whole as they are."""

    @property
    def whole(self) -> bool:
        """Whether every demand is wanted."""
        return self.fault is None and self.only is None and not self.one_replay


def prove(wanted: Wanted, steps: Steps, done: Done = lambda demand: None) -> Proofs:
    """Execute the demands; ``done`` hears of each as it ends.

    Raises:
        KikoriError: nothing is wanted: no such fault or demand.
        EnvironmentProblem: Docker, the disk or the network stood in the way.
    """
    machine.ready()
    began = time.monotonic()
    seed = secrets.randbelow(2**31) if wanted.seed is None else wanted.seed
    plans = {lab.id: _chosen(lab, wanted) for lab in wanted.labs}
    if not any(plans.values()):
        raise KikoriError(f"No lab has a demand '{wanted.only or wanted.fault}'.", "kikori lab prove LAB")
    unchanged = [lab for lab in wanted.labs if wanted.changed and record.is_proved(lab)]
    labs = [lab for lab in wanted.labs if lab not in unchanged]
    for lab in labs:
        _build(lab, seed, steps)
    breached = {lab.id: threading.Event() for lab in labs}
    with _workers(wanted.jobs, breached.values(), steps) as pool:
        running = [(lab, _start(pool, lab, plans[lab.id], seed, breached[lab.id], done)) for lab in labs]
        proofs = [_proof(lab, found, seed) for lab, found in running]
    if wanted.whole:
        for lab, proof in zip(labs, proofs, strict=True):
            if proof.met:
                record.note(lab)
    proofs += [Proof(lab=lab.id, content=content_of(lab), seed=seed, demands=(), skipped=True) for lab in unchanged]
    return Proofs(proofs=tuple(proofs), seconds=round(time.monotonic() - began, 1))


@contextmanager
def _workers(jobs: int, unwanted: Iterable[threading.Event], steps: Steps) -> Iterator[ThreadPoolExecutor]:
    """Those who execute demands; where somebody interrupts them, they take down what stands and begin nothing new."""
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield pool
        except BaseException:
            with steps.step("Taking down what stands"), _deaf():
                for event in unwanted:
                    event.set()
                pool.shutdown(cancel_futures=True)
            raise


@contextmanager
def _deaf() -> Iterator[None]:
    """Hear no further Ctrl+C: it would leave scenes behind, and end nothing sooner."""
    if threading.current_thread() is not threading.main_thread():
        yield  # and none would come here
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _proof(lab: Lab, running: list[Future[Demand | None]], seed: int) -> Proof:
    executed = [future.result() for future in running]
    return Proof(lab=lab.id, content=content_of(lab), seed=seed, demands=tuple(filter(None, executed)))


def demands_of(lab: Lab, *, one_replay: bool = False) -> Iterator[tuple[str, Work]]:
    """Every demand on a lab by its name."""
    yield ("unfinished", unfinished) if lab.unfinished else ("healthy", healthy)
    for exercise in lab.exercises:
        begin = ""
        if isinstance(exercise, Fault):
            replay = exercise == lab.exercises[0] or not one_replay
            yield exercise.id, partial(fault_shows, fault=exercise, replay=replay)
            begin = f"{exercise.id}/"
        for fix in exercise.fixes:
            replay = fix == lab.exercises[0].fixes[0] or not one_replay
            yield f"{begin}fixes/{fix.name}", partial(fix_mends, exercise=exercise, fix=fix, replay=replay)
        for trap in exercise.traps:
            yield f"{begin}traps/{trap.name}", partial(trap_fails, exercise=exercise, trap=trap)
    if together := _together(lab):
        yield "traps", partial(traps_fail, traps=together, fix=lab.exercises[0].fixes[0])


def _together(lab: Lab) -> list[Change]:
    """The traps of unfinished work that change nothing but the workspace: they need no scene of their own.

    Unless the scene keeps something through every apply, in volumes, or in a service that is tuned.
    """
    keeps = "\nvolumes:" in lab.compose.read_text(encoding="utf-8") or lab.about.kind is Kind.TUNE
    if not lab.unfinished or keeps or not lab.exercises[0].fixes:
        return []
    return [trap for trap in lab.exercises[0].traps if all(one.touches_workspace for one in (*trap.first, trap))]


def plan_of(lab: Lab) -> list[str]:
    """The demands that together prove a lab, by name: without those that are part of another one."""
    parts = {f"{fault.id}/fixes/{fix.name}" for fault in lab.faults.values() for fix in fault.fixes[:1]}
    parts |= {f"traps/{trap.name}" for trap in _together(lab)}
    return [name for name, _ in demands_of(lab) if name not in parts]


def _chosen(lab: Lab, wanted: Wanted) -> list[tuple[str, Work]]:
    plan = [wanted.only] if wanted.only else plan_of(lab)
    found = [
        (name, work)
        for name, work in demands_of(lab, one_replay=wanted.one_replay)
        if name in plan and wanted.fault in (None, name.split("/")[0])
    ]
    return found * wanted.repeat


def _build(lab: Lab, seed: int, steps: Steps) -> None:
    """Build the lab's images before its demands run side by side, and with a progress."""
    with rehearsal(lab, seed) as stage:
        stage.project.build_own(steps)


def _start(
    pool: ThreadPoolExecutor,
    lab: Lab,
    plan: Sequence[tuple[str, Work]],
    seed: int,
    breached: threading.Event,
    done: Done,
) -> list[Future[Demand | None]]:
    return [pool.submit(_execute, lab, name, work, seed, breached, done) for name, work in plan]


def _execute(lab: Lab, name: str, work: Work, seed: int, breached: threading.Event, done: Done) -> Demand | None:
    """One demand; ``None`` where another of this lab is breached before its end, or somebody interrupts the proof."""
    if breached.is_set():
        return None
    began = time.monotonic()
    breach = ""
    try:
        with rehearsal(lab, seed, unwanted=breached) as stage:
            work(stage)
    except (Breach, Abandoned, KikoriError) as problem:
        if breached.is_set():
            return None
        breach = f"{lab.folder}: {problem.message}" if isinstance(problem, KikoriError) else str(problem)
    if breach:
        breached.set()
    demand = Demand(
        lab=lab.id,
        name=name,
        met=not breach,
        seconds=round(time.monotonic() - began, 1),
        breach=breach,
        command=f"kikori lab prove {lab.id} --only {name} --seed {seed}",
    )
    done(demand)
    return demand
