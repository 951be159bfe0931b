"""The author's commands: kikori lab new, lint, prove, mutate, adopt."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from kikori.cli import show_lint, show_mutation, show_proof
from kikori.cli.app import app, command
from kikori.cli.steps import Shown

PANEL = "Writing labs"
lab = typer.Typer(help="Write labs: lint and prove them.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(lab, name="lab", rich_help_panel=PANEL)


@command("lint", show_lint.findings, panel=PANEL, parent=lab)
def lint(labs: Annotated[list[str] | None, typer.Argument(help="Only these labs.")] = None) -> object:
    """Look for what breaks a rule in labs: in a second, without Docker; each finding says its mend."""
    from kikori.catalog import Catalog
    from kikori.lint import lint as look

    return look(Catalog(), labs or ())


@command("prove", show_proof.proved, panel=PANEL, parent=lab)
def prove(
    labs: Annotated[list[str] | None, typer.Argument(help="Only these labs.")] = None,
    fault: Annotated[str | None, typer.Option("--fault", help="Only the demands of this fault.")] = None,
    only: Annotated[
        str | None, typer.Option("--only", metavar="DEMAND", help="One demand, such as FAULT/fixes/NAME.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=2**63 - 1, help="The seed of the parameters; else a random one.")
    ] = None,
    repeat: Annotated[
        int, typer.Option("--repeat", min=1, help="Execute each demand so often, to find what is flaky.")
    ] = 1,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many demands run side by side.")] = 2,
    changed: Annotated[bool, typer.Option("--changed", help="Leave out labs that are recorded as they are.")] = False,
    record: Annotated[
        bool, typer.Option("--record", help="Write proofs/LAB.toml for each lab that is proved whole.")
    ] = False,
    status: Annotated[
        bool, typer.Option("--status", help="Execute nothing: say what is proved, stale and missing, and how old.")
    ] = False,
    against: Annotated[
        str | None, typer.Option("--against", metavar="FILE", help="Replay a learner's dispute instead.")
    ] = None,
) -> object:
    """Prove labs on real Docker: faults seen, fixes accepted, traps caught, nothing left."""
    from kikori.catalog import Catalog
    from kikori.prove.runner import Wanted
    from kikori.prove.runner import prove as execute

    catalog = Catalog()
    if against:
        from kikori.prove.from_submission import against as replay_dispute

        return replay_dispute(catalog, Path(against), Shown())
    chosen = tuple(catalog.lab(name) for name in labs) if labs else catalog.labs()
    if status:
        from kikori.prove.status import status as status_of_proofs

        return status_of_proofs(chosen)
    wanted = Wanted(
        labs=chosen, fault=fault, only=only, seed=seed, repeat=repeat, jobs=jobs, changed=changed, record=record
    )
    return execute(wanted, Shown(), done=show_proof.demand)


@command("mutate", show_mutation.mutation, panel=PANEL, parent=lab)
def mutate(
    name: Annotated[str, typer.Argument(metavar="LAB", help="The lab whose fixes are spoiled.")],
    fault: Annotated[str | None, typer.Option("--fault", help="Only the fixes of this fault.")] = None,
    only: Annotated[str | None, typer.Option("--only", metavar="MUTANT", help="One mutant by its id.")] = None,
    most: Annotated[
        int | None, typer.Option("--most", metavar="N", min=1, help="So many at most, drawn by the seed.")
    ] = None,
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, max=2**63 - 1, help="The seed of the parameters; else a random one.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many mutants are tried side by side.")] = 2,
    record: Annotated[
        bool, typer.Option("--record", help="Write proofs/mutants/LAB.toml, where all are tried.")
    ] = False,
) -> object:
    """Spoil a lab's right fixes in one place each, and say which of them the checks still accept."""
    from kikori.catalog import Catalog
    from kikori.prove.mutate import Wanted
    from kikori.prove.mutate import mutate as execute

    wanted = Wanted(lab=Catalog().lab(name), fault=fault, only=only, most=most, seed=seed, jobs=jobs, record=record)
    return execute(wanted, Shown(), done=show_mutation.outcome)


@command("adopt", show_proof.adopted, panel=PANEL, parent=lab)
def adopt(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A dispute or a submission.")],
    kind: Annotated[Literal["fix", "trap"], typer.Option("--as", help="Whether its end state is right or wrong.")],
    name: Annotated[str, typer.Option("--name", help="The new script's name.")],
    fails: Annotated[str, typer.Option("--fails", metavar="CHECK", help="The check that a trap must fail at.")] = "",
) -> object:
    """Turn a learner's end state into a new fix or trap of its lab."""
    from kikori.catalog import Catalog
    from kikori.prove.from_submission import adopt as write

    return write(Catalog(), Path(file), kind, name, fails)


@command("new", show_proof.written, panel=PANEL, parent=lab)
def new(
    name: Annotated[str, typer.Argument(metavar="ID", help="The new lab's id.")],
    course: Annotated[str, typer.Option("--course", help="The course that it belongs to.")],
    module: Annotated[str, typer.Option("--module", help="The module of that course.")],
    kind: Annotated[
        Literal["repair", "build", "tune", "write"], typer.Option("--kind", help="What it asks for.")
    ] = "repair",
    to: Annotated[str | None, typer.Option("--to", metavar="DIR", help="A content root of your own.")] = None,
) -> object:
    """Write a small lab that already proves, to be made into your own."""
    from kikori import paths
    from kikori.catalog import Catalog
    from kikori.model import Kind
    from kikori.scaffold import new_lab

    return new_lab(Catalog(), Path(to).absolute() if to else paths.ROOT, name, course, module, Kind(kind))
