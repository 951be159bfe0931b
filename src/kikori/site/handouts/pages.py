"""Cards, the people of the scenes, and the pages that instructors alone see, in one language."""

from __future__ import annotations

from pathlib import Path

from kikori.content.lessons.card import card_of
from kikori.content.lessons.cast import Company, cast_of
from kikori.model import Course, Module
from kikori.model.course import INSTRUCTOR
from kikori.settings import Lang
from kikori.site.content import Content, localized
from kikori.site.handouts import lab_workshop
from kikori.site.handouts.page_parts import parts_of
from kikori.site.render import render

CARD, CARDS, PEOPLE, WORKSHOP = "card.md", "cards.md", "courses/people.md", "workshop.md"
OVERVIEW = "courses/instructor.md"
NOTES = f"{INSTRUCTOR}.md"


def generated(content: Content, lang: Lang) -> dict[str, str]:
    """Give every handout by its place in English.

    Raises:
        OurFault: card.toml or cast.toml breaks its format, or a page for instructors has no heading.
    """
    found = {PEOPLE: people(content, lang)} if companies(content) else {}
    for course in content.courses:
        found |= _cards(course, content, lang)
        if content.instructor:
            found |= _for_instructors(course, content, lang)
    if content.instructor:
        labs = lab_workshop.with_workshop(content)
        found[OVERVIEW] = render("instructor", lang, courses=content.courses, workshops=workshops(content), labs=labs)
        found |= lab_workshop.workshop_pages(content, lang)
    return found


def companies(content: Content) -> tuple[Company, ...]:
    """Give the companies of every content root."""
    return tuple(one for root in content.catalog.roots for one in cast_of(root).companies)


def people(content: Content, lang: Lang) -> str:
    """Tell who is who in the scenes, and in which modules.

    Raises:
        OurFault: cast.toml names a module that is not there.
    """
    return render("people", lang, companies=companies(content), module=content.modules.get)


def has_cards(course: Course) -> bool:
    """Say whether any module of a course has a card."""
    return any(card_of(module) for module in course.modules)


def workshops(content: Content) -> tuple[Course, ...]:
    """Give the courses that have a sheet for a workshop."""
    return tuple(course for course in content.courses if (course.folder / WORKSHOP).is_file())


def workshop_title(course: Course, lang: Lang) -> str:
    """Give the heading of a course's sheet.

    Raises:
        OurFault: it has none.
    """
    return parts_of(_local(course.folder / WORKSHOP, lang))[0]


def _cards(course: Course, content: Content, lang: Lang) -> dict[str, str]:
    cards = [(module, card) for module in course.modules if (card := card_of(module))]
    place = f"courses/{course.id}"
    found = {
        f"{place}/{module.id}/{CARD}": render("card", lang, course=course, module=module, card=card)
        for module, card in cards
    }
    return found | ({f"{place}/{CARDS}": render("cards", lang, course=course, cards=cards)} if cards else {})


def _for_instructors(course: Course, content: Content, lang: Lang) -> dict[str, str]:
    place = f"courses/{course.id}"
    found = {
        f"{place}/{module.id}/{NOTES}": _notes(course, module, content, lang)
        for module in course.modules
        if module.instructor(lang)
    }
    if course in workshops(content):
        title, text = parts_of(_local(course.folder / WORKSHOP, lang))
        found[f"{place}/{WORKSHOP}"] = render("workshop", lang, title=title, text=text, course=course)
    return found


def _notes(course: Course, module: Module, content: Content, lang: Lang) -> str:
    _, text = parts_of(module.folder / NOTES, module.instructor(lang))
    return render("notes", lang, course=course, module=module, text=text, labs=content.labs_of(module))


def _local(page: Path, lang: Lang) -> Path:
    """The page of a language, or else the English one."""
    local = page.with_name(localized(page.name, lang))
    return local if local.is_file() else page
