"""The benchmark of tune labs: kikori bench."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kikori.cli import show_bench
from kikori.cli.app import LabOption, command, one_lab
from kikori.cli.steps import session

if TYPE_CHECKING:
    from kikori.learner.session import Session

WHAT = ("run", "retest", "note", "chart", "rules", "spread")
HELP = "run it; retest after restarts; note what it was for; chart all runs; show the rules; spread it over machines."


@command("bench", show_bench.shown, panel="Learning")
def bench(
    what: Annotated[str, typer.Argument(metavar=f"[{'|'.join(WHAT)}]", help=HELP)] = "run",
    lab: LabOption = None,
    quick: Annotated[bool, typer.Option("--quick", help="15 s of load instead of a minute.")] = False,
    clean: Annotated[bool, typer.Option("--clean", help="Retest on fresh volumes, from the workspace alone.")] = False,
    seed: Annotated[int | None, typer.Option("--seed", help="The seed of the users' mix; else a random one.")] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FOLDER", help="Where chart, or truth to spread, is written.")
    ] = ".",
) -> object:
    """Measure the service of a tune lab by what its users get, every answer verified."""
    from kikori.learner import bench

    if what not in WHAT:  # a lab's name alone, as other commands take it
        what, lab = "run", one_lab(what, lab)
    at = session(lab)
    asked: dict[str, Callable[[], object]] = {
        "run": lambda: bench.bench(at, quick=quick, seed=seed),
        "retest": lambda: bench.again(at, clean=clean, quick=quick),
        "note": lambda: _noted(at),
        "chart": lambda: _charted(at, Path(to)),
        "rules": lambda: bench.rules(at.lab(at.attempt())),
        "spread": lambda: bench.spread(at, Path(to)),
    }
    return asked[what]()


def _noted(at: Session) -> object:
    from kikori.learner import bench

    hypothesis = typer.prompt("What did you expect, and why", err=True)
    return bench.note(at, hypothesis, typer.prompt("What did you change", err=True))


def _charted(at: Session, folder: Path) -> object:
    from kikori.learner import bench
    from kikori.site import staircase

    seen = bench.runs_of(at)
    files = staircase.write(seen.runs, seen.journal, folder, at.lang)
    return bench.Charted(files=tuple(map(str, files)))
