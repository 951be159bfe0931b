"""Whether one key tells much of another: a piece of it, its letters in another order, or other letters in their places.

Keys that were drawn apart from each other are never alike so: the likeliest of these chances is one in a million.
"""

from __future__ import annotations

import os.path
from collections.abc import Iterable

from words import written

SHARED = 8
"""Letters in a row that two keys which nobody derived from each other do not share."""
MANY = 28
"""Letters, and kinds of letters, from which on two keys do not have the same ones by chance, as 16 digits may."""


def without_prefix(keys: Iterable[str]) -> dict[str, str]:
    """Keys without the letters with which all of them begin: those tell what it is, and nothing of the key."""
    several = list(keys)
    begin = len(os.path.commonprefix(several)) if len(several) > 1 else 0  # noqa: RUF071  # of letters, as it says
    return {key: key[begin:] for key in several}


def shared(one: str, other: str) -> str:
    """The first letters in a row that two keys share, where they are too many; nothing where they are not."""
    return next((piece for i in range(len(one) - SHARED + 1) if (piece := one[i : i + SHARED]) in other), "")


def is_exchanged(one: str, other: str) -> bool:
    """Whether each letter stands for a letter of the other, all along: moved on in the alphabet, xor, another case.

    Letters that come for the first time say nothing, so there are to be enough that come again.
    """
    pairs = set(zip(one, other, strict=False))
    again = len(one) - len(set(one))
    alone = len(one) == len(other) and len(pairs) == len(set(one)) == len(set(other))
    return alone and (again >= SHARED or len({(ord(a) - ord(b)) % 256 for a, b in pairs}) == 1)


def tells(one: str, other: str) -> bool:
    """Whether somebody who has one of two keys has the other, or a long piece of it, by rearranging it."""
    first, second = one.casefold(), other.casefold()
    if sorted(first) == sorted(second) and len(first) + len(set(first)) >= MANY:
        return True
    if is_exchanged(one, other) or is_exchanged(one, other[::-1]) or shared(first, second[::-1]):
        return True
    return any(shared(a, form.casefold()) for a, b in ((first, other), (second, one)) for form in written(b))
