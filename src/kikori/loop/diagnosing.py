"""``diagnose``: where and what the learner says the cause is, before the debrief tells."""

from __future__ import annotations

from kikori import explanation
from kikori.errors import KikoriError
from kikori.explanation import Diagnosis
from kikori.loop.desk import Desk
from kikori.loop.status import next_command
from kikori.model import Stage
from kikori.model.record import Record
from kikori.progress import before_debrief, since_last_break


class Diagnosed(Record):
    """What the learner says, and what can be said."""

    lab: str
    component: str
    cause: str
    components: tuple[str, ...]
    causes: tuple[str, ...]
    next: str


def diagnose(desk: Desk, component: str | None = None, cause: str | None = None) -> Diagnosed:
    """Note the learner's diagnosis; without one only show what can be said.

    Raises:
        KikoriError: nothing is broken yet, the debrief has told already, or the lab has no such name.
    """
    attempt = desk.attempt()
    lab = desk.lab(attempt)
    if attempt.stage not in (Stage.BROKEN, Stage.MENDED):
        raise KikoriError("There is nothing to diagnose yet.", next_command(attempt, lab))
    if component or cause:
        said = Diagnosis(component=component or attempt.component, cause=cause or attempt.cause)
        if found := explanation.unknown_names(said, lab):
            raise KikoriError(f"{found[0].prompt}: {found[0].reason}.", "kikori diagnose")
        events = since_last_break(desk.store.events(attempt))
        if len(before_debrief(events)) < len(events):
            raise KikoriError("The debrief has told the cause already; a diagnosis comes before it.", "kikori explain")
        attempt = desk.store.move(attempt, component=said.component, cause=said.cause)
        desk.store.record(attempt, "diagnosed", component=said.component, cause=said.cause)
    return Diagnosed(
        lab=lab.id,
        component=attempt.component,
        cause=attempt.cause,
        components=explanation.components(lab),
        causes=explanation.causes(lab),
        next=next_command(attempt, lab),
    )
