"""Play a recorded incident in steps: kikori replay-incident."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kikori.cli.app import command
from kikori.cli.instructor import PANEL
from kikori.cli.replay_incident.show import show_replayed
from kikori.settings import language


@command("replay-incident", show_replayed, panel=PANEL)
def replay_incident(
    lab: Annotated[str, typer.Argument(metavar="[LAB]", help="The lab whose recording it is.")] = "postmortem",
    first: Annotated[
        int | None, typer.Option("--from", metavar="STEP", min=1, help="Go on at this step, in the same file.")
    ] = None,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Where to keep what the group decides.")
    ] = None,
) -> object:
    """Play a recorded incident on one screen; the group decides at each step before it sees the next."""
    from kikori.content import Catalog
    from kikori.replay_incident.play import replay

    return replay(Catalog().lab(lab), language(), first, Path(output) if output else None, typer.echo)
