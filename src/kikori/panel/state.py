"""Where an attempt stands, as its panel shows it: read from the files that the commands write."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kikori import explanation_rules, host
from kikori.attempts import since_last_break, timing
from kikori.content.grader_reasons import report_in
from kikori.content.measured_minutes import Measured, calibration
from kikori.engine import Service
from kikori.errors import KikoriError
from kikori.learner.debrief import is_open
from kikori.learner.rounds import LabRound, rounds_at, unmet
from kikori.learner.rounds.finish import Finish, finish_of
from kikori.learner.session import Session
from kikori.learner.status import ladder_of, next_command
from kikori.learner.trail import edited_since_deploy
from kikori.model import Attempt, Command, Event, Kind, Lab, Report, Stage
from kikori.model.record import Record
from kikori.panel.in_language import lacks_in
from kikori.panel.markdown import html_of
from kikori.settings import Lang

FILES = ("attempt.json", "events.jsonl", "trail.jsonl", "reports.jsonl", "explanation.md")
SHOWN = 200
"""Commands of the trail that a panel lists."""


class Panel(Record):
    """A lab and the attempt at it; most of it is empty where there is none."""

    lab: str
    kind: Kind
    faults: bool
    workspace: bool
    shell: str
    """The place that a terminal opens first."""
    engine: bool
    """Whether Docker answers; where it does not, a start sets it up, and asks in the terminal."""
    running: bool = False
    stage: Stage = Stage.STOPPED
    paused: bool = False
    seconds: float = 0.0
    """By the clock that stops in a pause."""
    ticking: bool = False
    to_first_check: float | None = None
    to_mend: float | None = None
    """By the same clock; none for what has not happened."""
    measured: Measured | None = None
    """What classes took, where somebody measured."""
    folder: str = ""
    """The learner's workspace."""
    rungs: tuple[str, ...] = ()
    """The hints that were shown, as HTML."""
    of: int = 0
    services: tuple[Service, ...] = ()
    trail: tuple[Command, ...] = ()
    report: Report | None = None
    explained: bool = False
    told: bool = False
    """Whether the debrief may be read."""
    submitted: str = ""
    next: str = ""
    round: str = ""
    """Names the round that goes on; another one begins with an empty explanation."""
    rounds: tuple[LabRound, ...] = ()
    """All at this lab, those of stopped attempts too."""
    unmet: int = 0
    """Faults of the lab that were not met yet."""
    minutes: int = 0
    """What the lab's page says that it takes."""
    diagnosed: bool = False
    """Whether a diagnosis of this round was noted."""
    answered: int = 0
    """Questions of the explanation below which something is written."""
    prompts: int = 0
    edited: int = 0
    """Files of the workspace that are not live yet."""
    finish: Finish | None = None
    """What the last submitted round reached, until another one begins."""


def stamp(session: Session, lab: str) -> tuple[object, ...]:
    """What changes whenever a command has written something of an attempt."""
    attempt = attempt_at(session, lab)
    if attempt is None:
        return ()
    return (attempt.id, *(_time_of(session.store.folder(attempt.id) / name) for name in FILES))


def _time_of(file: Path) -> int:
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


def attempt_at(session: Session, lab: str) -> Attempt | None:
    """The attempt at a lab that was not stopped."""
    return next((one for one in reversed(session.store.running()) if one.lab == lab), None)


def panel(session: Session, name: str) -> Panel:
    """Where the attempt at a lab stands.

    Raises:
        KikoriError: there is no such lab.
    """
    lab = session.catalog.lab(name)
    about = Panel(
        lab=name,
        kind=lab.about.kind,
        faults=bool(lab.faults),
        workspace=lab.workspace is not None,
        shell=lab.about.shell,
        engine=host.has_engine(),
        measured=calibration(session.catalog.roots).get(name),
        rounds=rounds_at(session, lab),
        unmet=len(unmet(session, lab)),
        minutes=lab.about.minutes,
        prompts=len(lab.about.prompts),
        finish=finish_of(session, lab),
    )
    attempt = attempt_at(session, name)
    return _with(about, session, session.lab(attempt), attempt) if attempt else about


