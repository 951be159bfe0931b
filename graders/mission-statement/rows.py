"""Find rows and items that the form does not have: they may say another thing than the row that is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filled_form.alone import answer
from filled_form.reader import BELOW, ITEM, RULE, Form, Line, Names, named
from words import FIELDS, PRICE

LONGEST_HEAD, INSIDE = 60, 2
"""Up to how many letters stand before an item's colon, and from how many blanks on it belongs to the item above."""


def of_ones_own(mission: Form) -> Iterator[tuple[Line, str]]:
    """Give the rows and items of price and decisions that are none of the form's, with what they are called."""
    yield from _strange(mission.parts["price"], PRICE)
    lines = mission.parts["decisions"]
    starts = [place for place, line in enumerate(lines) if BELOW.match(line.text)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield from _strange(lines[start + 1 : end], FIELDS)


def _strange(lines: Sequence[Line], names: Names) -> Iterator[tuple[Line, str]]:
    is_open = False
    for place, line in enumerate(lines):
        head, value = _row(line.text) if "|" in line.text else _item(line.text)
        is_known = bool(named(head, names) or ("|" in line.text and named(value, names)))
        if head and not is_known and not is_open and not _heads(lines[place : place + 2], value):
            yield line, head
        is_open = is_known and not value if line.text.strip() else is_open


def _row(text: str) -> tuple[str, str]:
    """Give the first cell of a table's row, and what stands behind it; nothing of a rule."""
    cells = [one.strip() for one in text.replace("\\|", "/").strip().strip("|").split("|")]
    return ("", "") if all(RULE.fullmatch(one) for one in cells) else (cells[0] or "|", " ".join(cells[1:]))


def _item(text: str) -> tuple[str, str]:
    """Give the two sides of an item's first colon; nothing of a paragraph, or of an item below an item."""
    said = text.strip()
    found = ITEM.match(said)
    if not found or len(text) - len(text.lstrip()) >= INSIDE:
        return "", ""
    head, mark, value = said[found.end() :].replace("**", "").replace("：", ":").partition(":")
    return (head.strip(), value.strip()) if mark and len(head) < LONGEST_HEAD else ("", "")


def _heads(lines: Sequence[Line], value: str) -> bool:
    """Tell whether a row is the heading of a table, which has a rule below it and no value in it."""
    is_above = len(lines) > 1 and "|" in lines[1].text and _row(lines[1].text) == ("", "")
    said = lines[0].text
    return "|" in said and is_above and answer(value) is None and not any(one.isdigit() for one in said)
