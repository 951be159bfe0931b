"""Small words that graders are written with."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from kikori import settings

T = TypeVar("T")


def say(en: str, ja: str = "") -> str:
    """A reason in the learner's language: what was expected, what was seen, never the answer."""
    return (ja if settings.language() == "ja" else "") or en


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
