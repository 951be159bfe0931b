"""A review as an instructor reads it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import typer

from kikori.characters import visible
from kikori.cli import text

if TYPE_CHECKING:
    from kikori.review import Reviewed, Row

COLOURS = {"verified": "green", "not verified": "red", "could not verify": "yellow"}


def row(value: Row, count: int, of: int) -> None:
    """One submission, as soon as it is judged (on stderr, so that JSON stays alone on the output)."""
    from kikori.submission.senders import DOUBTS, strangers

    verdict = typer.style(f"{value.verdict:<16}", fg=COLOURS[value.verdict])
    told = f"{value.learner} {value.lab}".strip() or "?"
    counts = f"{value.passed}/{value.checks}" if value.checks else "-"
    spent = "-" if value.minutes is None else f"{value.minutes:g} min, {value.hints} hints"
    typer.echo(_one_line(f"{count}/{of} {value.file}: {told}: {counts}, {spent}"), err=True)
    typer.echo(f"  {verdict} {_one_line(value.reason)}".rstrip(), err=True)
    if value.by_hand:
        typer.echo(f"  your verdict counts: {_one_line(value.by_hand)}", err=True)
    if senders := strangers(value.learner, value.senders):
        typer.echo(f"  sent by {_one_line(', '.join(senders))}", err=True)
    for doubt in value.doubts:
        typer.echo(f"  whose it is may be asked: {DOUBTS.get(doubt, _one_line(doubt))}", err=True)
    if value.retried:
        typer.echo("  the checks passed only when they were asked a second time", err=True)
    if value.nowhere:
        typer.echo("  the version of the lab that it names may be invented: nobody has it", err=True)
    if value.version:
        typer.echo(f"  replayed with the lab as of {value.version}", err=True)
    if value.steps:
        typer.echo(f"  steps: {', '.join(value.steps)}", err=True)
    if said := [step for step in value.said if step not in value.steps]:
        typer.echo(f"  by the learner's own record, which proves nothing: {', '.join(said)}", err=True)
    if value.explanation:
        typer.echo(f"  explanation: {_one_line(value.explanation)}", err=True)


def _one_line(told: str) -> str:
    """What a submission says of itself, on one line that passes for no other row, with all that hides."""
    return visible(" ".join(told.split()))


def reviewed(value: Reviewed) -> None:
    """The sums, and where the rows are."""
    counts = Counter(one.counted for one in value.rows)
    text.line(", ".join(f"{count} {verdict}" for verdict, count in counts.items()), bold=True)
    text.line(f"Written: {value.json_file} and {value.csv_file}")
