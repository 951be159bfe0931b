"""Courses and modules as their authors wrote them; the pages themselves are Markdown beside these."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from msgspec import Meta

from kikori.model.lab import Name, Text, pages_in
from kikori.model.record import Record
from kikori.settings import Lang

INSTRUCTOR = "instructor"
"""The page of a module that instructors alone read: instructor.md, instructor.ja.md."""


class CourseToml(Record):
    """course.toml, key by key."""

    title: Text
    """The name that lists and pages show."""
    summary: Text
    """What a learner can do after it, in a sentence."""
    order: int
    """Courses are shown by this number; leave gaps of ten."""


class Reading(Record):
    """Something worth reading next."""

    title: Text
    url: Annotated[str, Meta(pattern=r"^(https://|\.\./|\.\/).+")]


class ModuleToml(Record):
    """module.toml, key by key."""

    title: Text
    """The name that lists and pages show."""
    order: int
    """Modules are shown by this number; leave gaps of ten."""
    reading: Annotated[int, Meta(ge=1, le=60)]
    """Minutes of reading, all three pages together."""
    practice: Annotated[int, Meta(ge=0, le=960)]
    """Minutes of practice, labs included."""
    skills: tuple[Text, ...]
    """What the learner can do afterwards: concrete, short-lived."""
    understanding: tuple[Text, ...]
    """What the learner can explain afterwards: abstract, long-lived."""
    prerequisites: tuple[str, ...] = ()
    """Modules to do before, as course/module."""
    read_next: tuple[Reading, ...] = ()
    """Two or three things to read afterwards."""


class Module(Record):
    """A module and its folder of lessons: why, how, why-again."""

    id: Name
    course: Name
    folder: Path
    about: ModuleToml

    def instructor(self, lang: Lang) -> str:
        """Read the notes that instructors alone see; empty where there are none."""
        page = next((one for one in pages_in(self.folder, INSTRUCTOR, lang) if one.is_file()), None)
        return page.read_text(encoding="utf-8") if page else ""


class Course(Record):
    """A course and its modules in order."""

    id: Name
    folder: Path
    about: CourseToml
    modules: tuple[Module, ...]
