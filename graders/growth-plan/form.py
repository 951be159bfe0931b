"""The learner's plan, part by part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from reading import HEADING, Line, Row, fields_of, label, lines_of, named, parts_of, plain, table_of, uncommented
from words import DEEP, GIVEN_UP, NEXT, OTHERS, PARTS, STEPS, SUM, YEAR

TITLE = re.compile(r" {0,3}# ")


class Form(NamedTuple):
    """What was written."""

    file: str
    title: str
    year: Mapping[str, Line]
    deep: Mapping[str, Line]
    next: Mapping[str, Line]
    steps: list[Row]
    given_up: list[Row]
    sum: Mapping[str, Line]
    others: Mapping[str, Line]

    def steps_of(self, kind: str, kinds: Mapping[int, str]) -> list[Row]:
        """Give the steps of one kind."""
        return [row for row in self.steps if kinds[row.line] == kind]


def read(file: str, text: str) -> Form:
    """Read a plan.

    Raises:
        Unreadable: a part is missing or twice, or has not what it needs.
    """
    lines = lines_of(file, text)
    parts = parts_of(file, lines, PARTS)
    return Form(
        file,
        _title(lines),
        fields_of(file, parts["year"], YEAR),
        fields_of(file, parts["deep"], DEEP),
        fields_of(file, parts["next"], NEXT),
        table_of(file, parts["steps"], STEPS, label(PARTS["steps"])),
        table_of(file, parts["given-up"], GIVEN_UP, label(PARTS["given-up"])),
        fields_of(file, parts["sum"], SUM),
        fields_of(file, parts["others"], OTHERS),
    )


def is_begun(text: str) -> bool:
    """Tell whether anything stands behind a row of the year."""
    inside = False
    for line in uncommented(text).splitlines():
        if HEADING.match(line):
            inside = named(line, PARTS) == "year"
        elif inside:
            cells = [
                one.strip() for one in line.strip().strip("|").replace("：", ":").split("|" if "|" in line else ":")
            ]
            head = cells[0].lstrip("-*+ ")
            if len(cells) > 1 and named(head, YEAR) and cells[1]:
                return True
    return False


def _title(lines: list[Line]) -> str:
    """Give whose plan the first heading says it is."""
    first = next((line.text for line in lines if TITLE.match(line.text)), "")
    return re.sub(r"\bgrowth\b|\bplan\b|\bof\b|成長の計画|成長計画|計画", " ", plain(first)).strip("# の")
