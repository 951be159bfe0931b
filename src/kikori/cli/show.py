"""Values of the learner's commands as a person reads them."""

from __future__ import annotations

import sys
import time
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kikori.bilingual import sentence
from kikori.cli import text
from kikori.settings import language

if TYPE_CHECKING:
    from kikori.engine import Service
    from kikori.learner.check import Checked
    from kikori.learner.check.stop_gap import UsersServed
    from kikori.learner.explain import Diagnosed, Explained
    from kikori.learner.fault import Broken, Reset
    from kikori.learner.lifecycle import Moved, Started, Stopped
    from kikori.learner.rounds import LabRecord
    from kikori.learner.shell import Left, Viewers
    from kikori.learner.status import Listing, Page, Rung, Status
    from kikori.learner.submit import Submitted
    from kikori.learner.tracks import FollowedTrack, Tracks
    from kikori.learner.trail import Trail
    from kikori.model import CheckResult, Report

STAGES = {"mended": "fixed"}
"""Stages that people read by another word than the one that is stored."""
NAMED = 5
"""Files that one line names."""
MARKS = {
    "passed": ("✓", "green"),
    "failed": ("✗", "red"),
    "blocked": ("·", "yellow"),
    "error": ("!", "magenta"),
    "busy": ("?", "yellow"),
}


def listed(value: Listing | FollowedTrack | Tracks) -> None:
    """What was asked for of `list`: all labs, a track, or all tracks."""
    from kikori.learner.tracks import FollowedTrack, Tracks

    if isinstance(value, FollowedTrack):
        followed(value)
    elif isinstance(value, Tracks):
        tracks(value)
    else:
        labs(value)


def followed(value: FollowedTrack) -> None:
    """A track's sessions, what is done in each, and how far the learner is."""
    text.line(value.title, bold=True)
    rows: list[tuple[str, ...]] = []
    for session in value.sessions:
        rows.append((f"{value.unit} {session.number}", session.title, "", f"{session.minutes} min", ""))
        rows += [
            (f"  {row.lab or row.module}", f"  {row.title}", ", ".join(row.pages) or "lab", "", row.state)
            for row in session.rows
        ]
    text.table(("session", "title", "what", "time", "you"), rows)
    text.line(f"{value.done} of {value.labs} labs done")
    text.next_step(value.next)


def tracks(value: Tracks) -> None:
    """The tracks, with what they take."""
    for one in value.tracks:
        text.line(f"{one.id}: {one.title}", bold=True)
        text.line(f"  {one.summary}")
        text.line(f"  {one.sessions} × {one.unit}, {one.minutes / 60:.0f} hours in all", dim=True)
    if not value.tracks:
        text.line("There are no tracks.")
    text.next_step("kikori list --track TRACK" if value.tracks else "kikori list")


def labs(value: Listing) -> None:
    """The labs by course, and how far the learner is."""
    rows: list[tuple[str, ...]] = []
    for course, labs_of in groupby(value.labs, key=lambda row: row.course):
        rows.append((course, "", "", "", "", "", ""))
        rows += [
            (f"  {row.id}", row.title, row.module, row.kind, str(row.level), f"{row.minutes} min", _stage(row.state))
            for row in labs_of
        ]
    text.table(("lab", "title", "module", "kind", "level", "time", "you"), rows)
    done = sum(row.state == "done" for row in value.labs)
    text.line(
        f"{done} of {len(value.labs)} done, {sum(row.minutes for row in value.labs) // 60} hours of practice in all"
    )
    text.next_step("kikori start LAB")


def _stage(stage: str) -> str:
    return STAGES.get(stage, stage)


def services(found: tuple[Service, ...]) -> None:
    """Each service, its state and where it is reached."""
    for service in found:
        where = "  ".join(f"http://{address}/" for address in dict.fromkeys(service.addresses))
        state = f"exited with {service.exit_code}" if service.state == "exited" else service.state
        text.line(f"  {service.name:<12} {text.column(state, 12)} {where}".rstrip())


