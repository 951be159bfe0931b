"""The order of the site, from the content alone."""

from __future__ import annotations

from typing import Any

from kikori.bilingual import texts
from kikori.content.lessons.card import card_of
from kikori.model import Course, Lab, Module
from kikori.settings import Lang
from kikori.site.content import LESSONS, Content
from kikori.site.handouts import lab_workshop
from kikori.site.handouts import pages as handouts
from kikori.site.render import WORDS

Entry = dict[str, Any] | str
"""As mkdocs.yml writes it: a title with a page or with a list of entries."""

REFERENCE = ["submission.md", "cli.md", "lab-toml.md", "lint.md", "sdk.md"]
BEFORE = "before.md"
"""What one must know before the first course."""
PLACED = ("index.md", "learner.md", BEFORE, "instructor.md", "architecture.md", *REFERENCE)
"""Pages of docs/ with a place of their own; any other follows the instructor's guide."""


def navigation(content: Content, lang: Lang) -> list[Entry]:
    """Every page once, titled in one language.

    Raises:
        OurFault: a page has no heading to be called by.
    """
    said = texts(WORDS, lang)
    return [
        {said["start"]: ["index.md", *_documents(["learner.md", BEFORE], content, lang)]},
        {said["courses"]: _courses(content, lang)},
        {said["labs"]: "labs/index.md"},
        *([{said["glossary"]: "glossary.md"}] if content.terms else []),
        *_about(content, lang),
    ]


def _courses(content: Content, lang: Lang) -> list[Entry]:
    """The tracks, the courses, and the tests of a class."""
    found: list[Entry] = ["courses/index.md", *_tracks(content, lang)]
    found += [_course(course, content, lang) for course in content.courses]
    if content.quizzes:
        quizzes = [{quiz.about.title.lang(lang): f"quizzes/{quiz.id}.md"} for quiz in content.quizzes]
        found.append({texts(WORDS, lang)["quizzes"]: ["quizzes/index.md", *quizzes]})
    return [*found, *_of_all_courses(content, lang)]


def _about(content: Content, lang: Lang) -> list[Entry]:
    """What no learner needs: the guides of the others, and how Kikori is built."""
    others = [page for page in content.documents() if page not in PLACED]
    found = _documents(["instructor.md", *others], content, lang)
    if inside := _inside(content, lang):
        found.append({texts(WORDS, lang)["inside"]: inside})
    return [{texts(WORDS, lang)["about"]: found}] if found else []


def _inside(content: Content, lang: Lang) -> list[Entry]:
    """How Kikori is built: the layers, the decisions, the commands."""
    found = _documents(["architecture.md"], content, lang)
    if records := content.documents("adr"):
        entries: list[Entry] = ["adr/index.md", *_documents(records, content, lang)]
        found.append({texts(WORDS, lang)["decisions"]: entries})
    if content.keeps_proofs:
        found.append({texts(WORDS, lang)["proofs"]: "proofs.md"})
    return found + _documents(REFERENCE, content, lang)


def _documents(names: list[str] | tuple[str, ...], content: Content, lang: Lang) -> list[Entry]:
    known = [*content.documents(), *content.documents("adr")]
    return [{content.heading(name, lang): name} for name in names if name in known]


def _tracks(content: Content, lang: Lang) -> list[Entry]:
    """The ways through the courses, where there are any."""
    found: list[Entry] = [
        {one.track.about.title.lang(lang): f"courses/tracks/{one.track.id}.md"} for one in content.tracks
    ]
    return [{texts(WORDS, lang)["tracks"]: ["courses/tracks/index.md", *found]}] if found else []


def _course(course: Course, content: Content, lang: Lang) -> Entry:
    said, place = texts(WORDS, lang), f"courses/{course.id}"
    found: list[Entry] = [f"{place}/index.md", *(_module(module, content, lang) for module in course.modules)]
    if handouts.has_cards(course):
        found.append({said["all-cards"]: f"{place}/{handouts.CARDS}"})
    if content.instructor and course in handouts.workshops(content):
        title = said["instructor-page"] % {"title": handouts.workshop_title(course, lang)}
        found.append({title: f"{place}/{handouts.WORKSHOP}"})
    return {course.about.title.lang(lang): found}


def _of_all_courses(content: Content, lang: Lang) -> list[Entry]:
    """What belongs to all courses: the people of their scenes, and the instructor's list of notes."""
    said = texts(WORDS, lang)
    found: list[Entry] = [{said["people"]: handouts.PEOPLE}] if handouts.companies(content) else []
    return [*found, {said["for-instructors"]: handouts.OVERVIEW}] if content.instructor else found


def _module(module: Module, content: Content, lang: Lang) -> Entry:
    folder = f"courses/{module.course}/{module.id}"
    said = texts(WORDS, lang)
    found: list[Entry] = [{said[lesson]: f"{folder}/{lesson}.md"} for lesson in LESSONS]
    if content.instructor and module.instructor(lang):
        found.append({said["notes"]: f"{folder}/{handouts.NOTES}"})
    found += [entry for lab in content.labs_of(module) for entry in _lab(lab, content, lang)]
    if card_of(module):
        found.append({said["card"]: f"{folder}/{handouts.CARD}"})
    return {module.about.title.lang(lang): found}


def _lab(lab: Lab, content: Content, lang: Lang) -> list[Entry]:
    """A lab's page, and for instructors those of its workshop."""
    said = texts(WORDS, lang)
    found: list[Entry] = [{f"{said['lab']}: {lab.about.title.lang(lang)}": f"labs/{lab.id}.md"}]
    sheets = lab_workshop.titles(lab, lang) if content.instructor else {}
    return [*found, *({said["instructor-page"] % {"title": title}: place} for place, title in sheets.items())]
