"""The instructor's commands: kikori review, review serve, and how a terminal shows a review."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kikori.cli import text
from kikori.cli.app import Shown, app, command, with_default
from kikori.settings import language
from kikori.visible_text import visible

if TYPE_CHECKING:
    from kikori.review import Reviewed, Row

COLOURS = {"verified": "green", "not verified": "red", "could not verify": "yellow"}


def show_row(value: Row, count: int, of: int) -> None:
    """One submission, as soon as it is judged (on stderr, so that JSON stays alone on the output)."""
    from kikori.submission.senders import DOUBTS, strangers

    verdict = typer.style(text.column(value.verdict, 16), fg=COLOURS[value.verdict])
    told = f"{value.learner} {value.lab}".strip() or "?"
    counts = f"{value.passed}/{value.checks}" if value.checks else "-"
    spent = "-" if value.minutes is None else f"{value.minutes:g} min, {value.hints} hints"
    typer.echo(_one_line(f"{count}/{of} {value.file}: {told}: {counts}, {spent}"), err=True)
    typer.echo(f"  {verdict} {_one_line(value.reason)}".rstrip(), err=True)
    if value.by_hand:
        _beside(f"  your verdict counts: {_one_line(value.by_hand)}")
    if senders := strangers(value.learner, value.senders):
        _beside(f"  sent by {_one_line(', '.join(senders))}")
    for doubt in value.doubts:
        _beside(f"  whose it is may be asked: {DOUBTS.get(doubt, _one_line(doubt))}")
    if value.retried:
        _beside("  the checks passed only when they were asked a second time")
    if value.nowhere:
        _beside("  the version of the lab that it names may be invented: nobody has it")
    if value.version:
        _beside(f"  replayed with the lab as of {value.version}")
    if value.steps:
        _beside(f"  steps: {', '.join(value.steps)}")
    if said := [step for step in value.said if step not in value.steps]:
        _beside(f"  by the learner's own record, which proves nothing: {', '.join(said)}")
    if value.explanation:
        _beside(f"  explanation: {_one_line(value.explanation)}")


def _beside(told: str) -> None:
    """A line below the row; nothing in it is taken for a command to type."""
    typer.echo(text.own(told), err=True)


def _one_line(told: str) -> str:
    """What a submission says of itself, on one line that passes for no other row, with all that hides."""
    return visible(" ".join(told.split()))


def show_reviewed(value: Reviewed) -> None:
    """The sums, and where the rows are."""
    counts = Counter(one.counted for one in value.rows)
    text.line(", ".join(f"{count} {text.own(verdict)}" for verdict, count in counts.items()), bold=True)
    text.line(f"Written: {value.json_file} and {value.csv_file}")


PANEL = "Teaching"


review = typer.Typer(
    cls=with_default("replay"), help="Replay, grade and mark submissions.", no_args_is_help=True, rich_markup_mode=None
)


app.add_typer(review, name="review", rich_help_panel=PANEL)


@command("replay", show_reviewed, panel=PANEL, parent=review)
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
    from kikori.content import Catalog
    from kikori.review import ReviewOptions
    from kikori.review import review as judge_all

    options = ReviewOptions(jobs=jobs, limit=limit, again=again, cluster=cluster, user=user)
    return judge_all(Path(folder), Catalog(), Shown(), options, done=show_row)


@command("serve", lambda _: None, panel=PANEL, parent=review)
def serve(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where the reviewed .kikori files are.")],
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port to serve on; 0 takes a free one.")] = 0,
    listen: Annotated[str, typer.Option("--listen", metavar="ADDRESS", help="Address to serve on.")] = "127.0.0.1",
    opening: Annotated[bool, typer.Option("--open/--no-open", help="Open the pages in the browser.")] = True,
) -> object:
    """Read and mark what was reviewed, in the browser: least certain first, with the evidence beside each."""
    from kikori.content import Catalog
    from kikori.review.web.serving import serve_folder
    from kikori.web.serving import address

    serve_folder(Path(folder), Catalog(), address(port, listen), opening=opening)
    return None


@command("guide", lambda value: text.markdown(value.markdown), panel=PANEL, parent=review)
def guide(
    name: Annotated[
        str, typer.Argument(metavar="LAB|COURSE/MODULE|QUIZ", help="A lab, a module with its course, or a quiz.")
    ],
) -> object:
    """Show what instructors alone read: the key of a lab or a quiz, marked samples, notes for the discussion."""
    from kikori.content import Catalog
    from kikori.review.guide import guide as collect

    return collect(name, Catalog(), language())
