"""Marking: the mark scheme of an explanation, and explanations that were marked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kikori.content.rubric import Rubric, rubric_of
from kikori.content.samples import FILE, Sample, Samples, samples_of
from kikori.content.strict_reader import read_toml
from kikori.errors import KikoriError
from kikori.explanation_rules import CITATION
from kikori.lint.finding import Location, spot_of
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource


@rule
def rubric_well_formed(source: LabSource) -> Iterator[Location]:
    """graders/LAB/rubric.toml is there: two [[criteria]] or more, each with id, points, title and full."""
    path = source.lab.graders / "rubric.toml"
    try:
        read_toml(path, Rubric)
    except KikoriError as problem:
        fix = "write [[criteria]] with id, points, [criteria.title] and [criteria.full], as in graders/first-look"
        yield spot_of(problem, path, fix)


@rule
def criteria_differ(source: LabSource) -> Iterator[Location]:
    """No two criteria of a mark scheme have one id."""
    path = source.lab.graders / "rubric.toml"
    rubric = rubric_of(path)
    for name, times in Counter(one.id for one in rubric.criteria).items() if rubric else ():
        if times > 1:
            line = source.line_of(path, f'id = "{name}"')
            yield Location(path, line, f"{times} criteria are called {name}", "give each a name of its own")


@rule
def samples_well_formed(source: LabSource) -> Iterator[Location]:
    """graders/LAB/samples.toml, where it is there, has three [[samples]] or more: title, answers and marks."""
    path = source.lab.graders / FILE
    try:
        read_toml(path, Samples) if path.is_file() else None
    except KikoriError as problem:
        yield spot_of(problem, path, "write [[samples]] as in graders/first-look")


@rule
def samples_marked(source: LabSource) -> Iterator[Location]:
    """A sample answers every prompt, cites what is in its trail, and has a level for each criterion of the rubric."""
    path = source.lab.graders / FILE
    rubric = rubric_of(source.lab.graders / "rubric.toml")
    for sample in samples_of(source.lab.graders) if rubric else ():
        line = source.line_of(path, sample.title.en)
        for wrong in _wrong(source, sample, [one.id for one in rubric.criteria] if rubric else []):
            yield Location(path, line, f"{sample.title.en}: {wrong}", "complete the sample, as in graders/first-look")


def _wrong(source: LabSource, sample: Sample, criteria: list[str]) -> Iterator[str]:
    if sample.fault not in (source.lab.faults or {""}):
        yield f"there is no fault called {sample.fault or '(none)'}"
    if differing := sample.answers.keys() ^ {prompt.id for prompt in source.lab.about.prompts}:
        yield f"answers and prompts differ: {', '.join(sorted(differing))}"
    if sorted(one.criterion for one in sample.marks) != sorted(criteria):
        yield "marks and criteria differ"
    for answer in sample.answers.values():
        for text in answer.written:
            if beyond := [one for one in CITATION.findall(text) if int(one) > len(sample.trail)]:
                yield f"[#{beyond[0]}] is not in its trail"
