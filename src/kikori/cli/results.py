"""What comes of a review: feedback, the cohort's table, measured minutes, peer review."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kikori.cli import learner, text
from kikori.cli.app import command
from kikori.cli.instructor import PANEL, review
from kikori.errors import KikoriError

if TYPE_CHECKING:
    from kikori.review.feedback import Answered, Feedback, PeerWord, Written
    from kikori.review.gradebook.cohort_table import Spread
    from kikori.review.gradebook.report_page import Reported
    from kikori.review.measure_minutes import Calibrated
    from kikori.review.peers.assignment import Assigned
    from kikori.review.peers.marks import Collected

SIGNS = {"yes": "✓", "said": "?", "no": "○", "unknown": "?"}


COLOURS = {"verified": "green", "not verified": "red", "could not verify": "yellow"}


def _told(told: Iterable[str]) -> None:
    """What an instructor should look at; names of files and learners are strangers' words."""
    for one in told:
        text.line(text.harmless(f"  {' '.join(one.split())}"), fg="yellow")


def show_written(value: Written) -> None:
    """Where the feedback is."""
    text.line(f"Feedback for {value.learners} learners, {value.files} submissions: {value.folder}", bold=True)
    if value.unmarked:
        text.line(f"{value.unmarked} of them have a criterion without a mark; their feedback says so.")
    _told(value.told)
    text.next_step("kikori feedback FILE")


def show_table(value: Reported) -> None:
    """The labs with their minutes, and where the rest is."""
    found = value.table
    rows = [
        (
            lab.lab,
            f"{lab.verified} of {lab.learners}",
            f"{lab.claimed} min",
            _minutes(lab.minutes["submission"]),
            _minutes(lab.minutes["check"]),
            _minutes(lab.minutes["mend"]),
        )
        for lab in found.labs
    ]
    text.table(("lab", "verified", "promised", "took (median, p90)", "first check", "mended"), rows)
    _told(found.told)
    for file in value.files:
        text.line(f"Written: {file}")


def _minutes(spread: Spread) -> str:
    if spread.median is None:
        return f"n = {spread.n}: too few to say"
    return f"{spread.median:g}, {spread.p90:g} (n = {spread.n})"


def show_calibrated(value: Calibrated) -> None:
    """Which labs were measured, against what their pages promise."""
    rows = [
        (lab, f"{value.claimed[lab]} min", f"{took.median} min", f"{took.p90} min", str(took.n))
        for lab, took in value.labs.items()
    ]
    if rows:
        text.table(("lab", "promised", "median", "p90", "learners"), rows)
    for lab, count in value.too_few.items():
        text.line(f"{lab}: {count} learners with a verified fix are too few; what was measured before stays.")
    _told(value.told)
    for file in value.files:
        text.line(f"Written: {file}")


def show_assigned(value: Assigned) -> None:
    """Where the files are, and what must not be handed out."""
    text.line(f"{value.explanations} explanations for {value.readers} readers: {value.folder}", bold=True)
    text.line(f"Who is who: {value.key}; keep it to yourself.")
    text.line("Names, logins and addresses were taken out as far as a machine knows them; look before you hand out.")
    _told(value.told)
    text.next_step("kikori review collect FOLDER PEERFILE...")


def show_collected(value: Collected) -> None:
    """What each file held, and what was refused."""
    for one in value.files:
        text.line(text.harmless(f"{one.file}: {one.marks} marks{f' by {one.reader}' if one.reader else ''}"))
        for problem in one.problems:
            text.line(text.harmless(f"  refused: {' '.join(problem.split())}"), fg="red")


def show_feedback(value: Feedback | str) -> None:
    """What a learner is told: a page as it is, else line by line."""
    if isinstance(value, str):
        sys.stdout.write(value)
    else:
        _letter(value)


def _letter(value: Feedback) -> None:
    from kikori.review.web.file_templates import words

    t = words("feedback", value.lang)
    _say(f"{value.title} ({value.lab})", bold=True)
    _say(t[value.verdict.replace(" ", "-")], fg=COLOURS[value.verdict], bold=True)
    for part in (_verdict(value, t), _marks(value, t), _steps(value, t), _checks(value, t), _time(value, t)):
        for line in part:
            _say(line)
    text.line()
    _say(t["next"])


def _say(line: str, **style: bool | str) -> None:
    """One line in which nothing moves the cursor, and no word is taken for a command to type."""
    import typer

    typer.echo(typer.style(text.harmless(line), **style) if style else text.harmless(line))  # type: ignore[arg-type]


def _verdict(value: Feedback, t: Mapping[str, str]) -> Iterator[str]:
    if value.by_hand:
        yield t["by-hand"]
    if value.reason:
        yield f"{t['why']}: {' '.join(value.reason.split())}"
    if value.comment:
        yield from ("", f"{t['from-instructor']}:", *_indented(value.comment))


