"""courses/cast.toml: the people whom the lessons' scenes speak of, the same in all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kikori.content.strict_reader import nearest, read_toml
from kikori.model import Module, Text
from kikori.model.lab import Name
from kikori.model.record import Record
from kikori.settings import Lang

FILE = "courses/cast.toml"
LESSONS = ("why", "how", "why-again")
FENCED = re.compile(r"^\s*(```|~~~).*?^\s*\1", re.MULTILINE | re.DOTALL)
WORD: dict[Lang, str] = {"en": r"\b{}\b", "ja": r"(?<![ァ-ヶー]){}(?![ァ-ヶー])"}
"""A name by itself: in Japanese it is katakana, and no part of a longer word."""


class Person(Record):
    """Somebody of a company."""

    name: Text
    role: Text
    modules: tuple[str, ...]
    """The modules whose scenes the person is in, as course/module."""


class Company(Record):
    """Where some of them work."""

    id: Name
    name: Text
    does: Text
    people: tuple[Person, ...]


class Cast(Record):
    """cast.toml, key by key."""

    companies: tuple[Company, ...] = ()


class Astray(NamedTuple):
    """A person and a lesson that do not agree."""

    file: Path
    problem: str
    fix: str


def cast_of(root: Path) -> Cast:
    """Read the cast of a content root; nobody where it has none.

    Raises:
        OurFault: cast.toml breaks its format.
    """
    file = root / FILE
    return read_toml(file, Cast) if file.is_file() else Cast()


def astray(root: Path, modules: dict[str, Module]) -> Iterator[Astray]:
    """Find who is listed for a module that never speaks of them, and who appears where they are not listed.

    Raises:
        OurFault: cast.toml breaks its format.
    """
    for person in (one for company in cast_of(root).companies for one in company.people):
        for ref in person.modules:
            if ref not in modules:
                yield Astray(root / FILE, f"{person.name.en}: there is no module '{ref}'", nearest(ref, [*modules]))
        for ref, module in modules.items():
            yield from _in_module(person, module, listed=ref in person.modules, cast=root / FILE)


def _in_module(person: Person, module: Module, *, listed: bool, cast: Path) -> Iterator[Astray]:
    langs: tuple[Lang, Lang] = ("en", "ja")
    for lang in langs:
        name = person.name.lang(lang)
        pages = [page for page in _lessons(module, lang) if _names(page, name, lang)]
        if listed and not pages:
            fix = f"name {name} in its why or why-again page, or take the module from {cast}"
            yield Astray(module.folder, f"{name} is in no lesson of {module.course}/{module.id} ({lang})", fix)
        for page in pages if not listed else ():
            fix = f"give the person another name, or add {module.course}/{module.id} in {cast}"
            yield Astray(page, f"{name} belongs to other modules", fix)


def _lessons(module: Module, lang: Lang) -> Iterator[Path]:
    for lesson in LESSONS:
        page = module.folder / f"{lesson}{'.ja' * (lang == 'ja')}.md"
        if page.is_file():
            yield page


def _names(page: Path, name: str, lang: Lang) -> bool:
    prose = FENCED.sub("", page.read_text(encoding="utf-8"))
    return re.search(WORD[lang].format(re.escape(name)), prose) is not None
