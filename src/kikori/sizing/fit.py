"""How many attempts at a lab a computer carries at once, and what a class would need."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil
from typing import Literal

from kikori.errors import Exit
from kikori.model.record import Record
from kikori.sizing.computer import Computer
from kikori.sizing.sizes import Size, Sizes

RESERVE = 1536
"""MiB that are left to the system, to Docker and to whoever teaches."""
CHECKING = 10
"""Of so many learners one checks at any moment, or runs a benchmark: that much memory is planned with."""
OFTEN = 600.0
"""Seconds from one check of a learner to the next: that much of the processors is planned with."""
CARRIED = 0.8
"""The part of all processors that is planned with; the rest is for starts, builds and what else happens."""
FREE = 5000
"""MB of disk that stay free."""
MOST = 500
"""Learners at one computer; more are not counted."""

What = Literal["memory", "processors", "disk", "networks"]
WHATS: tuple[What, ...] = ("memory", "processors", "disk", "networks")


class Need(Record):
    """What a number of learners at one lab take together."""

    memory: int
    """MiB, with what is reserved."""
    processors: float
    """Processors, of which a part is not planned with."""
    disk: int
    """MB that are free before images are built, with what stays free."""
    networks: int
    """Networks of the attempts."""


class Fit(Record):
    """Whether a class fits at one lab."""

    lab: str
    fits: bool
    most: int
    """How many learners fit."""
    tight: What
    """What runs out first."""
    need: Need
    """What this class needs."""
    lacking: tuple[What, ...] = ()
    """Of what there is too little for this class."""


class Fits(Record):
    """Whether a class fits at each lab; all are at the same lab at a time."""

    learners: int
    computer: Computer
    labs: tuple[Fit, ...]
    unmeasured: tuple[str, ...] = ()
    """Labs of which nobody measured what an attempt takes."""

    @property
    def exit_code(self) -> Exit:
        """0 where the class fits at every lab that was measured, 3 where it does not."""
        return Exit.DONE if all(one.fits for one in self.labs) else Exit.ENVIRONMENT


def need(size: Size, sizes: Sizes, learners: int) -> Need:
    """Say what so many learners take at one lab together."""
    busy = ceil(learners / CHECKING)
    works = [size.check, *([size.bench] if size.bench else [])]
    each = size.processor / 100 + max(one.processor for one in works) / OFTEN
    return Need(
        memory=RESERVE + learners * (sizes.learner + size.memory) + busy * max(one.memory for one in works),
        processors=round(learners * each / CARRIED, 2),
        disk=FREE + sizes.images + size.images + learners * size.written,
        networks=learners * size.networks,
    )


def fit(lab: str, sizes: Sizes, computer: Computer, learners: int) -> Fit:
    """Say whether a class fits at one lab, how many would, and what runs out first."""
    size = sizes.labs[lab]
    most = 0
    while most < MOST and not lacking(need(size, sizes, most + 1), computer):
        most += 1
    wanted = need(size, sizes, learners)
    return Fit(
        lab=lab,
        fits=not lacking(wanted, computer),
        most=most,
        tight=_tightest(need(size, sizes, most + 1), computer),
        need=wanted,
        lacking=lacking(wanted, computer),
    )


def fits(sizes: Sizes, labs: Iterable[str], computer: Computer, learners: int) -> Fits:
    """Say for each lab whether a class fits; labs that nobody measured are named."""
    names = sorted(labs)
    return Fits(
        learners=learners,
        computer=computer,
        labs=tuple(fit(lab, sizes, computer, learners) for lab in names if lab in sizes.labs),
        unmeasured=tuple(lab for lab in names if lab not in sizes.labs),
    )


def lacking(wanted: Need, computer: Computer) -> tuple[What, ...]:
    """List what there is too little of."""
    return tuple(what for what in WHATS if getattr(wanted, what) > getattr(computer, what))


def _tightest(wanted: Need, computer: Computer) -> What:
    """Name that of which the largest part is taken."""
    return max(WHATS, key=lambda what: getattr(wanted, what) / max(getattr(computer, what), 0.1))