def _marks(value: Feedback, t: Mapping[str, str]) -> Iterator[str]:
    if value.criteria:
        total = t["not-all-marked"] if value.points is None else _points(value.points, value.of, t)
        yield from ("", f"{t['explanation']}: {total}")
    for one in value.criteria:
        yield from _criterion(one, t)
    if value.peers:
        yield from ("", f"{t['peers']}:", *_peers(value.peers, t))


def _criterion(one: Answered, t: Mapping[str, str]) -> Iterator[str]:
    got = f"{t['not-marked']} ({one.of} {t['points']})"
    if one.level is not None and one.points is not None:
        got = f"{_points(one.points, one.of, t)}, {t[f'level-{one.level:d}']}"
    yield from ("", f"- {one.title}", f"  {got}")
    yield from _indented(one.comment)
    yield f"  {t['full']}: {one.full}"
    if one.peers:
        yield from (f"  {t['peers']}:", *_peers(one.peers, t))


def _points(points: float, of: int, t: Mapping[str, str]) -> str:
    return f"{points:g} {t['of']} {of} {t['points']}"


def _peers(told: Iterable[PeerWord], t: Mapping[str, str]) -> Iterator[str]:
    for word in told:
        level = "" if word.level is None else t[f"level-{word.level:d}"]
        yield from _indented(": ".join(part for part in (level, word.comment) if part))


def _indented(comment: str) -> list[str]:
    return [f"  > {line}" for line in comment.splitlines()]


def _steps(value: Feedback, t: Mapping[str, str]) -> Iterator[str]:
    if value.asked:
        yield from ("", f"{t['steps']}:")
    yield from (f"  {SIGNS[value.shown(step)]} {t[step]}: {t[value.shown(step)]}" for step in value.asked)


def _checks(value: Feedback, t: Mapping[str, str]) -> Iterator[str]:
    if value.checks:
        yield from ("", f"{t['checks']} ({t['before']} → {t['after']}):")
    for one in value.checks:
        yield f"  {t[one.before or 'none']} → {t[one.after or 'none']}: {one.title}"
        if one.reason:
            yield f"    {' '.join(one.reason.split())}"


def _time(value: Feedback, t: Mapping[str, str]) -> Iterator[str]:
    took = "" if value.minutes is None else f"{value.minutes:g} {t['minutes']} ({t['took']}), "
    yield from ("", f"{t['time']}: {took}{t['hints']} {value.hints}")


Reviewed = Annotated[str, typer.Argument(metavar="FOLDER", help="Where the reviewed .kikori files are.")]


@command("feedback", show_written, panel=PANEL, parent=review)
def write_feedback(
    folder: Reviewed,
    to: Annotated[str | None, typer.Option("--to", metavar="DIR", help="Where to write; else FOLDER/feedback.")] = None,
) -> object:
    """Write a feedback file for each learner and lab, as JSON, HTML and Markdown."""
    from kikori.content import Catalog
    from kikori.review.feedback import write_feedback as write

    return write(Path(folder), Path(to) if to else Path(folder) / "feedback", Catalog())


@command("table", show_table, panel=PANEL, parent=review)
def table(
    folder: Reviewed,
    to: Annotated[str | None, typer.Option("--to", metavar="DIR", help="Where to write; else FOLDER.")] = None,
    learners: Annotated[
        str | None,
        typer.Option("--learners", metavar="FILE", help="Usernames of the course: nobody else goes into the CSVs."),
    ] = None,
) -> object:
    """Write the cohort's table: CSV for Moodle and for Canvas, JSON, and a page with charts."""
    from kikori.content import Catalog
    from kikori.review.gradebook.report_page import write_table

    return write_table(Path(folder), Path(to or folder), Catalog(), Path(learners) if learners else None)


@command("calibrate", show_calibrated, panel=PANEL, parent=review)
def calibrate(folder: Reviewed) -> object:
    """Write the minutes that a class took into labs/calibration.toml, where the site and `list --json` read them."""
    from kikori.content import Catalog
    from kikori.review.measure_minutes import calibrate as measure

    return measure(Path(folder), Catalog())


@command("assign", show_assigned, panel=PANEL, parent=review)
def assign(
    folder: Reviewed,
    peers: Annotated[int, typer.Option("--peers", min=1, help="How many explanations each learner reads.")] = 2,
    seed: Annotated[int | None, typer.Option("--seed", help="Deal in the same way again.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Deal anew; files handed out before no longer count.")] = False,
) -> object:
    """Deal explanations without names out to others of the class, as files with the mark scheme."""
    from kikori.content import Catalog
    from kikori.review.peers.assignment import assign as deal_out

    return deal_out(Path(folder), Catalog(), peers, seed, again=again)


@command("collect", show_collected, panel=PANEL, parent=review)
def collect(
    folder: Reviewed,
    files: Annotated[list[str], typer.Argument(metavar="PEERFILE...", help="The files that came back.")],
) -> object:
    """Read the marks of peers from the files that they filled in."""
    from kikori.content import Catalog
    from kikori.review.peers.marks import collect as read_back

    return read_back(Path(folder), [Path(file) for file in files], Catalog())


@command("feedback", show_feedback, panel=learner.PANEL)
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
