"""The page that is shown to whoever is not answered: why, and how to go on, in both languages.

It holds nothing of what is behind the guard, and loads nothing.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kikori.bilingual import LANGUAGES
from kikori.design import icon, sheet
from kikori.japanese import translated
from kikori.settings import Lang

FORBIDDEN = 403
STYLE = sheet() + (
    "body{font:1rem/1.6 var(--letters),sans-serif;color:var(--ink);background:var(--paper)}"
    "body{max-width:40rem;margin:3rem auto;padding:0 1rem}input,button{font:inherit;padding:.3em .6em}"
    "form{margin:1rem 0}label{display:block}section+section{margin-top:3rem}"
)
DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
PAGE = (
    '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8"><title>Kikori: {title}</title>'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    '<link rel="icon" href="{icon}"><style>{style}</style></head>'
    '<body><main><img src="{icon}" alt="Kikori" width="48" height="48">{sections}</main></body></html>\n'
)
SECTION = '<section lang="{lang}"><h1>{title}</h1><p>{reason}</p>{form}</section>'
FORM = (
    '<form action="{action}" method="get"><label for="{name}-{lang}">{label}</label>'
    '<input id="{name}-{lang}" name="{name}" autocomplete="off" required> <button>{button}</button></form>'
)


def refused(asked: HTTPConnection, reason: str, headers: dict[str, str], *, field: str = "") -> Response:
    """Say why to a program in a line, and to a browser on a page.

    ``field`` is what a form on the page asks for: the token, or what to search for; without one there is no form.
    """
    if "text/html" not in asked.headers.get("accept", ""):
        return PlainTextResponse(f"kikori: {translated(reason)}\n", FORBIDDEN, headers)
    first: Lang = "ja" if asked.headers.get("accept-language", "").lower().startswith("ja") else "en"
    ordered = sorted(LANGUAGES, key=lambda lang: lang != first)
    sections = "".join(_section(lang, reason, field) for lang in ordered)
    text = PAGE.format(lang=first, title=escape(_title(first)), style=STYLE, icon=icon(), sections=sections)
    policy = headers["Content-Security-Policy"].replace("style-src 'self'", f"style-src 'sha256-{DIGEST}'")
    return HTMLResponse(text, FORBIDDEN, headers | {"Content-Security-Policy": policy})


def _title(lang: Lang) -> str:
    return translated("This page is not opened", lang)


def _section(lang: Lang, reason: str, field: str) -> str:
    form = _form(lang, field) if field else ""
    return SECTION.format(lang=lang, title=_title(lang), reason=escape(translated(reason, lang)), form=form)


def _form(lang: Lang, field: str) -> str:
    label, button = {
        "token": ("The token: what stands after token= in that address", "Open the pages"),
        "q": ("Search the course site", "Search it now"),
    }[field]
    action = "/ja/" if (lang, field) == ("ja", "q") else "/"
    said = {"label": escape(translated(label, lang)), "button": escape(translated(button, lang))}
    return FORM.format(action=action, name=field, lang=lang, **said)
