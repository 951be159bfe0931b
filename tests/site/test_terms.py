"""The glossary against the lessons: each term is used where it is taught, and no word of the trade lacks."""

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from kikori import paths
from kikori.settings import Lang
from kikori.site.content import LANGS, LESSONS, localized
from kikori.site.glossary.terms import Term, read_terms

COURSES = paths.ROOT / "courses"
TERMS = read_terms(paths.ROOT / "docs")
ORDINARY = frozenset(Path(__file__).with_name("ordinary_words.txt").read_text(encoding="utf-8").split())
"""Words that look like a term and are everyday ones, or names."""
FENCED = re.compile(r"^\s*(```|~~~).*?^\s*\1\s*$", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`]*`|\]\([^)]*\)")
KATAKANA = re.compile(r"[ァ-ヶー]{3,}")
ACRONYM = re.compile(r"\b[A-Z][A-Z0-9]+\b")
COMMON_IN = {"en": 2, "ja": 3}
"""In so many modules a word is one that readers should find in the glossary."""


@cache
def lessons(module: str, lang: Lang) -> str:
    """What a module's three pages say, without what is shown in fences."""
    pages = (COURSES / module / localized(f"{lesson}.md", lang) for lesson in LESSONS)
    return FENCED.sub("", "\n".join(page.read_text(encoding="utf-8") for page in pages)).casefold()


def modules() -> list[str]:
    return sorted(str(path.parent.relative_to(COURSES)) for path in COURSES.glob("*/*/module.toml"))


@pytest.mark.parametrize("lang", LANGS)
def test_each_term_is_used_in_the_module_that_teaches_it(lang: Lang) -> None:
    unused = [f"{name} in {term.taught}" for name, term in TERMS.items() if not _used(term, lang)]
    assert TERMS
    assert unused == []


def _used(term: Term, lang: Lang) -> bool:
    return any(form.casefold() in lessons(term.taught, lang) for form in term.forms(lang))


@pytest.mark.parametrize("lang", LANGS)
def test_a_form_belongs_to_one_term(lang: Lang) -> None:
    forms = Counter(form.casefold() for term in TERMS.values() for form in set(term.forms(lang)))
    assert [form for form, times in forms.items() if times > 1] == []


def test_every_word_of_the_trade_in_use_is_in_the_glossary() -> None:
    missing = [word for lang in LANGS for word in _common(lang) if not _known(word, lang)]
    assert missing == [], "explain them in docs/terms.toml, or name them in ordinary_words.txt beside this test"


def _common(lang: Lang) -> list[str]:
    pattern = KATAKANA if lang == "ja" else ACRONYM
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module in modules():
        for lesson in LESSONS:
            text = (COURSES / module / localized(f"{lesson}.md", lang)).read_text(encoding="utf-8")
            for word in pattern.findall(CODE.sub("", FENCED.sub("", text))):
                found[word].add(module)
    return sorted(word for word, where in found.items() if len(where) >= COMMON_IN[lang])


def _known(word: str, lang: Lang) -> bool:
    return word in ORDINARY or any(word in form for term in TERMS.values() for form in term.forms(lang))


def test_no_ordinary_word_is_a_term() -> None:
    forms = {form for lang in LANGS for term in TERMS.values() for form in term.forms(lang)}
    assert sorted(ORDINARY & forms) == []
