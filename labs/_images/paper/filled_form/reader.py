"""Read a form in Markdown: tolerant of how it is written, in bounds, and without running anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from filled_form.lines import (
    BREAK,
    FENCE,
    MOST_LINES,
    after_fence,
    refuse_rows_as_code,
    refuse_too_long,
    refuse_unseen,
    with_headings,
    without_comments,
)
from filled_form.lines import MOST_LETTERS as MOST_LETTERS
from filled_form.lines import Line as Line
from filled_form.lines import Unreadable as Unreadable

Names = Mapping[str, tuple[str, ...]]
"""Names, and how what people write for each begins."""
TITLE, PART, BELOW = (re.compile(rf" {{0,3}}{marks} ") for marks in ("#", "##", "#{3,5}"))
LATIN = re.compile(r"[a-z0-9']+")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
ITEM = re.compile(r"(?:[-*+•◦]|\(?(?:\d{1,3}|[a-z])[.)]) +|[-+•◦・①-⑳] ?|[（(]\d{1,2}[)）] ?|\d{1,2}[．、] ?")
NUMBERED = re.compile(r"^\W*([a-zａ-ｚ]) ?-?(\d{1,2})(?![a-z0-9])\W*", re.IGNORECASE)
"""A sentence that has a number: M1."""
RULE = re.compile(r":?-+:?")
HIDING = re.compile(r"</?(?!br\b)[a-zA-Z][^>]{0,200}>?|~~")
"""What shows a text otherwise than it is read."""
MARKED = re.compile(r"`[^`]*`")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
LONGEST_NAME = 60


class Row(NamedTuple):
    """A row of a table: its cells by the names of their columns."""

    line: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> Line:
        """A cell as a line of its own."""
        return Line(self.line, self.cells[column])


class Block(NamedTuple):
    """What stands below a heading inside a part: its title, and its values by their names."""

    line: int
    title: str
    fields: Mapping[str, Line]


class Shape(NamedTuple):
    """What a form has: its parts, and which of them are tables, lists of one value each, or blocks of such lists."""

    parts: Names
    columns: Mapping[str, Names]
    lists: Mapping[str, Names]
    first: str
    """The part in which a form is begun."""
    blocks: Mapping[str, Names] = {}


class Form(NamedTuple):
    """What was written, part by part."""

    file: str
    title: str
    parts: Mapping[str, list[Line]]
    tables: Mapping[str, list[Row]]
    lists: Mapping[str, Mapping[str, Line]]
    blocks: Mapping[str, list[Block]]
    headings: Mapping[str, Line]
    """The line above each part."""

    def text(self, part: str) -> str:
        """What stands in a part."""
        return "\n".join(line.text for line in self.parts[part]).strip()

    @property
    def lines(self) -> list[Line]:
        """All lines of all parts."""
        return [line for part in self.parts.values() for line in part]


def plain(text: str) -> str:
    """A text as it is compared: one width, small letters, without the marks of Markdown."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold()
    return " ".join(seen.translate({ord("*"): None, ord("`"): None, ord("−"): "-"}).split())


def length(text: str) -> int:
    """How much is said, in English words; two Japanese characters count as one."""
    return len(LATIN.findall(plain(text))) + len(JAPANESE.findall(text)) // 2


def labels(words: Sequence[str]) -> tuple[str, str]:
    """What the form calls something, in English and in Japanese."""
    return words[0], next((word for word in words if not word.isascii()), words[0])


def title(words: Sequence[str]) -> tuple[str, str]:
    """The same, as a heading has it."""
    en, ja = labels(words)
    return en.capitalize(), ja


def named(text: str, names: Names) -> str:
    """The name of which a text begins with the longest beginning; empty where there is none."""
    said = re.sub(r"^\d{1,2}[.)] ?", "", plain(text).lstrip("#_ "))
    fitting = [(len(start), name) for name, starts in names.items() for start in starts if begins(said, start)]
    return max(fitting)[1] if fitting else ""


