"""How a terminal shows what came of a cohort's commands."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.cohort.client.game_day import Heard, Played
    from kikori.cohort.client.help_request import Called
    from kikori.cohort.client.joining import Joined, Left
    from kikori.cohort.client.membership import Standing
    from kikori.cohort.messages import Received


def serving(joining: str, *, loopback: bool) -> None:
    """How learners join (on stderr, beside the instructor's own address)."""
    text.aside(f"kikori: learners join with `kikori cohort join` and this address: {joining}")
    if loopback:
        hint = "  only this computer reaches that; for a class: kikori cohort serve --listen THIS-COMPUTER'S-ADDRESS"
        text.aside(hint)


def ended(value: object) -> None:
    """Nothing more to say once it was interrupted."""


def joined(value: Joined) -> None:
    """That check-ins go out from now on."""
    text.line(f"You have joined the cohort at {value.url} as {text.harmless(value.name)}.", bold=True)
    text.line("`kikori cohort status` shows what is sent, `kikori cohort leave` deletes it there.")
    text.next_step('kikori help-me "where you are stuck"')


def left(value: Left) -> None:
    """What was deleted, and that nothing is sent any more."""
    counts = f"{value.check_ins} check-ins, {value.hands} calls for help, {value.submissions} submissions"
    text.line(
        f"Deleted at {value.url}: your name, {counts}, {value.scores} scores, {value.moments} times of game days.",
        bold=True,
    )
    text.line("Your token is deleted here too; nothing is sent any more.")


def status(value: Standing) -> None:
    """What the server was told last, and what it said."""
    if not value.joined:
        text.line("You have joined no cohort; nothing is sent to anybody.")
        return
    text.line(f"Joined: {value.url} as {text.harmless(value.name)}", bold=True)
    for one in value.sent:
        failing = f", failing: {one.title or one.check}" if one.check else ""
        score = "" if one.score is None else f", score {one.score}, grade {one.grade if one.grade is not None else '-'}"
        told = f"{one.lab}: {text.own(one.stage)}, {one.seconds / 60:.0f} min, {one.hints} hints{failing}{score}"
        text.line(f"  sent: {text.harmless(told)}")
    if value.game_day:
        text.line(f"  game day: faults may come into {value.game_day}; `kikori cohort game-day --leave` ends that")
    if value.answer:
        text.line(f"  {_ago(value.at)}: {text.harmless(value.answer)}")
    else:
        text.line("  Nothing was sent yet.")


def _ago(at: float) -> str:
    return f"{max(0.0, time.time() - at) / 60:.0f} min ago"


def sent(value: Received) -> None:
    """That a submission has arrived."""
    text.line(f"Handed in: {value.size / 1024:.0f} KiB arrived; your instructor has it as {text.harmless(value.file)}.")


def called(value: Called) -> None:
    """Whether a hand is up, or where the file to hand over is."""
    if value.url:
        text.line(f"Your hand is up on the page at {value.url}.", bold=True)
        text.next_step("kikori help-me --lower")
    elif value.file:
        if value.reason:
            text.line(f"Not sent: {text.harmless(value.reason)}")
        text.line(f"Written: {value.file}. Hand it to your instructor.", bold=True)
    else:
        text.line("Your hand is down again.")


STEPS = {"noticed": "Noticed", "declared": "Declared", "stopped": "The bleeding stopped", "fixed": "Fixed"}
ENDS = {
    "over": "The game day is over.",
    "stopped": "Your lab was stopped, so you take part no longer.",
    "withdrawn": "You take part no longer.",
}


def _aside(message: str) -> None:
    """A line beside what a command gives in the end."""
    text.aside(text.harmless(message))


def plays(lab: str) -> None:
    """That a team takes part, and what to do meanwhile."""
    _aside(f"You take part with {lab}. Leave this command running, and look after your lab in another terminal.")
    _aside("Whoever sees that something is wrong types `kikori incident noticed`.")


def heard(value: Heard) -> None:
    """What happened meanwhile."""
    if value.what == "step":
        _aside(f"{text.own(STEPS[value.step])} after {value.minutes:g} min.")
    elif value.what == "problem":
        text.problem(f"The fault can't be put in: {value.message}", value.hint)
    elif value.what == "ended":
        _aside("The round is over. `kikori reset` makes the lab healthy for the next one.")
    elif value.what == "away":
        _aside(f"{value.message} Nothing is lost: it is told later.")
    else:
        _aside("The server answers again.")


def interrupted() -> None:
    """What stays as it is when the command is interrupted."""
    _aside("Nothing is reported now. What is in stays in; `kikori cohort game-day` goes on where you are.")


def played(value: Played) -> None:
    """How far the team came."""
    text.line(ENDS[value.ended], bold=True)
    for one in value.moments:
        if one.step in STEPS:
            text.line(f"  {text.own(STEPS[one.step])} after {one.seconds / 60:.1f} min")
    text.next_step("kikori reset" if value.ended == "withdrawn" else "kikori status")
