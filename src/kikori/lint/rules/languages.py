"""Languages: English and Japanese, both originals."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kikori.catalog.rubric import rubric_of
from kikori.lint.finding import Spot
from kikori.lint.ground import Draft
from kikori.lint.rule import rule
from kikori.lint.shape import differences, prose_of
from kikori.lint.texts import ENGLISH_WORD, JAPANESE, Sentences, texts_of

WORDS = 4
"""So many English words in a row are a sentence, and no name."""


def _texts(draft: Draft) -> Iterator[tuple[Path, Sentences]]:
    yield from ((draft.toml, one) for one in texts_of(draft.lab.about))
    rubric = draft.lab.graders / "rubric.toml"
    yield from ((rubric, one) for one in texts_of(rubric_of(rubric)))


@rule
def same_structure(draft: Draft) -> Iterator[Spot]:
    """Task and debrief have the same headings, code blocks and links in both languages."""
    for page in ("task", "debrief"):
        english, japanese = draft.lab.page(page, "en"), draft.lab.page(page, "ja")
        for what, detail in differences(draft.text(english), draft.text(japanese)):
            message = f"the {what} of both languages differ: {detail}"
            yield Spot(japanese, None, message, f"make {japanese.name} and {english.name} alike")


@rule
def japanese_page(draft: Draft) -> Iterator[Spot]:
    """The Japanese task and debrief are in Japanese: no line of prose stands there as it is in English."""
    for page in ("task", "debrief"):
        path = draft.lab.page(page, "ja")
        english = set(prose_of(draft.text(draft.lab.page(page, "en"))).splitlines())
        for line in prose_of(draft.text(path)).splitlines():
            if line in english and len(ENGLISH_WORD.findall(line)) >= WORDS and not JAPANESE.search(line):
                message = f"a line is not in Japanese: {line[:60]}"
                yield Spot(path, draft.line_of(path, line), message, "write it in Japanese")


@rule
def japanese_text(draft: Draft) -> Iterator[Spot]:
    """Every `ja` of lab.toml and rubric.toml has Japanese characters."""
    for path, (place, text) in _texts(draft):
        if not JAPANESE.search(text.ja):
            line = draft.line_of(path, f'ja = "{text.ja}') or draft.line_of(path, text.ja)
            yield Spot(path, line, f"{place}.ja is not in Japanese: {text.ja[:40]}", "write it in Japanese")


@rule
def english_text(draft: Draft) -> Iterator[Spot]:
    """Every `en` of lab.toml and rubric.toml is in English; a Japanese word in it is the exception."""
    for path, (place, text) in _texts(draft):
        if len(JAPANESE.findall(text.en)) * 3 > len(text.en):
            line = draft.line_of(path, f'en = "{text.en}') or draft.line_of(path, text.en)
            yield Spot(path, line, f"{place}.en is not in English: {text.en[:40]}", "write it in English")
