"""Trying mutants: a check that lets a spoiled fix pass, then and after a restart, has a hole."""

from __future__ import annotations

import secrets
import shlex
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from random import Random

from msgspec import Struct, structs

from kikori import host
from kikori.engine import Steps
from kikori.engine.images import Image
from kikori.errors import EnvironmentProblem, KikoriError
from kikori.model import Change, Exercise, Fault, Lab, Outcome
from kikori.proof_keys import lab_key
from kikori.prove.admission import Task
from kikori.prove.cpu_meter import Meter
from kikori.prove.mutation import results
from kikori.prove.mutation.mutants import Mutant, astray, marks_of, mutants_of
from kikori.prove.mutation.results import Mutation
from kikori.prove.plan import sharing_a_scene
from kikori.prove.runner import build, executed
from kikori.prove.scene import Cancelled, ProofScene, proof_scene

SHARING = 8
"""So many mutants share a scene at most: more would not be seen, nor tried side by side, for long."""
Told = Callable[[Mutant, str], None]
"""Hears of a mutant what refused it; nothing where it passes."""


class Wanted(Struct, frozen=True):
    """Which mutants of a lab, and how."""

    lab: Lab
    fault: str | None = None
    only: str | None = None
    """One mutant by its id."""
    most: int | None = None
    seed: int | None = None
    jobs: int = 2
    record: bool = False
    """Write what came of it, where all are tried."""


def mutate(wanted: Wanted, steps: Steps, done: Callable[[results.Outcome], None] = lambda outcome: None) -> Mutation:
    """Try a lab's mutants; ``done`` hears of each.

    Raises:
        KikoriError: there is no such fault or mutant; or a part was to be recorded.
        OurFault: a mark is on no mutant.
        EnvironmentProblem: Docker, the disk or the network stood in the way.
    """
    lab, began = wanted.lab, time.monotonic()
    seed = secrets.randbelow(2**31) if wanted.seed is None else wanted.seed
    every = mutants_of(lab)
    marks = marks_of(lab)
    for problem in astray(lab, marks, every):
        raise problem
    chosen = choose(every, wanted, seed)
    host.ready()
    key = lab_key(lab)
    found: dict[str, results.Outcome] = {}

    def told(mutant: Mutant, killer: str) -> None:
        found[mutant.id] = _outcome(lab, mutant, killer, marks.get(mutant.id, ""), seed)
        done(found[mutant.id])

    _try(lab, chosen, seed, wanted.jobs, steps, told)
    outcomes = tuple(found[mutant.id] for mutant in chosen)
    whole = Mutation(
        lab=lab.id,
        seed=seed,
        faults=results.counts(outcomes),
        outcomes=outcomes,
        seconds=round(time.monotonic() - began, 1),
    )
    if not wanted.record:
        return whole
    if lab_key(lab) != key:
        return structs.replace(whole, changed=True)
    return structs.replace(whole, recorded=str(results.record(lab, seed, outcomes)))


def choose(every: Sequence[Mutant], wanted: Wanted, seed: int) -> list[Mutant]:
    """Choose the mutants that are wanted; of too many those that the seed draws.

    Raises:
        KikoriError: there is none, or a part was to be recorded.
    """
    if wanted.record and (wanted.fault or wanted.only or wanted.most):
        raise KikoriError("The mutants of whole labs only are recorded.", f"kikori lab mutate {wanted.lab.id} --record")
    chosen = [one for one in every if wanted.fault in (None, one.fault) and wanted.only in (None, one.id)]
    if not chosen:
        name = wanted.only or wanted.fault
        told = f"{wanted.lab.id} has no mutant '{name}'." if name else f"{wanted.lab.id} has no mutant."
        raise KikoriError(told, f"kikori lab mutate {wanted.lab.id}")
    if wanted.most is None or wanted.most >= len(chosen):
        return chosen
    drawn = set(Random(seed).sample(range(len(chosen)), wanted.most))  # noqa: S311 - variety, not secrecy
    return [one for number, one in enumerate(chosen) if number in drawn]


