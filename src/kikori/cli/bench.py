"""Measure tune labs: kikori bench, and how a learner reads its runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kikori import settings
from kikori.cli import text
from kikori.cli.app import LabOption, command, one_lab, session

if TYPE_CHECKING:
    from kikori.bench.history import Change, Note
    from kikori.bench.result import Result
    from kikori.bench.retest import Retest
    from kikori.bench.scenario import Table
    from kikori.learner.bench import Benched, Charted, Spread
    from kikori.learner.session import Session

CAUSES = 3


REASONS = {
    "few": "chance alone makes {share:.0%} more or less of so few actions",
    "rising": "every run of this code was faster than the one before, {share:.0%} in all: it has not settled",
    "stolen": "the host of this machine gave {share:.0%} of its processors' time to others",
    "others": "other programs took {share:.0%} of this machine",
    "full": "this machine's processors were {share:.0%} busy: services and generator took them from each other",
}


def shown(value: Benched | Retest | Note | Table | Charted | Spread) -> None:
    """Whatever ``bench`` was asked for."""
    shows = {
        "Retest": show_retested,
        "Note": show_noted,
        "Table": show_rules,
        "Charted": show_charted,
        "Spread": show_spread,
        "Benched": show_benched,
    }
    shows[type(value).__name__](value)  # type: ignore[operator]


def show_benched(value: Benched) -> None:
    """One run: the verdict, the score, where the time went, and what to do next."""
    result = value.result
    if not result.passed:
        text.line(
            f"FAILED: {_about(value.table, result.failed)}  ({result.failed}; {result.points} points do not count)",
            bold=True,
        )
    show_causes(result)
    if result.passed:
        _score(value)
    if result.endpoints:
        show_endpoints(result)
    if result.usage:
        show_usage(result)
    text.next_step(value.next)


def _about(table: Table, rule: str) -> str:
    return table.rules[rule].about.lang(settings.language())


def show_causes(result: Result) -> None:
    """The first things that went wrong, each with a line that repeats it."""
    for cause in result.causes[:CAUSES]:
        text.line(text.harmless(f"  {cause.rule} ({cause.phase}, {cause.at} s): {cause.seen}"))
        if cause.curl:
            text.line(text.harmless(f"      {cause.curl}"))
    if (more := result.errors - min(CAUSES, len(result.causes))) > 0:
        text.line(f"  and {more} more")


def _score(value: Benched) -> None:
    result = value.result
    text.line(
        f"Score {result.score:,}  ({result.pace:.1f} points a second, {result.users} users at the end)", bold=True
    )
    if value.grade is not None and result.baseline:
        text.line(
            f"Grade {value.grade}: {result.pace / result.baseline:.1f} times the untouched service of this machine"
        )
    if value.change:
        _change(value.change)
    if result.generator_limited:
        text.line("generator_limited: the generator had no more of its core; the service may be faster than this says.")
    if value.reasons:
        text.line("Why two runs of the same code differ here:")
    for reason in value.reasons:
        text.line(f"  {REASONS[reason.name].format(share=reason.share)}")


def _change(change: Change) -> None:
    noise = f"runs differ by up to {change.noise:.0%} by chance"
    verdict = f"{change.factor:.2f} times the run before" if change.beyond_noise else "no more than chance"
    text.line(f"Change: {verdict} ({noise})")


def show_endpoints(result: Result) -> None:
    """Each endpoint, the one that took most time in all first."""
    rows = [
        (one.name, str(one.count), f"{one.p50_ms:.0f}", f"{one.p95_ms:.0f}", str(one.errors or ""))
        for one in result.endpoints
    ]
    text.table(("endpoint", "count", "p50 ms", "p95 ms", "errors"), rows)


def show_usage(result: Result) -> None:
    """What every service took of what it may take."""
    rows = [(one.service, f"{one.cpu:.0%}", f"{one.memory_mib:.0f}", f"{one.disk_mib:.0f}") for one in result.usage]
    text.table(("service", "CPU of its limit", "memory MiB", "disk MiB"), rows)
    if result.queries_per_page is not None:
        text.line(
            f"{result.queries_per_page} queries for each page; the generator took {result.generator_cpu:.0%} of a core"
        )


def show_retested(value: Retest) -> None:
    """Whether it holds."""
    for seen in value.lost:
        text.line(text.harmless(f"  lost: {seen}"))
    for run in value.tries:
        text.line(f"  {run.pace:.1f} points a second" if run.passed else f"  failed: {run.failed}")
        show_causes(run)
    text.line(f"  claimed: {value.claimed:.1f} points a second; three quarters of it are enough")
    text.line("The retest is passed." if value.passed else "The retest is not passed.", bold=True)
    text.next_step("kikori check" if value.passed else "kikori bench")


def show_noted(value: Note) -> None:
    """The line as it was written."""
    text.line(f"{value.before if value.before is not None else '-'} → {value.after}: {text.harmless(value.change)}")
    text.next_step("kikori bench")


def show_rules(value: Table) -> None:
    """The table by which runs are scored."""
    lang = settings.language()
    text.table(("points", "for"), [(str(one.points), one.about.lang(lang)) for one in value.actions.values()])
    text.line(f"One point more for a page within {value.fast_ms} ms.")
    costs = [
        ("the run" if one.fails else f"-{one.costs}", name, one.about.lang(lang)) for name, one in value.rules.items()
    ]
    text.table(("costs", "rule", "what it demands"), costs)


def show_charted(value: Charted) -> None:
    """Where the chart is."""
    for file in value.files:
        text.line(file)


def show_spread(value: Spread) -> None:
    """What to type on which machine."""
    text.line(f"The truth is in {value.truth}; every machine needs a copy of it, and Kikori with its extra 'cluster'.")
    text.line("On every machine, so that the board is reached there as it is here (and never by others):")
    text.line(f"  ssh -N -L 8080:{value.address} THIS-MACHINE")
    text.line("On one of them, and then on the others:")
    text.line(f"  {value.master}")
    text.line(f"  {value.worker}")


WHAT = ("run", "retest", "note", "chart", "rules", "spread")


HELP = "run it; retest after restarts; note what it was for; chart all runs; show the rules; spread it over machines."


@command("bench", shown, panel="Learning")
def bench(
    what: Annotated[str, typer.Argument(metavar=f"[{'|'.join(WHAT)}]", help=HELP)] = "run",
    lab: LabOption = None,
    quick: Annotated[bool, typer.Option("--quick", help="15 s of load instead of a minute.")] = False,
    clean: Annotated[bool, typer.Option("--clean", help="Retest on fresh volumes, from the workspace alone.")] = False,
    seed: Annotated[int | None, typer.Option("--seed", help="The seed of the users' mix; else a random one.")] = None,
    to: Annotated[
        str, typer.Option("--to", metavar="FOLDER", help="Where chart, or truth to spread, is written.")
    ] = ".",
) -> object:
    """Measure the service of a tune lab by what its users get, every answer verified."""
    from kikori.learner import bench

    if what not in WHAT:  # a lab's name alone, as other commands take it
        what, lab = "run", one_lab(what, lab)
    at = session(lab)
    asked: dict[str, Callable[[], object]] = {
        "run": lambda: bench.bench(at, quick=quick, seed=seed),
        "retest": lambda: bench.again(at, clean=clean, quick=quick),
        "note": lambda: _noted(at),
        "chart": lambda: _charted(at, Path(to)),
        "rules": lambda: bench.rules(at.lab(at.attempt())),
        "spread": lambda: bench.spread(at, Path(to)),
    }
    return asked[what]()


def _noted(at: Session) -> object:
    from kikori.learner import bench

    hypothesis = typer.prompt(text.own("What did you expect, and why"), err=True)
    return bench.note(at, hypothesis, typer.prompt(text.own("What did you change"), err=True))


def _charted(at: Session, folder: Path) -> object:
    from kikori.learner import bench
    from kikori.site import score_chart

    seen = bench.runs_of(at)
    files = score_chart.write(seen.runs, seen.journal, folder, at.lang)
    return bench.Charted(files=tuple(map(str, files)))
