"""Links from a lesson to the glossary, where a module uses a term for the first time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from html import escape

from kikori.settings import Lang
from kikori.site.glossary.terms import Term

PAGE = "../../../glossary.md"
FENCE = re.compile(r"^\s*(```|~~~)")
NOT_PROSE = re.compile(r"^\s*(#|[?!]{3}|\||<|\{)")
"""Lines in which nothing is linked: headings, titles of folded parts, tables, HTML, attributes."""
KEPT = re.compile(r"(`[^`]*`|!?\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?|<[^>]+>|\{[^}]*\}|https?://\S+)")
KANA = "ァ-ヶー"


class FirstUse:
    """The terms that one module has not used yet, in one language."""

    def __init__(self, terms: Mapping[str, Term], lang: Lang) -> None:
        self._terms = terms
        self._lang = lang
        self._ids = {form.casefold(): name for name, term in terms.items() for form in term.forms(lang)}
        self._any = _pattern({form for term in terms.values() for form in term.forms(lang)}, lang)
        self._used: set[str] = set()

    def linked(self, page: str) -> str:
        """Link each term that the module had not used before this page, once.

        Code, headings, tables and what is a link already stay as they are.
        """
        return "\n".join(self._lines(page)) if self._ids else page

    def _lines(self, page: str) -> Iterator[str]:
        code = False
        for line in page.split("\n"):
            code ^= bool(FENCE.match(line))
            yield line if code or NOT_PROSE.match(line) or FENCE.match(line) else self._line(line)

    def _line(self, line: str) -> str:
        parts = KEPT.split(line)
        return "".join(part if place % 2 else self._any.sub(self._link, part) for place, part in enumerate(parts))

    def _link(self, found: re.Match[str]) -> str:
        name = self._ids[found["form"].casefold()]
        if name in self._used:
            return found[0]
        self._used.add(name)
        says = escape(self._terms[name].says.lang(self._lang))
        return f'[{found[0]}]({PAGE}#{name}){{ .kikori-term title="{says}" }}'


def _pattern(forms: Set[str], lang: Lang) -> re.Pattern[str]:
    """Find any form as a word of its own; a longer one before a shorter one that it begins with."""
    any_form = "|".join(_as_written(form) for form in sorted(forms, key=lambda form: (-len(form), form)))
    before, after = r"(?<![\w/.-])", r"(?:s|es)?(?![\w/-])"
    if lang == "ja":
        before, after = rf"(?<![{KANA}A-Za-z0-9_/.-])", rf"(?![{KANA}A-Za-z0-9_/-])"
    return re.compile(f"{before}(?P<form>{any_form}){after}", re.IGNORECASE)


def _as_written(form: str) -> str:
    """Take an acronym in capitals alone: USE is a method, and `use` is a word."""
    return f"(?-i:{re.escape(form)})" if form.isascii() and form.isupper() else re.escape(form)
