"""The instructor's command: review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kikori.cli import show_review
from kikori.cli.edge import command
from kikori.cli.steps import Shown

PANEL = "Teaching"


@command("review", show_review.reviewed, panel=PANEL)
def review(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where the .kikori files are.")],
) -> object:
    """Replay and grade every submission of a folder."""
    from kikori.catalog import Catalog
    from kikori.review import review as judge_all

    return judge_all(Path(folder), Catalog(), Shown(), done=show_review.row)
