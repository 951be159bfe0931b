"""Faults: proved in both directions."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.script import commands, written
from kikori.lint.subjects.source_tree import LabSource
from kikori.model import Exercise, Fault, Kind
from kikori.model.lab import ENGINE, WORKSPACE

LEAST = 2


@rule
def repair_has_faults(source: LabSource) -> Iterator[Location]:
    """A repair lab has a fault."""
    if source.lab.about.kind is Kind.REPAIR and not source.lab.faults:
        mend = "write [faults.NAME], and faults/NAME/break.sh with fixes/ and traps/"
        yield Location(source.toml, source.line_of(source.toml, "kind"), "a repair lab without a fault", mend)


@rule
def two_fixes(source: LabSource) -> Iterator[Location]:
    """Every fault, and every unfinished work, has two different right fixes or more.

    A grader that knows one way refuses all others.
    """
    for exercise in source.lab.exercises:
        if len(exercise.fixes) < LEAST:
            message = f"{len(exercise.fixes)} fixes for {_name(exercise)}"
            yield Location(exercise.folder / "fixes", None, message, "write fixes/NAME.sh: another way that is right")


@rule
def two_traps(source: LabSource) -> Iterator[Location]:
    """Every fault, and every unfinished work, has two traps or more: wrong ways that a grader must not accept."""
    for exercise in source.lab.exercises:
        if len(exercise.traps) < LEAST:
            message = f"{len(exercise.traps)} traps for {_name(exercise)}"
            mend = "write traps/NAME.sh: the symptom hidden, data lost, or permissions thrown open"
            yield Location(exercise.folder / "traps", None, message, mend)


def _name(exercise: Exercise) -> str:
    return f"the fault {exercise.id}" if isinstance(exercise, Fault) else "the unfinished work"


@rule
def trap_names_a_check(source: LabSource) -> Iterator[Location]:
    """Every trap names in its first comments the check that must fail after it: `# fails: test_...`."""
    known = {check.name for check in source.checks}
    for trap in (trap for exercise in source.lab.exercises for trap in exercise.traps):
        if trap.fails not in known:
            path = trap.path if trap.path.is_file() else trap.path / ".change"
            message = f"no check is called {trap.fails}" if trap.fails else "the trap names no check"
            mend = f"write `# fails: CHECK` in its first lines, one of: {', '.join(sorted(known))}"
            yield Location(path, source.line_of(path, "fails:"), message, mend)


@rule
def changes_differ(source: LabSource) -> Iterator[Location]:
    """No two fixes or traps of a fault, or of the unfinished work, do the same."""
    for exercise in source.lab.exercises:
        seen: dict[object, str] = {}
        for change in (*exercise.fixes, *exercise.traps):
            if change.path.is_file():
                text = source.text(change.path)
                done = (commands(text), written(text))
                other = seen.setdefault(done, change.name)
                if other != change.name:
                    yield Location(change.path, None, f"does the same as {other}", "do it another way, or delete it")


@rule
def equipment_is_the_labs(source: LabSource) -> Iterator[Location]:
    """In `equipment` no fault is, and no fix runs: a replay would take the mend away."""
    reasons = {
        # Where there is a workspace, the mend is in that, and the shell may be the customers'.
        "the shell opens there": set() if source.lab.workspace else {source.lab.about.shell},
        "a fault is there": {fault.breaking.service for fault in source.lab.faults.values()},
        "a fix runs there": {fix.service for one in source.lab.exercises for fix in one.fixes},
        "it keeps a volume, which a submission fills": {
            name for name, told in source.services.items() if told.get("volumes")
        },
        "it is built from the workspace": {name for name, told in source.services.items() if "image" not in told},
    }
    for name in source.lab.about.equipment:
        if why := next((reason for reason, services in reasons.items() if name in services), ""):
            line = source.line_of(source.toml, "equipment")
            yield Location(source.toml, line, f"{name} is no equipment: {why}", f"take {name} out of `equipment`")


@rule
def service_known(source: LabSource) -> Iterator[Location]:
    """`shell`, `equipment`, a fault's `component` and a script's `# service:` name a service, or the workspace."""
    known = {*source.services, *(source.stack.services if source.stack else ())} | (
        {WORKSPACE} if source.lab.workspace else set()
    )
    scripts = known | ({ENGINE} if source.lab.workspace or source.stack else set())
    asked = [(source.toml, f'shell = "{source.lab.about.shell}"', source.lab.about.shell)]
    asked += [
        (source.toml, f'component = "{f.about.component}"', f.about.component) for f in source.lab.faults.values()
    ]
    asked += [(source.toml, f'"{name}"', name) for name in source.lab.about.equipment]
    asked += [(one.path, f"service: {one.service}", one.service) for one in source.changes if one.path.is_file()]
    asked = [one for one in asked if one[0] == source.toml or one[2] != source.lab.about.shell]
    for path, words, service in asked:
        if service not in (known if path == source.toml else scripts):
            message = f"there is no service called {service}"
            yield Location(path, source.line_of(path, words), message, f"write one of: {', '.join(sorted(known))}")
