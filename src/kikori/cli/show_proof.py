"""Proofs as an author reads them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from kikori.cli import text
from kikori.cli.show import result

if TYPE_CHECKING:
    from kikori.prove.from_submission import Adopted, Against
    from kikori.prove.proof import Demand, Proofs
    from kikori.prove.status import ProofStatus
    from kikori.scaffold import New


def demand(value: Demand) -> None:
    """One demand, as soon as it was executed (on stderr)."""
    mark = typer.style("✓", fg="green") if value.met else typer.style("✗", fg="red")
    typer.echo(f"{mark} {value.lab} {value.name}  {value.seconds:.1f} s, {value.processor:.1f} of processor", err=True)
    if not value.met:
        typer.echo(f"    {value.breach}\n    → {text.again(value.command)}", err=True)


def proved(value: Proofs | ProofStatus | Against) -> None:
    """Show a proof, how proofs stand, or a replayed dispute."""
    from kikori.prove.proof import Proofs
    from kikori.prove.status import ProofStatus

    if isinstance(value, Proofs):
        proofs(value)
    elif isinstance(value, ProofStatus):
        status(value)
    else:
        dispute(value)


def status(value: ProofStatus) -> None:
    """Show every lab's rows in a line, and the command that proves what is not proved."""
    now = datetime.now(UTC)
    rows = []
    for lab in value.labs:
        counts = (lab.demands, lab.proved, lab.engine, lab.stale, lab.missing)
        mutants = f"{lab.mutants - lab.holes} of {lab.mutants}" if lab.mutants else "-"
        rows.append((lab.lab, *map(str, counts), f"{(now - lab.oldest).days} d" if lab.oldest else "-", mutants))
    text.table(("lab", "demands", "proved", "other engine", "stale", "missing", "oldest", "mutants caught"), rows)
    for lab in value.labs:
        if lab.problem:
            text.line(lab.problem, fg="red")
    text.next_step(value.next)


def dispute(value: Against) -> None:
    """What the learner typed, and what every check says to it."""
    text.line(f"{text.harmless(value.learner)} at {value.lab}, fault {value.fault or 'none'}", bold=True)
    for command in value.trail:
        text.line(text.harmless(f"  [#{command.number}] {command.line}  ({command.service}, exit {command.exit_code})"))
    for check in value.report.checks:
        result(check)
    text.next_step(value.next)


def written(value: New) -> None:
    """Every file of a new lab."""
    for file in value.files:
        text.line(file)
    text.next_step(value.next)


def adopted(value: Adopted) -> None:
    """Where the script is; a person says it shorter."""
    text.line(f"{value.file}", bold=True)
    text.line("Read it, make it as short as a person would write it, then prove it.")
    text.next_step(value.next)


def proofs(value: Proofs) -> None:
    """Every lab in a line."""
    rows = []
    for proof in value.proofs:
        met = sum(one.met for one in proof.demands)
        state = "proved" if proof.met else "breached"
        rows.append((proof.lab, "unchanged" if proof.skipped else state, f"{met} of {len(proof.demands)}"))
    text.table(("lab", "", "demands met"), rows)
    text.line(f"{value.seconds:.0f} s")
    for proof in value.proofs:
        if proof.recorded:
            text.line(f"recorded: {proof.recorded}")
        if proof.changed:
            text.line(f"{proof.lab} was edited meanwhile, so nothing of it was recorded: prove it again", fg="red")
        if proof.void:
            text.line(f"{proof.void} said that this is met: it is void, and removed", fg="red")
