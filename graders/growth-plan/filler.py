"""Tells what says something from what only fills a form: the same twice, words that repeat, the form's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

LAB = Path(__file__).resolve().parents[2] / "labs" / Path(__file__).resolve().parent.name
ALIKE = 0.8
"""From which share of common pieces on two texts say the same."""
RICH, ENOUGH = 0.5, 50
"""Which share of the words has to be different, of so many words at most."""
RICH_JA = 0.3
"""Which share of the Japanese characters has to be different."""
COPIED = 6
"""From how many words on a sentence of the form is known again."""
PIECE = re.compile(r"[a-z0-9']+|[\u3041-\u30ff\u3400-\u9fff]")
LATIN = re.compile(r"[a-z']+")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
SENTENCE = re.compile(r"[.。!?！？\n|:：;()（）]")
ROWS_OF_LETTERS = ("あいうえお", "かきくけこ", "アイウエオ", "いろはにほへ", "イロハニホヘ")
COUNTED = frozenset(
    re.findall(
        r"[a-z]+",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty hundred lorem ipsum dolor sit amet foo bar baz",
    )
)


def pieces(text: str) -> list[str]:
    """Divide a text into words, and single Japanese characters."""
    return PIECE.findall(unicodedata.normalize("NFKC", text).casefold())


def twins(texts: Sequence[str]) -> tuple[int, int] | None:
    """Find the places of the first two texts that say the same."""
    bags = [_bag(text) for text in texts]
    for one, other in combinations(range(len(bags)), 2):
        both = bags[one] | bags[other]
        if both and len(bags[one] & bags[other]) >= ALIKE * len(both):
            return one, other
    return None


def _bag(text: str) -> frozenset[object]:
    """Give the words of a text, and which follows which; no numbers."""
    words = [one for one in pieces(text) if not one.isdigit()]
    return frozenset([(one,) for one in words]) | frozenset(pairwise(words))


def is_babble(text: str) -> bool:
    """Tell whether a text only repeats words, or rows of letters and numbers."""
    words = LATIN.findall(unicodedata.normalize("NFKC", text).casefold())
    signs = JAPANESE.findall(unicodedata.normalize("NFKC", text))
    if any(row in "".join(signs) for row in ROWS_OF_LETTERS):
        return True
    if len(words) >= len(signs) and words:
        empty = sum(one in COUNTED or len(one) == 1 for one in words)
        return empty > len(words) / 2 or len(set(words)) < RICH * min(len(words), ENOUGH)
    return len(set(signs)) < RICH_JA * min(len(signs), ENOUGH)


def is_copied(text: str, *places: str) -> bool:
    """Tell whether half of a text is sentences of the lab's files.

    By default of the form and of the task.
    """
    ours = _ours(places or ("workspace/plan*.md", "task*.md"))
    sentences = [" ".join(pieces(one)) for one in SENTENCE.split(text)]
    copied = sum(len(one) for one in sentences if len(one.split()) >= COPIED and f" {one} " in ours)
    return copied > 0 and copied * 2 >= sum(len(one) for one in sentences)


@cache
def _ours(places: tuple[str, ...]) -> str:
    """Give the words of some files of the lab."""
    files = sorted(file for place in places for file in LAB.glob(place))
    return " | ".join(f" {' '.join(pieces(file.read_text(encoding='utf-8')))} " for file in files)
