"""The reviewer's templates filled in one language; whatever is put into them is escaped."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from kikori.attempts.entry_words import of_source
from kikori.review.web.file_templates import words
from kikori.settings import Lang
from kikori.visible_text import visible

COOKIE = "kikori-language"
UNITS = {"en": ("h", "min", "s"), "ja": ("時間", "分", "秒")}
LONGEST = 10**9
"""Seconds; no clock has measured more."""


def language_of(request: Request) -> Lang:
    """The language that was chosen on the page, else the browser's."""
    chosen = request.cookies.get(COOKIE)
    if chosen in ("en", "ja"):
        return "ja" if chosen == "ja" else "en"
    return preferred(request.headers.get("accept-language", ""))


def preferred(accepted: str) -> Lang:
    """Which of the two a browser likes better (RFC 9110, section 12.5.4); English where it names neither."""
    best: tuple[float, Lang] = (0.0, "en")
    for part in accepted[:1000].lower().split(","):
        tag, _, weight = part.strip().partition(";q=")
        lang: Lang | None = "ja" if tag.startswith("ja") else "en" if tag.startswith("en") else None
        if lang and (found := _number(weight)) > best[0]:
            best = found, lang
    return best[1]


def _number(weight: str) -> float:
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0


def told(lang: Lang) -> dict[str, str]:
    """What the pages say in one language."""
    return dict(words("review", lang))


def render(page: str, lang: Lang, values: Mapping[str, object]) -> str:
    """A page of this package."""
    common = {"t": told(lang), "lang": lang, "other": "en" if lang == "ja" else "ja"}
    return _environment(lang).get_template(f"review-{page}.html.j2").render(common | dict(values))


@cache
def _environment(lang: Lang) -> Environment:
    found = Environment(
        loader=PackageLoader("kikori.review.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    found.filters["source"] = lambda source: of_source(source, lang)
    found.filters["time"] = lambda seconds: duration(seconds, lang)
    return found


def duration(seconds: float, lang: Lang) -> str:
    """A time as it is said: the two greatest units."""
    if not math.isfinite(seconds) or abs(seconds) > LONGEST:
        return "?"
    hours, minutes, rest = int(seconds) // 3600, int(seconds) % 3600 // 60, int(seconds) % 60
    pairs = list(zip((hours, minutes, rest), UNITS[lang], strict=True))
    first = next((place for place, (count, _) in enumerate(pairs) if count), 2)
    shown = [(str(count), unit) for count, unit in pairs[first : first + 2] if count or first == 2]
    space = "" if lang == "ja" else " "
    return space.join(space.join(pair) for pair in shown)
