"""What comes of a review, as instructors and learners read it in a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.review.calibrate import Calibrated
    from kikori.review.feedback import (
        Answered,
        Feedback,
        PeerWord,
        Written,
    )
    from kikori.review.gradebook.cohort_table import Spread
    from kikori.review.gradebook.report_page import Reported
    from kikori.review.peers.assignment import Assigned
    from kikori.review.peers.marks import Collected

SIGNS = {"yes": "✓", "said": "?", "no": "○", "unknown": "?"}
COLOURS = {"verified": "green", "not verified": "red", "could not verify": "yellow"}


def _told(told: Iterable[str]) -> None:
    """What an instructor should look at; names of files and learners are strangers' words."""
    for one in told:
        text.line(text.harmless(f"  {' '.join(one.split())}"), fg="yellow")


def written(value: Written) -> None:
    """Where the feedback is."""
    text.line(f"Feedback for {value.learners} learners, {value.files} submissions: {value.folder}", bold=True)
    if value.unmarked:
        text.line(f"{value.unmarked} of them have a criterion without a mark; their feedback says so.")
    _told(value.told)
    text.next_step("kikori feedback FILE")


def table(value: Reported) -> None:
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


def calibrated(value: Calibrated) -> None:
    """Which labs were measured, against what their pages promise."""
    rows = [
        (lab, f"{value.claimed[lab]} min", f"{took.median} min", f"{took.p90} min", str(took.n))
        for lab, took in value.labs.items()
    ]
    if rows:
        text.table(("lab", "promised", "median", "p90", "learners"), rows)
    for lab, count in value.too_few.items():
        text.line(f"{lab}: {count} learners with a verified mend are too few; what was measured before stays.")
    _told(value.told)
    for file in value.files:
        text.line(f"Written: {file}")


def assigned(value: Assigned) -> None:
    """Where the files are, and what must not be handed out."""
    text.line(f"{value.explanations} explanations for {value.readers} readers: {value.folder}", bold=True)
    text.line(f"Who is who: {value.key}; keep it to yourself.")
    text.line("Names, logins and addresses were taken out as far as a machine knows them; look before you hand out.")
    _told(value.told)
    text.next_step("kikori review collect FOLDER PEERFILE...")


def collected(value: Collected) -> None:
    """What each file held, and what was refused."""
    for one in value.files:
        text.line(text.harmless(f"{one.file}: {one.marks} marks{f' by {one.reader}' if one.reader else ''}"))
        for problem in one.problems:
            text.line(text.harmless(f"  refused: {' '.join(problem.split())}"), fg="red")


def feedback(value: Feedback | str) -> None:
    """What a learner is told: a page as it is, else line by line."""
    if isinstance(value, str):
        sys.stdout.write(value)
    else:
        _letter(value)


def _letter(value: Feedback) -> None:
    from kikori.review.web.templates_of_files import words

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
