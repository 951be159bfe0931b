"""``diagnose``: where and what the learner says the cause is, before the debrief tells."""

from __future__ import annotations

from kikori import explanation
from kikori.attempts import before_debrief, since_last_break
from kikori.errors import KikoriError
from kikori.explanation import Diagnosis
from kikori.learner.session import Session
from kikori.learner.status import next_command
from kikori.model import Stage
from kikori.model.record import Record


class Diagnosed(Record):
    """What the learner says, and what can be said."""

    lab: str
    component: str
    cause: str
    components: tuple[str, ...]
    causes: tuple[str, ...]
    next: str


def diagnose(session: Session, component: str | None = None, cause: str | None = None) -> Diagnosed:
    """Note the learner's diagnosis; without one only show what can be said.

    Raises:
        KikoriError: nothing is broken yet, the debrief has told already, or the lab has no such name.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    if attempt.stage not in (Stage.BROKEN, Stage.MENDED):
        raise KikoriError("There is nothing to diagnose yet.", next_command(attempt, lab))
    if component or cause:
        said = Diagnosis(component=component or attempt.component, cause=cause or attempt.cause)
        if found := explanation.unknown_names(said, lab):
            raise KikoriError(f"{found[0].prompt}: {found[0].reason}.", "kikori diagnose")
        events = since_last_break(session.store.events(attempt))
        if len(before_debrief(events)) < len(events):
            raise KikoriError("The debrief has told the cause already; a diagnosis comes before it.", "kikori explain")
        attempt = session.store.move(attempt, component=said.component, cause=said.cause)
        session.store.record(attempt, "diagnosed", component=said.component, cause=said.cause)
    return Diagnosed(
        lab=lab.id,
        component=attempt.component,
        cause=attempt.cause,
        components=explanation.components(lab),
        causes=explanation.causes(lab),
        next=next_command(attempt, lab),
    )
