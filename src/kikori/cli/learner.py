"""The learner's commands, from list to submit."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kikori.cli import show, text
from kikori.cli.app import LabOption, Yes, at_work, command, one_lab, session
from kikori.errors import KikoriError

if TYPE_CHECKING:
    from kikori.learner.check import Checked
    from kikori.learner.check.stop_gap import UsersServed
    from kikori.learner.submit import Submitted


PANEL = "Learning"


@command("list", show.listed, panel=PANEL)
def list_(
    track: Annotated[
        str | None, typer.Option("--track", metavar="TRACK", help="What a track asks for, and what of it is done.")
    ] = None,
    tracks: Annotated[bool, typer.Option("--tracks", help="The tracks: ways through the courses.")] = False,
) -> object:
    """List the labs, by course and module, or in the order of a track."""
    from kikori.learner import tracks as ways
    from kikori.learner.status import listing

    if track is not None:
        return ways.followed(session(), track)
    return ways.known(session()) if tracks else listing(session())


@command("start", show.started, panel=PANEL)
def start(
    lab: Annotated[str, typer.Argument(help="The lab's id, as `list` shows it.")],
    seed: Annotated[
        int | None,
        typer.Option("--seed", min=0, max=2**63 - 1, help="Choose the random parameters, to get the same ones again."),
    ] = None,
) -> object:
    """Bring up a lab's healthy scene and show the task."""
    from kikori.learner.lifecycle import start as begin

    return begin(session(), lab, seed)


@command("viewers", show.viewers, panel=PANEL)
def viewers(
    off: Annotated[bool, typer.Option("--off", help="Take them away.")] = False,
    lab: LabOption = None,
) -> object:
    """Start Grafana and Jaeger beside a lab with metrics or traces, where their images can be had."""
    from kikori.learner.shell import viewers as look

    return look(session(lab), off=off)


@command("task", show.page, panel=PANEL)
def task(lab: LabOption = None) -> object:
    """Show the task again."""
    from kikori.learner.status import task as read

    return read(session(lab))


@command("break", show.broken, panel=PANEL)
def break_(
    fault: Annotated[str | None, typer.Option("--fault", help="Put in this fault.")] = None,
    random: Annotated[bool, typer.Option("--random", help="Draw a fault anew instead of the attempt's own.")] = False,
    blind: Annotated[bool, typer.Option("--blind", help="Keep back the hints that belong to the fault.")] = False,
    file: Annotated[
        str | None, typer.Option("--from", metavar="FILE", help="Put in the fault of a colleague's .fault file.")
    ] = None,
    lab: LabOption = None,
) -> object:
    """Put a fault into the scene."""
    from kikori.learner.fault import put_fault

    if file is not None:
        from kikori.premortem.solver import put_from_file

        if fault or random:
            raise KikoriError("--from has a fault of its own: give it alone.", "kikori break --from FILE")
        return put_from_file(session(lab), Path(file), blind=blind)
    if fault and random:
        raise KikoriError("--fault names a fault and --random draws one: give one of them.", "kikori break --random")
    with at_work("still-breaking", lab) as (own, _):
        return put_fault(own, fault, random=random, blind=blind)


@command("shell", show.left, panel=PANEL)
def shell(
    service: Annotated[
        str | None,
        typer.Argument(
            metavar="[LAB] [SERVICE]", help="A lab that runs; a service, or `workspace`; else the lab's own."
        ),
    ] = None,
    argv: Annotated[list[str] | None, typer.Argument(metavar="[-- COMMAND...]", help="Run this alone.")] = None,
    lab: LabOption = None,
) -> object:
    """Open a shell in the lab; each command goes into your trail, its output does not."""
    from kikori.cli.app import split
    from kikori.learner.shell import shell as enter

    named, place, words = split(service, argv, {one.lab for one in session().store.running()})
    return enter(session(one_lab(named, lab)), place, words)


@command("trail", show.trail, panel=PANEL)
def trail(lab: LabOption = None) -> object:
    """Show what you did in this attempt, by the numbers that an explanation cites."""
    from kikori.learner.trail import trail as read

    return read(session(lab))


@command("apply", show.moved, panel=PANEL)
def apply(lab: LabOption = None) -> object:
    """Put your workspace live: rebuild what is made from it."""
    from kikori.learner.lifecycle import apply as put_live

    return put_live(session(lab))


def _checked_and_on(value: Checked | UsersServed) -> None:
    """Show what the checks say and, once all have passed, lead into the explanation."""
    from kikori.learner.check import Checked

    if not isinstance(value, Checked):
        show.users_served(value)
        return
    show.checked(value)
    asked = value.next == "kikori explain" and sys.stdin.isatty() and sys.stdout.isatty()
    if asked and typer.confirm(text.own("Write down now what happened and why?"), default=True):
        from kikori.learner.explain import explain

        show.explained(explain(session(value.lab)))


