"""Read a form in Markdown: tolerant of how it is written, in bounds, and without running anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

Names = Mapping[str, tuple[str, ...]]
"""Names, and how what people write for each begins."""
MOST_LINES, MOST_LETTERS = 800, 4000
HEAD = re.compile(r"#{2,3} ")
LATIN = re.compile(r"[a-z0-9']+")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
BULLET = re.compile(r"(?:[-*+•・]|\(?\d{1,3}[.)]) ?")
HIDING = re.compile(r"</?(?!br\b)[a-zA-Z][^>]{0,200}>?|~~|^ *```|^ *~~~")
"""What shows a text otherwise than it is read."""
MARKED = re.compile(r"`[^`]*`")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
NOTHING = frozenset(
    {"", *"-–—−―ー?", "n/a", "na", "none", "nobody", "no one", "nothing", "no events", "tbd", "todo"}
    | {"なし", "無し", "該当なし", "いない", "未定", "不要", "不明", "同上", "イベントなし"}
)
"""Cells that hold nothing."""


class Unreadable(Exception):
    """What can't be read of a form, in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.en, self.ja = en, ja


class Line(NamedTuple):
    """A line of the file, without comments."""

    number: int
    text: str


class Row(NamedTuple):
    """A row of a table: its cells by the names of their columns."""

    line: int
    cells: Mapping[str, str]


class Shape(NamedTuple):
    """What a form has: its parts, the columns of its tables, and lists of one value for each name."""

    parts: Names
    columns: Mapping[str, Names]
    lists: Mapping[str, Names]
    first: str
    """The part in which a form is begun."""


class Form(NamedTuple):
    """What was written, part by part."""

    file: str
    parts: Mapping[str, list[Line]]
    tables: Mapping[str, list[Row]]
    lists: Mapping[str, Mapping[str, Row]]

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


def is_empty(text: str) -> bool:
    """Whether a cell holds nothing."""
    return plain(text).strip(" .。()") in NOTHING


def labels(words: Sequence[str]) -> tuple[str, str]:
    """What the form calls something, in English and in Japanese."""
    return words[0], next((word for word in words if not word.isascii()), words[0])


def title(words: Sequence[str]) -> tuple[str, str]:
    """The same, as a heading has it."""
    en, ja = labels(words)
    return en.capitalize(), ja


def named(text: str, names: Names) -> str:
    """The name of which a text begins with the longest beginning; empty where there is none."""
    said = re.sub(r"^\d{1,2}[.)] ?", "", plain(text).lstrip("# "))
    return max(
        ((len(one), name) for name, all_of in names.items() for one in all_of if said.startswith(one)), default=(0, "")
    )[1]


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
    return _read(begun[0], texts[begun[0]], shape)


def is_begun(text: str, shape: Shape) -> bool:
    """Whether anything stands in the first part: the form itself has only comments there."""
    lines = _without_comments(text[: MOST_LINES * MOST_LETTERS]).splitlines()
    begins = [place for place, line in enumerate(lines) if HEAD.match(line)]
    for place, end in zip(begins, [*begins[1:], len(lines)], strict=False):
        if named(lines[place], shape.parts) == shape.first and any(line.strip() for line in lines[place + 1 : end]):
            return True
    return False


def _read(file: str, text: str, shape: Shape) -> Form:
    lines = [Line(at, line) for at, line in enumerate(_without_comments(text).splitlines(), 1)]
    _stays_in_bounds(file, lines)
    parts = _parts(file, lines, shape.parts)
    for line in (line for part in parts.values() for line in part):
        if found := HIDING.search(line.text if "```" in line.text else MARKED.sub("", line.text)):
            raise Unreadable(
                f"{file}, line {line.number}: {found[0]} looks otherwise than it is read; write plain text",
                f"{file} の{line.number}行目: {found[0]} があると、見た目と中身が違います。普通の文字で書きます",
            )
    return Form(
        file,
        parts,
        {part: _table(file, title(shape.parts[part]), parts[part], shape.columns[part]) for part in shape.columns},
        {part: _list(file, title(shape.parts[part]), parts[part], shape.lists[part]) for part in shape.lists},
    )


def _stays_in_bounds(file: str, lines: list[Line]) -> None:
    too_long = [line.number for line in lines if len(line.text) > MOST_LETTERS]
    if too_long or len(lines) > MOST_LINES:
        at = (*too_long, MOST_LINES + 1)[0]
        raise Unreadable(
            f"{file}, line {at}: at most {MOST_LINES} lines are read, of at most {MOST_LETTERS} letters each",
            f"{file} の{at}行目: 人が読むものは{MOST_LINES}行まで、1行は{MOST_LETTERS}字までにしてください",
        )


