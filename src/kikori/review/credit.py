"""Partial credit: how far a learner came from noticing a fault to mending it."""

from __future__ import annotations

from collections.abc import Sequence

from kikori.explanation import NOTHING, Diagnosis
from kikori.model import Event, Lab
from kikori.progress import before_debrief
from kikori.submission import Submission

STEPS = ("detect", "locate", "cause", "mitigate")


def steps_taken(lab: Lab, submission: Submission, *, mended: bool) -> tuple[str, ...]:
    """Which of the four steps a submission shows; ``mended`` is the replay's word.

    A lab without faults has no truth to compare with, so only the last can be shown there.
    """
    taken = {"mitigate": mended}
    if lab.faults:
        fault = lab.faults.get(submission.manifest.fault or "")
        said = last_word(submission.events)
        taken |= {
            "detect": mended or _noticed(said, wrong=fault is not None),
            "locate": said.component == (fault.about.component if fault else NOTHING),
            "cause": said.cause == (fault.id if fault else NOTHING),
        }
    return tuple(step for step in STEPS if taken.get(step))


def _noticed(said: Diagnosis, *, wrong: bool) -> bool:
    """Whether a diagnosis is right about there being something wrong at all."""
    names = {said.component, said.cause} - {""}
    return bool(names) and (NOTHING not in names) == wrong


def last_word(events: Sequence[Event]) -> Diagnosis:
    """The diagnosis that counts: the last one before the debrief told the cause."""
    told = [event.detail for event in before_debrief(events) if event.event in ("diagnosed", "explained")]
    for detail in reversed(told):
        said = Diagnosis(component=str(detail.get("component") or ""), cause=str(detail.get("cause") or ""))
        if said.component or said.cause:
            return said
    return Diagnosis()
