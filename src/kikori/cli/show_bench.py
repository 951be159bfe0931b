"""Runs of a benchmark as a learner reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kikori import settings
from kikori.cli import text

if TYPE_CHECKING:
    from kikori.bench.history import Change, Note
    from kikori.bench.result import Result
    from kikori.bench.retest import Retest
    from kikori.bench.scenario import Table
    from kikori.learner.bench import Benched, Charted, Spread

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
        "Retest": retested,
        "Note": noted,
        "Table": rules,
        "Charted": charted,
        "Spread": spread,
        "Benched": benched,
    }
    shows[type(value).__name__](value)  # type: ignore[operator]


def benched(value: Benched) -> None:
    """One run: the verdict, the score, where the time went, and what to do next."""
    result = value.result
    if not result.passed:
        text.line(
            f"FAILED: {_about(value.table, result.failed)}  ({result.failed}; {result.points} points do not count)",
            bold=True,
        )
    causes(result)
    if result.passed:
        _score(value)
    if result.endpoints:
        endpoints(result)
    if result.usage:
        usage(result)
    text.next_step(value.next)


def _about(table: Table, rule: str) -> str:
    return table.rules[rule].about.lang(settings.language())


def causes(result: Result) -> None:
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


def endpoints(result: Result) -> None:
    """Each endpoint, the one that took most time in all first."""
    rows = [
        (one.name, str(one.count), f"{one.p50_ms:.0f}", f"{one.p95_ms:.0f}", str(one.errors or ""))
        for one in result.endpoints
    ]
    text.table(("endpoint", "count", "p50 ms", "p95 ms", "errors"), rows)


def usage(result: Result) -> None:
    """What every service took of what it may take."""
    rows = [(one.service, f"{one.cpu:.0%}", f"{one.memory_mib:.0f}", f"{one.disk_mib:.0f}") for one in result.usage]
    text.table(("service", "CPU of its limit", "memory MiB", "disk MiB"), rows)
    if result.queries_per_page is not None:
        text.line(
            f"{result.queries_per_page} queries for each page; the generator took {result.generator_cpu:.0%} of a core"
        )


def retested(value: Retest) -> None:
    """Whether it holds."""
    for seen in value.lost:
        text.line(text.harmless(f"  lost: {seen}"))
    for run in value.tries:
        text.line(f"  {run.pace:.1f} points a second" if run.passed else f"  failed: {run.failed}")
        causes(run)
    text.line(f"  claimed: {value.claimed:.1f} points a second; three quarters of it are enough")
    text.line("The retest is passed." if value.passed else "The retest is not passed.", bold=True)
    text.next_step("kikori check" if value.passed else "kikori bench")


def noted(value: Note) -> None:
    """The line as it was written."""
    text.line(f"{value.before if value.before is not None else '-'} → {value.after}: {text.harmless(value.change)}")
    text.next_step("kikori bench")


def rules(value: Table) -> None:
    """The table by which runs are scored."""
    lang = settings.language()
    text.table(("points", "for"), [(str(one.points), one.about.lang(lang)) for one in value.actions.values()])
    text.line(f"One point more for a page within {value.fast_ms} ms.")
    costs = [
        ("the run" if one.fails else f"-{one.costs}", name, one.about.lang(lang)) for name, one in value.rules.items()
    ]
    text.table(("costs", "rule", "what it demands"), costs)


def charted(value: Charted) -> None:
    """Where the chart is."""
    for file in value.files:
        text.line(file)


def spread(value: Spread) -> None:
    """What to type on which machine."""
    text.line(f"The truth is in {value.truth}; every machine needs a copy of it, and Kikori with its extra 'cluster'.")
    text.line("On every machine, so that the board is reached there as it is here (and never by others):")
    text.line(f"  ssh -N -L 8080:{value.address} THIS-MACHINE")
    text.line("On one of them, and then on the others:")
    text.line(f"  {value.master}")
    text.line(f"  {value.worker}")
