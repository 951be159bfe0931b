"""What the program says, in Japanese: the TOML files here hold each English sentence with its Japanese one.

The layers below say everything in English. Whoever shows it to a person, a command or a page, translates it there.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from kikori.japanese.templates import Templates
from kikori.settings import Lang, language

FOLDER = Path(__file__).parent


def translated(text: str, lang: Lang | None = None) -> str:
    """Say a sentence of the program in the learner's language, or in another."""
    return _catalogue().translated(text) if text and (lang or language()) == "ja" else text


@cache
def sentences() -> dict[str, str]:
    """Read every English sentence with its Japanese one."""
    found: dict[str, str] = {}
    for file in sorted(FOLDER.glob("*.toml")):
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return found


@cache
def _catalogue() -> Templates:
    return Templates(sentences())
