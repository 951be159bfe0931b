"""Lessons: a module's card, story and instructor's notes, and the people of the scenes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kikori.content.courses import read_courses
from kikori.content.lessons import cast, instructor_notes
from kikori.content.lessons.card import FILE, Card
from kikori.content.lessons.module_toml import readings_of, story_of
from kikori.content.strict_reader import read_toml
from kikori.errors import KikoriError, OurFault
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule, warning
from kikori.lint.subjects.content import Content
from kikori.model import Module
from kikori.model.course import INSTRUCTOR
from kikori.settings import Lang

SENTENCES = (2, 4)
"""The least and the most of a card's model."""
END = {"en": re.compile(r"[.!?][\"”’)*`]*(?=\s|$)"), "ja": re.compile(r"[。？！](?![」』）])")}
LANGS: tuple[Lang, Lang] = ("en", "ja")


@rule
def card_in_form(content: Content) -> Iterator[Location]:
    """card.toml of a module has a model of two to four sentences, six commands and a trap, on one side of paper."""
    for module in _modules(content):
        for problem in _of_card(module.folder / FILE):
            yield spot_of(problem, module.folder / FILE, problem.hint or "shorten it, or write six [[commands]]")


@rule
def notes_in_form(content: Content) -> Iterator[Location]:
    """instructor.md of a module has the sections that all have, in their order, and none beside them."""
    for module in _modules(content):
        for lang, page in _notes(module):
            if odd := instructor_notes.unknown(page.read_text(encoding="utf-8"), lang):
                wanted = " | ".join(instructor_notes.FORM[lang])
                yield Location(page, None, f"not the form of the notes: {' | '.join(odd)}", f"write {wanted}")


@rule
def cast_agrees(content: Content) -> Iterator[Location]:
    """Who courses/cast.toml lists for a module is named in its lessons, and in no lesson of another module."""
    for root in content.roots:
        own = {f"{one.course}/{one.id}": one for one in _modules(content) if one.folder.is_relative_to(root)}
        for one in _astray(root, own):
            yield Location(one.file, None, one.problem, one.fix)


@warning
def module_complete(content: Content) -> Iterator[Location]:
    """A module has a card, a story, a reading in each language, and instructor's notes with all their sections."""
    for module in _modules(content):
        if lacks := [*_lacks(module)]:
            message = f"{module.course}/{module.id} lacks {'; '.join(lacks)}"
            yield Location(module.folder, None, message, "write them (docs/author.md says what goes where)")


def _modules(content: Content) -> list[Module]:
    """Every module; none of a root that can't be read, which the rule ``contract`` tells."""
    found: list[Module] = []
    for root in content.roots:
        try:
            found += [module for course in read_courses(root / "courses") for module in course.modules]
        except OurFault:
            continue
    return found


def _of_card(file: Path) -> Iterator[KikoriError]:
    if not file.is_file():
        return
    try:
        card = read_toml(file, Card)
    except KikoriError as problem:
        yield problem
        return
    least, most = SENTENCES
    for lang in LANGS:
        number = len(END[lang].findall(card.model.lang(lang)))
        if not least <= number <= most:
            yield OurFault(f"{file}: the model has {number} sentences ({lang})", f"write {least} to {most}")


def _notes(module: Module) -> list[tuple[Lang, Path]]:
    pages: list[tuple[Lang, Path]] = [(lang, module.folder / _page(lang)) for lang in LANGS]
    return [(lang, page) for lang, page in pages if page.is_file()]


def _page(lang: Lang) -> str:
    return f"{INSTRUCTOR}{'.ja' * (lang == 'ja')}.md"


def _astray(root: Path, modules: dict[str, Module]) -> Iterator[cast.Astray]:
    try:
        yield from cast.astray(root, modules)
    except KikoriError as problem:
        yield cast.Astray(root / cast.FILE, problem.message.removeprefix(f"{root / cast.FILE}: "), problem.hint)


def _lacks(module: Module) -> Iterator[str]:
    if not (module.folder / FILE).is_file():
        yield FILE
    if story_of(module) is None:
        yield "[story] in module.toml"
    notes = dict(_notes(module))
    for lang in LANGS:
        if lang not in {one.language for one in readings_of(module, lang)}:
            yield f'a [[read_next]] with language = "{lang}"'
        text = notes[lang].read_text(encoding="utf-8") if lang in notes else ""
        if gone := instructor_notes.missing(text, lang):
            yield f"{_page(lang)}: {', '.join(heading.lstrip('# ') for heading in gone)}"
