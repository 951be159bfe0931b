"""Take a document apart into lines as a page shows them, in bounds, and refuse what a page would not show."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

MOST_LINES, MOST_LETTERS = 800, 4000
FENCE = re.compile(r" *(`{3,}|~{3,})")
BREAK = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*")
"""A line drawn between two parts."""
UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*")
"""What makes a heading of the line above it: = at the top of a document, - of a part."""
HEADED = re.compile(r" {0,3}#{1,6} ")
NO_PARAGRAPH = re.compile(r"\s*$|\s{4}|\s*(?:#{1,6}\s|>|[-*+•◦・]\s|\d{1,9}[.)]\s)")
MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)]) {1,4}")
CODE_FROM = 4
"""By how many blanks a line is more to the right than what it belongs to where a page shows it as code."""
SEEN = ("L", "M", "N", "P", "S", "Zs")
"""The general categories of what a reader sees: letters, marks, numbers, punctuation, symbols and blanks."""
FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Letters, marks and a symbol that have no picture."""
VARIANTS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Which picture the sign before has: an emoji's, or one of several that a Chinese character has."""
JOINER, KEY = "\u200d", "\u20e3"


class Unreadable(Exception):
    """What can't be read of a form, in both languages."""

    def __init__(self, en: str, ja: str) -> None:
        super().__init__(en)
        self.en, self.ja = en, ja


class Line(NamedTuple):
    """A line of the file, without comments; or a value with the line on which it begins."""

    number: int
    text: str


def refuse_unseen(file: str, text: str) -> None:
    """Refuse signs that nobody sees, or that change how others are seen.

    Raises:
        Unreadable: there is one, with its line and its name.
    """
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(keepends=True), 1):
        for sign in _unseen(line.rstrip("\r\n")):
            name = f"U+{ord(sign):04X} {unicodedata.name(sign, '')}".strip()
            raise Unreadable(
                f"{file}, line {number}: {name} stands in this line. A reader may not see it, or may see what is "
                "around it otherwise than it is read; take it out",
                f"{file} の{number}行目: {name} という文字が入っています。人の目に見えないか、周りの見た目を変える"
                "ことがあります。取り除いてください",
            )


def refuse_too_long(file: str, lines: Sequence[str]) -> None:
    """Refuse more than a person reads.

    Raises:
        Unreadable: there are too many lines, or one has too many letters.
    """
    too_long = [number for number, line in enumerate(lines, 1) if len(line) > MOST_LETTERS]
    if too_long or len(lines) > MOST_LINES:
        at = (*too_long, MOST_LINES + 1)[0]
        raise Unreadable(
            f"{file}, line {at}: at most {MOST_LINES} lines are read, of at most {MOST_LETTERS} letters each",
            f"{file} の{at}行目: 人が読むものは{MOST_LINES}行まで、1行は{MOST_LETTERS}字までにしてください",
        )


def refuse_rows_as_code(file: str, lines: Sequence[Line]) -> None:
    """Refuse rows of a table that a page shows as code.

    Raises:
        Unreadable: there is one, with its line.
    """
    if line := _row_shown_as_code(lines):
        raise Unreadable(
            f"{file}, line {line.number}: a row with four blanks or more before it looks otherwise than it is read: a "
            "page shows it as code, and not in a table; begin it at the left",
            f"{file} の{line.number}行目: 行の前に空白が四つ以上あると、表ではなくコードとして表示され、見た目と中身が"
            "違います。左端から書き始めてください",
        )


def _unseen(line: str) -> Iterator[str]:
    """Give the signs of a line that nobody sees, but for those that make one emoji, or one character, of several."""
    if line.isascii() and line.isprintable():
        return
    for place, sign in enumerate(line):
        before, after = line[place - 1 : place], line[place + 1 : place + 2]
        is_joined = sign == JOINER and _is_picture(before) and _is_picture(after)
        is_variant = sign in VARIANTS and (_has_variants(before) or after == KEY)
        is_plain = sign == "\t" or (unicodedata.category(sign).startswith(SEEN) and sign not in FILLERS | VARIANTS)
        if not (is_plain or is_joined or is_variant):
            yield sign


def _is_picture(sign: str) -> bool:
    """Whether a sign is one of an emoji: a symbol, its colour of skin, or what chooses its picture."""
    is_symbol = bool(sign) and not sign.isascii() and unicodedata.category(sign)[0] == "S" and sign not in FILLERS
    return is_symbol or sign in VARIANTS


def _has_variants(sign: str) -> bool:
    """Whether a sign may have more than one picture: a symbol, a mark beside words, or a Chinese character."""
    is_symbol = bool(sign) and not sign.isascii() and unicodedata.category(sign)[0] in "SP" and sign not in FILLERS
    return is_symbol or unicodedata.name(sign or " ", "").startswith("CJK ")


def without_comments(text: str) -> str:
    """Leave comments out, and keep the lines where they are."""
    shown = text.removeprefix("\ufeff")
    return re.sub(r"<!--.*?(?:-->|\Z)", lambda found: "\n" * found[0].count("\n"), shown, flags=re.DOTALL)


def with_headings(lines: Sequence[str], is_part: Callable[[str], bool]) -> list[str]:
    """Give lines in which a heading that is underlined begins with # as the others do, and its underline is empty.

    None is made of a line drawn below words that name no part, of a rule of a table, or of what stands in a fence.
    """
    found, fence = [*lines], ""
    for place, line in enumerate(lines):
        fence = after_fence(line, fence)
        above, before = (found[place - back] if place >= back else "" for back in (1, 2))
        under = UNDERLINE.fullmatch(line)
        if not under or fence or not _is_paragraph(above) or not (HEADED.match(before) or not before.strip()):
            continue
        if under[1][0] == "=" or is_part(above):
            found[place - 1 : place + 1] = [f"{'#' if under[1][0] == '=' else '##'} {above.strip()}", ""]
    return found


def _is_paragraph(line: str) -> bool:
    return not (NO_PARAGRAPH.match(line) or "|" in line or any(one.fullmatch(line) for one in (BREAK, UNDERLINE)))


def after_fence(text: str, fence: str) -> str:
    """Give the fence that is open after a line."""
    if not fence:
        return found[1] if (found := FENCE.match(text)) else ""
    said = text.strip()
    return "" if said.startswith(fence) and not said.strip(fence[0]) else fence


def _row_shown_as_code(lines: Sequence[Line]) -> Line | None:
    """Give the first row of a table that is so far to the right that a page shows it as code."""
    begins = [0]
    for line in lines:
        said = line.text.expandtabs(CODE_FROM)
        text = said.lstrip(" ")
        right = len(said) - len(text)
        if not text:
            continue
        while begins[-1] > right:
            begins.pop()
        is_code = right - begins[-1] >= CODE_FROM
        if is_code and "|" in text:
            return line
        if not is_code and (found := MARK.match(text)):
            begins.append(right + found.end())
    return None