def _try(lab: Lab, mutants: Sequence[Mutant], seed: int, jobs: int, steps: Steps, told: Told) -> None:
    fresh: set[Image] = set()
    build(lab, seed, steps, fresh)
    with tempfile.TemporaryDirectory(prefix="kikori-mutants-") as folder:
        tasks = list(_tasks(lab, mutants, Path(folder), told))
        with closing(executed(tasks, partial(_execute, seed=seed, fresh=fresh), jobs, steps)) as each:
            for _ in each:
                pass


def _execute(task: Task, unwanted: threading.Event, meter: Meter, *, seed: int, fresh: set[Image]) -> bool:
    try:
        with proof_scene(task.lab, seed, unwanted=unwanted, fresh=fresh) as stage:
            task.work(stage)
    except Cancelled:
        return False
    return True


def _tasks(lab: Lab, mutants: Sequence[Mutant], folder: Path, told: Told) -> Iterator[Task]:
    """Give each mutant a scene, or several one where they leave nothing in it."""
    for exercise in lab.written:
        fault = exercise.id if isinstance(exercise, Fault) else ""
        own = [one for one in mutants if one.fault == fault]
        written = {one.id: _written(one, folder / str(number) / fault) for number, one in enumerate(own)}
        sharing = sharing_a_scene(lab, structs.replace(exercise, traps=tuple(written.values())))
        together = [one for one in own if written[one.id] in sharing]
        for at in range(0, len(together), SHARING):
            some = {one: written[one.id] for one in together[at : at + SHARING]}
            name = together[at].id
            yield Task(lab, name, partial(_together, exercise=exercise, mutants=some, told=told))
        for one in own:
            if one not in together:
                yield Task(lab, one.id, partial(_apart, exercise=exercise, mutants={one: written[one.id]}, told=told))


def _written(mutant: Mutant, folder: Path) -> Change:
    folder.mkdir(parents=True)
    return mutant.written(folder)


def _apart(stage: ProofScene, exercise: Exercise, mutants: dict[Mutant, Change], told: Told) -> None:
    """Try each mutant in a scene made anew."""
    for mutant, change in mutants.items():
        _begin(stage, exercise)
        told(mutant, _killer(stage, change))


def _together(stage: ProofScene, exercise: Exercise, mutants: dict[Mutant, Change], told: Told) -> None:
    """Try mutants one after the other in one scene, then a right fix.

    Where the fix is refused, one of them left something behind, and all are tried again apart. One that passes has to
    pass in a scene of its own.
    """
    _begin(stage, exercise)
    killers: dict[Mutant, str] = {}
    for mutant, change in mutants.items():
        stage.renew_workspace(exercise if isinstance(exercise, Fault) else None)
        killers[mutant] = _killer(stage, change)
    stage.renew_workspace(exercise if isinstance(exercise, Fault) else None)
    clean = not _killer(stage, exercise.fixes[0])
    for mutant, killer in killers.items():
        if clean and killer:
            told(mutant, killer)
    _apart(stage, exercise, {one: mutants[one] for one, killer in killers.items() if not (clean and killer)}, told)


def _begin(stage: ProofScene, exercise: Exercise) -> None:
    stage.reset()
    if isinstance(exercise, Fault):
        stage.put(exercise)


def _killer(stage: ProofScene, change: Change) -> str:
    """Say what refuses a change: itself, or a check, at once or after a restart; nothing where it passes."""
    try:
        stage.change(change)
        if told := _refused(stage):
            return told
        stage.restart()
    except EnvironmentProblem:
        raise
    except KikoriError as problem:
        return problem.message.replace(f"{change.path.parent}/", "").replace("\n", " ")
    told = _refused(stage)
    return f"after a restart of every service, {told}" if told else ""


def _refused(stage: ProofScene) -> str:
    bad = [check for check in stage.grade().checks if check.outcome is not Outcome.PASSED]
    first = next((check for check in bad if check.outcome is not Outcome.BLOCKED), bad[0] if bad else None)
    return f"{first.id} is {first.outcome}" if first else ""


def _outcome(lab: Lab, mutant: Mutant, killer: str, reason: str, seed: int) -> results.Outcome:
    return results.Outcome(
        id=mutant.id,
        fault=mutant.fault,
        state="killed" if killer else "marked" if reason else "survived",
        killer=killer,
        reason=reason,
        diff=mutant.diff,
        command=f"kikori lab mutate {lab.id} --only {shlex.quote(mutant.id)} --seed {seed}",
    )