def _without_comments(text: str) -> str:
    """Leave comments out, and keep the lines where they are."""
    return re.sub(r"<!--.*?(?:-->|\Z)", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)


def _parts(file: str, lines: list[Line], names: Names) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    inside: list[Line] = []
    for line in lines:
        if not line.text.startswith("#") or not re.match(r"#{1,3} ", line.text):
            inside.append(line)
            continue
        inside = []
        name = named(line.text, names) if HEAD.match(line.text) else ""
        if name in found:
            heading = line.text.lstrip("# ")
            raise Unreadable(
                f'{file}, line {line.number}: the part "{heading}" stands there a second time',
                f"{file} の{line.number}行目: 「{heading}」の項目が二つあります",
            )
        if name:
            found[name] = inside
    _is_whole(
        [names[name] for name in names if name not in found],
        lambda en, ja: (
            f"{file}: these parts are missing, or their heading is not one of the form's (## and its name): {en}",
            f"{file}: 次の項目がないか、見出しが書式と違います（「## 項目名」と書きます）: {ja}",
        ),
    )
    return found


def _is_whole(missing: Sequence[Sequence[str]], told: Callable[[str, str], tuple[str, str]]) -> None:
    """Fail where anything is missing."""
    if missing:
        both = [title(words) for words in missing]
        raise Unreadable(*told(", ".join(en for en, _ in both), "、".join(ja for _, ja in both)))


def _cells(line: str) -> list[str]:
    """The cells of a row of a table; none where it is no row."""
    row = line.strip().replace("\\|", "\0")
    if "|" not in row:
        return []
    return [cell.strip().replace("\0", "|") for cell in row.removeprefix("|").removesuffix("|").split("|")]


def _is_ruled(cells: list[str]) -> bool:
    return all(re.fullmatch(r":?-+:?", cell) for cell in cells)


def _list(file: str, part: tuple[str, str], lines: list[Line], names: Names) -> dict[str, Row]:
    """Rows of two cells, or items with a colon."""
    found: dict[str, Row] = {}
    for number, text in lines:
        cells = _cells(text)
        if not cells and (item := BULLET.match(text.strip())):
            cells = [cell.strip() for cell in text.strip()[item.end() :].replace("：", ":").split(":", 1)]
        name = named(cells[0], names) if len(cells) > 1 and not _is_ruled(cells) else ""
        if name in found:
            raise Unreadable(
                f'{file}, line {number}: "{cells[0]}" stands there a second time; one value each',
                f"{file} の{number}行目: 「{cells[0]}」が二度書かれています。値は一つにしてください",
            )
        if name:
            found[name] = Row(number, {"value": " ".join(cells[1:])})
    _is_whole(
        [names[name] for name in names if name not in found],
        lambda en, ja: (
            f'{file}: below "{part[0]}" these rows are missing: {en}',
            f"{file}: 「{part[1]}」に次の行がありません: {ja}",
        ),
    )
    return found


def _table(file: str, part: tuple[str, str], lines: list[Line], columns: Names) -> list[Row]:
    rows = [(number, cells) for number, text in lines if (cells := _cells(text))]
    if not rows:
        raise Unreadable(
            f'{file}: below "{part[0]}" there is no table; its rows begin with |',
            f"{file}: 「{part[1]}」の項目に表がありません。表の行は | で始めてください",
        )
    (at, heads), *rest = rows
    names = [named(head, columns) for head in heads]
    _is_whole(
        [columns[one] for one in columns if one not in names],
        lambda en, ja: (
            f"{file}, line {at}: this table lacks the columns {en}; their order is free",
            f"{file} の{at}行目: この表に列 {ja} がありません。順序は自由です",
        ),
    )
    found = []
    for number, cells in rest:
        if len(cells) != len(names) and any(cells) and not _is_ruled(cells):
            raise Unreadable(
                f"{file}, line {number}: this row has {len(cells)} cells, the table's first row has {len(names)}",
                f"{file} の{number}行目: この行のセルは{len(cells)}個ですが、表の1行目は{len(names)}個です",
            )
        if any(cells) and not _is_ruled(cells):
            found.append(Row(number, {name: cell for name, cell in zip(names, cells, strict=True) if name}))
    return found
