"""Languages: English and Japanese, both originals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kikori.content import grader_reasons
from kikori.content.rubric import rubric_of
from kikori.lint.finding import Location
from kikori.lint.rule import rule, translation
from kikori.lint.subjects.page_structure import differences, prose_of
from kikori.lint.subjects.source_tree import LabSource
from kikori.lint.subjects.texts import ENGLISH_WORD, JAPANESE, Sentences, texts_of

WORDS = 4
"""So many English words in a row are a sentence, and no name."""


def _texts(source: LabSource) -> Iterator[tuple[Path, Sentences]]:
    yield from ((source.toml, one) for one in texts_of(source.lab.about))
    rubric = source.lab.graders / "rubric.toml"
    yield from ((rubric, one) for one in texts_of(rubric_of(rubric)))
    yield from ((source.lab.graders / grader_reasons.FILE, one) for one in texts_of(source.reasons))


@rule
def same_structure(source: LabSource) -> Iterator[Location]:
    """Task and debriefs have the same headings, code blocks and links in both languages."""
    for english, japanese in source.pages:
        if not japanese.is_file():
            continue
        for what, detail in differences(source.text(english), source.text(japanese)):
            message = f"the {what} of both languages differ: {detail}"
            yield Location(japanese, None, message, f"make {japanese.name} and {english.name} alike")


@translation
def japanese_page_there(source: LabSource) -> Iterator[Location]:
    """Task and debriefs are there in Japanese, too: task.ja.md and debrief.ja.md."""
    for english, path in source.pages:
        if not path.is_file():
            yield Location(path, None, f"there is no {path.name}", f"write what {english.name} says in Japanese")


@rule
def japanese_page(source: LabSource) -> Iterator[Location]:
    """The Japanese task and debriefs are in Japanese: no line of prose stands there as it is in English."""
    for first, path in source.pages:
        if not path.is_file():
            continue
        english = set(prose_of(source.text(first)).splitlines())
        for line in prose_of(source.text(path)).splitlines():
            if line in english and len(ENGLISH_WORD.findall(line)) >= WORDS and not JAPANESE.search(line):
                message = f"a line is not in Japanese: {line[:60]}"
                yield Location(path, source.line_of(path, line), message, "write it in Japanese")


@translation
def japanese_text_there(source: LabSource) -> Iterator[Location]:
    """Every text of lab.toml and rubric.toml has a `ja` beside its `en`."""
    for path, (place, text) in _texts(source):
        if not text.ja:
            line = source.line_of(path, f'en = "{text.en}') or source.line_of(path, text.en)
            yield Location(path, line, f"{place} has no Japanese text", f'write ja = "..." beside {place}.en')


@rule
def japanese_text(source: LabSource) -> Iterator[Location]:
    """Every `ja` of lab.toml and rubric.toml has Japanese characters."""
    for path, (place, text) in _texts(source):
        if text.ja and not JAPANESE.search(text.ja):
            line = source.line_of(path, f'ja = "{text.ja}') or source.line_of(path, text.ja)
            yield Location(path, line, f"{place}.ja is not in Japanese: {text.ja[:40]}", "write it in Japanese")


@rule
def english_text(source: LabSource) -> Iterator[Location]:
    """Every `en` of lab.toml and rubric.toml is in English; a Japanese word in it is the exception."""
    for path, (place, text) in _texts(source):
        if len(JAPANESE.findall(text.en)) * 3 > len(text.en):
            line = source.line_of(path, f'en = "{text.en}') or source.line_of(path, text.en)
            yield Location(path, line, f"{place}.en is not in English: {text.en[:40]}", "write it in English")
