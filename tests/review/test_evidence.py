"""Checks, differences and times as a reviewer reads them, whatever a submission says."""

from __future__ import annotations

import time

import pytest

from kikori.model import CheckResult, Event, Outcome, Report
from kikori.replay.diff import unified
from kikori.replay.verdict import FileChange
from kikori.review.evidence.incident import MOST_ENTRIES, MOST_STOP_GAPS, incident
from kikori.review.evidence.stored_texts import Paper
from kikori.review.evidence.view import MOST_LINES, MOST_MOMENTS, checks, differences, own_reports, timeline
from kikori.review.web.page_templates import duration, preferred
from kikori.review.web.views import moment
from kikori.submission import Manifest

MANIFEST = Manifest(
    format=1, lab="x", content="0", learner="ada", seed=1, fault=None, attempt="a", created=1600.0, kikori="0"
)


def paper(*events: tuple[float, str], reports: tuple[Report, ...] = (), created: float = 1600.0) -> Paper:
    manifest = Manifest(**{name: getattr(MANIFEST, name) for name in MANIFEST.__struct_fields__} | {"created": created})
    return Paper(manifest=manifest, events=tuple(Event(at=at, event=name) for at, name in events), reports=reports)


def report(at: float, **outcomes: str) -> Report:
    found = [CheckResult(id=name, title=f"{name}.", outcome=Outcome(outcome)) for name, outcome in outcomes.items()]
    return Report(lab="x", at=at, checks=tuple(found))


def test_first_report_since_the_break_stands_beside_the_replay() -> None:
    told = paper(
        (10, "broke"),
        (100, "broke"),
        reports=(report(50, a="passed"), report(120, a="failed", old="passed"), report(300, a="passed")),
    )
    found = checks(told, report(9, b="failed", a="passed"))
    assert [(one.title, one.before and one.before.outcome, one.after and one.after.outcome) for one in found] == [
        ("b.", None, "failed"),
        ("a.", "failed", "passed"),
        ("old.", "passed", None),
    ]
    assert [one.before for one in checks(None, report(1, a="passed"))] == [None]
    assert checks(None, None) == []
    assert checks(paper(reports=(report(5, a="failed"),)), None)[0].after is None


def test_report_from_before_the_break_is_not_the_first_look_at_it() -> None:
    """The page, the feedback and the class's figures go by one rule: the clock begins with the break."""
    told = paper((100, "resumed"), (110, "broke"), reports=(report(50, a="failed"), report(105, a="failed")))
    assert own_reports(told.events, told.reports) == ()
    assert [one.before for one in checks(told, report(300, a="passed"))] == [None]
    told = paper((100, "resumed"), (110, "started"), reports=(report(105, a="failed"), report(120, a="failed")))
    assert [one.at for one in own_reports(told.events, told.reports)] == [120]


def test_lines_of_a_difference() -> None:
    before, after = b"same\n-- a comment\n++ old\n", b"same\n@here\n++ new\n"
    (found,) = differences([FileChange(service="web", path="/a", diff=unified("/a", before, after))])
    assert [(line.kind, line.text) for line in found.lines] == [
        ("place", "@@ -1,3 +1,3 @@"),
        ("same", " same"),
        ("gone", "--- a comment"),
        ("gone", "-++ old"),
        ("added", "+@here"),
        ("added", "+++ new"),
    ]
    assert found.short


def test_what_is_no_difference_of_lines() -> None:
    (found,) = differences([FileChange(service="web", path="/a", diff="-a: not a text; 3 bytes before, 4 after\n")])
    assert [line.kind for line in found.lines] == ["same"]


def test_long_difference_is_cut_and_says_so() -> None:
    diff = unified("a", None, b"x\n" * 9 * MOST_LINES)
    (found,) = differences([FileChange(service="web", path="a", diff=diff)])
    assert (len(found.lines), found.cut, found.short) == (MOST_LINES, True, False)


