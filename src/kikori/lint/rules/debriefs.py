"""Debriefs: one for each fault, which tells nothing of the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kikori.bilingual import LANGUAGES
from kikori.content.diagnoses import FILE, diagnoses
from kikori.lint.finding import Location
from kikori.lint.rule import rule, warning
from kikori.lint.subjects.source_tree import LabSource
from kikori.lint.subjects.texts import shared_run
from kikori.model.lab import CAUSE

TRANSCRIPT = re.compile(r"^```console\n(?:.*\n)*?[a-z0-9-]+\$ .+\n(?:.*\n)*?```$", re.MULTILINE)


@rule
def diagnosis_known(source: LabSource) -> Iterator[Location]:
    """A fault's `diagnosis` is one of courses/diagnoses.toml: the names of one lab alone would give its causes away."""
    for fault in source.lab.faults.values():
        if fault.about.diagnosis not in diagnoses() and not fault.parts:
            line = source.line_of(source.toml, f"[faults.{fault.id}]")
            said = fault.about.diagnosis or "no diagnosis"
            message = f"{fault.id} has {said}, and {FILE} does not"
            yield Location(source.toml, line, message, f'write diagnosis = "NAME" with a name of {FILE}')


@warning
def debrief_for_each_fault(source: LabSource) -> Iterator[Location]:
    """Each fault has a debrief of its own, faults/ID/debrief.md: one for all tells the causes of the next rounds."""
    for fault in source.lab.faults.values():
        page = fault.folder / "debrief.md"
        if not page.is_file():
            yield Location(page, None, f"{fault.id} has no debrief", "write one, as in labs/first-look")


@rule
def debrief_tells_its_cause(source: LabSource) -> Iterator[Location]:
    """A fault's debrief has the place of its cause, and what an expert typed; the page of all faults has no cause."""
    for page, problem, fix in _problems(source):
        yield Location(page, source.line_of(page, CAUSE), f"{page.name} {problem}", fix)


def _problems(source: LabSource) -> Iterator[tuple[Path, str, str]]:
    for lang in LANGUAGES:
        own = list(filter(None, (fault.debrief(lang) for fault in source.lab.faults.values())))
        for page in own:
            if source.text(page).count(CAUSE) != 1:
                yield page, "does not tell its cause once", f"write {CAUSE} where it comes"
            if not TRANSCRIPT.search(source.text(page)):
                yield page, "has no transcript", "write what an expert types in a console block (docs/author.md)"
        common = source.lab.page("debrief", lang)
        if own and CAUSE in source.text(common):
            yield common, "is of no fault, and tells a cause", f"take {CAUSE} out"


@rule
def debrief_keeps_secrets(source: LabSource) -> Iterator[Location]:
    """A fault's debrief names no other fault and no cause of one: who has read it is still to find those."""
    for lang in LANGUAGES:
        for fault in source.lab.faults.values():
            page = fault.debrief(lang)
            for other in source.lab.faults.values():
                if page is None or other is fault or other in fault.parts or fault in other.parts:
                    continue
                text = source.text(page)
                told = other.id if re.search(rf"\b{re.escape(other.id)}\b", text) and "-" in other.id else ""
                if told := told or shared_run(text, other.about.cause.lang(lang), lang):
                    message = f"the debrief of {fault.id} tells of {other.id}: {told}"
                    yield Location(page, source.line_of(page, told), message, "say it where all faults are compared")
