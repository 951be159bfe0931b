"""Whether each page says the same in both languages, as far as a machine can see: headings, code, links.

Prose may differ, since both are originals. In a diagram only the labels may.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path

from kikori.model.record import Record

PLACES = ("docs/**/*.md", "courses/**/*.md", "labs/*/task*.md", "labs/*/debrief*.md")
ENGLISH_ONLY = ("docs/adr/", "docs/cli.md", "docs/lab-toml.md")
"""Records of decisions, and what is generated from the code."""

FENCE = re.compile(r"^(?P<indent>\s*)(?P<mark>`{3,}|~{3,})\s*(?P<info>.*?)\s*$")
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
LINK = re.compile(
    r"""\]\( \s* <?([^)\s>]+)            # [text](target) and ![text](target)
      | ^[ ]{0,3}\[[^\]^]+\]:\s*(\S+)    # [name]: target
      | <(https?://[^>\s]+)>             # <target>
      | \b(?:href|src)="([^"]*)"         # HTML
    """,
    re.VERBOSE | re.MULTILINE,
)
LABEL = re.compile(r'"[^"]*"|(?<=--)\s[^->|]+\s(?=-->?)|(?<=-\.)\s[^>|]+\s(?=\.->)|\|[^|]*\|')


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


class Code(Record):
    """A code block: what stands behind its opening fence, and its lines."""

    info: str
    text: str

    def __str__(self) -> str:
        return f"```{self.info} {self.text[:60]!r}"


class Shape(Record):
    """What both languages of a page have in common."""

    headings: tuple[int, ...]
    code: tuple[Code, ...]
    links: tuple[str, ...]


def findings(root: Path) -> list[Finding]:
    """Every difference between the two languages below a content root, in the order of the pages."""
    found: list[Finding] = []
    for page in _pages(root):
        sibling = page.with_name(page.name.removesuffix(".md") + ".ja.md")
        name = str(page.relative_to(root))
        missing = [path for path in (page, sibling) if not path.is_file()]
        found += [Finding(page=name, what=What.SIBLING, detail=f"{path.name} is missing") for path in missing]
        if not missing:
            found += _compared(name, shape_of(_text(page)), shape_of(_text(sibling)))
    return found


def _pages(root: Path) -> list[Path]:
    """The English page of each pair, there or not."""
    found = {path for place in PLACES for path in root.glob(place)}
    english = {path.with_name(path.name.replace(".ja.md", ".md")) for path in found}
    return sorted(p for p in english if not str(p.relative_to(root)).startswith(ENGLISH_ONLY))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _compared(page: str, english: Shape, japanese: Shape) -> Iterator[Finding]:
    for what in (What.HEADINGS, What.CODE, What.LINKS):
        for ours, theirs in zip_longest(getattr(english, what), getattr(japanese, what), fillvalue="nothing"):
            if ours != theirs:
                yield Finding(page=page, what=what, detail=f"{ours} in English, {theirs} in Japanese")
                break  # the first one; what follows is mostly its echo


def shape_of(markdown: str) -> Shape:
    """The headings, code blocks and link targets of a page; links are sorted, as word order differs."""
    code, prose = _separated(markdown)
    plain = CODE_SPAN.sub("", prose)
    return Shape(
        headings=tuple(len(mark) for mark in re.findall(r"^(#{1,6})\s+\S", prose, re.MULTILINE)),
        code=tuple(code),
        links=tuple(sorted("".join(groups) for groups in LINK.findall(plain))),
    )


def _separated(markdown: str) -> tuple[list[Code], str]:
    """The code blocks of a page, and the page without them."""
    code: list[Code] = []
    prose: list[str] = []
    lines = iter(markdown.splitlines())
    for line in lines:
        if opening := FENCE.match(line):
            code.append(_code(opening, lines))
        else:
            prose.append(line)
    return code, "\n".join(prose)


def _code(opening: re.Match[str], lines: Iterator[str]) -> Code:
    """Read a code block up to the fence that closes it."""
    inside: list[str] = []
    for line in lines:
        if line.strip().startswith(opening["mark"]) and not line.strip().strip(opening["mark"][0]):
            break
        inside.append(line)
    text = textwrap.dedent("\n".join(inside))
    return Code(info=opening["info"], text=LABEL.sub(" ", text) if opening["info"] == "mermaid" else text)
