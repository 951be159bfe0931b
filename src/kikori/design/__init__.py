"""The look that all pages share: one sheet of colours, fonts and spaces, and the mark.

Whoever serves pages serves ``static`` beside its own files; a page that is one file, and a drawing, take the values.
"""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
SHEET = STATIC / "tokens.css"
MARK = STATIC / "kikori.svg"
"""The woodcutter who stops to sharpen the axe."""
TOKEN = re.compile(r"^\s*--([\w-]+): (.+);$", re.MULTILINE)
PAIR = re.compile(r"light-dark\((.+), (.+)\)")


@cache
def sheet() -> str:
    """Read the sheet, for a page that holds its own style."""
    return SHEET.read_text(encoding="utf-8")


@cache
def icon() -> str:
    """Write the mark as an address, for a page that loads nothing."""
    return f"data:image/svg+xml;base64,{base64.b64encode(MARK.read_bytes()).decode()}"


@cache
def tokens() -> dict[str, tuple[str, str]]:
    """Give the value of each token in light and in dark, the same twice where the scheme changes nothing."""
    found = {name: (value, PAIR.fullmatch(value)) for name, value in TOKEN.findall(sheet())}
    return {name: (pair[1], pair[2]) if pair else (value, value) for name, (value, pair) in found.items()}
