"""The author's commands: kikori lab prove."""

from __future__ import annotations

from typing import Annotated

import typer

from kikori.cli import show_proof
from kikori.cli.edge import app, command
from kikori.cli.steps import Shown

PANEL = "Writing labs"
lab = typer.Typer(help="Write labs: prove them.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(lab, name="lab", rich_help_panel=PANEL)


@command("prove", show_proof.proofs, panel=PANEL, parent=lab)
def prove(
    labs: Annotated[list[str] | None, typer.Argument(help="Only these labs.")] = None,
    fault: Annotated[str | None, typer.Option(help="Only the demands of this fault.")] = None,
    only: Annotated[str | None, typer.Option(metavar="DEMAND", help="One demand, such as FAULT/fixes/NAME.")] = None,
    seed: Annotated[int | None, typer.Option(help="The seed of the parameters; else a random one.")] = None,
    repeat: Annotated[int, typer.Option(min=1, help="Execute each demand so often, to find what is flaky.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="How many demands run side by side.")] = 2,
) -> object:
    """Prove labs on real Docker: faults seen, fixes accepted, traps caught, nothing left."""
    from kikori.catalog import Catalog
    from kikori.prove.run import Wanted
    from kikori.prove.run import prove as execute

    catalog = Catalog()
    chosen = tuple(catalog.lab(name) for name in labs) if labs else catalog.labs()
    wanted = Wanted(labs=chosen, fault=fault, only=only, seed=seed, repeat=repeat, jobs=jobs)
    return execute(wanted, Shown(), done=show_proof.demand)
