"""``doctor`` and ``images``: the machine under the labs."""

from __future__ import annotations

from kikori import host
from kikori.engine.scratch import scratch
from kikori.errors import Exit, KikoriError
from kikori.host.doctor import doctor
from kikori.host.requirement import Fact
from kikori.learner.session import Session
from kikori.model import Lab
from kikori.model.record import Record
from kikori.sizing.computer import computer
from kikori.sizing.fit import Fits, fits
from kikori.sizing.sizes import MEASURE, sizes
from kikori.submission.containment_check import unpacking


class Health(Record):
    """Every fact about the machine."""

    facts: tuple[Fact, ...]

    @property
    def exit_code(self) -> Exit:
        """0 when all is there, 3 when something is missing."""
        return Exit.DONE if all(fact.ok for fact in self.facts) else Exit.ENVIRONMENT


class ImageRow(Record):
    """An image that a lab runs on."""

    lab: str
    tag: str
    bytes: int


class Images(Record):
    """The images of the labs, all built."""

    images: tuple[ImageRow, ...]


def health() -> Health:
    """Look at the machine; changes nothing but for a temporary folder."""
    return Health(facts=(*doctor(), unpacking()))


def class_fits(session: Session, learners: int, names: list[str]) -> Fits:
    """Say whether a class fits on this computer, at each lab or at those that are named.

    Raises:
        KikoriError: no such lab, or nobody measured one that is named.
    """
    known = sizes(session.catalog.roots)
    for name in names:
        session.catalog.lab(name)
        if name not in known.labs:
            raise KikoriError(f"Nobody has measured what an attempt at {name} takes.", f"{MEASURE} {name}")
    return fits(known, names or session.catalog.lab_folders(), computer(), learners)


def build_images(session: Session, names: list[str]) -> Images:
    """Make the machine ready and build what is missing or stale.

    Raises:
        KikoriError: no such lab.
        EnvironmentProblem: Docker, the disk or the network stood in the way.
    """
    labs = [session.catalog.lab(name) for name in names] or session.catalog.labs()
    host.ready()
    return Images(images=tuple(row for lab in labs for row in _built(session, lab)))


def _built(session: Session, lab: Lab) -> list[ImageRow]:
    with scratch(lab, "images", workspace=lab.workspace) as project:
        project.build(session.steps)
        return [ImageRow(lab=lab.id, tag=tag, bytes=size) for tag, size in project.images().items()]
