"""What the site shows: the pages of docs/ beside the catalog's courses and labs, and how they refer to each other."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from kikori import paths
from kikori.content import Catalog
from kikori.content.blind_rounds import Rounds, rounds_of
from kikori.content.tracks import Schedule, Syllabus, schedules
from kikori.errors import OurFault
from kikori.model import Course, Lab, Module
from kikori.model.quiz import Quiz
from kikori.prove import ledger
from kikori.prove.status import LabStatus, status_of
from kikori.settings import Lang
from kikori.site.glossary.terms import Term, read_terms
from kikori.site.output.earlier import Earlier, hash_of

LANGS: tuple[Lang, Lang] = ("en", "ja")
LESSONS = ("why", "how", "why-again")


def localized(page: str, lang: Lang) -> str:
    """A page's file name in one language: ``why.md`` or ``why.ja.md``."""
    return page.removesuffix(".md") + ".ja.md" if lang == "ja" else page


def language(page: str) -> Lang:
    """The language of a page's file."""
    return "ja" if page.endswith(".ja.md") else "en"


class Content:
    """All that is shown, read once: the folder of the other pages, and the catalog."""

    def __init__(
        self, docs: Path, catalog: Catalog, *, instructor: bool = False, earlier: Earlier | None = None
    ) -> None:
        """``instructor``: with the pages that instructors alone see; ``earlier``: what builds before have kept."""
        self.earlier = earlier
        self.docs = docs
        self.catalog = catalog
        self.instructor = instructor

    @cached_property
    def courses(self) -> tuple[Course, ...]:
        """Every course, in order."""
        return self.catalog.courses()

    @cached_property
    def quizzes(self) -> tuple[Quiz, ...]:
        """Every quiz, in order."""
        return self.catalog.quizzes()

    @cached_property
    def labs(self) -> tuple[Lab, ...]:
        """Every lab: as its module comes in the courses, then by level and id."""
        places = {(m.course, m.id): place for place, m in enumerate(self.modules.values())}

        def order(lab: Lab) -> tuple[int, int, str]:
            return places.get((lab.about.course, lab.about.module), len(places)), lab.about.level, lab.id

        return tuple(sorted(self.catalog.labs(), key=order))

    @cached_property
    def modules(self) -> dict[str, Module]:
        """Every module by ``course/module``, in order."""
        return {f"{m.course}/{m.id}": m for course in self.courses for m in course.modules}

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Every term of the glossary by its id."""
        return read_terms(self.docs)

    @cached_property
    def proofs(self) -> tuple[tuple[Lab, LabStatus, Rounds | None], ...]:
        """How the proof of every lab stands, and what strangers examined.

        Raises:
            OurFault: a lab's rounds.toml breaks its format.
        """
        return tuple((lab, status_of(lab), rounds_of(lab)) for lab in self.labs)

    @cached_property
    def proved(self) -> str:
        """A hash of all that the proofs rest on: labs, graders, records, and the program; and of the day."""
        places = [root / name for root in self.catalog.roots for name in ("labs", "graders", "proofs")]
        return hash_of([*places, paths.ROOT / "src" / "kikori"], str(datetime.now(UTC).date()))

    @cached_property
    def tracks(self) -> tuple[Schedule, ...]:
        """Every track, in order.

        Raises:
            OurFault: one breaks the format, or names a module or lab that is not there.
        """
        return schedules(self.catalog, Syllabus(self.modules.values(), self.labs))

    def module(self, ref: str, asked_by: Path) -> Module:
        """The module that ``course/module`` names.

        Raises:
            OurFault: there is none; says which file asked for it.
        """
        if ref not in self.modules:
            raise OurFault(f"{asked_by}: there is no module '{ref}'", f"known: {', '.join(self.modules)}")
        return self.modules[ref]

    def module_of(self, lab: Lab) -> Module:
        """The module that a lab belongs to.

        Raises:
            OurFault: lab.toml names a module that is not there.
        """
        return self.module(f"{lab.about.course}/{lab.about.module}", lab.folder / "lab.toml")

    def labs_of(self, module: Module) -> tuple[Lab, ...]:
        """The labs of a module, the easiest first."""
        place = (module.course, module.id)
        return tuple(lab for lab in self.labs if (lab.about.course, lab.about.module) == place)

    def prerequisites(self, module: Module) -> tuple[Module, ...]:
        """The modules to do before this one.

        Raises:
            OurFault: module.toml names a module that is not there.
        """
        return tuple(self.module(ref, module.folder / "module.toml") for ref in module.about.prerequisites)

    def documents(self, folder: str = "") -> tuple[str, ...]:
        """The pages directly in docs/ or in a folder of it, without those of the other language."""
        found = sorted((self.docs / folder).glob("*.md"))
        return tuple(str(p.relative_to(self.docs)) for p in found if not p.name.endswith(".ja.md"))

    @property
    def keeps_proofs(self) -> bool:
        """Whether what was executed of the labs is recorded beside them."""
        return any(ledger.file_of(lab).parent.is_dir() for lab in self.labs)

    def heading(self, page: str, lang: Lang) -> str:
        """The first heading of a page of docs/, in the language or else in English.

        Raises:
            OurFault: the page has none.
        """
        local = self.docs / localized(page, lang)
        path = local if local.is_file() else self.docs / page
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("# "):
                return line.removeprefix("# ").strip()
        raise OurFault(f"{path}: no heading; a page begins with '# Its title'")
