"""Where a learner is in all courses, from attempts and lessons on disk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kikori.attempts import Store, reading
from kikori.content import Catalog
from kikori.content.tracks import syllabus_of
from kikori.learner.session import Session
from kikori.model import Attempt, Stage
from kikori.panel.home.standing import CoursePlace, Mark, ModulePlace, Standing, lessons, standing

pytestmark = pytest.mark.slow

Begin = Callable[..., Attempt]
FIRST, SECOND = "start-here/how-to-learn", "start-here/sharpening-the-axe"
PAGES = ("why", "how", "why-again")
SILENT = "silent-exit"


@pytest.fixture
def begin() -> Begin:
    """Make an attempt, as the commands leave one; its events come at once."""

    def make(lab: str, stage: Stage = Stage.BROKEN, **more: object) -> Attempt:
        told = {"id": f"{lab}-{Store().new_id(lab)[-6:]}", "lab": lab, "learner": "ada", "seed": 1, "params": {}}
        found = Store().save(Attempt(**told | {"stage": stage} | more))  # type: ignore[arg-type]
        Store().record(found, "broke")
        return found

    return make


def found() -> Standing:
    return standing(Session(lang="en"))


def module(ref: str) -> ModulePlace:
    return next(one for course in found().courses for one in course.modules if one.ref == ref)


def course(name: str) -> CoursePlace:
    return next(one for one in found().courses if one.id == name)


def read_all(ref: str) -> None:
    for page in PAGES:
        reading.mark(f"{ref}/{page}", read=True)


def test_whoever_did_nothing_begins_with_the_first_lab() -> None:
    told = found()
    assert (told.labs, told.labs_done, told.fresh) == (len(Catalog().labs()), 0, True)
    assert told.step is not None
    assert told.step.lab == "first-look"
    assert told.module is not None
    assert (told.module.ref, told.waiting) == (FIRST, None)


def test_the_attempt_that_waits_comes_first_and_the_latest_of_several(begin: Begin) -> None:
    begin("first-look", Stage.FIXED)
    begin(SILENT)
    told = found()
    assert told.waiting is not None
    assert (told.waiting.lab, [one.lab for one in told.others]) == (SILENT, ["first-look"])
    assert told.module is not None
    about = Catalog().lab(SILENT).about
    assert told.module.ref == f"{about.course}/{about.module}"
    assert told.module.mark is Mark.BEGUN


def test_what_was_submitted_waits_for_nothing_though_it_still_runs(begin: Begin) -> None:
    begin("first-look", Stage.FIXED, submitted="/x.kikori")
    told = found()
    assert told.waiting is None
    assert [one.lab for one in told.others] == ["first-look"]
    assert told.labs_done == 1


def test_after_a_page_comes_what_stands_behind_it(begin: Begin) -> None:
    reading.mark(f"{FIRST}/why", read=True)
    step = found().step
    assert step is not None
    assert (step.module, step.page) == (FIRST, "how")
    reading.mark(f"{FIRST}/how", read=True)
    step = found().step
    assert step is not None
    assert step.lab == "first-look"
    begin("first-look", Stage.STOPPED, submitted="/x.kikori")
    step = found().step
    assert step is not None
    assert (step.module, step.page) == (FIRST, "why-again")
    reading.mark(f"{FIRST}/why-again", read=True)
    step = found().step
    assert step is not None
    assert (step.module, step.page, module(FIRST).mark) == (SECOND, "why", Mark.DONE)


def test_it_goes_on_where_the_learner_was_last() -> None:
    read_all("linux/files-and-descriptors")
    told = found()
    assert told.module is not None
    assert told.module.ref == "linux/files-and-descriptors", "its lab is left"
    reading.mark("containers/images/why", read=True)
    told = found()
    assert told.module is not None
    assert told.module.ref == "containers/images"


def test_the_minutes_left_are_those_of_unread_pages_and_undone_labs(begin: Begin) -> None:
    syllabus = syllabus_of(Catalog())
    minutes = {step.page or step.lab: step.minutes for step in syllabus.whole(FIRST)}
    whole = sum(minutes.values())
    assert module(FIRST).left == whole
    about = Catalog().courses()[0].modules[0].about
    assert whole == about.reading + about.practice
    reading.mark(f"{FIRST}/why", read=True)
    assert module(FIRST).left == whole - minutes["why"]
    begin("first-look", Stage.FIXED)
    assert module(FIRST).left == whole - minutes["why"], "a lab that goes on is not done"
    begin("first-look", Stage.STOPPED, submitted="/x.kikori")
    assert module(FIRST).left == whole - minutes["why"] - minutes["first-look"]


def test_a_course_counts_its_labs_and_pages_and_a_bar_their_minutes(begin: Begin) -> None:
    assert (course("start-here").labs_done, course("start-here").pages_read, course("start-here").percent) == (0, 0, 0)
    for one in Catalog().courses()[0].modules:
        read_all(f"start-here/{one.id}")
    place = course("start-here")
    assert (place.pages_read, place.pages, place.labs_done) == (9, 9, 0)
    assert 0 < place.percent < 100
    for lab in Catalog().labs():
        if lab.about.course == "start-here":
            begin(lab.id, Stage.STOPPED, submitted="/x.kikori")
    place = course("start-here")
    assert (place.labs_done, place.percent) == (place.labs, 100)
    assert course("containers").percent == 0


def test_a_module_tells_which_of_those_before_it_are_not_done() -> None:
    first = Catalog().courses()[0].modules[0].about.title.en
    assert module(SECOND).before == (first,)
    assert module(FIRST).before == ()


def test_all_done_leaves_nothing_next(begin: Begin) -> None:
    for name in lessons(syllabus_of(Catalog())):
        reading.mark(name, read=True)
    for lab in Catalog().labs():
        begin(lab.id, Stage.STOPPED, submitted="/x.kikori")
    told = found()
    assert (told.step, told.module, told.labs_done) == (None, None, told.labs)


def test_marks_of_lessons_that_are_gone_count_for_nothing() -> None:
    reading.mark("linux/no-such-module/why", read=True)
    told = found()
    assert (told.pages_read, told.fresh) == (0, True)
