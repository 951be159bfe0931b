"""The library's stock, as its own list has it: the same books each time, drawn from one number."""

from __future__ import annotations

import random
from functools import cache
from typing import NamedTuple

SUBJECTS = ("bridges", "history", "insects", "poetry")
FORMS = ("Letters on", "A Short Course in", "Forgotten", "The Craft of", "Travels among", "Notes from a Life with")
PLACES = ("Aomori", "Ehime", "Gifu", "Iwate", "Kochi", "Nara", "Niigata", "Oita", "Shimane", "Toyama")
FAMILIES = ("Abe", "Endo", "Hayashi", "Ito", "Kato", "Mori", "Ogawa", "Sasaki", "Tanaka", "Yamada")
GIVEN = ("Akira", "Chiyo", "Emi", "Haruo", "Jun", "Kaoru", "Masako", "Naoki", "Reiko", "Shiro")


class Book(NamedTuple):
    """A book as the library lists it."""

    id: str
    title: str
    author: str
    shelf: str


@cache
def stock(count: int) -> frozenset[Book]:
    """All books of a library that has so many."""
    draw, found = random.Random(1913), set[Book]()  # noqa: S311 - the list is drawn so, and secret to nobody
    for number in range(1, count + 1):
        subject = SUBJECTS[number % len(SUBJECTS)]
        title = f"{draw.choice(FORMS)} {subject} in {draw.choice(PLACES)}, volume {number}"
        author = f"{draw.choice(FAMILIES)} {draw.choice(GIVEN)}"
        found.add(Book(str(number), title, author, f"{subject[:2].upper()}-{draw.randint(1, 90)}"))
    return frozenset(found)
