"""What the pages, and the questions before something is sent, say in English and in Japanese (words.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kikori.settings import Lang

HERE = Path(__file__).parent
LANGUAGES: tuple[Lang, ...] = ("en", "ja")


@cache
def words(lang: Lang) -> dict[str, Any]:
    """All of one language."""
    both: dict[str, dict[str, Any]] = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    return both[lang]
