"""Texts of our own in English and Japanese: TOML files beside the code that says them, and sentences.toml for all."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kikori.settings import Lang

LANGUAGES: tuple[Lang, ...] = ("en", "ja")
SENTENCES = Path(__file__).with_name("sentences.toml")


@cache
def texts(file: Path, lang: Lang) -> dict[str, Any]:
    """Read what a file says in one language; it has a table for each."""
    both: dict[str, dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))
    return both[lang]


@cache
def _sentences() -> dict[str, dict[str, str]]:
    return tomllib.loads(SENTENCES.read_text(encoding="utf-8"))


def sentence(name: str, lang: Lang, **values: object) -> str:
    """Say a sentence of sentences.toml, its places filled with values."""
    said = _sentences()[name][lang]
    return said.format(**values) if values else said
