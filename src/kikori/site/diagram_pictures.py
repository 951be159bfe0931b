"""The diagrams that stand in pages, and the pictures that are shown in their place."""

from __future__ import annotations

import hashlib
import os
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from kikori.settings import Lang
from kikori.site.render import render

PLACE = "assets/diagrams"
"""Where the pictures are, below docs/ and below the site."""
BLOCK = re.compile(r"^(?P<indent>[ ]*)```mermaid\n(?P<text>.*?)^(?P=indent)```[ ]*$", re.MULTILINE | re.DOTALL)
SIZE = re.compile(r'width="(\d+)" height="(\d+)"')
TOLD = re.compile(r"<desc[^>]*>(.*?)</desc>", re.DOTALL)


class Picture(NamedTuple):
    """What a page has to know of a picture."""

    width: int
    height: int
    told: str
    """What it shows, in words."""


def diagrams(markdown: str) -> Iterator[str]:
    """The text of each diagram in a page."""
    return (textwrap.dedent(found["text"]) for found in BLOCK.finditer(markdown))


def name_of(diagram: str) -> str:
    """The file that holds a diagram's picture: named by the text, so that a change of it asks for a new one."""
    return f"{hashlib.sha256(diagram.strip().encode()).hexdigest()[:12]}.svg"


def with_pictures(page: str, markdown: str, docs: Path, lang: Lang) -> str:
    """A page with each diagram's picture in its place; one without a picture stays as text."""

    def put(found: re.Match[str]) -> str:
        name = name_of(textwrap.dedent(found["text"]))
        file = docs / PLACE / name
        if not file.is_file():
            return found[0]
        source = os.path.relpath(f"/{PLACE}/{name}", f"/{PurePosixPath(page).parent}")
        picture = read(file, file.stat().st_mtime_ns)
        return textwrap.indent(render("diagram", lang, source=source, picture=picture), found["indent"])

    return BLOCK.sub(put, markdown)


@cache
def read(file: Path, changed: int) -> Picture:
    """A picture's size and words; ``changed`` is when it was written."""
    text = file.read_text(encoding="utf-8")
    size, told = SIZE.search(text), TOLD.search(text)
    width, height = size.groups() if size else (0, 0)
    return Picture(int(width), int(height), unescape(told[1]) if told else "")
