"""Graders: checks that speak to a person."""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions, requires
from string import Formatter

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kikori.content import grader_reasons
from kikori.grading.grader_packages import LOCK, requirements
from kikori.lint.finding import Location
from kikori.lint.rule import rule, translation
from kikori.lint.subjects.grader_file import REASON, GraderFile, Reason, constant_text
from kikori.lint.subjects.source_tree import LabSource
from kikori.lint.subjects.texts import JAPANESE

SDK = ("kikori.grading", "kikori.bench.api", "kikori.errors")
"""What graders may import of Kikori."""
SAY = 'say("expected ..., saw ...", "...のはずですが、...でした")'


@rule
def check_title(source: LabSource) -> Iterator[Location]:
    """Every check has a docstring: its first line is the title that the learner reads."""
    for check in source.checks:
        if not check.doc or not check.doc[0] or check.doc[0].startswith("ja:"):
            message = f"{check.name} has no title"
            yield Location(check.file, check.line, message, 'write """What a user can do.""" below its def')


@translation
def check_title_in_japanese(source: LabSource) -> Iterator[Location]:
    """Every check's docstring has a line `ja:` with the title in Japanese."""
    for check in source.checks:
        if not any(line.startswith("ja:") and JAPANESE.search(line) for line in check.doc):
            message = f"{check.name} has no Japanese title"
            yield Location(check.file, check.line, message, "write a line `ja: ...` in its docstring")


@rule
def assert_reason(source: LabSource) -> Iterator[Location]:
    """Every assert and pytest.fail has a message: a learner must never read `assert 404 == 200`."""
    for grader, reason in _reasons(source):
        if reason.message is None:
            yield Location(grader.path, reason.line, "an assertion gives no reason", f"write `assert ..., {SAY}`")


@translation
def reason_in_both_languages(source: LabSource) -> Iterator[Location]:
    """An assertion's message is made by `reason("name")` or `say(en, ja)`, here or in a function of the file."""
    for grader, reason in _reasons(source):
        if reason.message is None:
            continue
        made = list(grader.sentences(reason.message))
        if not made or not all(_has_japanese(one) for one in made):
            yield Location(
                grader.path, reason.line, "a reason is not given in both languages", f"write `assert ..., {SAY}`"
            )


def _has_japanese(call: ast.Call) -> bool:
    """Whether a call of ``say`` has a Japanese second; what ``reason`` says is looked at in its table."""
    if ast.unparse(call.func) == REASON:
        return True
    return len(call.args) == 2 and bool(JAPANESE.search(constant_text(call.args[1])))


@rule
def reason_known(source: LabSource) -> Iterator[Location]:
    """Each `reason("name", ...)` names an entry of reasons.toml, and gives a value for each of its places."""
    for grader in source.graders:
        for call in grader.named_reasons:
            if wrong := _unsaid(source, call):
                yield Location(grader.path, call.lineno, wrong, f"write it in {grader_reasons.FILE} beside the grader")


def _unsaid(source: LabSource, call: ast.Call) -> str:
    """What a call of ``reason`` lacks; nothing where it can be said."""
    name = constant_text(call.args[0]) if call.args else ""
    if name not in source.reasons:
        return f"there is no reason called {name or '...'}"
    given = {word.arg for word in call.keywords}
    try:
        places = {place for text in source.reasons[name].written for _, place, _, _ in Formatter().parse(text) if place}
    except ValueError as problem:
        return f"the reason {name} can't be filled in: {problem}"
    lacking = sorted(places - given)
    return f"the reason {name} has places without a value: {', '.join(lacking)}" if lacking else ""


@rule
def reason_used(source: LabSource) -> Iterator[Location]:
    """Every entry of reasons.toml is said by a check."""
    said = {constant_text(call.args[0]) for one in source.graders for call in one.named_reasons if call.args}
    file = source.lab.graders / grader_reasons.FILE
    for name in sorted(source.reasons.keys() - said):
        yield Location(file, source.line_of(file, f"[{name}]"), f"no check says {name}", "take it out")


@rule
def reason_in_words(source: LabSource) -> Iterator[Location]:
    """A reason quotes what was seen with `quoted(...)`: Python's own marks (`!r`, lists) are no part of a sentence."""
    for grader in source.graders:
        for line in grader.reprs:
            message = "a reason shows a value as Python writes it"
            yield Location(grader.path, line, message, "write {quoted(seen)}, or join the words")


def _reasons(source: LabSource) -> Iterator[tuple[GraderFile, Reason]]:
    yield from ((grader, reason) for grader in source.graders for reason in grader.reasons)


@rule
def guard(source: LabSource) -> Iterator[Location]:
    """At least one check is a guard, which must pass before, during and after: it stops fixes that do harm."""
    if source.checks and not any(check.guard for check in source.checks):
        message = "no check is a guard"
        fix = "write @pytest.mark.guard above a check of what a fix must not harm"
        yield Location(source.checks[0].file, source.checks[0].line, message, fix)


