"""The commands of a pre-mortem in pairs: kikori fault guess, begin, seal, open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from kikori.cli import show as learners
from kikori.cli import text
from kikori.cli.app import LabOption, app, command, session
from kikori.cli.premortem import show
from kikori.errors import KikoriError

PANEL = "Pre-mortems in pairs"
SHORT_WORD = "--word WORD"

fault = typer.Typer(help="Set a fault for a colleague, as one file.", no_args_is_help=True, rich_markup_mode=None)


app.add_typer(fault, name="fault", rich_help_panel=PANEL)


Word = Annotated[
    str | None,
    typer.Option("--word", metavar="WORD", help="What seals the solution; left out, a terminal asks for it."),
]


def word_of(given: str | None, *, twice: bool = False) -> str:
    """Take the word, or ask for it where nobody else reads along.

    Raises:
        KikoriError: it was not given, and there is no terminal.
    """
    if given is not None:
        return given
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise KikoriError("The solution is sealed with a word, and none was given.", SHORT_WORD)
    return str(typer.prompt(text.own("The word"), hide_input=True, confirmation_prompt=twice, err=True))


@command("guess", show.guessed, panel=PANEL, parent=fault)
def guess(
    file: Annotated[
        str | None,
        typer.Option("--file", metavar="FILE", help="Take this file instead of opening $VISUAL; - is the input."),
    ] = None,
    came_true: Annotated[
        str | None,
        typer.Option("--came-true", metavar="N,N", help="Once the solution is open: which of them came true; or none."),
    ] = None,
    lab: LabOption = None,
) -> object:
    """Write down, as a pair, five guesses of what could fail and how it would show; later, which came true."""
    from kikori.premortem.guesses import guess as write
    from kikori.premortem.guesses import judge, numbers_in

    if file is not None and came_true is not None:
        raise KikoriError("--file and --came-true: one of them at a time.", "kikori fault guess --file FILE")
    return write(session(lab), file) if came_true is None else judge(session(lab), numbers_in(came_true))


@command("begin", show.begun, panel=PANEL, parent=fault)
def begin(lab: LabOption = None) -> object:
    """Begin to set a fault: what differs from the healthy scene from now on is yours."""
    from kikori.premortem.setter import begin as note

    return note(session(lab))


@command("seal", show.sealed, panel=PANEL, parent=fault)
def seal(
    symptom: Annotated[str, typer.Option("--symptom", help="What users will see; the solver reads it.")],
    cause: Annotated[str, typer.Option("--cause", help="What is really wrong; sealed.")],
    component: Annotated[str, typer.Option("--component", metavar="SERVICE", help="Where the cause is; sealed.")],
    fix: Annotated[
        str, typer.Option("--fix", metavar="FILE", help="Your own fix: a script of a service, or a .diff; sealed.")
    ],
    script: Annotated[
        str | None,
        typer.Option("--script", metavar="FILE", help="What no file holds: a script that also breaks something."),
    ] = None,
    diagnosis: Annotated[
        str, typer.Option("--diagnosis", metavar="NAME", help="What `kikori diagnose` calls the cause; sealed.")
    ] = "",
    leave_out: Annotated[
        list[str] | None,
        typer.Option("--leave-out", metavar="PATH", help="Record nothing of this path: a service writes it."),
    ] = None,
    word: Word = None,
    to: Annotated[str, typer.Option("--to", metavar="FOLDER", help="Where to put the file.")] = ".",
    lab: LabOption = None,
) -> object:
    """Record what you changed, prove it in a fresh scene, and seal the solution in one file for your solver."""
    from kikori.premortem.setter import seal as record
    from kikori.premortem.told import told_of

    at = session(lab)
    told = told_of(
        at,
        symptom=symptom,
        cause=cause,
        component=component,
        diagnosis=diagnosis,
        fix=Path(fix),
        script=Path(script) if script else None,
        left_out=tuple(leave_out or ()),
    )
    return record(at, told, word_of(word, twice=True), to)


@command("open", learners.page, panel=PANEL, parent=fault)
def open_(
    word: Word = None,
    give_up: Annotated[
        bool, typer.Option("--give-up", help="Open it before your explanation is accepted; that is recorded.")
    ] = False,
    lab: LabOption = None,
) -> object:
    """Open the setter's solution with the word, once your explanation is accepted."""
    from kikori.premortem.solver import open_solution

    return open_solution(session(lab), word_of(word), give_up=give_up)
