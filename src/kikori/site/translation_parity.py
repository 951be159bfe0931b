"""Whether each page says the same in both languages, as far as a machine can see: headings, code, links."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from kikori.lint.subjects.page_structure import differences, shape_of
from kikori.model.record import Record

__all__ = ["Finding", "What", "findings", "shape_of"]

PLACES = ("docs/**/*.md", "courses/**/*.md", "labs/*/task*.md", "labs/*/debrief*.md", "labs/*/faults/*/debrief*.md")
ENGLISH_ONLY = ("docs/adr/", "docs/cli.md", "docs/lab-toml.md", "docs/lint.md", "docs/sdk.md")
"""Records of decisions, and what is generated from the code."""


class What(StrEnum):
    """What can differ between a page and its sibling."""

    SIBLING = "sibling"
    HEADINGS = "headings"
    CODE = "code"
    LINKS = "links"


class Finding(Record):
    """One difference between the two languages of a page."""

    page: str
    """The page's place below the content root."""
    what: What
    detail: str
    """What the English page has, and the Japanese one instead."""


def findings(root: Path) -> list[Finding]:
    """Every difference between the two languages below a content root, in the order of the pages."""
    found: list[Finding] = []
    for page in _pages(root):
        sibling = page.with_name(page.name.removesuffix(".md") + ".ja.md")
        name = str(page.relative_to(root))
        missing = [path for path in (page, sibling) if not path.is_file()]
        found += [Finding(page=name, what=What.SIBLING, detail=f"{path.name} is missing") for path in missing]
        if not missing:
            differing = differences(_text(page), _text(sibling))
            found += [Finding(page=name, what=What(what), detail=detail) for what, detail in differing]
    return found


def _pages(root: Path) -> list[Path]:
    """The English page of each pair, there or not."""
    found = {path for place in PLACES for path in root.glob(place)}
    english = {path.with_name(path.name.replace(".ja.md", ".md")) for path in found}
    return sorted(p for p in english if not str(p.relative_to(root)).startswith(ENGLISH_ONLY))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
