"""Where the learner is in all courses: from the attempts, and from the lessons that were read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import chain

from kikori.attempts import timing
from kikori.attempts.reading import Pages, pages_read
from kikori.content.tracks import Step, Syllabus
from kikori.learner.session import Session
from kikori.learner.status import done_labs
from kikori.model import Attempt, Course, Lab, Stage
from kikori.model.record import Record


class Mark(StrEnum):
    """How far a module is: all of it, some of it, or nothing."""

    DONE = "done"
    BEGUN = "begun"
    NONE = "none"


class ModulePlace(Record):
    """A module on the map."""

    ref: str
    """As course/module."""
    title: str
    mark: Mark
    next: bool
    """Whether it is the one to go on with."""
    left: int
    """Minutes of its unread pages and of its labs that are not done."""
    before: tuple[str, ...]
    """The titles of modules that it builds on, and that are not done."""

    @property
    def marks(self) -> tuple[str, ...]:
        """What stands beside a link to it."""
        return (*([] if self.mark is Mark.NONE else [str(self.mark)]), *(["next"] if self.next else []))


class CoursePlace(Record):
    """A course with its bar."""

    id: str
    title: str
    labs: int
    labs_done: int
    pages: int
    pages_read: int
    minutes: int
    minutes_done: int
    modules: tuple[ModulePlace, ...]

    @property
    def percent(self) -> int:
        """Whole percents of the minutes; a hundred only where all is done."""
        return 100 * self.minutes_done // max(self.minutes, 1)


class Running(Record):
    """An attempt that was not stopped."""

    lab: str
    title: str
    stage: Stage
    paused: bool
    explained: bool
    submitted: bool
    seconds: float
    """By the clock that stops in a pause."""


class Standing(Record):
    """Everything that the home page tells."""

    labs: int
    labs_done: int
    courses: tuple[CoursePlace, ...]
    running: tuple[Running, ...]
    """The one to go on with first."""
    step: Step | None
    """What comes next where no attempt waits; none where all is done."""
    fresh: bool
    """Whether nothing was begun or read yet."""
    read: tuple[str, ...]
    """The lessons that were read, as course/module/lesson."""

    @property
    def module(self) -> ModulePlace | None:
        """The module to go on with."""
        return next((one for course in self.courses for one in course.modules if one.next), None)

    @property
    def pages(self) -> int:
        """All lessons."""
        return sum(course.pages for course in self.courses)

    @property
    def pages_read(self) -> int:
        """Those that were read."""
        return sum(course.pages_read for course in self.courses)

    @property
    def others(self) -> tuple[Running, ...]:
        """The attempts beside the one to go on with."""
        return tuple(one for one in self.running if one is not self.waiting)

    @property
    def waiting(self) -> Running | None:
        """The attempt to go on with."""
        return next((one for one in self.running if not one.submitted), None)


class Progress:
    """The steps of all modules, and which of them are done."""

    def __init__(self, syllabus: Syllabus, done: set[str], read: Pages) -> None:
        """``done`` are the labs that were submitted, ``read`` the lessons."""
        self.syllabus = syllabus
        self.done = done
        self.read = read
        self.steps = {ref: syllabus.whole(ref) for ref in syllabus.modules}

    def is_done(self, step: Step) -> bool:
        """Tell whether a page was read or a lab submitted."""
        return step.lab in self.done if step.lab else page_name(step) in self.read

    def left(self, ref: str) -> list[Step]:
        """List what is not done of a module."""
        return [step for step in self.steps[ref] if not self.is_done(step)]

    def mark(self, ref: str, running: set[str]) -> Mark:
        """Say how far a module is; a lab that runs has begun it."""
        steps = self.steps[ref]
        if not self.left(ref):
            return Mark.DONE
        return Mark.BEGUN if any(self.is_done(step) or step.lab in running for step in steps) else Mark.NONE

    def following(self, ref: str) -> Step | None:
        """Find what comes after the last thing that was done of a module, else the first that is left of it."""
        steps = self.steps[ref]
        last = max((at for at, step in enumerate(steps) if self.is_done(step)), default=-1)
        return next((step for step in (*steps[last + 1 :], *steps) if not self.is_done(step)), None)

    def next_module(self, now: str) -> str:
        """Find the module to go on with: the one that the learner is in, else the next that is not done."""
        refs = [*self.steps]
        at = refs.index(now) if now in self.steps else 0
        return next((ref for ref in (*refs[at:], *refs[:at]) if self.left(ref)), "")


def page_name(step: Step) -> str:
    """Name a lesson as its mark is kept."""
    return f"{step.module}/{step.page}"


def standing(session: Session) -> Standing:
    """Find out where the learner is."""
    courses, labs = session.catalog.courses(), session.catalog.labs()
    syllabus = Syllabus((module for course in courses for module in course.modules), labs)
    attempts, read = session.store.all(), _known(pages_read(), syllabus)
    progress = Progress(syllabus, done_labs(session) & {*syllabus.labs}, read)
    running = _running(session, [one for one in attempts if one.lab in syllabus.labs], syllabus)
    waiting = next((one for one in running if not one.submitted), None)
    ref = progress.next_module(_module_of(syllabus, waiting.lab) if waiting else _last(session, attempts, progress))
    fresh = not attempts and not read
    return Standing(
        labs=len(labs),
        labs_done=len(progress.done),
        courses=tuple(_course(course, progress, session, ref, {one.lab for one in running}) for course in courses),
        running=running,
        step=_step(progress, ref, fresh=fresh),
        fresh=fresh,
        read=tuple(sorted(read)),
    )


def _known(pages: Pages, syllabus: Syllabus) -> Pages:
    """Leave out lessons that are no longer there."""
    there = set(lessons(syllabus))
    return {name: at for name, at in pages.items() if name in there}


def lessons(syllabus: Syllabus) -> Iterable[str]:
    """Name every lesson, as course/module/lesson."""
    steps = chain.from_iterable(syllabus.whole(ref) for ref in syllabus.modules)
    return (page_name(step) for step in steps if step.page)


def _step(progress: Progress, ref: str, *, fresh: bool) -> Step | None:
    """Find what comes next; whoever has done nothing yet begins with the first lab, and not with reading."""
    if not ref:
        return None
    labs = [step for step in progress.steps[ref] if step.lab]
    return labs[0] if fresh and labs else progress.following(ref)


def _module_of(syllabus: Syllabus, lab: str) -> str:
    about = syllabus.labs[lab].about
    return f"{about.course}/{about.module}"


def _last(session: Session, attempts: Sequence[Attempt], progress: Progress) -> str:
    """Find the module in which something was done or read last."""
    done = [(_touched(session, one), _module_of(progress.syllabus, one.lab)) for one in attempts if _has(progress, one)]
    read = [(at, page.rpartition("/")[0]) for page, at in progress.read.items()]
    return max((*done, *read), default=(0.0, ""))[1]


def _has(progress: Progress, attempt: Attempt) -> bool:
    return attempt.lab in progress.syllabus.labs


def _touched(session: Session, attempt: Attempt) -> float:
    """When something happened last in an attempt."""
    return max((event.at for event in session.store.events(attempt)), default=0.0)


def _running(session: Session, attempts: Sequence[Attempt], syllabus: Syllabus) -> tuple[Running, ...]:
    """Every attempt that was not stopped: those that wait for something first, the latest first."""
    found = [one for one in attempts if one.stage is not Stage.STOPPED]
    ordered = sorted(found, key=lambda one: (bool(one.submitted), -_touched(session, one)))
    return tuple(_told(session, one, syllabus.labs[one.lab]) for one in ordered)


def _told(session: Session, attempt: Attempt, lab: Lab) -> Running:
    return Running(
        lab=lab.id,
        title=lab.about.title.lang(session.lang),
        stage=attempt.stage,
        paused=attempt.paused,
        explained=attempt.explained,
        submitted=bool(attempt.submitted),
        seconds=timing(session.store.events(attempt)).total,
    )


def _course(course: Course, progress: Progress, session: Session, current: str, running: set[str]) -> CoursePlace:
    refs = [f"{course.id}/{module.id}" for module in course.modules]
    steps = [step for ref in refs for step in progress.steps[ref]]
    done = [step for step in steps if progress.is_done(step)]
    return CoursePlace(
        id=course.id,
        title=course.about.title.lang(session.lang),
        labs=sum(bool(step.lab) for step in steps),
        labs_done=sum(bool(step.lab) for step in done),
        pages=sum(bool(step.page) for step in steps),
        pages_read=sum(bool(step.page) for step in done),
        minutes=sum(step.minutes for step in steps),
        minutes_done=sum(step.minutes for step in done),
        modules=tuple(_module(ref, progress, session, current, running) for ref in refs),
    )


def _module(ref: str, progress: Progress, session: Session, current: str, running: set[str]) -> ModulePlace:
    modules = progress.syllabus.modules
    missing = [one for one in modules[ref].about.prerequisites if one in modules and progress.left(one)]
    return ModulePlace(
        ref=ref,
        title=modules[ref].about.title.lang(session.lang),
        mark=progress.mark(ref, running),
        next=ref == current,
        left=sum(step.minutes for step in progress.left(ref)),
        before=tuple(modules[one].about.title.lang(session.lang) for one in missing),
    )