def viewers(value: Viewers) -> None:
    """Where Grafana and Jaeger are reached."""
    services(value.services)
    text.next_step(value.next)


def started(value: Started) -> None:
    """A scene that is up, and its task."""
    text.markdown(value.task)
    text.line()
    services(value.services)
    if value.workspace:
        repository = text.own(", a git repository") if (Path(value.workspace) / ".git").is_dir() else ""
        text.line(f"  {text.column('workspace', 12)} {value.workspace}{repository}")
    if value.practice:
        text.line(sentence("for-practice", language()), fg="yellow")
    text.next_step(value.next)


def page(value: Page) -> None:
    """A task or a debrief."""
    text.markdown(value.markdown)
    text.next_step(value.next)


def broken(value: Broken) -> None:
    """That a fault is in, not which."""
    text.line("Something in the scene is broken now. `kikori task` shows the task again.", bold=True)
    if value.symptom:
        text.line(f"What users see, says who set it: {text.harmless(value.symptom)}")
    text.next_step(value.next)


def left(value: Left) -> None:
    """How a shell ended; nothing to say where a single command spoke for itself."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        text.line(f"Your trail holds {value.commands} commands.", dim=True)
        text.next_step("kikori check")


def moved(value: Moved) -> None:
    """The services after they were stopped, started or rebuilt."""
    services(value.services)
    text.next_step(value.next)


def result(check: CheckResult) -> None:
    """One check, as soon as it is known (on stderr, so that JSON stays alone on the output)."""
    mark, colour = MARKS[check.outcome]
    typer.echo(f"{typer.style(mark, fg=colour, bold=True)} {check.title}", err=True)
    reason = f"waits for: {check.reason}" if check.outcome == "blocked" else check.reason
    for line in text.typed(text.own(reason)).splitlines():
        typer.echo(f"    {text.harmless(line)}", err=True)


def checked(value: Checked) -> None:
    """What the checks say together."""
    last = value.after_restart or value.report
    text.line()
    if last.broken:
        text.line(
            "A check could not be run. That is not your fault; the lines with ! say why.", fg="magenta", bold=True
        )
    elif last.undecided:
        text.line(
            "This computer was too busy to say. Nothing is decided: end what else runs on it.", fg="yellow", bold=True
        )
    elif value.passed:
        again = ", also after a restart of every service" if value.after_restart else ""
        text.line(f"All {len(last.checks)} checks passed{again}.", fg="green", bold=True)
    else:
        _say_failed(last, after_restart=value.after_restart is not None)
    if value.edited and not value.passed:  # what is undecided, or could not be run, met the old one, too
        names = ", ".join(value.edited[:NAMED]) + (" …" if len(value.edited) > NAMED else "")
        text.line(f"Edited since it was last put live: {text.harmless(names)}. `kikori apply` puts it there.")
    if value.moved:
        text.line("Docker gave other ports when it started them again:")
        services(value.moved)
    if value.dispute:
        text.line(f"For the lab's author: {value.dispute}")
    text.next_step(value.next)


def users_served(value: UsersServed) -> None:
    """Whether users are served, and that this is no fix."""
    text.line()
    if value.report.passed:
        text.line(f"Users are served, first {value.minutes:g} min after the break. It is kept.", fg="green", bold=True)
        text.line("What is broken may still be: find it, fix it, and take the stop-gap back.")
    else:
        _say_failed(value.report, after_restart=False)
    text.next_step(value.next)


def _say_failed(report: Report, *, after_restart: bool) -> None:
    passed = sum(check.outcome == "passed" for check in report.checks)
    text.line(f"{passed} of {len(report.checks)} checks passed.", fg="red", bold=True)
    if after_restart:
        text.line("All checks passed at first; once every service was started again, they no longer all do.")


def rung(value: Rung) -> None:
    """One hint."""
    text.line(f"Hint {value.number} of {value.of}", bold=True)
    text.markdown(value.text)
    if value.number == value.of:
        text.line("That was the last one.", dim=True)


def status(value: Status) -> None:
    """Every running attempt."""
    for one in value.attempts:
        stage = "paused" if one.paused else _stage(one.stage)
        text.line(f"{one.lab}: {stage}", bold=True)
        services(one.services)
        if one.stage == "broken" and all(service.state == "healthy" for service in one.services):
            text.line("  Docker's healthchecks pass all the same: they see less than users do.")
        rows = [("time", f"{one.minutes:g} min"), ("hints", str(one.hints))]
        rows += [("workspace", one.workspace)] if one.workspace else []
        rows += [("explained", "yes")] if one.explained and one.stage == "mended" else []
        rows += [("submitted", one.submitted)] if one.submitted else []
        text.pairs(rows)
        text.next_step(one.next)
    if not value.attempts:
        text.line("No lab is running.")
        text.next_step(value.next)


def rounds(value: LabRecord) -> None:
    """Each round at a lab, a line each."""
    rows = [
        (
            str(one.number),
            time.strftime("%Y-%m-%d %H:%M", time.localtime(one.begun)),
            text.harmless(one.cause or one.fault or "-"),
            f"{one.minutes:g} min",
            str(one.hints),
            str(one.checks),
            one.result.value,
        )
        for one in value.rounds
    ]
    if rows:
        text.table(("round", "begun", "what was wrong", "time", "hints", "checks", "result"), rows)
    else:
        text.line("There was no round at this lab yet.")
    if value.faults and any(not one.fault for one in value.rounds):
        text.line("What was wrong is told once its debrief was read.", dim=True)
    if value.unmet:
        text.line(f"Faults that you have not met yet: {value.unmet}", dim=True)
    text.next_step(value.next)


def trail(value: Trail) -> None:
    """What was done, a line each."""
    for one in value.commands:
        ended = "" if not one.exit_code else text.own(f"  (exit {one.exit_code})")
        line = text.harmless(" ".join(one.line.split()))
        typer.echo(f"{f'[#{one.number}]':>7}  {one.service:<12} {line}{ended}")
    if not value.commands:
        text.line("Nothing was typed in this attempt yet.")
    text.next_step(value.next)


def reset(value: Reset) -> None:
    """A scene that is healthy again."""
    moved(value)  # type: ignore[arg-type]  # it has all that is shown


def stopped(value: Stopped) -> None:
    """That nothing is left."""
    text.line(f"{value.lab} is stopped; nothing of it is left in Docker.")
    if value.swarm_kept:
        text.line(
            "The machine stays in Swarm mode for now: other containers that run would be cut off if it left. "
            "The next `kikori stop` after they have ended leaves it; so does `docker swarm leave --force`.",
            fg="yellow",
        )
    if value.workspace:
        text.line(f"Your workspace stays: {value.workspace}")
    if value.kept_back:
        text.line("It was fixed and never submitted; what was in its containers is gone with them.", fg="yellow")
    text.next_step(value.next)


def explained(value: Explained) -> None:
    """Whether an explanation is accepted, and what it lacks."""
    for problem in value.problems:
        text.line(f"{problem.prompt or 'the text'}: {problem.reason}", fg="red")
    text.line(
        "Not accepted yet; what you wrote is kept." if value.problems else "Your explanation is accepted.", bold=True
    )
    if not value.problems:
        text.line("`kikori debrief` tells what an expert saw.")
    text.next_step(value.next)


def diagnosed(value: Diagnosed) -> None:
    """What was said, and what can be said."""
    text.pairs([("component", value.component or "-"), ("cause", value.cause or "-")])
    text.line(f"Components: {', '.join(value.components)}", dim=True)
    for name, meaning in value.causes.items():
        text.line(f"  {name:<{max(map(len, value.causes))}}  {meaning}")
    text.next_step(value.next)


def submitted(value: Submitted) -> None:
    """Where the file is."""
    text.line(f"{value.file}  ({value.size / 1024:.0f} KiB)", bold=True)
    text.line("Give this file to your instructor. You can look into it: it is a zip archive.")
    if value.practice:
        text.line(sentence("for-practice", language()), fg="yellow")
    text.next_step(value.next)
