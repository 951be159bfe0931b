"""Reads a post-mortem in the given form: tolerant of how it is written, in bounds, and without running anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import NamedTuple

from filled_form import lines as shown
from words import COLUMNS, IMPACT, NEEDED, PARTS, VALUES

from kikori.grading import quoted, reasons, say

reason = reasons(__file__)

LINES, LETTERS = 1500, 4000
"""The most lines of a post-mortem, and letters of one."""
COLUMNS_OF_IMPACT = 6
"""In how many columns of the impact the names are looked for."""
TIME = re.compile(
    r"(?:(?P<half>午前|午後) ?)?(?<![\d:])(?P<hour>[01]?\d|2[0-3])"
    r"(?::(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d{1,6})?)?(?![\d:])|"
    r"時(?P<min>[0-5]?\d)分(?:(?P<sec>[0-5]?\d)秒)?)(?: ?(?P<noon>[ap])\.?m\b\.?)?"
)
"""A time of day with its minutes, in 24 hours or in twelve."""
CHANGE = re.compile(r"(?<![\d:./-])(\d{4})(?![\d/年]|[.:-]\d)")
HEADING = re.compile(r"#{1,2} ")
KIND = re.compile(r"post[- ]?mortems?|ポストモーテム|障害報告書?")
WORD = re.compile(r"[a-z0-9']+")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
ITEM = re.compile(r"(?:[-*+•◦]|\(?(?:\d{1,3}|[a-z])[.)]) |[・①-⑳] ?|[（(]\d{1,2}[)）] ?|\d{1,2}[．、] ?")
HIDES = re.compile(r"</?(?!br\b)[a-zA-Z][^>]{0,200}>?|~~|^ *```|^ *~~~")
"""What shows a text otherwise than it is read."""
CODE = re.compile(r"`[^`]*`")


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
    title: str
    parts: Mapping[str, list[Line]]
    impact: Mapping[str, Row]
    tables: Mapping[str, list[Row]]

    def words(self, part: str) -> int:
        """How much is said in a part, in English words; two Japanese characters count as one."""
        return sum(length(line.text) for line in self.parts[part])

    def items(self, part: str) -> list[Line]:
        """The items of a list; text below one belongs to it."""
        found: list[Line] = []
        for line in self.parts[part]:
            text = line.text.strip()
            if ITEM.match(text):
                found.append(Line(line.number, ITEM.sub("", text, count=1)))
            elif text and found:
                found[-1] = Line(found[-1].number, f"{found[-1].text} {text}")
            elif text:
                found.append(Line(line.number, text))
        return found

    def cell(self, name: str) -> str:
        """The value of a row of the impact."""
        return self.impact[name].cells["value"]

    @property
    def notes(self) -> list[Line]:
        """What is told in words beside the values of the impact, and of what came of the changes."""
        rows = [(row, "note") for row in self.impact.values()] + [(row, "came") for row in self.tables["measures"]]
        return [Line(row.line, row.cells.get(name, "")) for row, name in rows]


def length(text: str) -> int:
    """How much is said, in English words; two Japanese characters count as one."""
    return len(WORD.findall(plain(text))) + len(JAPANESE.findall(text)) // 2


def plain(text: str) -> str:
    """A text as it is compared: one width, small letters, without the marks of Markdown."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("*", "").replace("`", "").split())


def label(words: tuple[str, ...]) -> str:
    """A word of the form as the learner's language has it."""
    return say(words[0], next(word for word in words if not word.isascii()))


def read(file: str, text: str) -> Form:
    """Read a post-mortem.

    Raises:
        Unreadable: a part is missing or twice, a table has not what it needs, or a page shows other than is read.
    """
    lines = _lines(file, text)
    parts = _parts(file, lines)
    try:
        shown.refuse_unseen(file, text)
        for part in ("impact", *COLUMNS):
            shown.refuse_rows_as_code(file, parts[part])
    except shown.Unreadable as problem:
        raise Unreadable(say(problem.en, problem.ja)) from None
    for line in (line for lines in parts.values() for line in lines):
        if hides := HIDES.search(CODE.sub("", line.text) if "```" not in line.text else line.text):
            raise Unreadable(reason("hides", file=file, line=line.number, seen=quoted(hides[0])))
    impact = _impact(file, parts["impact"])
    tables = {part: _table(file, part, parts[part]) for part in COLUMNS}
    return Form(file, _title(lines), parts, impact, tables)


def _title(lines: list[Line]) -> str:
    """What stands before the first part, without the word for what this is."""
    before = takewhile(lambda line: not (HEADING.match(line.text) and _named(line.text, PARTS)), lines)
    return KIND.sub("", plain(" ".join(line.text for line in before)))


