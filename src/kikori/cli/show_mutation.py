"""Mutants of right fixes as an author reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.prove.mutation import Mutation, Outcome

LONGEST = 160
"""Characters of a line of a diff, or of what refused a mutant."""


def outcome(value: Outcome) -> None:
    """Show one mutant, as soon as it was tried (on stderr)."""
    mark = typer.style("✗", fg="red") if value.state == "survived" else typer.style("✓", fg="green")
    told = value.killer or (f"passes, and is equal: {value.reason}" if value.reason else "passes")
    typer.echo(f"{mark} {value.id}  {text.harmless(told)[:LONGEST]}", err=True)


def mutation(value: Mutation) -> None:
    """Count the mutants of each fault; show each that passes with its error and its command."""
    rows = [(one.fault, *map(str, (one.tried, one.killed, one.marked, one.survived))) for one in value.faults]
    text.table((value.lab, "tried", "killed", "marked as equal", "survived"), rows)
    for one in value.outcomes:
        if one.state == "survived":
            _survivor(one)
        elif one.killer and one.reason:
            text.line(f"{one.id} is marked as equal, and yet {text.harmless(one.killer)[:LONGEST]}: take the mark out")
    text.line(f"{value.seconds:.0f} s, seed {value.seed}")
    if value.recorded:
        text.line(f"recorded: {value.recorded}")
    if value.changed:
        text.line(f"{value.lab} was edited meanwhile, so nothing of it was recorded: try it again", fg="red")
    if any(one.state == "survived" for one in value.outcomes):
        text.line("Each that passes is a hole in the checks, or as right as the fix: then say why in mutants.toml.")


def _survivor(one: Outcome) -> None:
    text.line(f"{one.id} passes", fg="red")
    for line in one.diff:
        text.line(f"    {text.harmless(line)[:LONGEST]}")
    text.line(f"    → {text.again(one.command)}")
