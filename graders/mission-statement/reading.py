"""Reads a form of Markdown: tolerant of how it is written, in bounds, and without running anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kikori.grading import quoted, reasons, say

reason = reasons(__file__)

LINES, LETTERS = 800, 2000
"""The most lines of a form, and letters of one."""
HEADING = re.compile(r" {0,3}## ")
"""Begins a part; the title has one mark."""
BLOCK = re.compile(r" {0,3}#{3,5} ")
WORD = re.compile(r"[a-z0-9']+")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
ITEM = re.compile(r"(?:[-*+•◦]|\(?(?:\d{1,3}|[a-z])[.)]) +|[・①-⑳] ?|[（(]\d{1,2}[)）] ?|\d{1,2}[．、] ?")
RULE = re.compile(r":?-+:?")
ASIDE = re.compile(r"\([^()]*\)")
CODE = re.compile(r"`[^`]*`")
HIDES = re.compile(r"</?(?!br\b)[a-zA-Z][^>]{0,200}>?|~~|^ *```|^ *~~~")
"""What shows a text otherwise than it is read."""
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

Names = Mapping[str, tuple[str, ...]]


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


class Block(NamedTuple):
    """What stands below one heading of the third level: its title and its fields."""

    line: int
    title: str
    fields: Mapping[str, Line]


def plain(text: str) -> str:
    """Make a text comparable: one width, small letters, no marks of Markdown."""
    said = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).casefold()
    return " ".join(said.replace("*", "").replace("`", "").split())


def length(text: str) -> int:
    """Count words; two Japanese characters are one."""
    return len(WORD.findall(plain(text))) + len(JAPANESE.findall(text)) // 2


def label(words: tuple[str, ...]) -> str:
    """Give a word of the form in the learner's language."""
    return say(words[0].capitalize(), next(word for word in words if not word.isascii()))


def bare(text: str) -> str:
    """Leave out what stands in brackets behind a value."""
    said = plain(text)
    return ASIDE.sub("", said).strip() or said


def uncommented(text: str) -> str:
    """Leave comments out, and keep the lines where they are."""
    kept, place = [], 0
    while (begin := text.find("<!--", place)) >= 0:
        end = text.find("-->", begin)
        end = len(text) if end < 0 else end + 3
        kept += [text[place:begin], "\n" * text.count("\n", begin, end)]
        place = end
    return "".join([*kept, text[place:]])


def lines_of(file: str, text: str) -> list[Line]:
    """Give the lines of a form, none of which hides anything.

    Raises:
        Unreadable: it is too long, or shows another text than it has.
    """
    lines = [Line(number, line) for number, line in enumerate(uncommented(text.removeprefix("\ufeff")).splitlines(), 1)]
    long = next((line.number for line in lines if len(line.text) > LETTERS), 0)
    if long or len(lines) > LINES:
        raise Unreadable(reason("too-long", file=file, lines=LINES, letters=LETTERS, line=long or LINES + 1))
    for line in lines:
        if hides := HIDES.search(line.text if "```" in line.text else CODE.sub("", line.text)):
            raise Unreadable(reason("hides", file=file, line=line.number, seen=quoted(hides[0])))
    return lines


def parts_of(file: str, lines: list[Line], names: Names) -> dict[str, list[Line]]:
    """Give what stands below each heading of the form.

    Raises:
        Unreadable: a part is missing, or there twice.
    """
    found: dict[str, list[Line]] = {}
    current: list[Line] | None = None
    for line in lines:
        if HEADING.match(line.text):
            name = named(line.text, names)
            if name in found:
                raise Unreadable(reason("part-twice", file=file, line=line.number, heading=line.text.lstrip("# ")))
            current = found.setdefault(name, []) if name else None
        elif current is not None:
            current.append(line)
    if missing := [label(names[name]) for name in names if name not in found]:
        raise Unreadable(reason("part-missing", file=file, parts=missing))
    return found


def named(text: str, names: Names) -> str:
    """Find the name with whose longest beginning a text begins."""
    said = re.sub(r"^\d{1,2}[.)] ?", "", plain(text).lstrip("# ")).strip()
    fitting = [(len(start), name) for name, starts in names.items() for start in starts if _begins(said, start)]
    return max(fitting)[1] if fitting else ""


