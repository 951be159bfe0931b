"""Causes: told after the mend, not before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource
from kikori.lint.subjects.texts import shared_run, texts_of

BEFORE = ("title", "summary", "hints", "prompts")


@rule
def cause_not_told(source: LabSource) -> Iterator[Location]:
    """What a learner reads before the mend does not tell a cause.

    Task, title, summary, hints and prompts have no four words in a row of it, two of them of weight, and no twelve
    Japanese characters in a row.
    """
    for path, place, lang, text in _read_before(source):
        for fault in source.lab.faults.values():
            run = shared_run(text, getattr(fault.about.cause, lang), lang)
            if run:
                line = _line(source, path, place, text)
                message = f"{place or path.name} tells the cause of {fault.id}: {run}"
                yield Location(path, line, message, "say what users see, or where to look")


def _read_before(source: LabSource) -> Iterator[tuple[Path, str, str, str]]:
    for lang in ("en", "ja"):
        page = source.lab.page("task", lang)
        yield page, "", lang, source.text(page)
        for place, text in texts_of(source.lab.about):
            if place.partition("[")[0].rpartition(".")[2] in BEFORE:
                yield source.toml, place, lang, getattr(text, lang)


def _line(source: LabSource, path: Path, place: str, text: str) -> int | None:
    return source.line_of(path, text[:60]) if place else None
