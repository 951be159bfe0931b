"""The lab in its course, its faults, hints and mark scheme; causes are told after the fix, not before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.script import commands, told_in, written
from kikori.lint.subjects.source_tree import LabSource
from kikori.lint.subjects.texts import ladders, mentions, names_in, paths_in, shared_run, texts_of
from kikori.model import Exercise, Fault, Kind, Prompt, Text
from kikori.model.lab import ENGINE, LEFT_AS_IT_IS, PATCH, WORKSPACE, environment_name

MINUTES = range(5, 301, 5)
LEAST = 2
"""Prompts of an explanation, fixes and traps of a fault."""
RUNGS = 3
"""Hints of a ladder."""
BEFORE = ("title", "summary", "hints", "prompts")


@rule
def module_there(source: LabSource) -> Iterator[Location]:
    """`course` and `module` of lab.toml are folders of courses/."""
    about = source.lab.about
    if (about.course, about.module) not in source.modules:
        known = sorted(f"{course}/{module}" for course, module in source.modules)
        message = f"there is no module {about.course}/{about.module}"
        line = source.line_of(source.toml, "module =")
        yield Location(source.toml, line, message, f"write one of: {', '.join(known)}")


@rule
def minutes_sensible(source: LabSource) -> Iterator[Location]:
    """`minutes` is between 5 and 300, in steps of 5, and not more than the practice that its module announces."""
    about = source.lab.about
    module = source.modules.get((about.course, about.module))
    most = module.about.practice if module else MINUTES[-1]
    if about.minutes not in MINUTES or about.minutes > most:
        message = f"{about.minutes} minutes for this lab; its module announces {most} of practice"
        fix = f"write {MINUTES[0]} to {min(most, MINUTES[-1])}, in steps of 5"
        yield Location(source.toml, source.line_of(source.toml, "minutes ="), message, fix)


@rule
def two_prompts(source: LabSource) -> Iterator[Location]:
    """An explanation has two prompts or more."""
    prompts = source.lab.about.prompts
    if len(prompts) < LEAST:
        line = source.line_of(source.toml, "prompts")
        fix = "write [[prompts]]: what users saw, which evidence decided, why the fix works"
        yield Location(source.toml, line, f"the explanation has {len(prompts)} prompts", fix)


@rule
def prompt_asks_for_evidence(source: LabSource) -> Iterator[Location]:
    """At least one prompt asks, in both languages, to cite a command by its number in the trail, such as [#3]."""
    if source.lab.about.prompts and not any(map(_asks, source.lab.about.prompts)):
        message = "no prompt asks for a citation"
        fix = 'write "Cite it by its number in the trail, such as [#2]", and 引用 in Japanese'
        yield Location(source.toml, source.line_of(source.toml, "[[prompts]]"), message, fix)


def _asks(prompt: Prompt) -> bool:
    return (
        "[#" in prompt.en
        and "cite" in prompt.en.lower()
        and (not prompt.ja or ("[#" in prompt.ja and "引用" in prompt.ja))
    )


@rule
def prompt_ids_differ(source: LabSource) -> Iterator[Location]:
    """No two prompts have one id: an answer is kept under it."""
    for name, times in Counter(prompt.id for prompt in source.lab.about.prompts).items():
        if times > 1:
            line = source.line_of(source.toml, f'id = "{name}"')
            yield Location(source.toml, line, f"{times} prompts are called {name}", "give each a name of its own")


@rule
def params_used(source: LabSource) -> Iterator[Location]:
    """Every parameter reaches compose.yaml or a script as KIKORI_NAME: one that nobody reads makes no lab different."""
    texts = [
        source.compose.text,
        source.stack.text if source.stack else "",
        *(source.text(path) for path in source.scripts),
    ]
    for name in source.lab.about.params:
        variable = environment_name(name)
        if not any(variable in text for text in texts):
            line = source.line_of(source.toml, f"{name} =")
            fix = f"write `{variable}: ${{{variable}}}` under a service's environment, or take it out"
            yield Location(source.toml, line, f"nothing reads {variable}", fix)


@rule
def repair_has_faults(source: LabSource) -> Iterator[Location]:
    """A repair lab has a fault."""
    if source.lab.about.kind is Kind.REPAIR and not source.lab.faults:
        fix = "write [faults.NAME], and faults/NAME/break.sh with fixes/ and traps/"
        yield Location(source.toml, source.line_of(source.toml, "kind"), "a repair lab without a fault", fix)


@rule
def two_fixes(source: LabSource) -> Iterator[Location]:
    """Every fault, and every unfinished work, has two different right fixes or more.

    A grader that knows one way refuses all others.
    """
    for exercise in source.lab.exercises:
        alarm = isinstance(exercise, Fault) and exercise.about.alarm
        if len(exercise.fixes) < LEAST and not alarm:
            message = f"{len(exercise.fixes)} fixes for {_name(exercise)}"
            yield Location(exercise.folder / "fixes", None, message, "write fixes/NAME.sh: another way that is right")


@rule
def two_traps(source: LabSource) -> Iterator[Location]:
    """Every fault, and every unfinished work, has two traps or more: wrong ways that a grader must not accept."""
    for exercise in source.lab.exercises:
        if len(exercise.traps) < LEAST:
            message = f"{len(exercise.traps)} traps for {_name(exercise)}"
            fix = "write traps/NAME.sh: the symptom hidden, data lost, or permissions thrown open"
            yield Location(exercise.folder / "traps", None, message, fix)


def _name(exercise: Exercise) -> str:
    return f"the fault {exercise.id}" if isinstance(exercise, Fault) else "the unfinished work"


@rule
def trap_names_a_check(source: LabSource) -> Iterator[Location]:
    """Every trap names in its first comments the check that must fail after it: `# fails: test_...`."""
    known = {check.name for check in source.checks} | {LEFT_AS_IT_IS}
    for trap in (trap for exercise in source.lab.exercises for trap in exercise.traps):
        if trap.fails not in known:
            path = trap.path if trap.path.is_file() else trap.path / ".change"
            message = f"no check is called {trap.fails}" if trap.fails else "the trap names no check"
            fix = f"write `# fails: CHECK` in its first lines, one of: {', '.join(sorted(known))}"
            yield Location(path, source.line_of(path, "fails:"), message, fix)


@rule
def changes_differ(source: LabSource) -> Iterator[Location]:
    """No two fixes or traps of a fault, or of the unfinished work, do the same."""
    for exercise in source.lab.written:
        seen: dict[object, str] = {}
        for change in (*exercise.fixes, *exercise.traps):
            if change.path.is_file():
                text = source.text(change.path)
                done = _hunks(text) if change.path.suffix == PATCH else (commands(text), written(text))
                other = seen.setdefault(done, change.name)
                if other != change.name:
                    yield Location(change.path, None, f"does the same as {other}", "do it another way, or delete it")


def _hunks(text: str) -> str:
    """A patch without what stands above its first hunk."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


@rule
def equipment_is_the_labs(source: LabSource) -> Iterator[Location]:
    """In `equipment` no fault is, and no fix runs: a replay would take the fix away."""
    reasons = {
        # Where there is a workspace, the fix is in that, and the shell may be the customers'.
        "the shell opens there": set() if source.lab.workspace else {source.lab.about.shell},
        "a fault is there": {change.service for fault in source.lab.single.values() for change in fault.breaking},
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
        (source.toml, f'component = "{f.about.component}"', f.about.component) for f in source.lab.single.values()
    ]
    asked += [(source.toml, f'"{name}"', name) for name in source.lab.about.equipment]
    asked += [(one.path, f"service: {one.service}", one.service) for one in source.changes if one.path.is_file()]
    asked = [one for one in asked if one[0] == source.toml or one[2] != source.lab.about.shell]
    for path, words, service in asked:
        if service not in (known if path == source.toml else scripts):
            message = f"there is no service called {service}"
            yield Location(path, source.line_of(path, words), message, f"write one of: {', '.join(sorted(known))}")


@rule
def events_in_a_service(source: LabSource) -> Iterator[Location]:
    """Each record in `[[events]]` lies in a service of compose.yaml."""
    for one in source.lab.about.events:
        if one.service not in source.services:
            line = source.line_of(source.toml, f'service = "{one.service}"')
            message = f"there is no service called {one.service}"
            yield Location(source.toml, line, message, f"write one of: {', '.join(sorted(source.services))}")


@rule
def uses_known(source: LabSource) -> Iterator[Location]:
    """Each image in `uses` is one of the lab's own, or one that labs share."""
    for name, folder in zip(source.lab.about.uses, source.lab.modules, strict=True):
        if not folder.is_dir():
            line = source.line_of(source.toml, "uses")
            yield Location(source.toml, line, f"there is no image called {name}", f"take {name} out of `uses`")


def _line(source: LabSource, text: str) -> int | None:
    return source.line_of(source.toml, text[:60])


@rule
def three_rungs(source: LabSource) -> Iterator[Location]:
    """A ladder has three rungs or more: the lab's hints, then those of the fault."""
    for fault, rungs in ladders(source.lab):
        if len(rungs) < RUNGS:
            place = f"faults.{fault.id}.hints" if fault else "hints"
            line = source.line_of(source.toml, f"[faults.{fault.id}]" if fault else "[[hints]]")
            message = f"the ladder has {len(rungs)} rungs"
            yield Location(source.toml, line, message, f"write [[{place}]] until there are {RUNGS}")


@rule
def vague_rung_first(source: LabSource) -> Iterator[Location]:
    """The first rung names no path and nothing that the last rung names: rungs go from vague to near."""
    told: set[str] = set()
    for _, rungs in ladders(source.lab):
        for lang in ("en", "ja") if len(rungs) > 1 else ():
            first, last = (getattr(rung, lang) for rung in (rungs[0], rungs[-1]))
            early = sorted((names_in(first) & names_in(last)) | paths_in(first))
            if early and first not in told:
                told.add(first)
                message = f"the first hint names {early[0]} already"
                yield Location(
                    source.toml, _line(source, first), message, "ask a question first, or move the hint down"
                )


@rule
def last_rung_names_the_resource(source: LabSource) -> Iterator[Location]:
    """The last rung names the resource, in both languages: the component, or a file, key or path as code."""
    for fault, rungs in ladders(source.lab):
        for text in rungs[-1].written if rungs else ():
            if not names_in(text) and not (fault and mentions(text, fault.about.component)):
                message = f"the last hint does not say where to look: {text[:40]}"
                yield Location(
                    source.toml, _line(source, text), message, "name the file, key or service, such as `nginx.conf`"
                )


@rule
def hint_without_command(source: LabSource) -> Iterator[Location]:
    """No hint has a command of a fix, such as `chmod 644` or `sed -i`: a learner would copy it."""
    every = tuple(source.lab.faults.values())
    asked = [(hint, every) for hint in source.lab.about.hints]
    asked += [(hint, (fault,)) for fault in every for hint in fault.about.hints]
    for hint, faults in asked:
        for text, told, fix in _told(source, hint, faults):
            message = f"a hint tells a command of the fix {fix}: {told}"
            yield Location(
                source.toml, _line(source, text), message, "name the resource, and leave the command to the learner"
            )


def _told(source: LabSource, hint: Text, faults: tuple[Fault, ...]) -> Iterator[tuple[str, str, str]]:
    """For each language the first command that a hint gives away."""
    fixes = [fix for fault in faults for fix in fault.fixes if fix.path.is_file()]
    for text in hint.written:
        found = ((told_in(text, one), fix.name) for fix in fixes for one in commands(source.text(fix.path)))
        for told, fix_name in found:
            if told:
                yield text, told, fix_name
                break


@rule
def cause_not_told(source: LabSource) -> Iterator[Location]:
    """What a learner reads before the fix does not tell a cause.

    Task, title, summary, hints and prompts have no four words in a row of it, two of them of weight, and no twelve
    Japanese characters in a row.
    """
    for path, place, lang, text in _read_before(source):
        for fault in source.lab.faults.values():
            run = shared_run(text, getattr(fault.about.cause, lang), lang)
            if run:
                line = _line_where(source, path, place, text)
                message = f"{place or path.name} tells the cause of {fault.id}: {run}"
                yield Location(path, line, message, "say what users see, or where to look")


def _read_before(source: LabSource) -> Iterator[tuple[Path, str, str, str]]:
    for lang in ("en", "ja"):
        page = source.lab.page("task", lang)
        yield page, "", lang, source.text(page)
        for place, text in texts_of(source.lab.about):
            if place.partition("[")[0].rpartition(".")[2] in BEFORE:
                yield source.toml, place, lang, getattr(text, lang)


def _line_where(source: LabSource, path: Path, place: str, text: str) -> int | None:
    return source.line_of(path, text[:60]) if place else None
