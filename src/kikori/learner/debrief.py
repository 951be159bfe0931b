"""``debrief``: what an expert saw, beside what the learner said and did."""

from __future__ import annotations

import re

from kikori import explanation_rules
from kikori.attempts import since_last_break, timing
from kikori.bilingual import sentence
from kikori.errors import KikoriError
from kikori.learner.session import Session
from kikori.learner.status import Page, next_command
from kikori.model import Attempt, Command, Fault, Lab, Stage
from kikori.model.lab import CAUSE, NOTHING
from kikori.settings import Lang

TOLD, GIVEN_UP = "debriefed", "gave-up"
COMMENT = re.compile(r"^<!-- .* -->\n", re.MULTILINE)
"""What a page says to whoever runs its transcripts."""
MOST_SHOWN = 90
"""Characters of a command that the page shows."""


def debrief(session: Session, *, give_up: bool = False) -> Page:
    """Tell what an expert saw, once the explanation is accepted; ``give_up`` tells it before, and that is recorded.

    Raises:
        KikoriError: there is nothing to tell yet, or the explanation is not accepted and nobody gave up.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    following = next_command(attempt, lab)
    if attempt.stage is not Stage.FIXED and not (attempt.stage is Stage.BROKEN or (give_up and not lab.faults)):
        raise KikoriError("There is nothing to tell yet.", following)
    if is_sealed(lab, attempt):
        told = "This fault came in a file, and its setter has the word that opens the solution."
        raise KikoriError(told, "kikori fault open")
    refuse_early(session, attempt, "kikori debrief", following, give_up=give_up)
    note_told(session, attempt, give_up=give_up)
    return Page(lab=lab.id, markdown=debrief_of(session, attempt, lab), next=following)


def refuse_early(session: Session, attempt: Attempt, command: str, following: str, *, give_up: bool) -> None:
    """Refuse to tell the cause to somebody who has neither explained nor given up.

    Raises:
        KikoriError: says how to give up.
    """
    if not is_open(session, attempt) and not give_up:
        raise KikoriError(
            "The debrief tells the cause, so it waits until your explanation is accepted. "
            f"`{command} --give-up` opens it now, and your instructor will see that.",
            following,
        )


def note_told(session: Session, attempt: Attempt, *, give_up: bool) -> None:
    """Note that the cause was told, once; and where it was told early, that the learner gave up."""
    if not is_open(session, attempt) and give_up:
        session.store.record(attempt, GIVEN_UP)
    if not _is_told(session, attempt):
        session.store.record(attempt, TOLD)


def is_sealed(lab: Lab, attempt: Attempt) -> bool:
    """Tell whether the fault that is in came in a setter's file of which the solution was not opened."""
    fault = lab.faults.get(attempt.fault or "")
    return fault is not None and fault.from_setter and fault.debrief("en") is None


def is_open(session: Session, attempt: Attempt) -> bool:
    """Whether the debrief may be read: the explanation is accepted, or the learner has given up on this fault."""
    return (attempt.stage is Stage.FIXED and attempt.explained) or _is_told(session, attempt)


def _is_told(session: Session, attempt: Attempt) -> bool:
    return any(one.event == TOLD for one in since_last_break(session.store.events(attempt)))


def debrief_of(session: Session, attempt: Attempt, lab: Lab) -> str:
    """Write the page: what the learner said and did, and what an expert says."""
    if not lab.faults:
        return lab.page("debrief", session.lang).read_text(encoding="utf-8")
    fault = lab.faults.get(attempt.fault or "")
    own = f"{_said(session, attempt, fault)}\n\n{_did(session, attempt)}"
    parts = [*_of_fault(session, lab, fault)]
    parts[0] = _after_title(parts[0], own)
    return COMMENT.sub("", "\n\n".join(part.strip() for part in parts)) + "\n"


