"""How the instructor's pages are written, in the language that is asked for; all that they show comes from learners."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kikori.bilingual import LANGUAGES, texts
from kikori.cohort import HERE, WORDS
from kikori.settings import Lang
from kikori.visible_text import visible


def lang_of(request: Request, spoken: Lang) -> Lang:
    """Give the language that the address asks for, else the one that the command spoke."""
    asked = request.query_params.get("lang")
    return next((lang for lang in LANGUAGES if lang == asked), spoken)


def filled(template: str, lang: Lang, **values: object) -> Response:
    """Write a page, or the part of it that changes."""
    text = _environment().get_template(template).render(t=texts(WORDS, lang), lang=lang, minutes=minutes, **values)
    return HTMLResponse(text)


def minutes(since: float, now: float) -> int:
    """Whole minutes between two moments; none for a clock that was set back."""
    return max(0, int((now - since) // 60))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        undefined=StrictUndefined,
        autoescape=True,  # all that is shown comes from learners
        finalize=lambda value: visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
        trim_blocks=True,
        lstrip_blocks=True,
    )
