"""The texts that a learner reads: those of lab.toml, and what they name or give away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from kikori.model import Fault, Lab, Text
from kikori.model.lab import Hint

JAPANESE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")
SPAN = re.compile(r"`([^`]+)`")
ROOTED = re.compile(r"(?<![\w`/.:-])/[\w.-]+(?:/[\w.*-]+)*")
ENGLISH_WORD = re.compile(r"[a-z0-9][a-z0-9'./_-]*")
JAPANESE_WORD = re.compile(r"[a-z0-9][a-z0-9'./_-]*|[\u3005\u3041-\u30ff\u3400-\u9fff]")
SMALL = re.compile(
    r"an?|and|are|as|at|be|been|but|by|did|do|does|for|from|ha[dsv]e?|he|her|his|if|in|into|is|its?|of|on|one|or|she|so"
    r"|than|that|the|their|them|then|there|they|this|to|was|were|what|when|which|who|will|with|you|your"
)
"""Words without weight."""
RUN = {"en": 4, "ja": 12}
"""How many words in a row, or Japanese characters, a text may not share with a cause."""


class Sentences(NamedTuple):
    """A text in both languages and where it stands in its file."""

    place: str
    text: Text


def texts_of(value: object, place: str = "") -> Iterator[Sentences]:
    """Every text below a record, with its place such as ``faults.half-edit.cause``."""
    if isinstance(value, Text):
        yield Sentences(place, value)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from texts_of(getattr(value, name), f"{place}.{name}".strip("."))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from texts_of(one, f"{place}.{name}")
    elif isinstance(value, tuple):
        for number, one in enumerate(value, 1):
            yield from texts_of(one, f"{place}[{number}]")


def ladders(lab: Lab) -> Iterator[tuple[Fault | None, tuple[Hint, ...]]]:
    """The hints that a learner can meet in one attempt, in order: for each fault, or for a lab that has none."""
    for fault in lab.faults.values():
        yield fault, (*lab.about.hints, *fault.about.hints)
    if not lab.faults:
        yield None, lab.about.hints


def names_in(text: str) -> frozenset[str]:
    """The things that a text names: what it marks as code, and paths."""
    return frozenset({name.strip() for name in SPAN.findall(text)} | {*ROOTED.findall(text)})


def paths_in(text: str) -> frozenset[str]:
    """The paths of two parts or more that a text names, such as /etc/nginx."""
    return frozenset(name for name in names_in(text) if re.match(r"/[\w.-]+/[\w.*-]", name))


def mentions(text: str, name: str) -> bool:
    """Whether a text has a name as a word of its own."""
    return re.search(rf"(?<![A-Za-z0-9_-]){re.escape(name)}(?![A-Za-z0-9_-])", text, re.IGNORECASE) is not None


def shared_run(text: str, cause: str, lang: str) -> str:
    """The first run of words that a text has in common with a cause; empty when there is none of weight."""
    here, there = _words(text, lang), _words(cause, lang)
    length = RUN[lang]
    runs = {tuple(here[n : n + length]) for n in range(len(here) - length + 1)}
    for n in range(len(there) - length + 1):
        run = tuple(there[n : n + length])
        if run in runs and sum(not SMALL.fullmatch(word) for word in run) > 1:
            return ("" if lang == "ja" else " ").join(run)
    return ""


def _words(text: str, lang: str) -> list[str]:
    pattern = JAPANESE_WORD if lang == "ja" else ENGLISH_WORD
    return [word.strip("./-'") for word in pattern.findall(text.lower())]


def first_line(path: Path) -> str:
    """The first line of a file; empty for one that can't be read as text."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().strip()
    except (OSError, UnicodeDecodeError):
        return ""