def _of_fault(session: Session, lab: Lab, fault: Fault | None) -> list[str]:
    """The fault's own page; what all faults have in common only when none is left that it could give away."""
    common = lab.page("debrief", session.lang).read_text(encoding="utf-8")
    cause = fault.about.cause.lang(session.lang) if fault else sentence("nothing-was-wrong", session.lang)
    page = fault.debrief(session.lang) if fault else None
    if page is None and fault:  # a lab with one page for all
        return [common.replace(CAUSE, cause)]
    first = page.read_text(encoding="utf-8").replace(CAUSE, cause) if page else f"# {cause}"
    if fault and fault.from_setter:
        return [first]
    left = len(lab.single.keys() - told_faults(session, lab))
    return (
        [first, sentence("debrief-more", session.lang, left=left)] if left else [first, common, *_decoys(session, lab)]
    )


def _decoys(session: Session, lab: Lab) -> list[str]:
    """What looked wrong and was not."""
    if not lab.about.decoys:
        return []
    title = sentence("debrief-decoys", session.lang)
    told = "\n".join(f"- {one.lang(session.lang)}" for one in lab.about.decoys)
    return [f"# {title}\n\n{told}"]


def told_faults(session: Session, lab: Lab) -> set[str]:
    """Name the faults of which the learner has read the debrief, in whatever attempt."""
    found = set[str]()
    for attempt in session.store.all():
        if attempt.lab == lab.id:
            fault = ""
            for event in session.store.events(attempt):
                if event.event == "broke":
                    fault = str(event.detail.get("fault") or "")
                elif event.event == TOLD:
                    found |= {fault, *(lab.faults[fault].about.both if fault in lab.faults else ())}
    return found


def _after_title(page: str, text: str) -> str:
    title, _, rest = page.partition("\n")
    return f"{title}\n\n{text}\n{rest}"


def _said(session: Session, attempt: Attempt, fault: Fault | None) -> str:
    """Say whether the diagnosis was right, part by part."""
    said = explanation_rules.last_word(since_last_break(session.store.events(attempt)))
    if not said.component and not said.cause:
        return sentence("debrief-unsaid", session.lang)
    told = (_place(said.component, fault, session.lang), _cause(said.cause, fault, session.lang))
    return ("\n" if session.lang == "ja" else " ").join(told)


def _place(component: str, fault: Fault | None, lang: Lang) -> str:
    if not component:
        return sentence("debrief-component-unsaid", lang)
    if component in (fault.components if fault else {NOTHING}):
        return sentence("debrief-component-right", lang, said=f"`{component}`")
    return sentence("debrief-component-wrong", lang, said=f"`{component}`")


def _cause(cause: str, fault: Fault | None, lang: Lang) -> str:
    if not cause:
        return sentence("debrief-cause-unsaid", lang)
    if explanation_rules.is_own_words(cause):
        return sentence("debrief-cause-judged", lang, said=f"`{cause}`")
    if explanation_rules.is_right(cause, fault):
        return sentence("debrief-cause-right", lang, said=f"`{cause}`")
    return sentence("debrief-cause-wrong", lang, said=f"`{cause}`")


def _did(session: Session, attempt: Attempt) -> str:
    """Say how many commands the learner needed, and which of them the explanation rests on first."""
    events = since_last_break(session.store.events(attempt))
    begun = events[0].at if events else 0.0
    commands = sum(one.at >= begun for one in session.store.trail(attempt))
    seconds = timing(events).to_mend or timing(events).total
    done = sentence("debrief-did", session.lang, commands=commands, minutes=max(1, round(seconds / 60)))
    first = deciding_command(session, attempt)
    if first is None:
        return done
    line = " ".join(first.line.split())[:MOST_SHOWN].replace("`", "'")
    return done + sentence("debrief-decided", session.lang, number=first.number, line=f"`{line}`")


def deciding_command(session: Session, attempt: Attempt) -> Command | None:
    """Find the command of this round that the explanation cites first."""
    events = since_last_break(session.store.events(attempt))
    begun = events[0].at if events else 0.0
    trail = {one.number: one for one in session.store.trail(attempt) if one.at >= begun}
    file = session.store.folder(attempt.id) / "explanation.md"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    cited = map(int, explanation_rules.CITATION.findall(text))
    return next((trail[number] for number in cited if number in trail), None)
