"""What a check-in says of an attempt."""

from __future__ import annotations

import time

import pytest

from kikori.attempts import Store
from kikori.bench.result import Result
from kikori.bilingual import texts
from kikori.cohort import WORDS
from kikori.cohort.client.change_detection import news
from kikori.cohort.client.checkin import check_in
from kikori.cohort.client.help_request import standing_lines
from kikori.cohort.messages import Where, clean, clean_name
from kikori.learner.bench import in_short
from kikori.model import Attempt, CheckResult, Outcome, Report, Stage

from .conftest import Kept, happened


def test_all_that_is_sent(kept: Kept) -> None:
    sent = check_in(Store(), kept())
    assert (sent.lab, sent.stage, sent.check, sent.title) == ("first-look", Where.BROKEN, "page", "The page is there")
    assert (sent.hints, round(sent.seconds / 60)) == (1, 10)


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ({"stage": Stage.HEALTHY}, Where.HEALTHY),
        ({"stage": Stage.BROKEN, "paused": True}, Where.PAUSED),
        ({"stage": Stage.FIXED}, Where.FIXED),
        ({"stage": Stage.FIXED, "explained": True}, Where.EXPLAINED),
        ({"stage": Stage.FIXED, "explained": True, "submitted": "/x.kikori"}, Where.SUBMITTED),
        ({"stage": Stage.STOPPED, "submitted": "/x.kikori"}, Where.STOPPED),
    ],
)
def test_stages_as_an_instructor_thinks_of_them(kept: Kept, fields: dict[str, object], stage: Where) -> None:
    assert check_in(Store(), kept(**fields)).stage is stage


def test_every_stage_of_an_attempt_can_be_told(kept: Kept) -> None:
    for stage in Stage:
        check_in(Store(), kept(stage=stage))


def test_pauses_are_left_out_of_the_minutes(kept: Kept) -> None:
    attempt = kept()
    happened(attempt, 500, "paused")
    happened(attempt, 200, "resumed")
    assert round(check_in(Store(), attempt).seconds / 60) == 5


def test_a_pause_itself_is_counted_from_its_begin(kept: Kept) -> None:
    attempt = kept(paused=True)
    happened(attempt, 120, "paused")
    assert round(check_in(Store(), attempt).seconds / 60) == 2


def test_what_failed_before_the_last_break_is_not_told(kept: Kept) -> None:
    attempt = kept()
    happened(attempt, 10, "broke")
    assert check_in(Store(), attempt).check == ""


def test_a_check_that_could_not_be_run_is_told_where_none_failed(kept: Kept) -> None:
    attempt = kept()
    broken = CheckResult(id="up", title="It is up", outcome=Outcome.ERROR)
    Store().add_report(attempt, Report(lab="first-look", at=time.time(), checks=(broken,)))
    assert check_in(Store(), attempt).check == "up"
    Store().add_report(attempt, Report(lab="first-look", at=time.time(), checks=()))
    assert check_in(Store(), attempt).check == ""


def benched(attempt: Attempt, points: int, times: float | None, *, failed: str = "", quick: bool = False) -> None:
    """Write a run down as ``bench`` does; ``times`` is the pace against the untouched service of this machine."""
    result = Result(
        lab=attempt.lab, at=0.0, seed=1, profile="standard", seconds=60.0, points=points, causes=(), breaches={},
        failed=failed, actions={}, fast=0, users=1, requests=1, errors=0, baseline=times and points / 60 / times,
    )  # fmt: skip
    Store().record(attempt, "benched", **in_short(result, quick=quick))


def test_best_full_run_that_counts_is_told(kept: Kept) -> None:
    attempt = kept(lab="tune-the-board")
    assert (check_in(Store(), attempt).score, check_in(Store(), attempt).grade) == (None, None)
    Store().record(attempt, "benched", score=900, failed="")  # as it was written down before there was a scoreboard
    benched(attempt, 100, None)
    assert (check_in(Store(), attempt).score, check_in(Store(), attempt).grade) == (100, None)
    for points, times in ((4000, 4.0), (3000, 8.0), (9000, 7.0)):
        benched(attempt, points, times)
    benched(attempt, 50_000, 500.0, quick=True)
    benched(attempt, 60_000, 500.0, failed="lost-write")
    told = check_in(Store(), attempt)
    assert (told.score, told.grade) == (3000, 3.0)
    assert "Best run of a minute, points: 3000 (Grade: 3.0)" in [*standing_lines(told, texts(WORDS, "en"))]


def test_news_is_what_the_server_has_not_heard(kept: Kept) -> None:
    attempt = kept()
    (first,) = news({})
    known = {attempt.id: first.digest}
    assert news(known) == []
    Store().record(attempt, "checked", passed=False)
    assert [one.attempt for one in news(known)] == [attempt.id]


def test_a_stopped_attempt_is_told_once_to_whoever_knew_it(kept: Kept) -> None:
    attempt = kept()
    (first,) = news({})
    Store().move(attempt, stage=Stage.STOPPED)
    assert news({}) == []
    assert [one.check_in.stage for one in news({attempt.id: first.digest})] == [Where.STOPPED]


def test_text_from_elsewhere_is_harmless() -> None:
    assert clean("a\x1b[2Jb\u202ec\x00d\ne", 99) == "a\ufffd[2Jb\ufffdc\ufffdd\ne"
    assert len(clean("x" * 100, 10)) == 10
    assert clean_name("  ａｄａ \n lovelace ") == "ada lovelace"
