"""Templates of this package filled in one language: pages that are opened from a disk, and Markdown.

A page is one file, since it is mailed and put on shelves: its style is inside, and a policy in its head allows
that style by its hash and nothing else, so that whatever slipped through the escaping could load and run nothing.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kikori import design
from kikori.bilingual import texts
from kikori.settings import Lang
from kikori.visible_text import plain_markdown, visible

TEMPLATES = Path(__file__).parent / "templates"


class Words(str):
    """Text of our own, which needs no escaping."""

    __slots__ = ()


@cache
def words(part: str, lang: Lang) -> dict[str, Words]:
    """What a part says in one language (templates/PART-words.toml)."""
    return {key: Words(text) for key, text in texts(TEMPLATES / f"{part}-words.toml", lang).items()}


def page(part: str, lang: Lang, **values: object) -> str:
    """A whole page; every value is escaped."""
    style = design.sheet() + (TEMPLATES / "report.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{digest}'"
    told = {"t": words(part, lang), "lang": lang, "style": Markup(style), "policy": policy}  # noqa: S704  # our own
    return _pages().get_template(f"{part}.html.j2").render(**told, **values)


def markdown(part: str, lang: Lang, **values: object) -> str:
    """A text in Markdown; every value but our own words is escaped."""
    return _texts().get_template(f"{part}.md.j2").render(t=words(part, lang), lang=lang, **values)


@cache
def _pages() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Markup) else harmless(value),
    )


@cache
def _texts() -> Environment:
    found = Environment(  # noqa: S701  # what is harmful in Markdown is not what is harmful in HTML; see inactive
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=inactive,
    )
    found.filters["quoted"] = lambda text: Words("\n".join(f"> {inactive(line)}" for line in text.splitlines()))
    return found


def harmless(value: object) -> object:
    """A text in which what can't be seen is shown."""
    return visible(value) if isinstance(value, str) else value


def inactive(value: object) -> object:
    """A text as one line of Markdown in which nothing is a link, an image, code or HTML."""
    if isinstance(value, Words) or not isinstance(value, str):
        return value
    return plain_markdown(value)
