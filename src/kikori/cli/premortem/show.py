"""How a terminal shows the results of a pre-mortem's commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kikori.cli import text
from kikori.cli.show import services

if TYPE_CHECKING:
    from kikori.premortem.guesses import Guessed
    from kikori.premortem.setter import Begun, Sealed


def guessed(value: Guessed) -> None:
    """The guesses, and which of them came true."""
    for number, one in enumerate(value.guesses, 1):
        mark = " " if value.came_true is None else "✓" if number in value.came_true else "✗"
        text.line(text.harmless(f"{mark} {number}. {one.what} → {one.shows}"))
    text.next_step(value.next)


def begun(value: Begun) -> None:
    """Where a setter may work."""
    services(value.services)
    if value.workspace:
        text.line(f"  {text.column('workspace', 12)} {value.workspace}")
    text.line("What you change from now on is your fault. Change as little as shows.", bold=True)
    text.next_step(value.next)


def sealed(value: Sealed) -> None:
    """What was recorded, and where the file is."""
    for place, paths in value.changed.items():
        for path in paths:
            text.line(text.harmless(f"  {place:<12} {path}"))
    text.line("A check sees it, every guard holds, your fix works and outlasts a restart.", fg="green")
    text.line(f"{value.file}  ({value.size / 1024:.0f} KiB)", bold=True)
    text.line("Give this file to your solver, and keep the word until they have explained it.")
    text.next_step(value.next)
