"""Every page of the real content has one place in the navigation."""

from typing import Any

import pytest

from kikori.settings import Lang
from kikori.site.assembly import tree
from kikori.site.content import LANGS, LESSONS, Content
from kikori.site.navigation import navigation

pytestmark = pytest.mark.slow


def pages_of(entries: list[Any]) -> list[str]:
    """The pages that a navigation names, in order."""
    found: list[str] = []
    for entry in entries:
        for target in entry.values() if isinstance(entry, dict) else [entry]:
            found += pages_of(target) if isinstance(target, list) else [target]
    return found


@pytest.mark.parametrize("lang", LANGS)
def test_every_lesson_and_lab_has_its_place(real: Content, lang: Lang) -> None:
    named = pages_of(navigation(real, lang))
    lessons = [f"courses/{ref}/{lesson}.md" for ref in real.modules for lesson in LESSONS]
    assert set(lessons) <= set(named)
    assert {f"labs/{lab.id}.md" for lab in real.labs} <= set(named)


def test_every_page_is_named_once(real: Content) -> None:
    named = pages_of(navigation(real, "en"))
    there = {name for name in tree(real) if name.endswith(".md") and not name.endswith(".ja.md")}
    assert sorted(named) == sorted(there)


@pytest.mark.parametrize(
    ("lang", "tabs"),
    [
        ("en", ["Start", "Courses", "Labs", "Glossary", "About"]),
        ("ja", ["スタート", "コース", "ラボ", "用語集", "Kikori について"]),
    ],
)
def test_four_tabs_are_for_learners_and_the_rest_is_in_one(real: Content, lang: Lang, tabs: list[str]) -> None:
    entries = navigation(real, lang)
    assert [title for entry in entries if isinstance(entry, dict) for title in entry] == tabs
    about = set(pages_of(entries[-1:]))
    assert {"instructor.md", "author.md", "security.md", "architecture.md", "adr/index.md", "cli.md"} <= about
    assert not [page for page in about if page.startswith(("courses/", "labs/", "quizzes/"))]
    assert {"index.md", "learner.md", "before.md", "glossary.md"} <= set(pages_of(entries[:-1]))


def test_a_lab_follows_the_lessons_of_its_module(real: Content) -> None:
    named = pages_of(navigation(real, "en"))
    assert named.index("labs/first-look.md") == named.index("courses/start-here/how-to-learn/why-again.md") + 1


def test_both_languages_have_the_same_order(real: Content) -> None:
    assert pages_of(navigation(real, "en")) == pages_of(navigation(real, "ja"))
