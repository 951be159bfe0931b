"""Find rows and items that the form does not have: they may say another thing than the row that is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from filled_form.alone import answer
from filled_form.reader import BELOW, ITEM, Form, Line, Names, Shape, cells_of, named

LONGEST_HEAD, INSIDE = 60, 2
"""Up to how many letters stand before an item's colon, and from how many blanks on it belongs to the item above."""


def of_ones_own(form: Form, shape: Shape) -> Iterator[tuple[Line, str]]:
    """Give the rows and items of lists and blocks that are none of the form's, with what they are called."""
    for part, names in shape.lists.items():
        yield from _strange(form.parts[part], names)
    for part, names in shape.blocks.items():
        lines = form.parts[part]
        starts = [place for place, line in enumerate(lines) if BELOW.match(line.text)]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            yield from _strange(lines[start + 1 : end], names)


def label(text: str) -> tuple[str, str]:
    """Give what a row or an item is called, and its value; nothing of a paragraph, or of an item below an item."""
    row = cells_of(text)
    return (row[0] or "|", " ".join(row[1:])) if row else _item(text)


def _strange(lines: Sequence[Line], names: Names) -> Iterator[tuple[Line, str]]:
    is_open = False
    for place, line in enumerate(lines):
        head, value = label(line.text)
        is_known = bool(named(head, names) or ("|" in line.text and named(value, names)))
        if head and not is_known and not is_open and not _heads(lines[place : place + 2], value):
            yield line, head
        is_open = is_known and not value if line.text.strip() else is_open


def _item(text: str) -> tuple[str, str]:
    """Give the two sides of an item's first colon."""
    said = text.strip()
    found = ITEM.match(said)
    if not found or len(text) - len(text.lstrip()) >= INSIDE:
        return "", ""
    head, mark, value = said[found.end() :].replace("**", "").replace("：", ":").partition(":")
    return (head.strip(), value.strip()) if mark and len(head) < LONGEST_HEAD else ("", "")


def _heads(lines: Sequence[Line], value: str) -> bool:
    """Tell whether a row is the heading of a table, which has a rule below it and no value in it."""
    is_above = len(lines) > 1 and "|" in lines[1].text and not cells_of(lines[1].text)
    said = lines[0].text
    return "|" in said and is_above and answer(value) is None and not any(one.isdigit() for one in said)
