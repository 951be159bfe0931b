"""Tell what says something from what only fills a form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

SAME = 0.8
"""From which share of common pairs of words on two texts say the same."""
OWN_WORDS, OWN_SIGNS, FIRST = 0.6, 0.3, 50
"""Which share of words, and of Japanese characters, has to be different, of so many at most."""
KNOWN_FROM = 6
"""From how many words on a sentence of ours is known again."""
NEAR_FROM, NEAR, NEAR_SIGNS = 8, 0.8, 0.9
"""The same where some words, or Japanese characters, are others, and by which share of them in their order."""
SIGN = r"[\u3041-\u30ff\u3400-\u9fff]"
TOKEN = re.compile(rf"[a-z0-9']+|{SIGN}")
STOP = re.compile(r"[.。!?！？\n|:：;()（）]")
WRAPPED = re.compile(r"(?<=[^\n|])\n *(?=[^\s|#>*+-])")
ALPHABETS = ("あいうえお", "かきくけこ", "アイウエオ", "いろはにほへ", "イロハニホヘ")
PADDING = frozenset(
    re.findall(
        r"[a-z]+",
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty thirty forty fifty hundred lorem ipsum dolor sit amet foo bar baz "
        "consectetur adipiscing elit sed eiusmod tempor incididunt ut labore et dolore magna aliqua",
    )
)


def tokens(text: str) -> list[str]:
    """The words of a text, and its Japanese characters one by one."""
    return TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())


def is_babble(text: str) -> bool:
    """Whether a text is a few words again and again, or letters and numbers in their order."""
    latin = [one for one in tokens(text) if re.fullmatch(r"[a-z']+", one)]
    japanese = [one for one in tokens(text) if re.fullmatch(SIGN, one)]
    if any(alphabet in "".join(japanese) for alphabet in ALPHABETS):
        return True
    if not latin or len(latin) < len(japanese):
        return len(set(japanese)) < OWN_SIGNS * min(FIRST, len(japanese))
    padding = [one for one in latin if one in PADDING or len(one) == 1]
    return 2 * len(padding) > len(latin) or len(set(latin)) < OWN_WORDS * min(FIRST, len(latin))


def same_as_before(texts: Sequence[str]) -> int | None:
    """The place of the first text that says what one before it said; numbers make no difference."""
    seen: list[set[object]] = []
    for place, text in enumerate(texts):
        words = [one for one in tokens(text) if not one.isdigit()]
        bag: set[object] = {*words, *pairwise(words)}
        if any(bag and len(bag & other) >= SAME * len(bag | other) for other in seen):
            return place
        seen.append(bag)
    return None


def is_said_in(text: str, others: Iterable[str]) -> bool:
    """Whether a text says what one of some others says."""
    return any(same_as_before([one, text]) is not None for one in others)


def ours(lab: Path, *names: str) -> str:
    """The words of some files of a lab; else of its task, forms and examples, in both languages."""
    files = sorted(file for name in names or ("task*.md", "workspace/*.md") for file in lab.glob(name))
    return " | ".join(f" {' '.join(tokens(file.read_text(encoding='utf-8')))} " for file in files)


def is_copied(text: str, known: str) -> bool:
    """Whether half of a text, or more, are sentences that are known."""
    said = [" ".join(tokens(one)) for one in STOP.split(text)]
    return 0 < 2 * _letters(one for one in said if _is_known(one, known)) >= _letters(said)


def sentences(lab: Path, *names: str) -> list[list[str]]:
    """The sentences of some files of a lab, as words, that are long enough to be known with some of them changed."""
    files = sorted(file for name in names for file in lab.glob(name))
    said = (tokens(one) for file in files for one in STOP.split(_unwrapped(file.read_text(encoding="utf-8"))))
    return [one for one in said if len(one) >= NEAR_FROM]


def records(*texts: str) -> list[list[str]]:
    """The sentences of records that lie beside a form, as words: from so many on that none is a phrase or a name."""
    said = (tokens(one) for text in texts for one in STOP.split(_unwrapped(text)))
    return [one for one in said if length_of(one) >= KNOWN_FROM]


def is_near_copy(text: str, known: Iterable[Sequence[str]]) -> bool:
    """Whether half of a text, or more, are known sentences but for a few words or names."""
    said = {" ".join(tokens(one)): tokens(one) for one in STOP.split(_unwrapped(text))}
    near = [one for one, words in said.items() if any(_is_near(words, other) for other in known)]
    return 0 < 2 * _letters(near) >= _letters(said)


def _unwrapped(text: str) -> str:
    """A text in which no sentence of a paragraph goes on in another line."""
    return WRAPPED.sub(" ", text)


def length_of(words: Sequence[str]) -> int:
    """Count the words of a sentence; two Japanese characters count as one."""
    signs = sum(bool(re.fullmatch(SIGN, one)) for one in words)
    return len(words) - signs + signs // 2


def _is_near(words: Sequence[str], known: Sequence[str]) -> bool:
    if len(known) < NEAR_FROM:
        return [*words] == [*known]
    pair = SequenceMatcher(None, known, words, autojunk=False)
    share = NEAR_SIGNS if re.search(SIGN, "".join(words)) else NEAR
    return len(words) >= KNOWN_FROM and pair.real_quick_ratio() >= share and pair.ratio() >= share


def _is_known(sentence: str, known: str) -> bool:
    return len(sentence.split()) >= KNOWN_FROM and f" {sentence} " in known


def _letters(sentences: Iterable[str]) -> int:
    return sum(map(len, sentences))