def _with(about: Panel, session: Session, lab: Lab, attempt: Attempt) -> Panel:
    events = session.store.events(attempt)
    clock = timing(events)
    ladder = ladder_of(lab, attempt)
    reports = session.store.reports(attempt)
    return msgspec.structs.replace(
        about,
        running=True,
        stage=attempt.stage,
        paused=attempt.paused,
        seconds=round(clock.total, 1),
        to_first_check=clock.to_first_check,
        to_mend=clock.to_mend,
        ticking=not attempt.paused and not attempt.submitted and _begun(lab, events),
        folder=attempt.workspace,
        rungs=tuple(html_of(hint.lang(session.lang)) for hint in ladder[: attempt.hints]),
        of=len(ladder),
        services=_services(session, lab, attempt),
        trail=tuple(session.store.trail(attempt)[-SHOWN:]),
        report=_report(session, lab, reports, events),
        explained=attempt.explained,
        told=is_open(session, attempt),
        submitted=attempt.submitted or "",
        next=next_command(attempt, lab),
        round=round_of(session, attempt),
        diagnosed=_is_diagnosed(events),
        answered=_answered(session, attempt),
        edited=len(edited_since_deploy(session, attempt)),
        finish=about.finish if attempt.submitted else None,
    )


def _is_diagnosed(events: list[Event]) -> bool:
    said = explanation_rules.last_word(since_last_break(events))
    return bool(said.component or said.cause)


def _answered(session: Session, attempt: Attempt) -> int:
    """Count the questions that have an answer so far, accepted or not."""
    return sum(bool(answer.strip()) for answer in explanation_rules.answers(_written(session, attempt)).values())


def _written(session: Session, attempt: Attempt) -> str:
    file = session.store.folder(attempt.id) / "explanation.md"
    return file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""


def round_of(session: Session, attempt: Attempt) -> str:
    """Name the round of an attempt that goes on."""
    breaks = sum(event.event == "broke" for event in session.store.events(attempt))
    return f"{attempt.id}/{breaks}"


def _begun(lab: Lab, events: list[Event]) -> bool:
    wanted = "broke" if lab.faults else "started"
    return any(event.event == wanted for event in events)


def _report(session: Session, lab: Lab, reports: list[Report], events: list[Event]) -> Report | None:
    if not reports or not _is_of_now(reports[-1], events):
        return None
    return report_in(session.lang, reports[-1], lab.graders)


def _is_of_now(report: Report, events: list[Event]) -> bool:
    """Whether a report is about the fault that is in now, and not the one before."""
    breaks = [event.at for event in events if event.event in ("broke", "reset")]
    return not breaks or report.at >= breaks[-1]


def _services(session: Session, lab: Lab, attempt: Attempt) -> tuple[Service, ...]:
    try:
        return session.project(attempt, lab).states()
    except KikoriError:
        return ()  # no engine answers; what is on disk can still be read


class Draft(Record):
    """The explanation as it is being written."""

    prompts: tuple[tuple[str, str, str], ...]
    """Each question's id, its words, and what is written below it so far."""
    components: tuple[str, ...] = ()
    causes: dict[str, str] = {}
    """Names of causes with what each means."""
    component: str = ""
    cause: str = ""
    problems: tuple[explanation_rules.Problem, ...] = ()


def _causes(lab: Lab, lang: Lang) -> dict[str, str]:
    return {name: text.lang(lang) for name, text in explanation_rules.causes(lab).items()}


def draft(session: Session, name: str) -> Draft:
    """What is written so far.

    Raises:
        KikoriError: no attempt at that lab is running.
    """
    attempt = session.attempt()
    lab = session.lab(attempt)
    text = _written(session, attempt)
    given, said = explanation_rules.answers(text), explanation_rules.diagnosis(text)
    return Draft(
        prompts=tuple((one.id, one.lang(session.lang), given.get(one.id, "")) for one in lab.about.prompts),
        components=explanation_rules.components(lab) if lab.faults else (),
        causes=_causes(lab, session.lang) if lab.faults else {},
        component=said.component or attempt.component,
        cause=said.cause or attempt.cause,
        problems=lacks_in(session.lang, list(explanation_rules.problems(text, lab, session.store.trail(attempt))))
        if text
        else (),
    )
