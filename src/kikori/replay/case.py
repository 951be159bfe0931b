"""One submission on its way to a verdict: each fact of it is found once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from kikori import explanation_rules
from kikori.explanation_rules import Diagnosis
from kikori.model import Fault, Lab, Report
from kikori.model.lab import NOTHING
from kikori.replay.versions import Version
from kikori.settings import Lang, language
from kikori.submission import Submission

STEPS = ("detect", "locate", "cause", "mitigate")
"""How far a learner came from noticing a fault to fixing it: what a replay shows, and what is only said."""


class Case:
    """A submission, the lab that it was made with, and what both say together."""

    def __init__(self, version: Version, submission: Submission) -> None:
        self.version = version
        self.lab = version.lab
        self.submission = submission

    @cached_property
    def fault(self) -> Fault | None:
        """The fault that the submission names; none of a lab without, or of a healthy round."""
        return self.lab.faults.get(self.submission.manifest.fault or "")

    @cached_property
    def lang(self) -> Lang:
        """The learner's language, else that of this computer."""
        return language_spoken(self.submission.explanation, self.submission.reports) or language()

    @cached_property
    def problem_of_explanation(self) -> str:
        """The first rule that the explanation breaks; empty where it is accepted."""
        found = explanation_rules.problems(self.submission.explanation, self.lab, self.submission.trail)
        return f"{found[0].prompt}: {found[0].reason}" if found else ""

    @cached_property
    def is_of_this_version(self) -> bool:
        """Whether the lab is the one that the learner had."""
        return self.submission.manifest.content == self.version.content


def language_spoken(text: str, reports: Sequence[Report]) -> Lang | None:
    """The language of an explanation, else of the checks that the learner saw; nothing where neither says a word."""
    written = "".join(explanation_rules.answers(text).values()) if len(text) <= explanation_rules.LONGEST else ""
    seen = "".join(check.title for report in reports[:1] for check in report.checks)
    for said in (written, seen):
        if any(letter.isalpha() for letter in said):
            return "ja" if explanation_rules.length(said, 1)[2] == "characters" else "en"
    return None


def steps_shown(lab: Lab, fault: Fault | None, *, fixed: bool) -> tuple[str, ...]:
    """Give the steps that a replay itself shows: whoever fixed a fault has noticed it.

    A lab without faults has none to notice, so only the last can be shown there; nor does a scene that was left as it
    was show what somebody noticed.
    """
    if not fixed or (fault and fault.about.alarm):
        return ()
    return ("detect", "mitigate") if lab.faults else ("mitigate",)


def steps_said(case: Case) -> tuple[str, ...]:
    """Give the steps that a right diagnosis in the learner's own record says; nothing there is proof.

    The record is the learner's file, and the lab with its answers lies on the learner's computer.
    """
    if not case.lab.faults:
        return ()
    fault, said = case.fault, explanation_rules.last_word(case.submission.events)
    right = {
        "detect": _noticed(said, wrong=fault is not None and not fault.about.alarm),
        "locate": said.component in (fault.components if fault else {NOTHING}),
        "cause": explanation_rules.is_right(said.cause, fault),
    }
    return tuple(step for step in STEPS if right.get(step))


def _noticed(said: Diagnosis, *, wrong: bool) -> bool:
    """Whether a diagnosis is right about there being something wrong at all."""
    names = {said.component, said.cause} - {""}
    return bool(names) and (NOTHING not in names) == wrong
