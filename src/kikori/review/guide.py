"""What instructors alone read of a lab, a module or a quiz: the key, marked samples, notes for the discussion."""

from __future__ import annotations

from collections.abc import Iterator

from kikori.bilingual import sentence
from kikori.content import Catalog
from kikori.content.rubric import Criterion, marking_key, rubric_of
from kikori.content.samples import Sample, samples_of
from kikori.content.strict_reader import nearest
from kikori.errors import KikoriError
from kikori.model import Lab, Module
from kikori.model.record import Record
from kikori.review.quizzes.key import key_of
from kikori.settings import Lang


class Guide(Record):
    """Pages for an instructor, in Markdown."""

    name: str
    """The lab, course/module, or the quiz."""
    markdown: str


def guide(name: str, catalog: Catalog, lang: Lang) -> Guide:
    """Collect what instructors read before a class; a module is named ``course/module``.

    Raises:
        KikoriError: there is no such lab, module or quiz.
    """
    quizzes = {quiz.id: quiz for quiz in catalog.quizzes()}
    if name in quizzes:
        return Guide(name=name, markdown=key_of(quizzes[name], lang))
    modules = {f"{module.course}/{module.id}": module for course in catalog.courses() for module in course.modules}
    if name in modules:
        labs = [lab for lab in catalog.labs() if f"{lab.about.course}/{lab.about.module}" == name]
        return Guide(name=name, markdown="\n\n".join(_pages(labs, modules[name], lang)))
    if name not in catalog.lab_folders():
        of_a_course = next((f"kikori review guide {one}" for one in modules if one.startswith(f"{name}/")), "")
        near = of_a_course or nearest(name, [*catalog.lab_folders(), *modules, *quizzes])
        raise KikoriError(f"There is no lab, module or quiz called '{name}'.", near or "kikori list")
    lab = catalog.lab(name)
    module = modules.get(f"{lab.about.course}/{lab.about.module}")
    return Guide(name=name, markdown="\n\n".join(_pages([lab], module, lang)))


def samples_page(lab: Lab, lang: Lang) -> str:
    """The marked samples of a lab: first all that was written, then what was given; empty where there are none."""
    samples, rubric = samples_of(lab.graders), rubric_of(lab.graders / "rubric.toml")
    if not samples or rubric is None:
        return ""
    parts = ["# " + sentence("guide-samples", lang), sentence("guide-samples-use", lang)]
    for number, sample in enumerate(samples, 1):
        parts += [f"## {number}", *_written(lab, sample, lang)]
    for number, sample in enumerate(samples, 1):
        parts += [f"## {number}: {sample.title.lang(lang)}", _given(sample, rubric.criteria, lang)]
    return "\n\n".join(parts)


def _pages(labs: list[Lab], module: Module | None, lang: Lang) -> Iterator[str]:
    for lab in labs:
        yield from filter(None, (marking_key(lab.graders, lang).strip(), samples_page(lab, lang)))
    if module and (notes := module.instructor(lang)):
        yield notes.strip()


def _written(lab: Lab, sample: Sample, lang: Lang) -> Iterator[str]:
    if sample.fault:
        yield sentence("guide-sample-fault", lang, fault=f"`{sample.fault}`")
    if sample.trail:
        yield "\n".join(f"- [#{number}] `{line}`" for number, line in enumerate(sample.trail, 1))
    for prompt in lab.about.prompts:
        if prompt.id in sample.answers:
            yield f"**{prompt.lang(lang)}**"
            yield sample.answers[prompt.id].lang(lang).strip()


def _given(sample: Sample, criteria: tuple[Criterion, ...], lang: Lang) -> str:
    marks = ((criterion, sample.mark(criterion.id)) for criterion in criteria)
    return "\n".join(
        f"- **{criterion.title.lang(lang)}**: {mark.level} / 3. {mark.why.lang(lang)}"
        for criterion, mark in marks
        if mark is not None
    )
