"""The benchmark of tune labs: kikori bench."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kikori.cli import show_bench
from kikori.cli.edge import command
from kikori.cli.steps import desk

What = Literal["run", "retest", "note", "chart", "rules"]


@command("bench", show_bench.shown, panel="Learning")
def bench(
    what: Annotated[
        What,
        typer.Argument(help="run it; retest after restarts; note what it was for; chart all runs; show the rules."),
    ] = "run",
    lab: Annotated[str | None, typer.Option("--lab", help="Which lab, where several are running.")] = None,
    quick: Annotated[bool, typer.Option("--quick", help="15 s of load instead of a minute.")] = False,
    clean: Annotated[bool, typer.Option("--clean", help="Retest on fresh volumes, from the workspace alone.")] = False,
    seed: Annotated[int | None, typer.Option("--seed", help="The seed of the users' mix; else a random one.")] = None,
    to: Annotated[str, typer.Option("--to", metavar="FOLDER", help="Where the chart is written.")] = ".",
) -> object:
    """Measure the service of a tune lab by what its users get, every answer verified."""
    from kikori.loop import benching

    at = desk(lab)
    if what == "retest":
        return benching.again(at, clean=clean, quick=quick)
    if what == "rules":
        return benching.rules(at.lab(at.attempt()))
    if what == "note":
        hypothesis = typer.prompt("What did you expect, and why", err=True)
        return benching.note(at, hypothesis, typer.prompt("What did you change", err=True))
    if what == "chart":
        from kikori.site import staircase

        seen = benching.runs_of(at)
        files = staircase.write(seen.runs, seen.journal, Path(to), at.lang)
        return benching.Charted(files=tuple(map(str, files)))
    return benching.bench(at, quick=quick, seed=seed)
