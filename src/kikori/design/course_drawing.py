"""The drawing of a course: one SVG beside course.toml, that pages hold and colour from the sheet.

It tells what it shows in every language; a page gets the words of its own. Alone it is a drawing of lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

from kikori.design import tokens
from kikori.settings import Lang

FILE = "drawing.svg"
VIEW = "0 0 320 160"
"""All have one shape, so that they stand in a row."""
LONGEST = 4000
"""Bytes: the list of courses holds them all."""
WORDS = re.compile(r'<(title|desc) xml:lang="(\w+)">(.*?)</\1>\s*', re.DOTALL)
NAMESPACE = "{http://www.w3.org/2000/svg}"
SPOKEN = "{http://www.w3.org/XML/1998/namespace}lang"
ELEMENTS = {"svg", "title", "desc", "g", "path", "rect", "circle", "ellipse", "line", "text"}
COLOURED = ("fill", "stroke")
COLOUR = re.compile(r"none|currentColor|var\(--([\w-]+), (?:none|currentColor)\)")


def inlined(course: Path, lang: Lang) -> str:
    """Write a course's drawing in one line of a page, with its words in one language; nothing where there is none."""
    file = course / FILE
    if not file.is_file():
        return ""
    text = WORDS.sub(lambda found: _said(found, lang), file.read_text(encoding="utf-8"))
    text = text.replace(' xmlns="http://www.w3.org/2000/svg"', ' class="kikori-drawing" data-search-exclude=""', 1)
    return "".join(line.strip() for line in text.splitlines())


def _said(found: re.Match[str], lang: Lang) -> str:
    name, spoken, words = found.groups()
    return f"<{name}>{words}</{name}>" if spoken == lang else ""


def wrong_with(file: Path) -> Iterator[str]:
    """Say what a drawing has that it must not have, or lacks."""
    data = file.read_bytes()
    if len(data) > LONGEST:
        yield f"{len(data)} bytes; {LONGEST} at most"
    try:
        root = ElementTree.fromstring(data)  # noqa: S314  # an author's own
    except ElementTree.ParseError as problem:
        yield f"no SVG: {problem}"
        return
    if root.get("viewBox") != VIEW or root.get("role") != "img":
        yield f'no role="img" with viewBox="{VIEW}"'
    for name in ("title", "desc"):
        told = {one.get(SPOKEN) for one in root.findall(f"{NAMESPACE}{name}") if (one.text or "").strip()}
        yield from (f"no <{name}> in {lang}" for lang in get_args(Lang) if lang not in told)
    for one in root.iter():
        yield from _wrong(one)


def _wrong(one: ElementTree.Element) -> Iterator[str]:
    name = one.tag.removeprefix(NAMESPACE)
    if name not in ELEMENTS:
        yield f"<{name}> is not among {', '.join(sorted(ELEMENTS))}"
    if odd := sorted(key for key in one.attrib if key.startswith("on") or key in ("style", "href", "class", "id")):
        yield f"<{name}> has {', '.join(odd)}"
    for key in COLOURED:
        colour = one.get(key, "none")
        found = COLOUR.fullmatch(colour)
        if not found or (found[1] and found[1] not in tokens()):
            yield f'{key}="{colour}" is no colour of tokens.css, such as var(--brand, currentColor)'
