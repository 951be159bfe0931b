"""Tell known sentences again in a text, however they are joined there, in whichever order, politely or plainly."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from filled_form.filler import NEAR, NEAR_FROM, NEAR_SIGNS, SIGN, length_of, tokens

MOST_WORDS = 4000
"""How many words of a text are compared."""
MANNERS = re.compile(r"(?:ま|で) す(?= |$)|(?:ま|で) し (?=た)|で あ (?=る)|ま せ ん|な い")
"""Endings by which the same is said politely, or plainly."""


def is_joined_copy(text: str, known: Iterable[Sequence[str]]) -> bool:
    """Whether half of a text, or more, are the words of known sentences, whatever stands between these."""
    words, seen = _without_manners(tokens(text)[:MOST_WORDS]), set[int]()
    for one in known:
        seen |= _within(words, _without_manners(one))
    return 0 < 2 * sum(len(words[place]) for place in seen) >= sum(map(len, words))


def is_nearly(text: str, other: str) -> bool:
    """Whether two texts of some length have nearly the same words, in whichever order; numbers make no difference."""
    one, two = ([word for word in tokens(said) if not word.isdigit()] for said in (text, other))
    common = sum((Counter(one) & Counter(two)).values())
    return min(length_of(one), length_of(two)) >= NEAR_FROM and 2 * common >= _share(one) * (len(one) + len(two))


def _without_manners(words: Sequence[str]) -> list[str]:
    """Words without those Japanese endings by which the same is said politely, or plainly."""
    return MANNERS.sub("", " ".join(words)).split()


def _within(words: Sequence[str], known: Sequence[str]) -> set[int]:
    """The places of those words of a known sentence that stand together in a text, whatever stands around them."""
    wanted, share, size = Counter(known), _share(known), len(known)
    if len(known) < NEAR_FROM:
        starts = [
            place for place, word in enumerate(words) if word == known[0] and [*words[place : place + size]] == [*known]
        ]
        return {place + more for place in starts for more in range(size)}
    if sum((wanted & Counter(words)).values()) < size * share / (2 - share):
        return set()
    found: set[int] = set()
    for start, end in _windows(words, wanted, share):
        found |= {place for place in range(start, end) if words[place] in wanted}
    return found


def _windows(words: Sequence[str], wanted: Counter[str], share: float) -> Iterator[tuple[int, int]]:
    """Where so many words of a known sentence stand together, in whichever order, that nearly all is that sentence."""
    known = sum(wanted.values())
    before = [0, *accumulate(word in wanted for word in words)]
    for size in range(math.ceil(known * share / (2 - share)), int(known * (2 - share) / share) + 1):
        least = share * (size + known) / 2
        for start in range(len(words) - size + 1):
            end = start + size
            is_full = before[end] - before[start] >= least
            if is_full and sum((Counter(words[start:end]) & wanted).values()) >= least:
                yield start, end


def _share(words: Sequence[str]) -> float:
    """How much of some words has to be there."""
    return NEAR_SIGNS if re.search(SIGN, "".join(words)) else NEAR
