"""Templates filled in one language."""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kikori.bilingual import texts
from kikori.design import course_drawing
from kikori.settings import Lang

HERE = Path(__file__).parent
WORDS = HERE / "words.toml"
"""What the generated parts say."""


def render(template: str, lang: Lang, **values: object) -> str:
    """A template of this package with its values; ``t`` is what it says, ``lang`` the language."""
    page = _environment().get_template(f"{template}.md.j2")
    return page.render(t=texts(WORDS, lang), lang=lang, **values)


def render_page(template: str, lang: Lang, **values: object) -> str:
    """A whole page of HTML from a template of this package; what its values hold is escaped."""
    environment = _environment().overlay(autoescape=True)
    return environment.get_template(f"{template}.j2").render(t=texts(WORDS, lang), lang=lang, **values)


@cache
def _environment() -> Environment:
    found = Environment(  # noqa: S701 - Markdown of the repository's own authors, not HTML from outside
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    found.filters["cell"] = _cell
    found.filters["quoted"] = _quoted
    found.filters["alt"] = _alt
    found.filters["inline"] = _inline
    found.filters["drawing"] = course_drawing.inlined
    return found


def _cell(text: str) -> str:
    """Text that does not end its table cell."""
    return text.replace("|", "\\|")


def _quoted(text: str) -> str:
    """Text in double quotes, for front matter and diagrams."""
    return '"' + text.replace("\\", "").replace('"', "'") + '"'


def _inline(text: str) -> str:
    """Text with `code` in it, as HTML that means nothing else."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))


def _alt(text: str) -> str:
    """Text that means nothing but itself between the brackets of a Markdown image."""
    return escape(re.sub(r"([\\`*_{}\[\]()#+.!-])", r"\\\1", text), quote=False).replace("\n", " ")
