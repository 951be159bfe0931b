"""How things look in a terminal: plain lines here, rich only where a page or a table is shown."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from kikori import visible_text
from kikori.settings import language
from kikori.visible_text import width

if TYPE_CHECKING:
    from rich.console import RenderableType

NAMED: list[str] = []
"""The folders that this command was given by ``--content``."""
COMMAND = re.compile(r"(?<![\w./-])kikori(?= [a-z])")


def typed(command: str) -> str:
    """A command as this person types it: ``kikori`` the way it was called."""
    return COMMAND.sub(os.environ.get("KIKORI_COMMAND") or "./kikori", command)


def own(message: str) -> str:
    """What the program itself says, in the learner's language; anything else as it is."""
    if language() != "ja":
        return message
    from kikori.japanese import translated  # the catalogue is read by whom it is for

    return translated(message, "ja")


def line(message: str = "", **style: bool | str) -> None:
    """One line of the result."""
    told = typed(own(message))
    typer.echo(typer.style(told, **style) if style else told)  # type: ignore[arg-type]


def aside(message: str) -> None:
    """A line on the standard error, beside the result."""
    typer.echo(typed(own(message)), err=True)


def next_step(command: str) -> None:
    """What to type now."""
    if command:
        line()
        typer.echo(f"{typer.style(own('Next:'), bold=True)} {again(own(command))}")


def again(command: str) -> str:
    """A command as it is typed after this one: with the folders that this one was given by ``--content``."""
    if command.startswith("kikori ") and "--content" not in command:
        command = " ".join([command, *(f"--content {shlex.quote(root)}" for root in NAMED)])
    return typed(command)


def problem(message: str, hint: str) -> None:
    """What went wrong, and what to type; a stranger's file may be named in either."""
    print(f"kikori: {harmless(typed(own(message)))}", file=sys.stderr)
    if hint:
        print(f"  → {harmless(typed(own(hint)))}", file=sys.stderr)


def markdown(source: str) -> None:
    """A page; as it is where nobody looks at a terminal."""
    if not sys.stdout.isatty():
        typer.echo(typed(source))
        return
    from rich.markdown import Markdown

    _print(Markdown(typed(source)), most=100)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows under their titles, in columns as wide as they need."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    shown = Table(*map(own, titles), box=box.SIMPLE_HEAD, pad_edge=False)
    for row in rows:
        shown.add_row(*(Text.from_ansi(typed(own(cell))) for cell in row))
    _print(shown, most=None if sys.stdout.isatty() else 160)


def _print(shown: RenderableType, most: int | None) -> None:
    """Print what rich lays out; a reader that has gone is the caller's to hear of, and no failure."""
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = Console().width if sys.stdout.isatty() else 160
    Plain(highlight=False, width=min(width, most or width)).print(shown)


def pairs(rows: Iterable[tuple[str, str]]) -> None:
    """A small list of names and values."""
    for name, value in rows:
        line(f"  {column(name, 10)} {own(value)}")


def column(name: str, columns: int) -> str:
    """One of our words, as wide as a column."""
    told = own(name)
    return told + " " * (columns - width(told))


def harmless(text: str) -> str:
    """Text from somewhere else without what moves the cursor, changes colours, or is not seen."""
    return visible_text.harmless(text)
