"""How the proofs of labs stand: proved, stale or missing, and how old."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from kikori.errors import Exit, KikoriError
from kikori.model import Fault, Lab
from kikori.model.record import Record
from kikori.proof_keys import Rests, demand_keys, engine_key, lab_key
from kikori.prove import ledger
from kikori.prove.landing import Known
from kikori.prove.ledger import Row
from kikori.prove.mutation import results
from kikori.prove.mutation.mutants import marks_of
from kikori.prove.plan import Work, demands_of, plan_of


class LabStatus(Record):
    """The rows of one lab."""

    lab: str
    demands: int
    proved: int
    """Met by the lab and the engine as they are now."""
    engine: int
    """Met by the lab as it is now, when other code executed and graded it."""
    stale: int
    """Met before something changed that it rests on, or said to be from the future."""
    missing: int
    """Never recorded."""
    oldest: datetime | None = None
    """When the oldest of those that count was met."""
    mutants: int = 0
    """Spoiled fixes that were tried on the lab as it is now."""
    holes: int = 0
    """Those of them that pass and are not marked as equal."""
    problem: str = ""
    """Why the file can't be read; or rows for demands that the lab does not have."""


class ProofStatus(Record):
    """The proofs of several labs."""

    labs: tuple[LabStatus, ...]
    next: str

    @property
    def exit_code(self) -> Exit:
        """0 when every demand has a row that counts, else 1."""
        return Exit.DONE if all(is_whole(lab) for lab in self.labs) else Exit.CHECK_FAILED


def is_whole(status: LabStatus) -> bool:
    """Tell whether every demand was recorded of the lab as it is now."""
    return not (status.stale or status.missing or status.problem)


def status(labs: Iterable[Lab]) -> ProofStatus:
    """Say how the proofs of labs stand."""
    found = tuple(status_of(lab) for lab in labs)
    unproved = [one.lab for one in found if not is_whole(one)]
    by_age = sorted((one for one in found if one.oldest), key=lambda one: one.oldest or datetime.max)
    names = unproved or [one.lab for one in by_age[:1]]
    return ProofStatus(labs=found, next=f"kikori lab prove {' '.join(names)} --changed --record")


def status_of(lab: Lab, engine: str | None = None) -> LabStatus:
    """Say how the proof of one lab stands.

    ``engine`` is the key that is here now, where somebody has asked for it before.
    """
    plan = plan_of(lab)
    try:
        demands = known(lab, engine)
        mutants, holes = _mutants(lab)
    except KikoriError as problem:
        return LabStatus(
            lab=lab.id, demands=len(plan), proved=0, engine=0, stale=0, missing=len(plan), problem=problem.message
        )
    now = datetime.now(UTC)
    counted = [(one, one.row) for one in demands if one.row and one.row.key == one.key and one.row.at <= now]
    proved = sum(row.engine == one.engine for one, row in counted)
    missing = sum(one.row is None for one in demands)
    unknown = sorted(ledger.read(lab).keys() - set(plan))
    return LabStatus(
        lab=lab.id,
        demands=len(plan),
        proved=proved,
        engine=len(counted) - proved,
        stale=len(plan) - len(counted) - missing,
        missing=missing,
        oldest=min((row.at for _, row in counted), default=None),
        mutants=mutants,
        holes=holes,
        problem=f"{ledger.file_of(lab)} has rows for what is no demand: {', '.join(unknown)}" if unknown else "",
    )


def _mutants(lab: Lab) -> tuple[int, int]:
    """Count the recorded mutants of a lab, and those that pass without a mark; none of the lab as it was."""
    row = results.read(lab)
    if row is None or row.key != lab_key(lab):
        return 0, 0
    return row.tried, len(set(row.passed) - marks_of(lab).keys())


def known(lab: Lab, engine: str | None = None) -> list[Known]:
    """List every demand of a lab with its keys and its row.

    Raises:
        OurFault: the lab's file of rows is damaged.
    """
    rows: dict[str, Row] = ledger.read(lab)
    engine = engine_key(lab.graders) if engine is None else engine
    return [
        Known(lab=lab.id, name=name, key=key, engine=engine, row=rows.get(name)) for name, key in keys_of(lab).items()
    ]


def rests_on(work: Work) -> Rests:
    """The faults, breaks, fixes and traps that a demand executes.

    The first fix of its exercise is one of them, since more than one kind of demand ends with it.
    """
    told = getattr(work, "keywords", {})
    exercise = told.get("exercise") or told.get("fault")
    if exercise is None:
        return Rests()
    named = [told[name] for name in ("fix", "trap", "stop_gap") if name in told]
    changes = [*exercise.fixes[:1], *told.get("traps", ()), *named]
    changes += [before for change in changes for before in change.first]
    if not isinstance(exercise, Fault):
        return Rests(changes=tuple(changes))
    return Rests(faults=(exercise.id, *exercise.about.both), changes=(*exercise.breaking, *changes))


def keys_of(lab: Lab) -> dict[str, str]:
    """The key of each demand of a plan: what it rests on, as it is now."""
    plan = plan_of(lab)
    return demand_keys(lab, {name: rests_on(work) for name, work in demands_of(lab) if name in plan})
