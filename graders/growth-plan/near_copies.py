"""Tell a sentence of Signe's in which a word or a name was changed."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from filled_form.filler import tokens
from filled_form.reader import read
from words import LAB, SHAPE

LEAST, NEAR = 8, 0.8
"""Of how many words or Japanese characters a sentence is known again, and by which share of them in their order."""
TOLD = {"deep": ("why", "explained"), "next": ("words", "when", "step-up")}
"""The fields that Signe's plan tells in words, beside its steps."""


def _told() -> Iterator[str]:
    for file in sorted(LAB.glob("workspace/example*.md")):
        form = read(file.name, file.read_text(encoding="utf-8"), SHAPE)
        yield from (form.lists[part][name].text for part, names in TOLD.items() for name in names)
        yield from (row.cells[name] for row in form.tables["steps"] for name in ("what", "seen"))


SIGNES = [said for one in _told() if len(said := tokens(one)) >= LEAST]


def is_near_copy(text: str) -> bool:
    """Whether a text is a sentence of Signe's but for a few words."""
    pairs = (SequenceMatcher(None, one, tokens(text), autojunk=False) for one in SIGNES)
    return any(one.real_quick_ratio() >= NEAR and one.ratio() >= NEAR for one in pairs)
