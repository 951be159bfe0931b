"""Tell which sentences and letters a text cites by their numbers."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from drawn_letters.draw import TEAMS
from filled_form.reader import plain

SENTENCE = re.compile(r"(?<![a-z0-9'’-])(?<!\d )([mr])-?(\d{1,2})(?![a-z0-9]|[.,-]\d)")
"""M1, and no area of 60 m2."""
LETTER = re.compile(r"(?<![a-z0-9&])(?:# ?|頼みごと ?)(\d{1,2})(?!\d|[.,]\d|[件個通つ])")
"""#4, and no longer number of some other list."""


def sentences_cited(text: str) -> set[str]:
    """Give the numbers of the sentences that a text cites."""
    return {f"{kind.upper()}{int(number)}" for kind, number in SENTENCE.findall(plain(text))}


def cited_in_vain(text: str, known: AbstractSet[str]) -> list[str]:
    """Give the sentences and letters that a text cites, and that are not there."""
    letters = {int(number) for number in LETTER.findall(plain(text))}
    return [*sorted(sentences_cited(text) - known), *(f"#{number}" for number in sorted(letters - TEAMS.keys()))]
