"""What a page may say of lessons that were read: names from an allow-list, and nothing else."""

from __future__ import annotations

from itertools import chain

from kikori.attempts import reading
from kikori.content.strict_reader import nearest
from kikori.content.tracks import Syllabus
from kikori.errors import KikoriError
from kikori.learner.session import Session
from kikori.model.record import Record
from kikori.panel.home.standing import lessons, standing


class ReadingRequest(Record):
    """What a page sends: a lesson with its mark, or that all marks go."""

    page: str = ""
    """As course/module/lesson."""
    read: bool = True
    forget: bool = False


class ReadingMarks(Record):
    """What pages show beside their links."""

    pages: tuple[str, ...]
    modules: dict[str, tuple[str, ...]]
    """Of each module that has any: whether it is done or begun, its labs included, and which is next."""


def marks(session: Session) -> ReadingMarks:
    """Tell which lessons were read, and what that makes of their modules."""
    found = standing(session)
    places = chain.from_iterable(course.modules for course in found.courses)
    return ReadingMarks(pages=found.read, modules={one.ref: one.marks for one in places if one.marks})


def keep(session: Session, asked: ReadingRequest) -> None:
    """Keep what a page says.

    Raises:
        KikoriError: there is no such lesson, or nothing was asked for.
        EnvironmentProblem: the state folder can't be written.
    """
    if asked.forget:
        reading.forget()
        return
    known = _lessons(session)
    if asked.page not in known:
        raise KikoriError("There is no such lesson.", nearest(asked.page[:200], [*known]) or "kikori list")
    reading.mark(asked.page, read=asked.read)


def _lessons(session: Session) -> tuple[str, ...]:
    modules = chain.from_iterable(course.modules for course in session.catalog.courses())
    return tuple(lessons(Syllabus(modules, ())))
