"""The learner's mission, part by part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from reading import (
    HEADING,
    Block,
    Line,
    Row,
    blocks_of,
    fields_of,
    items_of,
    label,
    lines_of,
    named,
    parts_of,
    plain,
    table_of,
    uncommented,
)
from words import ANSWERS, FIELDS, PARTS, PRICE

LABELLED = re.compile(r"^\W*([mMrRｍＭｒＲ]) ?-?(\d{1,2})\W*")
TITLE = re.compile(r" {0,3}# ")


class Form(NamedTuple):
    """What was written."""

    file: str
    title: str
    parts: Mapping[str, list[Line]]
    sentences: Mapping[str, Line]
    """Mission and rules of thumb, by their numbers: M1, R1."""
    answers: list[Row]
    price: Mapping[str, Line]
    decisions: list[Block]
    vision: list[Line]

    def text(self, part: str) -> str:
        """Give all that stands in a part."""
        return "\n".join(line.text for line in self.parts[part])

    def of(self, kind: str) -> list[tuple[str, Line]]:
        """Give the sentences of one kind: M or R."""
        return [(name, line) for name, line in self.sentences.items() if name[0] == kind]


def read(file: str, text: str) -> Form:
    """Read a mission.

    Raises:
        Unreadable: a part is missing or twice, or has not what it needs.
    """
    lines = lines_of(file, text)
    parts = parts_of(file, lines, PARTS)
    sentences = _labelled("M", parts["mission"]) | _labelled("R", parts["rules"])
    answers = table_of(file, parts["answers"], ANSWERS, label(PARTS["answers"]))
    price = fields_of(file, parts["price"], PRICE)
    decisions = blocks_of(file, parts["decisions"], FIELDS)
    return Form(file, _title(lines), parts, sentences, answers, price, decisions, items_of(parts["vision"]))


def is_begun(text: str) -> bool:
    """Tell whether anything stands in the mission but the form's numbers."""
    inside = False
    for line in uncommented(text).splitlines():
        if HEADING.match(line):
            inside = named(line, PARTS) == "mission"
        elif inside and LABELLED.sub("", line).strip(" -*"):
            return True
    return False


def _labelled(kind: str, lines: list[Line]) -> dict[str, Line]:
    """Give the sentences of a part by their numbers, or else their places."""
    found: dict[str, Line] = {}
    marked = [Line(line.number, f"- {line.text}") if LABELLED.match(line.text) else line for line in lines]
    for place, item in enumerate(items_of(marked), 1):
        number = LABELLED.match(item.text)
        name = plain(f"{number[1]}{int(number[2])}").upper() if number else f"{kind}{place}"
        text = LABELLED.sub("", item.text) if number else item.text
        if text.strip():
            found[name] = Line(item.number, text)
    return found


def _title(lines: list[Line]) -> str:
    """Give whose mission the first heading says it is."""
    first = next((line.text for line in lines if TITLE.match(line.text)), "")
    return re.sub(r"\bmission( statement)?\b|\bof\b|ミッション|の", " ", plain(first)).strip("# ")
