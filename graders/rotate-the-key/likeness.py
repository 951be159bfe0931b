"""Whether one key tells much of another: a piece of it, its letters in another order, or other letters in their places.

Keys that were drawn apart from each other are never alike so: the likeliest of these chances is one in a million. What
counts is what is left of a key for whoever has the other one: a name or a day before drawn letters tells nothing.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable

from guesses import SHORTEST
from needs import NEEDS, USERS
from words import written

SHARED = 8
"""Letters in a row that two keys which nobody derived from each other do not share."""
MANY = 28
"""Letters, and kinds of letters, from which on two keys do not have the same ones by chance, as 16 digits may."""

NAMES = re.compile("|".join({"nursery", *NEEDS, *USERS}))


def without_prefix(keys: Iterable[str]) -> dict[str, str]:
    """Keys without the letters with which all of them begin: those tell what it is, and nothing of the key."""
    several = list(keys)
    begin = len(os.path.commonprefix(several)) if len(several) > 1 else 0  # noqa: RUF071  # of letters, as it says
    return {key: key[begin:] for key in several}


def left(one: str, other: str) -> int:
    """How many letters of a key stand in no long piece of another one, however that is written.

    Where there is such a piece, names of services count no more than it does.
    """
    small, forms = one.casefold(), [form.casefold() for form in (*written(other), other[::-1])]
    begun = [i for i in range(len(small) - SHARED + 1) if any(small[i : i + SHARED] in form for form in forms)]
    named = [found.span() for found in NAMES.finditer(small)] if begun else []
    return len(small) - len({j for a, b in (*((i, i + SHARED) for i in begun), *named) for j in range(a, b)})


def is_exchanged(one: str, other: str) -> bool:
    """Whether each letter stands for a letter of the other, all along: moved on in the alphabet, xor, another case.

    Letters that come for the first time say nothing, so there are to be enough that come again.
    """
    pairs = set(zip(one, other, strict=False))
    again = len(one) - len(set(one))
    alone = len(one) == len(other) and len(pairs) == len(set(one)) == len(set(other))
    return alone and (again >= SHARED or len({(ord(a) - ord(b)) % 256 for a, b in pairs}) == 1)


def tells(one: str, other: str) -> bool:
    """Whether somebody who has one of two keys has the other, or all but a few letters of it, by rearranging it."""
    first, second = one.casefold(), other.casefold()
    if sorted(first) == sorted(second) and len(first) + len(set(first)) >= MANY:
        return True
    if is_exchanged(one, other) or is_exchanged(one, other[::-1]):
        return True
    return any(left(a, b) < min(SHORTEST, len(a)) for a, b in ((one, other), (other, one)))
