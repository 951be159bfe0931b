"""Proofs as an author reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.prove.proof import Demand, Proofs


def demand(value: Demand) -> None:
    """One demand, as soon as it was executed (on stderr)."""
    mark = typer.style("✓", fg="green") if value.met else typer.style("✗", fg="red")
    typer.echo(f"{mark} {value.lab} {value.name}  {value.seconds:.1f} s", err=True)
    if not value.met:
        typer.echo(f"    {value.breach}\n    → {text.typed(value.command)}", err=True)


def proofs(value: Proofs) -> None:
    """Every lab in a line."""
    rows = []
    for proof in value.proofs:
        met = sum(one.met for one in proof.demands)
        state = "proved" if proof.met else "breached"
        rows.append((proof.lab, "unchanged" if proof.skipped else state, f"{met} of {len(proof.demands)}"))
    text.table(("lab", "", "demands met"), rows)
    text.line(f"{value.seconds:.0f} s")
