"""What comes of a review: feedback, the cohort's table, measured minutes, peer review."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kikori.cli import attempts, show_results
from kikori.cli.app import command
from kikori.cli.instructor import PANEL, review
from kikori.errors import KikoriError

Reviewed = Annotated[str, typer.Argument(metavar="FOLDER", help="Where the reviewed .kikori files are.")]


@command("feedback", show_results.written, panel=PANEL, parent=review)
def write_feedback(
    folder: Reviewed,
    to: Annotated[str | None, typer.Option("--to", metavar="DIR", help="Where to write; else FOLDER/feedback.")] = None,
) -> object:
    """Write a feedback file for each learner and lab, as JSON, HTML and Markdown."""
    from kikori.catalog import Catalog
    from kikori.review.feedback import write_feedback as write

    return write(Path(folder), Path(to) if to else Path(folder) / "feedback", Catalog())


@command("table", show_results.table, panel=PANEL, parent=review)
def table(
    folder: Reviewed,
    to: Annotated[str | None, typer.Option("--to", metavar="DIR", help="Where to write; else FOLDER.")] = None,
    learners: Annotated[
        str | None,
        typer.Option("--learners", metavar="FILE", help="Usernames of the course: nobody else goes into the CSVs."),
    ] = None,
) -> object:
    """Write the cohort's table: CSV for Moodle and for Canvas, JSON, and a page with charts."""
    from kikori.catalog import Catalog
    from kikori.review.gradebook.report_page import write_table

    return write_table(Path(folder), Path(to or folder), Catalog(), Path(learners) if learners else None)


@command("calibrate", show_results.calibrated, panel=PANEL, parent=review)
def calibrate(folder: Reviewed) -> object:
    """Write the minutes that a class took into labs/calibration.toml, where the site and `list --json` read them."""
    from kikori.catalog import Catalog
    from kikori.review.calibrate import calibrate as measure

    return measure(Path(folder), Catalog())


@command("assign", show_results.assigned, panel=PANEL, parent=review)
def assign(
    folder: Reviewed,
    peers: Annotated[int, typer.Option("--peers", min=1, help="How many explanations each learner reads.")] = 2,
    seed: Annotated[int | None, typer.Option("--seed", help="Deal in the same way again.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Deal anew; files handed out before no longer count.")] = False,
) -> object:
    """Deal explanations without names out to others of the class, as files with the mark scheme."""
    from kikori.catalog import Catalog
    from kikori.review.peers.assignment import assign as deal_out

    return deal_out(Path(folder), Catalog(), peers, seed, again=again)


@command("collect", show_results.collected, panel=PANEL, parent=review)
def collect(
    folder: Reviewed,
    files: Annotated[list[str], typer.Argument(metavar="PEERFILE...", help="The files that came back.")],
) -> object:
    """Read the marks of peers from the files that they filled in."""
    from kikori.catalog import Catalog
    from kikori.review.peers.marks import collect as read_back

    return read_back(Path(folder), [Path(file) for file in files], Catalog())


@command("feedback", show_results.feedback, panel=attempts.PANEL)
def feedback(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The .feedback.json from your instructor.")],
    html: Annotated[bool, typer.Option("--html", help="Print it as an HTML page.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print it as Markdown.")] = False,
) -> object:
    """Show what your instructor says of a submission."""
    from kikori.review.feedback import html_of, markdown_of, read_feedback

    if html and as_markdown:
        raise KikoriError("--html and --markdown: give one of them.", "kikori feedback FILE --html")
    found = read_feedback(Path(file))
    return html_of(found) if html else markdown_of(found) if as_markdown else found
