"""What both languages of a page have in common, as far as a machine can see: headings, code, links.

Prose may differ, since both are originals. In a diagram only the labels may.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from itertools import zip_longest

from kikori.model.record import Record

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


SAID = re.compile(r"^(.*?(?::(?= )| as |^\s*title)).*$", re.MULTILINE)
"""What a line of a sequence or of states says, behind its colon."""


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


def differences(english: str, japanese: str) -> Iterator[tuple[str, str]]:
    """What differs between the two languages of a page: ``headings``, ``code`` or ``links``, and how."""
    ours, theirs = shape_of(english), shape_of(japanese)
    for what in Shape.__struct_fields__:
        for one, other in zip_longest(getattr(ours, what), getattr(theirs, what), fillvalue="nothing"):
            if one != other:
                yield what, f"{one} in English, {other} in Japanese"
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


def prose_of(markdown: str) -> str:
    """A page without its code blocks."""
    return _separated(markdown)[1]


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
    return Code(info=opening["info"], text=_unlabelled(text) if opening["info"] == "mermaid" else text)


def _unlabelled(diagram: str) -> str:
    """A diagram without its words; where they are not quoted they follow a colon, ``as`` or ``title``."""
    quoted = LABEL.sub(" ", diagram)
    return quoted if quoted.lstrip().startswith("flowchart") else SAID.sub(r"\1", quoted)
