"""The drawing that each course has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kikori.design.course_drawing import FILE, wrong_with
from kikori.lint.finding import Location
from kikori.lint.rule import rule, warning
from kikori.lint.subjects.content import Content


@rule
def drawing_in_form(content: Content) -> Iterator[Location]:
    """drawing.svg of a course is 320 by 160, with title and desc in both languages, and colours of tokens.css alone."""
    for course in _courses(content):
        if (file := course / FILE).is_file():
            for problem in wrong_with(file):
                yield Location(file, None, problem, "docs/author.md says how a course is drawn")


@warning
def course_drawn(content: Content) -> Iterator[Location]:
    """A course has a drawing, which its page, its cards and the list of courses show."""
    for course in _courses(content):
        if not (course / FILE).is_file():
            yield Location(course, None, f"{course.name} has no {FILE}", "docs/author.md says how a course is drawn")


def _courses(content: Content) -> Iterator[Path]:
    for root in content.roots:
        yield from sorted(file.parent for file in (root / "courses").glob("*/course.toml"))