def test_timeline_leaves_pauses_out() -> None:
    told = timeline(
        paper(
            (0, "broke"),
            (5, "checked"),
            (1000, "broke"),
            (1060, "checked"),
            (1090, "checked"),
            (1100, "paused"),
            (1200, "resumed"),
            (1300, "hint"),
            (1360, "mended"),
            (1400, "nobody knows"),
        )
    )
    assert [(one.what, one.seconds) for one in told.moments] == [
        ("broke", 0),
        ("first-check", 60),
        ("paused", 100),
        ("resumed", 100),
        ("hint", 200),
        ("mended", 260),
        ("submitted", 500),
    ]
    assert (told.total, told.paused) == (500, 100)
    assert [(round(pause.share), round(pause.width)) for pause in told.pauses] == [(17, 17)]
    assert told.moments[-1].share == 100


@pytest.mark.parametrize(
    ("events", "created"),
    [
        ([], 1600),
        ([(1e308, "broke")], 1600),
        ([(-1e308, "broke")], 1e308),
        ([(1600, "broke")], 1600),
        ([(1700, "broke")], 1600),
        ([(0, "broke")], 1e300),
        ([(5, "paused"), (3, "resumed"), (1e308, "hint")], -1),
    ],
)
def test_clock_that_can_not_be_right_tells_nothing(events: list[tuple[float, str]], created: float) -> None:
    assert timeline(paper(*events, created=created)).moments == ()


def test_thousand_hints_are_not_all_drawn() -> None:
    told = timeline(paper((0, "broke"), *((1 + number / 10, "hint") for number in range(1000))))
    assert len(told.moments) == MOST_MOMENTS
    assert told.moments[-1].what == "submitted"


def test_incident_that_nobody_declared_is_none() -> None:
    assert incident(None, "en").entries == ()
    assert incident(paper((0, "broke"), (5, "mended")), "en").entries == ()
    assert incident(paper((0, "declared"), (5, "broke")), "en").entries == (), "it was declared before this break"
    assert incident(paper((0, "broke"), (5, "declared")), "en").times[0].startswith("Noticed after 0.1 min")


def test_incident_of_a_thousand_notes_is_cut_and_says_so() -> None:
    told = incident(paper((0, "broke"), (1, "declared"), *((2, "stop-gap") for _ in range(1000))), "ja")
    assert (len(told.entries), told.more, len(told.stop_gaps)) == (MOST_ENTRIES, 1002 - MOST_ENTRIES, MOST_STOP_GAPS)


def test_log_that_is_full_of_events_is_read_in_no_time() -> None:
    many = [*((1, "hint") for _ in range(20_000)), *((2, "checked") for _ in range(20_000))]
    began = time.monotonic()
    timeline(paper((0, "broke"), *many))
    assert time.monotonic() - began < 20  # forty thousand looks; each at all the others would take minutes


@pytest.mark.parametrize(
    ("seconds", "en", "ja"),
    [
        (0, "0 s", "0秒"),
        (59.9, "59 s", "59秒"),
        (60, "1 min", "1分"),
        (61, "1 min 1 s", "1分1秒"),
        (3600, "1 h", "1時間"),
        (3725, "1 h 2 min", "1時間2分"),
        (float("inf"), "?", "?"),
        (1e300, "?", "?"),
    ],
)
def test_duration(seconds: float, en: str, ja: str) -> None:
    assert (duration(seconds, "en"), duration(seconds, "ja")) == (en, ja)


@pytest.mark.parametrize("at", [1e308, -1e308, float("inf"), float("nan")])
def test_moment_that_no_calendar_has(at: float) -> None:
    assert moment(at) == ""


@pytest.mark.parametrize(
    ("accepted", "lang"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("en-GB,en;q=0.9,ja;q=0.8", "en"),
        ("fr,ja;q=0.5,en;q=0.4", "ja"),
        ("fr", "en"),
        ("ja;q=x, en", "en"),
        ("ja;q=0", "en"),
        (",;q=,;;;", "en"),
    ],
)
def test_language_of_the_browser(accepted: str, lang: str) -> None:
    assert preferred(accepted) == lang
