"""The pages and parts of pages that are generated from course.toml, module.toml, lab.toml and task.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from kikori.content.blind_rounds import rounds_of
from kikori.content.lessons.card import card_of
from kikori.content.lessons.module_toml import readings_of, story_of
from kikori.content.measured_minutes import calibration
from kikori.content.tracks import Schedule, Step
from kikori.model import Course, Kind, Lab, Module
from kikori.settings import Lang
from kikori.site.content import LESSONS, Content
from kikori.site.glossary.terms import FILE
from kikori.site.render import render
from kikori.site.scene_diagram import flowchart

FENCE = re.compile(r"^\s*(```|~~~)")

STEPS: dict[Kind, tuple[str, ...]] = {
    Kind.REPAIR: ("shell", "apply", "check", "hint", "diagnose", "explain", "debrief", "submit", "stop"),
    Kind.BUILD: ("apply", "check", "hint", "diagnose", "explain", "debrief", "submit", "stop"),
    Kind.TUNE: ("apply", "bench", "check", "hint", "diagnose", "explain", "debrief", "submit", "stop"),
    Kind.WRITE: ("shell", "check", "hint", "explain", "debrief", "submit", "stop"),
}
"""What a learner types after the start, by kind of lab; ``_steps`` leaves out what it has no use for."""


def lab(lab: Lab, content: Content, lang: Lang) -> str:
    """A lab's page: what it is, its task and its questions; never a hint, a cause or the debrief.

    Raises:
        OurFault: lab.toml names a module that is not there, or calibration.toml or rounds.toml breaks its format.
    """
    task = lab.page("task", lang).read_text(encoding="utf-8")
    return render(
        "lab",
        lang,
        lab=lab,
        about=lab.about,
        module=content.module_of(lab),
        measured=calibration(content.catalog.roots).get(lab.id),
        rounds=rounds_of(lab),
        begin=["start", "break"] if lab.faults else ["start"],
        steps=_steps(lab),
        task=_one_lower(task),
        scene=flowchart(lab, lang),
    )


def _steps(lab: Lab) -> list[str]:
    there = {"apply": lab.workspace is not None, "diagnose": bool(lab.faults)}
    return [step for step in STEPS[lab.about.kind] if there.get(step, True)]


def _one_lower(markdown: str) -> str:
    """The same text with each heading one level lower, to stand on a page that has its own title."""
    lines, code = [], False
    for line in markdown.strip().splitlines():
        code ^= bool(FENCE.match(line))
        lines.append(f"#{line}" if line.startswith("#") and not code else line)
    return "\n".join(lines)


def labs(content: Content, lang: Lang) -> str:
    """The list of all labs.

    Raises:
        OurFault: a lab's rounds.toml breaks its format.
    """
    rows = [(lab, rounds_of(lab)) for lab in content.labs]
    return render("labs", lang, rows=rows, kinds=[*Kind])


def courses(content: Content, lang: Lang) -> str:
    """The list of all courses, with a map of what comes before what.

    Raises:
        OurFault: module.toml names a prerequisite that is not there.
    """
    arrows = dict.fromkeys((before.course, after.course) for before, after in _arrows(content))
    between = [(before, after) for before, after in arrows if before != after]
    return render("courses", lang, courses=content.courses, arrows=between, tracks=content.tracks)


def tracks(content: Content, lang: Lang) -> str:
    """The list of all tracks.

    Raises:
        OurFault: a track breaks its format.
    """
    return render("tracks", lang, tracks=content.tracks)


def track(schedule: Schedule, content: Content, lang: Lang) -> str:
    """A track's page: its sessions with minutes, a map of its modules, its short route, and what it leaves out.

    Raises:
        OurFault: module.toml names a prerequisite that is not there.
    """
    known = {*schedule.modules, *schedule.track.about.assumes}
    arrows = [
        (f"{before.course}/{before.id}", ref)
        for ref in schedule.modules
        for before in content.prerequisites(content.modules[ref])
        if f"{before.course}/{before.id}" in known
    ]
    skipped = _by_module(schedule.skipped)
    return render(
        "track",
        lang,
        about=schedule.track.about,
        schedule=schedule,
        rows=[(session, _by_module(session.steps)) for session in schedule.sessions],
        skipped=skipped,
        gone={ref for ref in schedule.modules if schedule.skips(ref)},
        modules=content.modules,
        labs={lab.id: lab for lab in content.labs},
        arrows=arrows,
    )


def _by_module(steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    """Steps that follow each other in one module, together."""
    return [(ref, list(found)) for ref, found in groupby(steps, key=lambda step: step.module)]


def _arrows(content: Content) -> list[tuple[Module, Module]]:
    """Which module comes before which."""
    return [(before, m) for m in content.modules.values() for before in content.prerequisites(m)]


def course(course: Course, content: Content, lang: Lang) -> str:
    """A course's page: its modules with their minutes and labs, and a map of what comes before what.

    Raises:
        OurFault: module.toml names a prerequisite that is not there.
    """
    rows = [(module, content.labs_of(module)) for module in course.modules]
    arrows = [(before, after) for before, after in _arrows(content) if after.course == course.id]
    titles = {one.id: one.about.title.lang(lang) for one in content.courses}
    return render("course", lang, about=course.about, folder=course.folder, rows=rows, arrows=arrows, titles=titles)


def decisions(content: Content, lang: Lang) -> str:
    """The list of all decision records."""
    records = [(page.removeprefix("adr/"), content.heading(page, lang)) for page in content.documents("adr")]
    return render("decisions", lang, records=records)


def proofs(content: Content, lang: Lang) -> str:
    """List how the proof of every lab stands, and what strangers examined.

    Raises:
        OurFault: a lab's rounds.toml breaks its format.
    """
    return render("proofs", lang, rows=content.proofs)


def glossary(content: Content, lang: Lang) -> str:
    """The list of all terms, as the language sorts them.

    Raises:
        OurFault: a term is taught in a module that is not there.
    """
    asked = content.docs / FILE
    rows = [(name, term, content.module(term.taught, asked)) for name, term in content.terms.items()]
    return render("glossary", lang, rows=sorted(rows, key=lambda row: row[1].sorting(lang)))


def lesson_head(module: Module, lesson: str, content: Content, lang: Lang) -> str:
    """What stands below a lesson's title: where it belongs, the three steps and, on the first, what the module takes.

    Raises:
        OurFault: module.toml names a prerequisite that is not there.
    """
    return render(
        "lesson-head",
        lang,
        about=module.about,
        course=next(one.about.title.lang(lang) for one in content.courses if one.id == module.course),
        lesson=lesson,
        lessons=LESSONS,
        labs=content.labs_of(module),
        before=content.prerequisites(module),
    )


def lesson_foot(module: Module, lesson: str, content: Content, lang: Lang) -> str:
    """What stands at a lesson's end: objectives, then labs, on the last one a story, readings and the card.

    Raises:
        OurFault: card.toml breaks its format.
    """
    return render(
        "lesson-foot",
        lang,
        about=module.about,
        lesson=lesson,
        labs=content.labs_of(module),
        story=story_of(module),
        readings=readings_of(module, lang),
        card=card_of(module),
    )
