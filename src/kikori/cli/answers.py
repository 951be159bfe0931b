"""The learner's commands on what was understood: explain, debrief, submit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kikori.cli import show
from kikori.cli.app import LabOption, command
from kikori.cli.attempts import PANEL
from kikori.cli.steps import session

if TYPE_CHECKING:
    from kikori.learner.submit import Submitted


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
        str | None, typer.Option("--cause", metavar="NAME", help="What it is; `nothing` where all is well.")
    ] = None,
    lab: LabOption = None,
) -> object:
    """Say where and what the cause is, before the debrief tells; alone: show the names to choose from."""
    from kikori.learner.diagnose import diagnose as say

    return say(session(lab), component, cause)


@command("debrief", show.page, panel=PANEL)
def debrief(lab: LabOption = None) -> object:
    """Read what an expert says about the cause, once all checks have passed."""
    from kikori.learner.status import debrief as read

    return read(session(lab))


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
