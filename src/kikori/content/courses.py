"""Courses and modules read from courses/."""

from __future__ import annotations

from pathlib import Path

from kikori.content.lessons.module_toml import StoriedModule
from kikori.content.strict_reader import read_toml
from kikori.model import Course, CourseToml, Module


def read_courses(folder: Path) -> tuple[Course, ...]:
    """Every course of a content root, in its order.

    Raises:
        OurFault: a course.toml or module.toml breaks the format.
    """
    found = [_read_course(path.parent) for path in folder.glob("*/course.toml")]
    return tuple(sorted(found, key=lambda course: (course.about.order, course.id)))


def _read_course(folder: Path) -> Course:
    modules = [_read_module(path.parent) for path in folder.glob("*/module.toml")]
    return Course(
        id=folder.name,
        folder=folder,
        about=read_toml(folder / "course.toml", CourseToml),
        modules=tuple(sorted(modules, key=lambda module: (module.about.order, module.id))),
    )


def _read_module(folder: Path) -> Module:
    about = read_toml(folder / "module.toml", StoriedModule)
    return Module(id=folder.name, course=folder.parent.name, folder=folder, about=about)
