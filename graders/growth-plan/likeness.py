"""Tell names that differ by an ending, an article, a capital or a space alone: two writings of one name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from filled_form.reader import JAPANESE, plain

WORD = re.compile(r"[^\W_]+")
ENDING = re.compile(r"(?<=[a-z]{3})(?:'s|s)$")
SMALL = frozenset({"a", "an", "the", "my", "our", "of", "problem"})
"""Words that make no other name."""
PARTICLES = re.compile(r"[のがをはにでへとー]|問題")


def alike(name: str, others: Iterable[str]) -> str:
    """Give the first of some names that is another writing of one; empty where none is, or it is that one."""
    wanted = _keys(name)
    return next((one for one in others if one != name and wanted & _keys(one)), "")


def _keys(name: str) -> set[str]:
    """Give a name by its words in any order, and without its spaces: each without its ending."""
    said = plain(name).replace("’", "'").replace("'s", "")
    if JAPANESE.search(said):
        said = PARTICLES.sub("", said)
    words = WORD.findall(said)
    return {" ".join(sorted(_stem(one) for one in words if one not in SMALL)), "".join(map(_stem, words))} - {""}


def _stem(word: str) -> str:
    """Leave out what makes several of one: queries and query, boxes and box."""
    return re.sub(r"(?<=[a-z]{2})(?:ie|y)$", "i", ENDING.sub("", word)).removesuffix("e")
