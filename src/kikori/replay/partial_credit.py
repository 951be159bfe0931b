"""How far a learner came from noticing a fault to mending it: what is shown, and apart from it what is only said."""

from __future__ import annotations

from collections.abc import Sequence

from kikori.attempts import before_debrief
from kikori.explanation import NOTHING, Diagnosis
from kikori.model import Event, Lab
from kikori.submission import Submission

STEPS = ("detect", "locate", "cause", "mitigate")


def steps_shown(lab: Lab, *, mended: bool) -> tuple[str, ...]:
    """Give the steps that a replay itself shows: whoever mended a fault has noticed it.

    A lab without faults has none to notice, so only the last can be shown there.
    """
    if not mended:
        return ()
    return ("detect", "mitigate") if lab.faults else ("mitigate",)


def steps_said(lab: Lab, submission: Submission) -> tuple[str, ...]:
    """Give the steps that a right diagnosis in the learner's own record says; nothing there is proof.

    The record is the learner's file, and the lab with its answers lies on the learner's computer.
    """
    if not lab.faults:
        return ()
    fault, said = lab.faults.get(submission.manifest.fault or ""), last_word(submission.events)
    right = {
        "detect": _noticed(said, wrong=fault is not None),
        "locate": said.component == (fault.about.component if fault else NOTHING),
        "cause": said.cause == (fault.id if fault else NOTHING),
    }
    return tuple(step for step in STEPS if right.get(step))


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
