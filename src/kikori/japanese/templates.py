"""Sentences with places, found again in what was said and filled into another language's sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cached_property

from kikori.visible_text import width

PLACE = re.compile(r"\{(\w+)\}")
WORDS = re.compile(r"[^\W\d_]")
BETWEEN = ": "
"""What stands between a name and the sentence that is said of it."""
TELLING = 10
"""Letters from which on a sentence is known by its text; of a shorter one, such as ``5 min``, no value has a blank."""
TOGETHER = "; "
Said = Callable[[str], str]


class Template:
    """One sentence: the text between its places, and its words in the other language."""

    def __init__(self, source: str, target: str) -> None:
        self.target = target
        parts = PLACE.split(source)
        self.names, self.literals = parts[1::2], parts[0::2]
        self.weight = sum(map(len, self.literals))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Match the sentence with anything in its places, the same where a place stands twice."""
        found, anything = re.escape(self.literals[0]), ".*?" if self.weight >= TELLING else r"\S*?"
        for at, (name, literal) in enumerate(zip(self.names, self.literals[1:], strict=True)):
            again = name in self.names[:at]
            found += (f"(?P={name})" if again else f"(?P<{name}>{anything})") + re.escape(literal)
        return re.compile(found, re.DOTALL)

    def filled(self, text: str, say: Said) -> str | None:
        """Say what a text says, its values translated by ``say``; None where it is no such sentence."""
        if not (text.startswith(self.literals[0]) and text.endswith(self.literals[-1])):
            return None
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        values = {name: _as_wide(value, say(value.strip())) for name, value in found.groupdict().items()}
        return PLACE.sub(lambda place: values[place[1]], self.target)


class Templates:
    """Sentences in one language with those of another: of all that match, the one with the longest text is meant."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        plain = {source.strip(): target for source, target in pairs.items()}
        self.whole = {source: target for source, target in plain.items() if not PLACE.search(source)}
        found = [Template(source, target) for source, target in plain.items() if source not in self.whole]
        self.templates = sorted(found, key=lambda one: -one.weight)

    def translated(self, text: str) -> str:
        """Say a text in the other language; as it is where no sentence is known for it."""
        inner = text.strip()
        ways = (self._sentence, self._with_full_stop, self._several, self._of_something)
        found = next((said for way in ways if (said := way(inner)) is not None), inner)
        return text.replace(inner, found, 1)

    def _with_full_stop(self, text: str) -> str | None:
        """Translate a sentence whose full stop stands where it is quoted."""
        found = self._sentence(text[:-1]) if text.endswith(".") else None
        return None if found is None else f"{found}。"

    def _several(self, text: str) -> str | None:
        """Translate sentences that were put together, where one is known."""
        parts = text.split(TOGETHER)
        found = [self._sentence(part) for part in parts]
        if len(parts) == 1 or not any(found):
            return None
        return TOGETHER.join(said or part for said, part in zip(found, parts, strict=True))

    def _of_something(self, text: str) -> str | None:
        """Translate what is said of a name that stands before it."""
        head, between, tail = text.partition(BETWEEN)
        return f"{self._value(head)}{BETWEEN}{self.translated(tail)}" if between else None

    def _sentence(self, text: str) -> str | None:
        if text in self.whole:
            return self.whole[text]
        return next((said for one in self.templates if (said := one.filled(text, self._value)) is not None), None)

    def _value(self, value: str) -> str:
        """Translate a value that is a sentence itself; a single word may be a name of something."""
        return self.translated(value) if " " in value and WORDS.search(value) else value


def _as_wide(before: str, said: str) -> str:
    """Give a translated value the blanks that stood around the value, and no narrower a column."""
    left = before[: len(before) - len(before.lstrip())]
    right = before[len(before.rstrip()) :]
    if said == before.strip() or not right:
        return f"{left}{said}{right}"
    return f"{left}{said}{' ' * max(1, width(before.strip()) + len(right) - width(said))}"
