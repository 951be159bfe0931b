"""Hints: a ladder from vague to near."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.script import commands, told_in
from kikori.lint.subjects.source_tree import LabSource
from kikori.lint.subjects.texts import (
    ladders,
    mentions,
    names_in,
    paths_in,
)
from kikori.model import Fault, Text

LEAST = 3


def _line(source: LabSource, text: str) -> int | None:
    return source.line_of(source.toml, text[:60])


@rule
def three_rungs(source: LabSource) -> Iterator[Location]:
    """A ladder has three rungs or more: the lab's hints, then those of the fault."""
    for fault, rungs in ladders(source.lab):
        if len(rungs) < LEAST:
            place = f"faults.{fault.id}.hints" if fault else "hints"
            line = source.line_of(source.toml, f"[faults.{fault.id}]" if fault else "[[hints]]")
            message = f"the ladder has {len(rungs)} rungs"
            yield Location(source.toml, line, message, f"write [[{place}]] until there are {LEAST}")


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
        for text in (rungs[-1].en, rungs[-1].ja) if rungs else ():
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
    for text in (hint.en, hint.ja):
        found = ((told_in(text, one), fix.name) for fix in fixes for one in commands(source.text(fix.path)))
        for told, fix_name in found:
            if told:
                yield text, told, fix_name
                break
