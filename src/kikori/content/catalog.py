"""All labs and courses of all content roots."""

from __future__ import annotations

from pathlib import Path

from kikori import paths, settings
from kikori.content.courses import read_courses
from kikori.content.labs import read_lab
from kikori.content.quizzes import read_quizzes
from kikori.content.strict_reader import nearest
from kikori.errors import KikoriError, OurFault
from kikori.model import Course, Lab
from kikori.model.quiz import Quiz


class Catalog:
    """The content at hand: Kikori's own root first, then those of KIKORI_CONTENT."""

    def __init__(self, roots: list[Path] | None = None) -> None:
        self.roots = roots if roots is not None else [paths.ROOT, *settings.content_roots()]

    def lab_folders(self) -> dict[str, Path]:
        """Every lab's folder by id; folders that begin with ``_`` hold shared parts, not labs.

        Raises:
            OurFault: two roots have a lab of one id.
        """
        found: dict[str, Path] = {}
        for root in self.roots:
            for path in sorted((root / "labs").glob("[!_.]*/")):
                if path.name in found:
                    raise OurFault(f"Two labs are called '{path.name}': {found[path.name]} and {path}")
                found[path.name] = path
        return found

    def lab(self, name: str) -> Lab:
        """One lab by its id.

        Raises:
            KikoriError: there is no such lab; says the nearest one.
            OurFault: the lab's folder breaks the contract.
        """
        folders = self.lab_folders()
        if name not in folders:
            raise KikoriError(f"There is no lab called '{name}'.", nearest(name, [*folders]) or "kikori list")
        folder = folders[name]
        return read_lab(folder, folder.parent.parent / "graders" / name)

    def labs(self) -> tuple[Lab, ...]:
        """Every lab, by id."""
        return tuple(self.lab(name) for name in sorted(self.lab_folders()))

    def courses(self) -> tuple[Course, ...]:
        """Every course of every root, in order."""
        found = [course for root in self.roots for course in read_courses(root / "courses")]
        return tuple(sorted(found, key=lambda course: (course.about.order, course.id)))

    def quizzes(self) -> tuple[Quiz, ...]:
        """Every quiz of every root, in order."""
        return read_quizzes(self.roots)