def begins(said: str, start: str) -> bool:
    """Whether a text begins with a word, and not with a longer one; the ending of several is none."""
    rest = re.sub(r"^e?s(?![a-z])", "", said[len(start) :]) if start.isascii() else ""
    return said.startswith(start) and not (rest[:1].isascii() and rest[:1].isalpha())


def written(texts: Mapping[str, str], shape: Shape) -> Form:
    """Read the one form that is begun, of those that there are in several languages.

    Raises:
        Unreadable: none or more than one is begun, or a part of it can't be read.
    """
    begun = [file for file, text in texts.items() if is_begun(text, shape)]
    files, part = ", ".join(texts), title(shape.parts[shape.first])
    if not begun:
        raise Unreadable(
            f'nothing stands below "{part[0]}" yet in any of {files}: fill in one of them, in your language',
            f"{files} のどれにも、まだ「{part[1]}」が書かれていません。使う言語のほうを埋めてください",
        )
    if len(begun) > 1:
        raise Unreadable(
            f'more than one form is begun ({files}): keep one, and empty "{part[0]}" in the other',
            f"書式が二つとも書き始められています（{files}）。書くほうを一つに決め、もう一方の「{part[1]}」は空にしてください",
        )
    return read(begun[0], texts[begun[0]], shape)


def is_begun(text: str, shape: Shape) -> bool:
    """Whether anything stands in the first part but what the form itself has there."""
    inside = False
    for line in _shown(text[: MOST_LINES * MOST_LETTERS], shape):
        if _is_heading(line, shape):
            inside = named(line, shape.parts) == shape.first
        elif inside and shape.first in shape.lists:
            head, value = _row(line, shape.lists[shape.first])
            is_value = bool(value) if named(head, shape.lists[shape.first]) else not cells_of(line)
            if is_value and line.strip(" -*_|:"):
                return True
        elif inside and NUMBERED.sub("", line).strip(" -*_"):
            return True
    return False


def read(file: str, text: str, shape: Shape) -> Form:
    """Read a form.

    Raises:
        Unreadable: it is too long, hides something, or lacks a part, a column or a value.
    """
    shown = _shown(text, shape)
    refuse_too_long(file, shown)
    refuse_unseen(file, text)
    lines = [Line(at, line) for at, line in enumerate(shown, 1)]
    parts, headings = _parts(file, lines, shape)
    for part in (*shape.columns, *shape.lists, *shape.blocks):
        refuse_rows_as_code(file, parts[part])
    called = {part: title(words) for part, words in shape.parts.items()}
    return Form(
        file,
        next((TITLE.sub("", line.text) for line in lines if TITLE.match(line.text)), ""),
        parts,
        {part: _table(file, called[part], parts[part], columns) for part, columns in shape.columns.items()},
        {part: _list(file, called[part], parts[part], names) for part, names in shape.lists.items()},
        {part: _blocks(file, parts[part], names) for part, names in shape.blocks.items()},
        headings,
    )


def _shown(text: str, shape: Shape) -> list[str]:
    """The lines of a text without comments, with its headings all written alike."""
    return with_headings(without_comments(text).splitlines(), lambda line: bool(named(line, shape.parts)))


def _is_heading(text: str, shape: Shape) -> bool:
    """Whether a line begins a part, or ends one; below a part of blocks a smaller heading begins a block."""
    small = not shape.blocks and BELOW.match(text) and named(text, shape.parts)
    return bool(small or PART.match(text) or TITLE.match(text))