def _begins(said: str, start: str) -> bool:
    """Tell whether a text begins with these words, and not with longer ones."""
    rest = said[len(start) :].removeprefix("s" if start.isascii() else "")
    return said.startswith(start) and not (start.isascii() and rest[:1].isascii() and rest[:1].isalpha())


def items_of(lines: list[Line]) -> list[Line]:
    """Give the items of a list; text below one belongs to it."""
    found: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if ITEM.match(text):
            found.append(Line(line.number, ITEM.sub("", text, count=1)))
        elif text and found:
            found[-1] = Line(found[-1].number, f"{found[-1].text} {text}")
        elif text:
            found.append(Line(line.number, text))
    return [one for one in found if one.text.strip()]


def cells_of(line: str) -> list[str]:
    """Give the cells of a row; none of what is no row, or a rule."""
    text = line.strip()
    inner = text.replace("\\|", "\0").removeprefix("|").removesuffix("|")
    cells = [cell.replace("\0", "|").strip() for cell in inner.split("|")] if "|" in text else []
    return [] if all(RULE.fullmatch(cell) for cell in cells) else cells


def table_of(file: str, lines: list[Line], columns: Names, part: str) -> list[Row]:
    """Give the rows of a part's table.

    Raises:
        Unreadable: there is none, it lacks a column, or a row has not as many cells as the first.
    """
    rows = [(line.number, cells) for line in lines if (cells := cells_of(line.text))]
    if not rows:
        raise Unreadable(reason("no-table", file=file, part=part))
    first, heads = rows[0]
    names = [named(head, columns) for head in heads]
    if missing := [label(columns[one]) for one in columns if one not in names]:
        raise Unreadable(reason("no-column", file=file, line=first, columns=missing))
    for number, cells in rows[1:]:
        if len(cells) != len(names):
            raise Unreadable(reason("cells", file=file, line=number, seen=len(cells), wanted=len(names)))
    found = [
        Row(line, {name: cell for name, cell in zip(names, cells, strict=True) if name}) for line, cells in rows[1:]
    ]
    return [row for row in found if any(row.cells.values())]


def fields_of(file: str, lines: Sequence[Line], names: Names) -> dict[str, Line]:
    """Give items with a colon, or rows of two cells, by their names.

    Text below one belongs to it.

    Raises:
        Unreadable: a field is missing, or there twice.
    """
    found: dict[str, Line] = {}
    last = ""
    for line in lines:
        head, value = _field(line.text)
        name = named(head, names) if head else ""
        if name in found:
            raise Unreadable(reason("row-twice", file=file, line=line.number, row=head))
        if name:
            found[name] = Line(line.number, value)
        elif last and line.text.strip() and not cells_of(line.text):
            found[last] = Line(found[last].number, f"{found[last].text} {line.text.strip()}")
        last = name or last
    if missing := [label(names[one]) for one in names if one not in found]:
        first = lines[0].number if lines else 1
        raise Unreadable(reason("row-missing", file=file, line=first, rows=missing))
    return found


def _field(text: str) -> tuple[str, str]:
    """Divide an item at its first colon, or a row into its two cells."""
    cells = cells_of(text)
    if len(cells) > 1:
        return cells[0], " ".join(cells[1:])
    said = ITEM.sub("", text.strip(), count=1).replace("**", "").replace("：", ":")
    head, mark, value = said.partition(":")
    return (head, value.strip()) if mark and len(head) < 60 else ("", "")


def blocks_of(file: str, lines: list[Line], names: Names) -> list[Block]:
    """Give the blocks of a part, each with all of its fields.

    Raises:
        Unreadable: a field of a block is missing, or there twice.
    """
    begins = [place for place, line in enumerate(lines) if BLOCK.match(line.text)]
    found = []
    for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True):
        title = lines[begin].text.strip().lstrip("#").strip()
        below = lines[begin + 1 : end] or [lines[begin]._replace(text="")]
        found.append(Block(lines[begin].number, title, fields_of(file, below, names)))
    return found
