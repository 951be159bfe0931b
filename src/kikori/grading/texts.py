"""Small words that graders are written with."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TypeVar

from kikori import settings
from kikori.settings import Lang

T = TypeVar("T")
REASONS = "reasons.toml"
"""What a grader says, by names, in both languages; no verdict rests on it, so another wording voids no proof."""
COMMA: dict[Lang, str] = {"en": ", ", "ja": "、"}


def say(en: str, ja: str = "") -> str:
    """A reason in the learner's language: what was expected, what was seen, never the answer."""
    return (ja if settings.language() == "ja" else "") or en


def reasons(grader: str) -> Callable[..., str]:
    """What a grader says of its checks, from the reasons.toml beside its file, which is given as ``__file__``.

    The function that comes of it takes a name of that table and values for its places, and gives the sentence in the
    learner's language; of several it makes words with commas between.
    """
    table = Path(grader).with_name(REASONS)

    def reason(name: str, **values: object) -> str:
        lang = settings.language()
        told = _table(table)[name]
        filled = {key: _listed(value, lang) for key, value in values.items()}
        return (told.get(lang) or told["en"]).format(**filled)

    return reason


@cache
def _table(file: Path) -> dict[str, dict[str, str]]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _listed(value: object, lang: Lang) -> object:
    """Several things as a sentence has them; anything else as it is."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        return value
    return COMMA[lang].join(map(str, value)) or "-"


def quoted(text: str, most: int = 80) -> str:
    """Quote what was seen in a sentence: on one line, cut to ``most`` letters, in the language's own marks."""
    shown = "".join(letter if letter.isprintable() else "�" for letter in " ".join(text.split()))[:most]
    return say(f'"{shown}"', f"「{shown}」")


def eventually(look: Callable[[], T], wanted: Callable[[T], bool], within: float = 5.0, every: float = 0.1) -> T:
    """Look again and again until what is seen is wanted, at most ``within`` seconds; gives the last look."""
    deadline = time.monotonic() + within
    seen = look()
    while not wanted(seen) and time.monotonic() < deadline:
        time.sleep(every)
        seen = look()
    return seen
