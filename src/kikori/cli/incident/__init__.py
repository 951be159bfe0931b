"""Keep the record of an incident: kikori incident."""

from __future__ import annotations

from typing import Annotated

import typer

from kikori.cli.app import LabOption, app, command, session
from kikori.cli.incident import show
from kikori.errors import KikoriError

PANEL = "Learning"
Words = Annotated[list[str], typer.Argument(metavar="TEXT...", help="One line, for people who were not there.")]

incident = typer.Typer(help="Keep the record of an incident.", no_args_is_help=True, rich_markup_mode=None)


app.add_typer(incident, name="incident", rich_help_panel=PANEL)


@command("noticed", show.said, panel=PANEL, parent=incident)
def noticed(
    argv: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT...]", help="What you see, if you can say it already.")
    ] = None,
    lab: LabOption = None,
) -> object:
    """Say that something is wrong, as soon as you think so."""
    from kikori.learner.incident import notice

    return notice(session(lab), argv or [])


@command("declare", show.said, panel=PANEL, parent=incident)
def declare(
    argv: Words,
    severity: Annotated[
        int,
        typer.Option(
            "--severity",
            metavar="1-4",
            min=1,
            max=4,
            help="1: hardly anybody is served; 2: many are not; 3: few are not; 4: nobody has met it yet.",
        ),
    ],
    lab: LabOption = None,
) -> object:
    """Declare an incident: what users meet, and how severe; again where that changes."""
    from kikori.learner.incident import declare as begin

    return begin(session(lab), severity, argv)


@command("note", show.said, panel=PANEL, parent=incident)
def note(argv: Words, lab: LabOption = None) -> object:
    """Note what you see, think or decide."""
    from kikori.learner.incident import note as write

    return write(session(lab), argv)


@command("stop-gap", show.said, panel=PANEL, parent=incident)
def stop_gap(
    argv: Annotated[
        list[str] | None, typer.Argument(metavar="[TEXT...]", help="What serves users until the fix.")
    ] = None,
    risk: Annotated[str, typer.Option("--risk", metavar="TEXT", help="What it gives up, and what it may cost.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="TEXT", help="When it is taken back.")] = "",
    taken_back: Annotated[
        int | None, typer.Option("--taken-back", metavar="N", min=1, help="You took this one back.")
    ] = None,
    lab: LabOption = None,
) -> object:
    """Tell of a stop-gap, its risk and its end; or take it back."""
    from kikori.learner.incident import stop_gap as begin
    from kikori.learner.incident import take_back

    if taken_back is None:
        return begin(session(lab), argv or [], risk, until)
    if risk or until:
        hint = f"kikori incident stop-gap --taken-back {taken_back}"
        raise KikoriError("--risk and --until belong to a new stop-gap, --taken-back to one that is over.", hint)
    return take_back(session(lab), taken_back, argv or [])


@command("resolved", show.said, panel=PANEL, parent=incident)
def resolved(argv: Words, lab: LabOption = None) -> object:
    """Call the incident resolved, and say what ended it."""
    from kikori.learner.incident import resolve

    return resolve(session(lab), argv)


@command("timeline", show.timeline, panel=PANEL, parent=incident)
def timeline(
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print it as Markdown, to hand on.")] = False,
    lab: LabOption = None,
) -> object:
    """Show all that happened in one list, and how long it took."""
    from kikori.learner.incident.timeline import markdown_of, read_timeline

    found = read_timeline(session(lab))
    return markdown_of(found) if as_markdown else found