def is_begun(text: str) -> bool:
    """Whether anything stands in the summary of a post-mortem: the form itself has only comments there."""
    lines = _uncommented(text[: LINES * LETTERS]).splitlines()
    inside = False
    for line in lines:
        if HEADING.match(line):
            inside = _named(line, PARTS) == "summary"
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
            name = _named(line.text, PARTS)
            if name in found:
                raise Unreadable(reason("part-twice", file=file, line=line.number, heading=line.text.lstrip("# ")))
            current = found.setdefault(name, []) if name else None
        elif current is not None:
            current.append(line)
    missing = [name for name in PARTS if name not in found]
    if missing:
        raise Unreadable(reason("part-missing", file=file, parts=[label(PARTS[one]) for one in missing]))
    return found


def _named(text: str, names: Mapping[str, tuple[str, ...]]) -> str:
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


def _impact(file: str, lines: list[Line]) -> dict[str, Row]:
    """Rows that have a name in one column, a value in another and notes in the rest, or items with a colon."""
    found: dict[str, Row] = {}
    tables = [(line.number, cells) for line in lines if (cells := _cells(line.text)) and not _is_rule(cells)]
    names, values = _columns_of([cells for _, cells in tables])
    told = [(number, cells, 0, 1) for number, cells in _told(lines)]
    for number, cells, name_at, value_at in sorted([*((*one, names, values) for one in tables), *told]):
        if len(cells) <= max(name_at, value_at) or not (name := _named(cells[name_at], IMPACT)):
            continue
        if name in found:
            raise Unreadable(reason("row-twice", file=file, line=number, row=cells[name_at]))
        notes = [cell for place, cell in enumerate(cells) if place not in (name_at, value_at)]
        found[name] = Row(number, {"value": cells[value_at], "note": " ".join(notes)})
    missing = [name for name in IMPACT if name not in found]
    if missing:
        raise Unreadable(reason("row-missing", file=file, rows=[label(IMPACT[one]) for one in missing]))
    return found


def _columns_of(rows: list[list[str]]) -> tuple[int, int]:
    """In which columns of a table its names and its values stand: that which is called so, or else the next."""
    names = _names_at(rows)
    heads = next((row for row in rows if len(row) > names and not _named(row[names], IMPACT)), [])
    called = [place for place, head in enumerate(heads) if place != names and _named(head, VALUES)]
    return names, next(iter(called), 1 if names == 0 else 0)


def _names_at(rows: list[list[str]]) -> int:
    """In which column of a table the names stand: their order is free."""
    most = min(COLUMNS_OF_IMPACT, max(map(len, rows), default=1))
    named = [sum(bool(_named(row[place], IMPACT)) for row in rows if len(row) > place) for place in range(most)]
    return named.index(max(named))


def _told(lines: list[Line]) -> Iterator[tuple[int, list[str]]]:
    """Items of a list with a name, a colon and a value."""
    for line in lines:
        text = line.text.strip()
        if ITEM.match(text) and not _cells(text):
            name, mark, value = ITEM.sub("", text, count=1).replace("：", ":").partition(":")
            if mark:
                yield line.number, [name, value.strip()]


def _table(file: str, part: str, lines: list[Line]) -> list[Row]:
    rows = [(line.number, cells) for line in lines if (cells := _cells(line.text))]
    if not rows:
        raise Unreadable(reason("no-table", file=file, part=label(PARTS[part])))
    first, heads = rows[0]
    names = [_named(head, COLUMNS[part]) for head in heads]
    missing = [label(COLUMNS[part][one]) for one in NEEDED[part] if one not in names]
    if missing or (part == "measures" and not {"change", "time"} & set(names)):
        raise Unreadable(
            reason("no-column", file=file, line=first, columns=missing or [label(COLUMNS[part]["change"])])
        )
    twice = [head for place, head in enumerate(heads) if names[place] and names[place] in names[:place]]
    if twice:
        raise Unreadable(reason("column-twice", file=file, line=first, columns=twice))
    found = []
    for number, cells in rows[1:]:
        if _is_rule(cells) or not any(cells):
            continue
        if len(cells) != len(names):
            raise Unreadable(reason("cells", file=file, line=number, seen=len(cells), wanted=len(names)))
        found.append(Row(number, {name: cell for name, cell in zip(names, cells, strict=True) if name}))
    return found


def times(text: str) -> list[tuple[int, str]]:
    """The times of day in a text, in seconds and as they stand there."""
    return [(_seconds(found), found[0].strip()) for found in TIME.finditer(plain(text))]


def _seconds(found: re.Match[str]) -> int:
    hour, half = int(found["hour"]), found["half"] or found["noon"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half in ("午後", "p") else 0)
    minute, second = found["minute"] or found["min"], found["second"] or found["sec"] or 0
    return 3600 * hour + 60 * int(minute) + int(second)


def changes(text: str) -> list[int]:
    """The numbers of changes in a text."""
    return [int(found[1]) for found in CHANGE.finditer(unicodedata.normalize("NFKC", text))]