@rule
def needs_known(source: LabSource) -> Iterator[Location]:
    """The names in `pytest.mark.needs(...)` are checks that run before: another name would block nothing."""
    before: set[str] = set()
    for check in source.checks:
        for name, line in check.needs:
            if name not in before:
                message = f"{check.name} needs {name}, and no check of that name runs before it"
                fix = f"write one of: {', '.join(sorted(before)) or 'none'}; or move {name} up"
                yield Location(check.file, line, message, fix)
        before.add(check.name)


@rule
def check_names_differ(source: LabSource) -> Iterator[Location]:
    """No two checks of a lab have one name: the later result would hide the earlier one."""
    seen = Counter[str]()
    for check in source.checks:
        seen[check.name] += 1
        if seen[check.name] == 2:
            yield Location(
                check.file, check.line, f"a second check is called {check.name}", "give it a name of its own"
            )


@rule
def grader_imports(source: LabSource) -> Iterator[Location]:
    """Graders import of Kikori `kikori.grading`, `kikori.bench.api` and `kikori.errors` alone: the rest may change."""
    for grader in source.graders:
        for line, module in grader.imports:
            if module.partition(".")[0] == "kikori" and module not in SDK:
                message = f"{module} is no part of what graders are written with"
                yield Location(grader.path, line, message, "import from kikori.grading (docs/author.md)")


@rule
def grader_packages(source: LabSource) -> Iterator[Location]:
    """Graders import Python's modules, those of images in `uses`, Kikori's packages and their `requirements.lock`'s."""
    lock = source.lab.graders / LOCK
    given = _own().union(canonicalize_name(one.name) for one in (requirements(lock) if lock.is_file() else ()))
    for grader in source.graders:
        for line, module in grader.imports:
            name = module.partition(".")[0]
            if name in sys.stdlib_module_names or name == "kikori" or _is_of_lab(source, name):
                continue
            if given.isdisjoint(_packages().get(name, ())):
                message = f"{name} is no module that every learner has for these checks"
                fix = f"name its image in `uses` of lab.toml, or lock its package in {lock} (docs/author.md)"
                yield Location(grader.path, line, message, fix)


def _is_of_lab(source: LabSource, module: str) -> bool:
    """Whether a module stands beside the checks, or in an image that the lab uses."""
    folders = (source.lab.graders, *source.lab.modules)
    return any((folder / name).exists() for folder in folders for name in (module, f"{module}.py"))


@cache
def _own() -> frozenset[str]:
    """Name the packages that Kikori itself depends on, wherever it is installed."""
    wanted = map(Requirement, requires("kikori") or ())
    return frozenset(canonicalize_name(one.name) for one in wanted if "extra" not in str(one.marker))


@cache
def _packages() -> dict[str, set[str]]:
    """Name by module the packages that give it here."""
    return {module: set(map(canonicalize_name, names)) for module, names in packages_distributions().items()}


@rule
def no_sleep(source: LabSource) -> Iterator[Location]:
    """Graders do not sleep: `eventually` looks again until a bound, and goes on as soon as it can."""
    for grader in source.graders:
        for line in grader.calls("time.sleep", "sleep"):
            fix = "write `eventually(lambda: look(), lambda seen: seen is right, within=5)`"
            yield Location(grader.path, line, "a grader sleeps for a fixed time", fix)


@rule
def no_engine_restart(source: LabSource) -> Iterator[Location]:
    """Graders stop a service and start it: the engine's restart may leave it without its files (docs/adr/0018)."""
    for grader in source.graders:
        for line in grader.engine_restarts:
            fix = "write `scene.restart(service, patience=3)`"
            yield Location(grader.path, line, "a grader asks the engine for a restart", fix)


@rule
def unbounded_archive(source: LabSource) -> Iterator[Location]:
    """Graders take a folder out of a container up to a bound: who made it may fill a reviewer's memory with it."""
    for grader in source.graders:
        for line in grader.unbounded_archives:
            fix = "write `archive_of(container, path, most)`, which ends at so many bytes"
            yield Location(grader.path, line, "a grader takes whatever a container holds, without a bound", fix)


@rule
def program_in_service(source: LabSource) -> Iterator[Location]:
    """Graders run no program in a service that learners can change, unless `# runs: ...` there says why."""
    for grader in source.graders:
        for line, service in grader.programs:
            if service not in source.lab.about.equipment and not grader.reason_of(line):
                message = f"a grader believes a program of {service or 'a service'}, where a learner can put another"
                fix = "ask from outside: `scene.processes`, `files`, `read`, `sidecar`; else write `# runs: why`"
                yield Location(grader.path, line, message, fix)


@rule
def check_named_by_a_trap(source: LabSource) -> Iterator[Location]:
    """Every check is named by a trap, so that one which can no longer fail is noticed."""
    named = {trap.fails for exercise in source.lab.exercises for trap in exercise.traps}
    for check in source.checks:
        if named and check.name not in named:
            fix = f"write `# fails: {check.name}` in a trap that it must refuse, or delete the check"
            yield Location(check.file, check.line, f"no trap names {check.name}: it could pass whatever happens", fix)
