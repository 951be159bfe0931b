"""Executing demands side by side, until the first breach of each lab or, to record them, all of them."""

from __future__ import annotations

import os
import secrets
import signal
import threading
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import NamedTuple, TypeVar

import msgspec

from kikori import host
from kikori.engine import Steps
from kikori.engine.cleanup import sweep_dead
from kikori.engine.client import version
from kikori.engine.images import Image
from kikori.errors import KikoriError
from kikori.model import Lab
from kikori.proof_keys import engine_key
from kikori.prove import ledger
from kikori.prove.admission import Admission, Task
from kikori.prove.cpu_meter import Meter
from kikori.prove.demands import execute
from kikori.prove.landing import Why, invalid, is_expired, is_of_another_engine
from kikori.prove.plan import demands_of, plan_of
from kikori.prove.proof import Demand, Proof, Proofs
from kikori.prove.scene import PREFIX, Cancelled, proof_scene
from kikori.prove.status import keys_of, known
from kikori.submission.format import content_of

D = TypeVar("D")
Done = Callable[[Demand], None]
Execute = Callable[[Task, threading.Event, Meter], D | None]
LOOK = 1.0
"""Seconds after which it is asked again whether there is room."""


class Keys(NamedTuple):
    """What a lab's demands rest on, and what executes and grades them, as it was when a proof began."""

    demands: dict[str, str]
    engine: str


class Wanted(msgspec.Struct, frozen=True):
    """Which demands of which labs, and how."""

    labs: tuple[Lab, ...]
    fault: str | None = None
    only: str | None = None
    """One demand by its name."""
    chosen: Mapping[str, frozenset[str]] | None = None
    """The names of demands by lab, where a landing executes some of them."""
    seed: int | None = None
    repeat: int = 1
    jobs: int = 2
    changed: bool = False
    """Leave out demands that are recorded as they are, by this engine."""
    record: bool = False
    """Write the rows of what is met, and go on after a breach."""
    brief: str = ""
    """The commit of a landing, which repeats less of what is recorded (docs/adr/0022)."""
    few: Mapping[str, frozenset[str]] = {}
    """The names of demands by lab that a landing executes since the engine has changed, and for no other reason."""


def prove(wanted: Wanted, steps: Steps, done: Done = lambda demand: None) -> Proofs:
    """Execute the demands; ``done`` hears of each as it ends.

    Raises:
        KikoriError: nothing is wanted: no such fault or demand; or a part was to be recorded.
        EnvironmentProblem: Docker, the disk or the network stood in the way.
    """
    _refuse_to_record(wanted)
    host.ready()
    sweep_dead(PREFIX)
    began = time.monotonic()
    seed = secrets.randbelow(2**31) if wanted.seed is None else wanted.seed
    unchanged = [lab for lab in wanted.labs if wanted.changed and not unrecorded(lab)]
    labs = [lab for lab in wanted.labs if lab not in unchanged]
    keys = {lab.id: Keys(keys_of(lab), engine_key(lab.graders)) for lab in labs}  # what is edited meanwhile is another
    tasks = [task for lab in labs for task in _tasks(lab, wanted, keys[lab.id].demands)]
    if labs and not tasks:
        raise KikoriError(f"No lab has a demand '{wanted.only or wanted.fault}'.", "kikori lab prove LAB")
    fresh: set[Image] = set()
    for lab in {task.lab.id: task.lab for task in tasks}.values():
        build(lab, seed, steps, fresh)
    work = partial(_execute, seed=seed, fresh=fresh, done=done, all_of_them=wanted.record)
    with closing(executed(tasks, work, wanted.jobs, steps)) as each:
        # Each lab as soon as it is whole: what follows may be interrupted.
        proofs = [_proof(lab, demands, seed, wanted, keys[lab.id]) for lab, demands in each]
    proofs.sort(key=lambda proof: proof.lab)
    proofs += [_unchanged(lab, seed, wanted) for lab in unchanged]
    return Proofs(proofs=tuple(proofs), seconds=round(time.monotonic() - began, 1))


def _refuse_to_record(wanted: Wanted) -> None:
    """Refuse rows of anything but whole demands of a lab as learners get it.

    Raises:
        KikoriError: that was asked for.
    """
    why = {
        "of whole demands only": wanted.chosen is not None or bool(wanted.brief),
        "of seeds that nobody chose": wanted.seed is not None,
        "of what learners get, and KIKORI_PROFILE is set": bool(os.environ.get("KIKORI_PROFILE")),
    }
    if wanted.record and (asked := [reason for reason, holds in why.items() if holds]):
        raise KikoriError(f"Rows are recorded {asked[0]}.", "kikori lab prove LAB --record")


def unrecorded(lab: Lab) -> set[str]:
    """The demands without a row that counts, by the engine that is here now; all where the file is damaged."""
    now = datetime.now(UTC)
    try:
        demands = known(lab)
    except KikoriError:
        return set(plan_of(lab))
    return {
        one.name
        for one in demands
        if invalid(one, now) not in (None, Why.FRESH) or is_expired(one, now) or is_of_another_engine(one)
    }


def _tasks(lab: Lab, wanted: Wanted, keys: Mapping[str, str]) -> list[Task]:
    """List what is wanted of a lab, with what its rows say of the cost; brief where they hold for these ``keys``."""
    plan: Collection[str] = [wanted.only] if wanted.only else unrecorded(lab) if wanted.changed else plan_of(lab)
    chosen = plan if wanted.chosen is None else wanted.chosen.get(lab.id, ())
    try:
        rows = ledger.read(lab)
    except KikoriError:
        rows = {}  # a damaged file tells nothing; lint and `--status` say so
    brief = dict(demands_of(lab, brief=wanted.brief, few=wanted.few.get(lab.id, ()))) if wanted.brief else {}
    shown = {name for name, row in rows.items() if row.key == keys.get(name) and row.at <= datetime.now(UTC)}
    return [
        Task(lab=lab, name=name, work=brief.get(name, work) if name in shown else work, row=rows.get(name))
        for name, work in demands_of(lab)
        if name in plan and name in chosen and wanted.fault in (None, name.split("/")[0])
        for _ in range(wanted.repeat)
    ]