def _parts(file: str, lines: list[Line], shape: Shape) -> tuple[dict[str, list[Line]], dict[str, Line]]:
    """What stands below each heading of the form, and the headings; other parts are the writer's own."""
    found: dict[str, list[Line]] = {}
    headings: dict[str, Line] = {}
    inside: list[Line] | None = None
    fence = ""
    for line in lines:
        name = named(line.text, shape.parts) if _is_heading(line.text, shape) and not TITLE.match(line.text) else ""
        if not name and inside is None and (fence or FENCE.match(line.text)):
            fence = after_fence(line.text, fence)
            continue
        _shows_itself(file, line, fence)
        if name in found:
            heading = line.text.lstrip("# ")
            raise Unreadable(
                f'{file}, line {line.number}: the part "{heading}" stands there a second time',
                f"{file} の{line.number}行目: 「{heading}」の項目が二つあります",
            )
        if _is_heading(line.text, shape):
            inside = found.setdefault(name, []) if name else None
            headings |= {name: line} if name else {}
        elif inside is not None:
            inside.append(Line(line.number, "") if BREAK.fullmatch(line.text) else line)
    if missing := [title(words) for name, words in shape.parts.items() if name not in found]:
        raise Unreadable(
            f"{file}: these parts are missing, or their heading is not one of the form's (## and its name): "
            + ", ".join(en for en, _ in missing),
            f"{file}: 次の項目がないか、見出しが書式と違います（「## 項目名」と書きます）: "
            + "、".join(ja for _, ja in missing),
        )
    return found, headings


def _shows_itself(file: str, line: Line, fence: str) -> None:
    """Fail where a line looks otherwise than it is read."""
    hides = HIDING.search(line.text if "```" in line.text else MARKED.sub("", line.text))
    if found := hides or FENCE.match(line.text):
        fence = found[0].strip()
    if fence:
        raise Unreadable(
            f"{file}, line {line.number}: {fence} looks otherwise than it is read; write plain text",
            f"{file} の{line.number}行目: {fence} があると、見た目と中身が違います。普通の文字で書きます",
        )


def items(lines: Sequence[Line]) -> list[Line]:
    """The items of a list; text below one belongs to it."""
    found: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if not found or ITEM.match(text):
            found.append(Line(line.number, _unmarked(text)))
        elif text:
            found[-1] = Line(found[-1].number, f"{found[-1].text} {text}".strip())
    return [one for one in found if one.text.strip()]


def _unmarked(text: str) -> str:
    """An item without its mark."""
    found = ITEM.match(text)
    return text[found.end() :] if found else text


def cells_of(line: str) -> list[str]:
    """Give the cells of a row of a table; none of what is no row, or a rule."""
    row = line.strip().replace("\\|", "\0")
    if "|" not in row:
        return []
    cells = [cell.strip().replace("\0", "|") for cell in row.removeprefix("|").removesuffix("|").split("|")]
    return [] if all(RULE.fullmatch(cell) for cell in cells) else cells


def _table(file: str, part: tuple[str, str], lines: Sequence[Line], columns: Names) -> list[Row]:
    rows = [(number, cells) for number, text in lines if any(cells := cells_of(text))]
    if not rows:
        raise Unreadable(
            f'{file}: below "{part[0]}" there is no table; its rows begin with |',
            f"{file}: 「{part[1]}」の項目に表がありません。表の行は | で始めてください",
        )
    (at, heads), *rest = rows
    names = [named(head, columns) for head in heads]
    if lacks := [title(words) for name, words in columns.items() if name not in names]:
        raise Unreadable(
            f"{file}, line {at}: this table lacks the columns {', '.join(en for en, _ in lacks)}; their order is free",
            f"{file} の{at}行目: この表に列 {'、'.join(ja for _, ja in lacks)} がありません。順序は自由です",
        )
    _are_the_forms(file, at, heads, names)
    for number, cells in rest:
        if len(cells) != len(names):
            raise Unreadable(
                f"{file}, line {number}: this row has {len(cells)} cells, the table's first row has {len(names)}",
                f"{file} の{number}行目: この行のセルは{len(cells)}個ですが、表の1行目は{len(names)}個です",
            )
    return [Row(line, dict(zip(names, cells, strict=True))) for line, cells in rest]


