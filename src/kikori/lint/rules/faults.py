"""Faults: proved in both directions."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.lint.finding import Spot
from kikori.lint.ground import Draft
from kikori.lint.rule import rule
from kikori.lint.script import commands, written
from kikori.model import Exercise, Fault, Kind
from kikori.model.lab import ENGINE, WORKSPACE

LEAST = 2


@rule
def repair_has_faults(draft: Draft) -> Iterator[Spot]:
    """A repair lab has a fault."""
    if draft.lab.about.kind is Kind.REPAIR and not draft.lab.faults:
        mend = "write [faults.NAME], and faults/NAME/break.sh with fixes/ and traps/"
        yield Spot(draft.toml, draft.line_of(draft.toml, "kind"), "a repair lab without a fault", mend)


@rule
def two_fixes(draft: Draft) -> Iterator[Spot]:
    """Every fault, and every unfinished work, has two different right fixes or more.

    A grader that knows one way refuses all others.
    """
    for exercise in draft.lab.exercises:
        if len(exercise.fixes) < LEAST:
            message = f"{len(exercise.fixes)} fixes for {_name(exercise)}"
            yield Spot(exercise.folder / "fixes", None, message, "write fixes/NAME.sh: another way that is right")


@rule
def two_traps(draft: Draft) -> Iterator[Spot]:
    """Every fault, and every unfinished work, has two traps or more: wrong ways that a grader must not accept."""
    for exercise in draft.lab.exercises:
        if len(exercise.traps) < LEAST:
            message = f"{len(exercise.traps)} traps for {_name(exercise)}"
            mend = "write traps/NAME.sh: the symptom hidden, data lost, or permissions thrown open"
            yield Spot(exercise.folder / "traps", None, message, mend)


def _name(exercise: Exercise) -> str:
    return f"the fault {exercise.id}" if isinstance(exercise, Fault) else "the unfinished work"


@rule
def trap_names_a_check(draft: Draft) -> Iterator[Spot]:
    """Every trap names in its first comments the check that must fail after it: `# fails: test_...`."""
    known = {check.name for check in draft.checks}
    for trap in (trap for exercise in draft.lab.exercises for trap in exercise.traps):
        if trap.fails not in known:
            path = trap.path if trap.path.is_file() else trap.path / ".change"
            message = f"no check is called {trap.fails}" if trap.fails else "the trap names no check"
            mend = f"write `# fails: CHECK` in its first lines, one of: {', '.join(sorted(known))}"
            yield Spot(path, draft.line_of(path, "fails:"), message, mend)


@rule
def changes_differ(draft: Draft) -> Iterator[Spot]:
    """No two fixes or traps of a fault, or of the unfinished work, do the same."""
    for exercise in draft.lab.exercises:
        seen: dict[object, str] = {}
        for change in (*exercise.fixes, *exercise.traps):
            if change.path.is_file():
                text = draft.text(change.path)
                done = (commands(text), written(text))
                other = seen.setdefault(done, change.name)
                if other != change.name:
                    yield Spot(change.path, None, f"does the same as {other}", "do it another way, or delete it")


@rule
def equipment_is_the_labs(draft: Draft) -> Iterator[Spot]:
    """In `equipment` no fault is, and no fix runs: a replay would take the mend away."""
    reasons = {
        # Where there is a workspace, the mend is in that, and the shell may be the customers'.
        "the shell opens there": set() if draft.lab.workspace else {draft.lab.about.shell},
        "a fault is there": {fault.breaking.service for fault in draft.lab.faults.values()},
        "a fix runs there": {fix.service for one in draft.lab.exercises for fix in one.fixes},
        "it keeps a volume, which a submission fills": {
            name for name, told in draft.services.items() if told.get("volumes")
        },
        "it is built from the workspace": {name for name, told in draft.services.items() if "image" not in told},
    }
    for name in draft.lab.about.equipment:
        if why := next((reason for reason, services in reasons.items() if name in services), ""):
            line = draft.line_of(draft.toml, "equipment")
            yield Spot(draft.toml, line, f"{name} is no equipment: {why}", f"take {name} out of `equipment`")


@rule
def service_known(draft: Draft) -> Iterator[Spot]:
    """`shell`, `equipment`, a fault's `component` and a script's `# service:` name a service, or the workspace."""
    known = {*draft.services, *(draft.stack.services if draft.stack else ())} | (
        {WORKSPACE} if draft.lab.workspace else set()
    )
    scripts = known | ({ENGINE} if draft.lab.workspace or draft.stack else set())
    asked = [(draft.toml, f'shell = "{draft.lab.about.shell}"', draft.lab.about.shell)]
    asked += [(draft.toml, f'component = "{f.about.component}"', f.about.component) for f in draft.lab.faults.values()]
    asked += [(draft.toml, f'"{name}"', name) for name in draft.lab.about.equipment]
    asked += [(one.path, f"service: {one.service}", one.service) for one in draft.changes if one.path.is_file()]
    asked = [one for one in asked if one[0] == draft.toml or one[2] != draft.lab.about.shell]
    for path, words, service in asked:
        if service not in (known if path == draft.toml else scripts):
            message = f"there is no service called {service}"
            yield Spot(path, draft.line_of(path, words), message, f"write one of: {', '.join(sorted(known))}")