def executed(tasks: list[Task], execute: Execute[D], jobs: int, steps: Steps) -> Generator[tuple[Lab, list[D]]]:
    """Execute tasks as there is room; yield each lab when it is whole."""
    breached = {task.lab.id: threading.Event() for task in tasks}
    admission, meter = Admission(tasks, jobs), Meter()
    ended: dict[str, list[D]] = {name: [] for name in breached}
    with meter.running(), _workers(jobs, breached.values(), steps) as pool:
        under_way: dict[Future[D | None], Task] = {}
        while admission.waiting or under_way:
            if task := admission.begin():
                future = pool.submit(execute, task, breached[task.lab.id], meter)
                under_way[future] = task
                continue
            for future in wait(under_way, timeout=LOOK, return_when=FIRST_COMPLETED).done:
                task = under_way.pop(future)
                admission.end(task)
                if (result := future.result()) is not None:
                    ended[task.lab.id].append(result)
                if breached[task.lab.id].is_set():
                    admission.drop(task.lab)
                if not any(one.lab == task.lab for one in (*admission.waiting, *admission.running)):
                    yield task.lab, ended[task.lab.id]


@contextmanager
def _workers(jobs: int, unwanted: Iterable[threading.Event], steps: Steps) -> Iterator[ThreadPoolExecutor]:
    """Open the pool that executes demands; an interruption takes down what stands."""
    with ThreadPoolExecutor(jobs) as pool:
        try:
            yield pool
        except BaseException:
            with steps.step("Taking down what stands"), ignoring_sigint():
                for event in unwanted:
                    event.set()
                pool.shutdown(cancel_futures=True)
            raise


@contextmanager
def ignoring_sigint() -> Iterator[None]:
    """Ignore further Ctrl+C: it would leave scenes behind, and end nothing sooner."""
    if threading.current_thread() is not threading.main_thread():
        yield  # and none would come here
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _proof(lab: Lab, demands: list[Demand], seed: int, wanted: Wanted, keys: Keys) -> Proof:
    """Sum up a lab; write the rows of what is met, void all of them if a recorded demand is not."""
    order = [name for name, _ in demands_of(lab)]
    proof = Proof(
        lab=lab.id,
        content=content_of(lab),
        seed=seed,
        demands=tuple(sorted(demands, key=lambda demand: order.index(demand.name))),
    )
    if void := _void(lab, proof, keys.demands):
        return msgspec.structs.replace(proof, void=void)
    if wanted.record and keys_of(lab) != keys.demands:
        return msgspec.structs.replace(proof, changed=True)
    if wanted.record and any(demand.met for demand in demands):
        file = ledger.record(lab, proof, keys=keys.demands, engine=keys.engine, docker=version())
        return msgspec.structs.replace(proof, recorded=str(file))
    return proof


def _unchanged(lab: Lab, seed: int, wanted: Wanted) -> Proof:
    """Say that nothing was to be executed; drop rows for what is no demand any more."""
    proof = Proof(lab=lab.id, content=content_of(lab), seed=seed, demands=(), skipped=True)
    keys = keys_of(lab)
    if wanted.record and ledger.read(lab).keys() - keys:
        ledger.record(lab, proof, keys=keys, engine="", docker="")
    return proof


def _void(lab: Lab, proof: Proof, keys: Mapping[str, str]) -> str:
    """Void the rows if one of them says what is not so; gives the file."""
    try:
        rows = ledger.read(lab)
    except KikoriError:
        return ""
    unmet = [one for one in proof.demands if not one.met and not one.by_environment]
    false = [one for one in unmet if one.name in rows and rows[one.name].key == keys.get(one.name)]
    return str(ledger.void(lab)) if false else ""


def build(lab: Lab, seed: int, steps: Steps, fresh: set[Image]) -> None:
    """Build the lab's images before its demands run side by side, and with a progress."""
    with proof_scene(lab, seed, fresh=fresh) as stage:
        stage.renew_workspace()  # what is built from it may stand on shared images, too
        stage.project.build_own(steps)


def _execute(
    task: Task, breached: threading.Event, meter: Meter, *, seed: int, fresh: set[Image], done: Done, all_of_them: bool
) -> Demand | None:
    """Execute one demand; ``None`` where the lab is breached before its end, and not ``all_of_them`` are wanted."""
    if breached.is_set():
        return None
    began = time.monotonic()
    try:
        with meter.account() as account:
            unmet = execute(task.lab, task.work, seed, breached, fresh)
    except Cancelled:
        return None
    task.spent = account.seconds
    if unmet and breached.is_set():
        return None
    if unmet and not all_of_them:
        breached.set()
    demand = Demand(
        lab=task.lab.id,
        name=task.name,
        met=unmet is None,
        seconds=round(time.monotonic() - began, 1),
        processor=round(account.seconds, 1),
        at=datetime.now(UTC).replace(microsecond=0),
        breach=unmet.told if unmet else "",
        command=f"kikori lab prove {task.lab.id} --only {task.name} --seed {seed}",
        by_environment=unmet is not None and unmet.by_environment,
    )
    done(demand)
    return demand
