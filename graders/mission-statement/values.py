"""Read what a mission's cells list: requests, works and the numbers of sentences, and nothing beside them."""

from __future__ import annotations

import re

from filled_form.alone import alone, listed, parts
from filled_form.reader import Names

DAYS, PERCENT = ("days", "day", "日"), ("%",)
"""The units that the form prints."""
REQUEST = re.compile(r"(?:(?:request|letter|頼みごと) ?)?#?(\d{1,2})番?")
SENTENCE = re.compile(r"([mr])(\d{1,2})")


def request(text: str) -> int | None:
    """Give the number of the one request that a cell or a heading is."""
    found = REQUEST.fullmatch(alone(text))
    return int(found[1]) if found else None


def given_up(text: str, names: Names) -> tuple[set[int], set[str]] | None:
    """Give the requests and the names that a cell lists between commas; None where anything else stands there."""
    said = parts(text)
    numbers = {one: int(found[1]) for one in said if (found := REQUEST.fullmatch(one))}
    rest = [one for one in said if one not in numbers]
    works = listed(", ".join(rest), names) if rest else set()
    return None if works is None else ({*numbers.values()}, works)


def cited(text: str) -> set[str] | None:
    """Give the sentences that a cell lists between commas, such as M1; None where anything else stands there."""
    found = [SENTENCE.fullmatch(one) for one in parts(text)]
    return {f"{one[1].upper()}{int(one[2])}" for one in found if one} if all(found) else None
