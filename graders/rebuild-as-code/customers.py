"""What customers buy at the desk, and what the old server writes down of it."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import NamedTuple

WAYS = ("up", "down", "both")
LINE = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d;(.*);(\d+)")
NUMBER = re.compile(r"ticket (\d+)\n")


class Sale(NamedTuple):
    """A ticket: what was asked for, and its price."""

    path: str
    price: int


def price(path: str) -> int:
    """The fare: children pay half, rounded up to ten."""
    whole = 800 if "both" in path else 410
    return -(-whole // 20) * 10 if "child" in path else whole


def sales(chance: random.Random) -> list[Sale]:
    """Draw some that no learner has seen; among them is a child whose fare has to be rounded."""
    places = [f"{way}/{chance.choice(('adult', 'child'))}/{chance.randint(2, 99)}" for way in WAYS]
    places += [f"child-{chance.choice(WAYS[:2])}", f"{chance.choice(WAYS)}?seat={chance.randint(2, 99)}%20left"]
    chance.shuffle(places)
    return [Sale(one, price(one)) for one in places]


def not_in_order(answers: Sequence[dict[str, object]]) -> int:
    """How many answers are no ticket with the number after the one before."""
    numbers = [NUMBER.fullmatch(str(one.get("text", ""))) if one.get("status") == 200 else None for one in answers]
    read = [int(one[1]) if one else 0 for one in numbers]
    return sum(one == 0 or (at > 0 and one != read[at - 1] + 1) for at, one in enumerate(read))


def not_in_book(book: str, sold: Sequence[Sale]) -> int:
    """How many sales the ledger's book lacks, in their order."""
    rows = [LINE.fullmatch(line) for line in book.splitlines()]
    return _lacking([(one[1], int(one[2])) for one in rows if one], sold)


def not_sold(text: str, sold: Sequence[Sale]) -> int:
    """How many sales the desk's own file lacks; there the ledger's number stands before each."""
    rows = [(line.partition(";")[0], LINE.fullmatch(line.partition(";")[2])) for line in text.splitlines()]
    return _lacking([(one[1], int(one[2])) for number, one in rows if one and number.isdecimal()], sold)


def _lacking(rows: list[tuple[str, int]], sold: Sequence[Sale]) -> int:
    left = list(rows)
    return sum(not _take(left, (one.path, one.price)) for one in sold)


def _take(rows: list[tuple[str, int]], wanted: tuple[str, int]) -> bool:
    if wanted not in rows:
        return False
    rows.remove(wanted)
    return True
