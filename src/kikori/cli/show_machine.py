"""Facts about the machine as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.loop.health import Health, Images
    from kikori.loop.selftest import Suite


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
    """Tests that passed only when nothing else ran."""
    for name in value.only_alone:
        text.line(f"! {name} failed beside others, and passed alone.")
    text.next_step(f"pytest {value.only_alone[0]}" if value.only_alone else "")
