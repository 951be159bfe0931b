"""Explanations that are alike: sets of five letters each, compared by how much of both they share.

Five letters rather than words, so that Japanese, which has no spaces, is treated as English is.
Source: Broder, On the resemblance and containment of documents (1997).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kikori import explanation_rules
from kikori.model import Prompt
from kikori.model.record import Record

LETTERS = 5
FEWEST = 30
"""Texts with fewer sets of letters of their own are not compared: too little to say that they are alike."""
LEAST = 0.25
"""Of what two texts have together; what shares less is not written down."""
ALIKE = 0.5
"""From here on it is worth a look."""
CLASS = 8
"""From so many texts on, what more than half of them share is no sign of copying."""
PASSAGE = 12
"""Letters; shorter passages that two texts share are not marked."""


class Pair(Record):
    """Two explanations, and how much of what they say is the same: 0 to 1."""

    one: str
    other: str
    likeness: float


def own_words(text: str, prompts: Iterable[Prompt]) -> str:
    """What a learner wrote: without the questions, the comments and the numbers of cited commands."""
    given = explanation_rules.answers(text)
    answers = "\n".join(given.values()) if given else explanation_rules.COMMENT.sub("", text)
    for prompt in prompts:
        for question in prompt.written:
            answers = answers.replace(question, "")
    return explanation_rules.CITATION.sub("", answers)[: explanation_rules.LONGEST]


def letters(text: str) -> Iterator[tuple[str, int]]:
    """The letters and digits of a text, in one form, each with its place in the text."""
    for place, written in enumerate(text):
        for letter in unicodedata.normalize("NFKC", written).casefold():
            if letter.isalnum():
                yield letter, place


def shingles(text: str) -> set[str]:
    """Every five letters that follow each other in a text, whatever stands between them."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", text).casefold() if letter.isalnum())
    return {plain[start : start + LETTERS] for start in range(len(plain) - LETTERS + 1)}


class Comparison:
    """The explanations of one lab, each as a number whose bits are the sets of letters that it has."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}
        self.spread: list[int] = []
        self.texts: dict[str, int] = {}

    def add(self, submission: str, text: str) -> None:
        """One more explanation."""
        found = [self.places.setdefault(one, len(self.places)) for one in shingles(text)]
        self.spread += [0] * (len(self.places) - len(self.spread))
        bits = bytearray(len(self.places) // 8 + 1)
        for place in found:
            self.spread[place] += 1
            bits[place >> 3] |= 1 << (place & 7)
        self.texts[submission] = int.from_bytes(bits, "little")

    def common(self) -> int:
        """The sets of letters that more than half of the class has."""
        if len(self.texts) < CLASS:
            return 0
        bits = bytearray(len(self.places) // 8 + 1)
        for place, count in enumerate(self.spread):
            if 2 * count > len(self.texts):
                bits[place >> 3] |= 1 << (place & 7)
        return int.from_bytes(bits, "little")

    def pairs(self, of: Iterable[str] | None = None, most: int = 5) -> list[Pair]:
        """The texts that are nearest to each of these (or of all), where they are near at all."""
        shared = self.common()
        own = {name: bits & ~shared for name, bits in self.texts.items()}
        sizes = {name: size for name, bits in own.items() if (size := bits.bit_count()) >= FEWEST}
        wanted = [name for name in (self.texts if of is None else of) if name in sizes]
        near: dict[str, list[Pair]] = {name: [] for name in wanted}
        left = dict(sizes)
        for name in wanted:
            del left[name]  # so that no pair is looked at twice
            for pair in _near(name, own, sizes[name], left):
                near[name].append(pair)
                near.get(pair.other, []).append(pair)
        best = (sorted(pairs, key=lambda pair: -pair.likeness)[:most] for pairs in near.values())
        return [*{(pair.one, pair.other): pair for pairs in best for pair in pairs}.values()]


def _near(name: str, own: Mapping[str, int], size: int, others: Mapping[str, int]) -> Iterator[Pair]:
    """Those of the others that are like a text; their number of sets of letters is given."""
    bits = own[name]
    for other, its in others.items():
        if min(size, its) < LEAST * max(size, its):
            continue  # one is so much longer that they can't be alike
        both = (bits & own[other]).bit_count()
        likeness = both / (size + its - both)
        if likeness >= LEAST:
            yield Pair(one=min(name, other), other=max(name, other), likeness=likeness)


class Piece(Record):
    """A piece of a text, and whether the other text has it too."""

    text: str
    shared: bool


def passages(text: str, other: str) -> list[Piece]:
    """A text in pieces that the other one has too, and pieces that it has not."""
    found, theirs = list(letters(text)), shingles(other)
    plain = "".join(letter for letter, _ in found)
    shared = bytearray(len(found))
    for start in range(len(plain) - LETTERS + 1):
        if plain[start : start + LETTERS] in theirs:
            shared[start : start + LETTERS] = b"\1" * LETTERS
    marked = bytearray(len(text))
    for run in re.finditer(rb"\x01{%d,}" % PASSAGE, bytes(shared)):
        begin, end = found[run.start()][1], found[run.end() - 1][1] + 1
        marked[begin:end] = b"\1" * (end - begin)
    runs = groupby(zip(text, marked, strict=True), key=lambda one: one[1])
    return [Piece(text="".join(letter for letter, _ in run), shared=bool(mark)) for mark, run in runs]
