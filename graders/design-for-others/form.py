"""Reads a design document in the given form: tolerant of how it is written, in bounds, and without running anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from words import COLUMNS, EMPTY, EMPTY_JA, PARTS

from kikori.grading import quoted, reasons, say

reason = reasons(__file__)

LINES, LETTERS = 800, 4000
"""The most lines of a document, and letters of one."""
HEADING = re.compile(r"#{1,3} ")
WORD = re.compile(r"[a-z0-9']+")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
HIDES = re.compile(r"</?(?!br\b)[a-zA-Z][^>]{0,200}>?|~~|^ *```|^ *~~~")
"""What shows a text otherwise than it is read."""
CODE = re.compile(r"`[^`]*`")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


class Unreadable(Exception):
    """A part that can't be read; its text says where, and what is wanted."""


class Line(NamedTuple):
    """A line of the file, without comments."""

    number: int
    text: str


class Row(NamedTuple):
    """A row of a table: its cells by the names of their columns."""

    line: int
    cells: Mapping[str, str]


class Form(NamedTuple):
    """What was written, part by part."""

    file: str
    parts: Mapping[str, list[Line]]
    tables: Mapping[str, list[Row]]

    def text(self, part: str) -> str:
        """What stands in a part."""
        return "\n".join(line.text for line in self.parts[part]).strip()

    @property
    def lines(self) -> list[Line]:
        """All lines of all parts."""
        return [line for part in self.parts.values() for line in part]


def length(text: str) -> int:
    """How much is said, in English words; two Japanese characters count as one."""
    return len(WORD.findall(plain(text))) + len(JAPANESE.findall(text)) // 2


def plain(text: str) -> str:
    """A text as it is compared: one width, small letters, without the marks of Markdown."""
    text = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(text.replace("*", "").replace("`", "").replace("−", "-").split())


def is_empty(text: str) -> bool:
    """Whether a cell holds nothing."""
    return plain(text).strip(" .。()") in (*EMPTY, *EMPTY_JA)


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(words[0], next((word for word in words if not word.isascii()), words[0]))


def read(file: str, text: str) -> Form:
    """Read a document.

    Raises:
        Unreadable: a part is missing or twice, or a table has not what it needs.
    """
    lines = _lines(file, text)
    parts = _parts(file, lines)
    for line in (line for lines in parts.values() for line in lines):
        if hides := HIDES.search(CODE.sub("", line.text) if "```" not in line.text else line.text):
            raise Unreadable(reason("hides", file=file, line=line.number, seen=quoted(hides[0])))
    return Form(file, parts, {part: _table(file, part, parts[part]) for part in COLUMNS})


def is_begun(text: str) -> bool:
    """Whether anything stands below the purpose: the form itself has only comments there."""
    inside = False
    for line in _uncommented(text[: LINES * LETTERS]).splitlines():
        if HEADING.match(line):
            inside = named(line, PARTS) == "purpose"
        elif inside and line.strip():
            return True
    return False


def _lines(file: str, text: str) -> list[Line]:
    lines = [Line(number, line) for number, line in enumerate(_uncommented(text).splitlines(), 1)]
    long = next((line.number for line in lines if len(line.text) > LETTERS), 0)
    if long or len(lines) > LINES:
        raise Unreadable(reason("too-long", file=file, lines=LINES, letters=LETTERS, line=long or LINES + 1))
    return lines


def _uncommented(text: str) -> str:
    """Leave comments out, and keep the lines where they are."""
    kept, place = [], 0
    while (begin := text.find("<!--", place)) >= 0:
        end = text.find("-->", begin)
        end = len(text) if end < 0 else end + 3
        kept += [text[place:begin], "\n" * text.count("\n", begin, end)]
        place = end
    return "".join([*kept, text[place:]])


def _parts(file: str, lines: list[Line]) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    current: list[Line] | None = None
    for line in lines:
        if HEADING.match(line.text):
            name = "" if line.text.startswith("# ") else named(line.text, PARTS)
            if name in found:
                raise Unreadable(reason("part-twice", file=file, line=line.number, heading=line.text.lstrip("# ")))
            current = found.setdefault(name, []) if name else None
        elif current is not None:
            current.append(line)
    missing = [name for name in PARTS if name not in found]
    if missing:
        raise Unreadable(reason("part-missing", file=file, parts=[label(PARTS[one]) for one in missing]))
    return found


def named(text: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """The name of which a text begins with the longest beginning; empty where there is none."""
    said = re.sub(r"^\d{1,2}[.)] ?", "", plain(text).lstrip("# ")).strip()
    fitting = [(len(start), name) for name, starts in names.items() for start in starts if said.startswith(start)]
    return max(fitting)[1] if fitting else ""


def _cells(line: str) -> list[str]:
    """The cells of a row of a table; none where it is no row."""
    text = line.strip()
    inner = text.replace("\\|", "\0").removeprefix("|").removesuffix("|")
    if "|" not in text:
        return []
    return [cell.replace("\0", "|").strip() for cell in inner.split("|")]


def _is_rule(cells: list[str]) -> bool:
    return all(re.fullmatch(r":?-+:?", cell) for cell in cells)


def _table(file: str, part: str, lines: list[Line]) -> list[Row]:
    rows = [(line.number, cells) for line in lines if (cells := _cells(line.text))]
    if not rows:
        raise Unreadable(reason("no-table", file=file, part=label(PARTS[part])))
    first, heads = rows[0]
    names = [named(head, COLUMNS[part]) for head in heads]
    missing = [label(words) for one, words in COLUMNS[part].items() if one not in names]
    if missing:
        raise Unreadable(reason("no-column", file=file, line=first, columns=missing))
    found = []
    for number, cells in rows[1:]:
        if _is_rule(cells) or not any(cells):
            continue
        if len(cells) != len(names):
            raise Unreadable(reason("cells", file=file, line=number, seen=len(cells), wanted=len(names)))
        found.append(Row(number, {name: cell for name, cell in zip(names, cells, strict=True) if name}))
    return found
