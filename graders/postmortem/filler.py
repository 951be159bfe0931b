"""Tells what says something from what only fills a form: the same twice, words that repeat, the form's own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import combinations, pairwise

from night import RECORDING

ALIKE = 0.8
"""From which share of common pieces on two texts say the same."""
MOST = 80
"""How many texts are compared with each other."""
RICH, ENOUGH = 0.6, 50
"""Which share of the words has to be different, of so many words at most."""
RICH_JA = 0.3
"""Which share of the Japanese characters has to be different."""
COPIED = 6
"""From how many words on a sentence of the form is known again."""
PIECE = re.compile(r"[a-z0-9']+|[\u3041-\u30ff\u3400-\u9fff]")
LATIN = re.compile(r"[a-z']+")
JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
SAID = re.compile(r"[.。!?！？\n|]")
MANY, LONG = 40, 150
"""How many sentences of a part are looked at, and how many words or Japanese characters of each."""
WHOLE = 5
"""From how many words, or Japanese characters, on a sentence is known again."""
SENTENCE = re.compile(r"[.。!?！？\n|:：;]")
ROWS_OF_LETTERS = ("あいうえお", "かきくけこ", "アイウエオ", "いろはにほへ", "イロハニホヘ")
COUNTED = frozenset(
    re.findall(
        r"[a-z]+",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty hundred lorem ipsum dolor sit amet foo bar baz",
    )
)


def pieces(text: str) -> list[str]:
    """The words of a text, and its Japanese characters one by one."""
    return PIECE.findall(unicodedata.normalize("NFKC", text).casefold())


def key(text: str) -> str:
    """A text without the numbers in it by which copies differ; the numbers of changes have four digits and stay."""
    return " ".join(one for one in pieces(text) if not one.isdigit() or len(one) == 4)


def twins(texts: Sequence[str], *, in_any_order: bool = False) -> tuple[int, int] | None:
    """The places of the first two texts that say the same; in any order of their words, if it is to be."""
    bags = [frozenset(key(text).split()) if in_any_order else _bag(text) for text in texts[:MOST]]
    for one, other in combinations(range(len(bags)), 2):
        both = bags[one] | bags[other]
        if both and len(bags[one] & bags[other]) >= ALIKE * len(both):
            return one, other
    return None


def repeats(text: str, other: str) -> bool:
    """Whether half of a text, or more, are sentences of another one, or have one inside."""
    sentences, theirs = ([" ".join(pieces(one)[:LONG]) for one in SAID.split(all_of)] for all_of in (text, other))
    known = [one for one in theirs if len(one.split()) >= WHOLE][:MANY]
    looked_at = [one for one in sentences if one][:MANY]
    again = sum(max((_again(one, its) for its in known), default=0) for one in looked_at)
    return 0 < 2 * again >= sum(map(len, looked_at))


def _again(said: str, other: str) -> int:
    """How many letters of a sentence are those of another one."""
    if f" {other} " in f" {said} ":
        return len(other)
    return len(said) if twins([said, other]) else 0


def _bag(text: str) -> frozenset[object]:
    """The words of a text, and which follows which."""
    words = key(text).split()
    return frozenset([(one,) for one in words]) | frozenset(pairwise(words))


def is_babble(text: str) -> bool:
    """Whether a text is words or characters again and again, or letters and numbers in their order."""
    words = LATIN.findall(unicodedata.normalize("NFKC", text).casefold())
    signs = JAPANESE.findall(unicodedata.normalize("NFKC", text))
    if any(row in "".join(signs) for row in ROWS_OF_LETTERS):
        return True
    if len(words) >= len(signs) and words:
        empty = sum(one in COUNTED or len(one) == 1 for one in words)
        return empty > len(words) / 2 or len(set(words)) < RICH * min(len(words), ENOUGH)
    return len(set(signs)) < RICH_JA * min(len(signs), ENOUGH)


def is_copied(text: str) -> bool:
    """Whether half of a text, or more, are sentences of the form or of the task."""
    ours = _ours()
    sentences = [" ".join(pieces(one)) for one in SENTENCE.split(text)]
    copied = sum(len(one) for one in sentences if len(one.split()) >= COPIED and f" {one} " in ours)
    return copied > 0 and copied * 2 >= sum(len(one) for one in sentences)


def _ours() -> str:
    """The words of the form and of the task, in both languages."""
    lab = RECORDING.parents[1]
    files = [*(lab / "workspace").glob("postmortem*.md"), *lab.glob("task*.md")]
    return " | ".join(f" {' '.join(pieces(file.read_text(encoding='utf-8')))} " for file in sorted(files))
