"""Read what the document's cells hold alone: one name, a word or path, the numbers of incidents."""

from __future__ import annotations

import re

from filled_form.alone import alone, listed, parts
from filled_form.blanks import NIL
from filled_form.reader import Names

INCIDENT = re.compile(r"(?:inc[- ]?)?(\d{1,5})")
SCHEME = re.compile(r"^https?://")


def one_of(text: str, names: Names) -> str:
    """Give the one name that a cell is; empty where anything else stands there."""
    found = listed(text, names) or set()
    return found.pop() if len(found) == 1 and len(parts(text)) == 1 else ""


def word(text: str) -> str:
    """Give the one word, path or address that a cell is; empty where more stands there."""
    said = SCHEME.sub("", alone(text)).rstrip("/")
    return "" if re.search(r"\s|[,、()]", said) else said


def incidents(text: str) -> list[str] | None:
    """Give the incidents that a cell lists between commas, or none of them; None where anything else stands there."""
    said = parts(text)
    if len(said) == 1 and said[0] in NIL:
        return []
    found = [INCIDENT.fullmatch(one) for one in said]
    return [f"INC-{int(one[1])}" for one in found if one] if all(found) else None
