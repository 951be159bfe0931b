"""instructor.md of a module: the sections that an instructor finds in each, by their headings."""

from __future__ import annotations

import re

from kikori.settings import Lang

FENCED = re.compile(r"^(```|~~~).*?^\1[ ]*$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(##? .+?)\s*$", re.MULTILINE)
FORM: dict[Lang, tuple[str, ...]] = {
    "en": (
        "# Instructor's notes",
        "## Aim",
        "## A five-minute opening",
        "## Where people get stuck",
        "## A drawing for the board",
        "## To discuss",
        "## What to cut",
    ),
    "ja": (
        "# 講師用ノート",
        "## ねらい",
        "## 5分の導入",
        "## つまずくところ",
        "## 板書の図",
        "## 話し合う",
        "## 削るなら",
    ),
}
"""The title and its sections, in their order."""


def headings(notes: str) -> list[str]:
    """List the title and the sections of notes, as they stand there."""
    return HEADING.findall(FENCED.sub("", notes))


def missing(notes: str, lang: Lang) -> list[str]:
    """List the headings that notes lack."""
    there = headings(notes)
    return [heading for heading in FORM[lang] if heading not in there]


def unknown(notes: str, lang: Lang) -> list[str]:
    """List the headings that no notes have, or that stand in the wrong place."""
    there = headings(notes)
    known = [heading for heading in FORM[lang] if heading in there]
    return [found for found in there if found not in FORM[lang]] or ([] if there == known else there)


def section(notes: str, heading: str) -> str:
    """Give the text of a section, without what is fenced; empty where there is none."""
    rest = FENCED.sub("", notes).partition(f"{heading}\n")[2]
    return re.split(r"^##? ", rest, maxsplit=1, flags=re.MULTILINE)[0].strip()
