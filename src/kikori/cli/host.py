"""Commands about this machine and about Kikori itself: doctor, images, test."""

from __future__ import annotations

from typing import Annotated

import typer

from kikori.cli import show_machine
from kikori.cli.app import command
from kikori.cli.steps import Shown, session

PANEL = "This machine"


@command("doctor", show_machine.health, panel=PANEL)
def doctor() -> object:
    """Tell what this machine has and lacks, and the next command."""
    from kikori.learner.doctor import health

    return health()


@command("images", show_machine.images, panel=PANEL)
def images(
    labs: Annotated[list[str] | None, typer.Argument(help="Only these labs.")] = None,
) -> object:
    """Set up Docker where needed, and build the labs' images ahead of time."""
    from kikori.learner.doctor import build_images

    return build_images(session(), labs or [])


@command(
    "test",
    show_machine.tested,
    panel=PANEL,
    context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
)
def run_tests(
    context: typer.Context,
    fast: Annotated[bool, typer.Option("--fast", help="Leave out what needs Docker or takes long.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Execute every demand on every lab, whatever is recorded.")
    ] = False,
    durations: Annotated[bool, typer.Option("--durations", help="List the hundred slowest tests.")] = False,
) -> object:
    """Run Kikori's own tests and the proofs that are due; further options go to pytest, and then no proof runs."""
    from kikori.cli import show_proof
    from kikori.selftest import Asked, selftest

    asked = Asked(options=tuple(context.args), fast=fast, everything=everything, durations=durations)
    return selftest(asked, Shown(), show_proof.demand)
