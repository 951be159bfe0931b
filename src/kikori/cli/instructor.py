"""The instructor's commands: kikori review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kikori.cli import show_review
from kikori.cli.app import app, command
from kikori.cli.default_group import with_default
from kikori.cli.steps import Shown

PANEL = "Teaching"
review = typer.Typer(
    cls=with_default("replay"), help="Replay, grade and mark submissions.", no_args_is_help=True, rich_markup_mode=None
)
app.add_typer(review, name="review", rich_help_panel=PANEL)


@command("replay", show_review.reviewed, panel=PANEL, parent=review)
def replay(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where the .kikori files are.")],
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="How many are replayed side by side.")] = 2,
    limit: Annotated[float, typer.Option("--limit", min=1, help="Seconds that one replay may take.")] = 600,
    again: Annotated[bool, typer.Option("--again", help="Replay what was judged before, too.")] = False,
    cluster: Annotated[
        str, typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler whose workers replay.")
    ] = "",
    user: Annotated[
        str, typer.Option("--as", metavar="USER", help="Who runs the replays, without your home; with sudo.")
    ] = "",
) -> object:
    """Replay and grade every submission of a folder; the word replay may be left out."""
    from kikori.catalog import Catalog
    from kikori.review import ReviewOptions
    from kikori.review import review as judge_all

    options = ReviewOptions(jobs=jobs, limit=limit, again=again, cluster=cluster, user=user)
    return judge_all(Path(folder), Catalog(), Shown(), options, done=show_review.row)
