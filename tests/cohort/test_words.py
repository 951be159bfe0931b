"""The pages say the same in both languages."""

from __future__ import annotations

import re
import string
from typing import Any

from kikori.bilingual import texts
from kikori.cohort import HERE, WORDS
from kikori.cohort.messages import Where


def fields(said: dict[str, Any], path: str = "") -> dict[str, set[str]]:
    """Every key, with the places to fill in."""
    found = {}
    for key, value in said.items():
        if isinstance(value, dict):
            found |= fields(value, f"{path}{key}.")
        else:
            found[path + key] = {name for _, name, _, _ in string.Formatter().parse(value) if name}
    return found


def test_both_languages_have_the_same_keys_and_fill_in_the_same() -> None:
    assert fields(texts(WORDS, "en")) == fields(texts(WORDS, "ja"))


def test_every_stage_has_its_words() -> None:
    assert set(texts(WORDS, "en")["stages"]) == set(map(str, Where))


def test_every_key_is_used() -> None:
    sources = [*HERE.rglob("*.py"), *HERE.rglob("*.html"), *(HERE.parent / "cli" / "cohort").glob("*.py")]
    text = "".join(path.read_text(encoding="utf-8") for path in sources)
    unused = [key for key in texts(WORDS, "en") if not re.search(rf"[\"']{key}[\"']", text)]
    assert not unused
