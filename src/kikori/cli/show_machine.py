"""Facts about the machine as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.learner.doctor import Health, Images
    from kikori.selftest import Suite


def health(value: Health) -> None:
    """Every fact, and what to do about those that are not as they must be."""
    for fact in value.facts:
        mark = typer.style("✓", fg="green") if fact.ok else typer.style("✗", fg="red")
        wanted = "" if fact.ok or not fact.wanted else f"  (needs {fact.wanted})"
        text.line(f"{mark} {fact.name:<11} {fact.seen}{wanted}")
        if fact.hint:
            text.line(f"    → {fact.hint}")
    text.next_step("kikori start first-look" if all(fact.ok for fact in value.facts) else "")


def images(value: Images) -> None:
    """Every image and its size."""
    rows = [(row.lab, row.tag, f"{row.bytes / 10**6:.0f} MB") for row in value.images]
    text.table(("lab", "image", "size"), rows)


def tested(value: Suite) -> None:
    """Show the slowest tests, the demands that were executed and why, and last all that failed."""
    from kikori.cli import show_proof

    for one in value.slowest:
        text.line(f"{one.seconds:7.1f} s  {one.test}")
    if value.proofs:
        show_proof.proofs(value.proofs)
    for why, number in value.reasons.items():
        text.line(f"{number} demands executed: {why}")
    for test in value.failed:
        text.line(f"✗ {test}", fg="red")
    executed = [demand for proof in value.proofs.proofs for demand in proof.demands] if value.proofs else []
    for demand in executed:
        if not demand.met:
            text.line(f"✗ {demand.lab} {demand.name}: {demand.breach}", fg="red")