def _are_the_forms(file: str, at: int, heads: Sequence[str], names: Sequence[str]) -> None:
    """Fail where a column is one of the learner's own or there twice: it may say another thing than the one read."""
    for head, name in zip(heads, names, strict=True):
        if not name or names.count(name) > 1:
            en, ja = ("more than once", "が二つ以上あります") if name else ("of its own", "は、書式にありません")
            raise Unreadable(
                f'{file}, line {at}: this table has a column "{head}" {en}; what you want to add goes below the table',
                f"{file} の{at}行目: この表の列「{head}」{ja}。補足は、表の下に文として書いてください",
            )


def _list(file: str, part: tuple[str, str], lines: Sequence[Line], names: Names) -> dict[str, Line]:
    """Rows or items of a name and a value; what goes on below one belongs to it, a paragraph below all does not."""
    found: dict[str, Line] = {}
    placed: set[str] = set()
    last, before, is_words = "", "", False
    for number, text in lines:
        is_words = len(placed) == len(names) and _is_paragraph(text) and (is_words or not before)
        head, value = ("", "") if is_words else _row(text, names)
        name = named(head, names)
        placed |= {name} if name and not _is_paragraph(text) else set()
        if name in found:
            raise Unreadable(
                f'{file}, line {number}: "{head}" stands there a second time; one value each',
                f"{file} の{number}行目: 「{head}」が二度書かれています。値は一つにしてください",
            )
        if name:
            found[name], last = Line(number, value), name
        elif last and _goes_on(text, before, found[last].text):
            found[last] = Line(found[last].number, f"{found[last].text} {_unmarked(text.strip())}".strip())
        elif text.strip():
            last = ""
        before = "" if BELOW.match(text) else text.strip()
    if missing := [title(words) for name, words in names.items() if name not in found]:
        raise Unreadable(
            f'{file}: below "{part[0]}" these rows are missing: {", ".join(en for en, _ in missing)}',
            f"{file}: 「{part[1]}」に次の行がありません: {'、'.join(ja for _, ja in missing)}",
        )
    return found


def _is_paragraph(text: str) -> bool:
    """Whether a line is one of a paragraph, as a page shows it: no row, no item, and nothing that belongs to one."""
    return bool(text.strip()) and not (text[:1].isspace() or "|" in text or ITEM.match(text) or BELOW.match(text))


def _goes_on(text: str, before: str, value: str) -> bool:
    """Whether a line belongs to the value above it: as a page shows it, or since that one has nothing yet."""
    if not text.strip() or cells_of(text) or BELOW.match(text):
        return False
    is_below = text[:1].isspace() or not value
    return is_below or bool(before and not (ITEM.match(text) and _field(text)[0]))


def _field(text: str) -> tuple[str, str]:
    """Divide an item at its first colon, or a row into its two cells."""
    cells = cells_of(text)
    if len(cells) > 1:
        return cells[0], " ".join(cells[1:]).strip()
    said = _unmarked(text.strip().replace("**", "")).replace("：", ":")
    head, mark, value = said.partition(":")
    return (head.strip(), value.strip()) if mark and len(head) < LONGEST_NAME else ("", "")


def _row(text: str, names: Names) -> tuple[str, str]:
    """Give the name and the value of a row or an item; the two columns of a table may change places."""
    head, value = _field(text)
    return (value, head) if cells_of(text) and named(value, names) and not named(head, names) else (head, value)


def _blocks(file: str, lines: Sequence[Line], names: Names) -> list[Block]:
    """What stands below each smaller heading of a part, with all of its values."""
    starts = [place for place, line in enumerate(lines) if BELOW.match(line.text)]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        number, title = lines[start].number, lines[start].text.strip().lstrip("#").strip()
        found.append(Block(number, title, _list(file, (title, title), lines[start + 1 : end], names)))
    return found