@command("check", _checked_and_on, panel=PANEL)
def check(
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out the second look, after a deploy and a restart.")
    ] = False,
    dispute: Annotated[
        bool, typer.Option("--dispute", help="You fixed it and a check says no: write a file for the lab's author.")
    ] = False,
    stop_gap: Annotated[
        bool, typer.Option("--stop-gap", help="Ask only whether users are served again, and keep when.")
    ] = False,
    lab: LabOption = None,
) -> object:
    """Say what a machine can see; when all is well, deploy and restart everything, and look again."""
    from kikori.learner.check import check as look

    if stop_gap:
        from kikori.learner.check.stop_gap import users_served

        if quick or dispute:
            raise KikoriError("--stop-gap asks another question than --quick and --dispute.", "kikori check --stop-gap")
        with at_work("still-checking", lab) as (own, silence):
            return users_served(own, found=silence.after(show.result))

    with at_work("still-checking", lab) as (own, silence):
        return look(own, quick=quick, found=silence.after(show.result), dispute_in=Path.cwd() if dispute else None)


@command("hint", show.rung, panel=PANEL)
def hint(lab: LabOption = None) -> object:
    """Show the next rung of the hint ladder."""
    from kikori.learner.status import hint as climb

    return climb(session(lab))


@command("status", show.status, panel=PANEL)
def status(lab: LabOption = None) -> object:
    """Show where your attempts stand, and what to type next."""
    from kikori.learner.status import status as look

    return look(session(lab))


@command("reset", show.reset, panel=PANEL)
def reset(lab: LabOption = None) -> object:
    """Give the healthy scene back; your workspace is kept aside."""
    from kikori.learner.fault import reset as renew

    return renew(session(lab))


@command("pause", show.moved, panel=PANEL)
def pause(lab: LabOption = None) -> object:
    """Stop the scene as it is, and the clock; the computer may be switched off."""
    from kikori.learner.lifecycle import pause as hold

    return hold(session(lab))


@command("resume", show.moved, panel=PANEL)
def resume(lab: LabOption = None) -> object:
    """Go on after a pause, or after the computer was switched off."""
    from kikori.learner.lifecycle import resume as go_on

    return go_on(session(lab))


@command("stop", show.stopped, panel=PANEL)
def stop(yes: Yes = False, lab: LabOption = None) -> object:
    """End the attempt and take the scene away; your record and workspace stay."""
    from kikori.learner.lifecycle import is_kept_back
    from kikori.learner.lifecycle import stop as end

    at = session(lab)
    asks = not yes and sys.stdin.isatty() and sys.stdout.isatty()
    if asks and is_kept_back(attempt := at.attempt(), at.lab(attempt)):
        question = f"{attempt.lab} is fixed and was never submitted. End it all the same?"
        if not typer.confirm(text.own(question), default=False):
            raise KikoriError(f"{attempt.lab} goes on.", "kikori submit" if attempt.explained else "kikori explain")
    return end(at)


@command("explain", show.explained, panel=PANEL)
def explain(
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="Take this file instead of opening $VISUAL; - is the input."),
    ] = None,
    lab: LabOption = None,
) -> object:
    """Write down what happened and why, in your editor."""
    from kikori.learner.explain import explain as write

    return write(session(lab), file)


@command("diagnose", show.diagnosed, panel=PANEL)
def diagnose(
    component: Annotated[str | None, typer.Option("--component", metavar="NAME", help="Where the cause is.")] = None,
    cause: Annotated[
        str | None,
        typer.Option("--cause", metavar="NAME", help="What it is: a name, `nothing`, or a sentence."),
    ] = None,
    search: Annotated[str, typer.Option("--search", metavar="WORD", help="Show only causes with this word.")] = "",
    lab: LabOption = None,
) -> object:
    """Say where and what the cause is, before the debrief tells; alone: show the names to choose from."""
    from kikori.learner.explain import diagnose as say

    return say(session(lab), component, cause, search)


@command("debrief", show.page, panel=PANEL)
def debrief(
    give_up: Annotated[
        bool, typer.Option("--give-up", help="Open it before your explanation is accepted; that is recorded.")
    ] = False,
    lab: LabOption = None,
) -> object:
    """Read what an expert says about the cause, once your explanation is accepted."""
    from kikori.learner.debrief import debrief as read

    return read(session(lab), give_up=give_up)


def _submitted_and_on(value: Submitted) -> None:
    """Show where the file is and, where a cohort was joined, offer to hand it in there."""
    from kikori.cli.cohort import hand_over

    show.submitted(value)
    hand_over(value)


@command("submit", _submitted_and_on, panel=PANEL)
def submit(
    to: Annotated[str, typer.Option("--to", metavar="FOLDER", help="Where to put the file.")] = ".",
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="Hand in what there is, for partial credit.")
    ] = False,
    lab: LabOption = None,
) -> object:
    """Pack the attempt into one .kikori file for your instructor."""
    from kikori.learner.submit import submit as pack

    return pack(session(lab), to, unfinished=unfinished)
