"""Which incidents of the month call somebody, how soon, for how long, and what calls for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import reasons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Replay, Replays

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(180)
SOON = {"page soon": 30, "page": 300, "ticket": 48 * 60}
"""Minutes after its beginning in which an incident has called somebody, as the task says."""
STOPS = {"page": 45, "ticket": 480}
"""Minutes after the end of its cause in which an alert has stopped."""


CIRCLE = "rules stand on each other"
"""How what replays the month begins where it knows no order in which to evaluate the rules."""


@pytest.mark.guard
def test_rules_load(replays: Replays) -> None:
    """Prometheus takes the rules.

    ja: Prometheus がルールを受け取る。
    """
    error = replays.known.error
    assert not error.startswith(CIRCLE), reason("rules-in-a-circle", error=error[:300])
    assert not error, reason("rules-load", error=error[:300])


def run(replays: Replays) -> Iterator[Replay]:
    """Give each replay, once the rules ran over its weeks."""
    for replay in replays:
        assert not replay.error, reason("not-run", error=replay.error[:300])
        yield replay


@pytest.mark.static
@pytest.mark.needs("test_rules_load")
def test_severities(replays: Replays) -> None:
    """Every alert is a page or a ticket.

    ja: どのアラートも、呼び出しかチケットである。
    """
    strange = [f"{name}: {severity or '-'}" for name, severity in replays.severities() if severity not in STOPS]
    assert not strange, reason("severities", strange=strange)


@pytest.mark.static
@pytest.mark.needs("test_rules_load")
def test_rules_ask_for_now(replays: Replays) -> None:
    """Every rule asks for what a Prometheus knows at that moment.

    ja: どのルールも、その時点の Prometheus が知っていることだけを調べる。
    """
    for how, name, where in replays.elsewhere():
        assert how != "ahead", reason("ahead", called=name, where=where)
        assert how != "at", reason("at", called=name, where=where)
        assert how != "alerts", reason("alerts", called=name, where=where)
        assert how != "calendar", reason("calendar", called=name, where=where)
        assert how != "late", reason("late", called=name, where=where)


@pytest.mark.needs("test_rules_load")
def test_fast_burns_page(replays: Replays) -> None:
    """What burns the budget fast pages somebody within half an hour.

    ja: 予算を速く使う障害は、30分以内に当番を呼び出す。
    """
    for replay in run(replays):
        calls(replay, "page soon")


@pytest.mark.needs("test_rules_load")
def test_slow_burn_pages(replays: Replays) -> None:
    """What burns the budget for hours pages somebody while it can still be helped.

    ja: 予算を何時間もかけて使う障害は、手遅れになる前に当番を呼び出す。
    """
    for replay in run(replays):
        calls(replay, "page")


@pytest.mark.needs("test_rules_load")
def test_leak_opens_ticket(replays: Replays) -> None:
    """A slow burn that lasts for days opens a ticket.

    ja: 何日も予算を少しずつ使う障害は、チケットになる。
    """
    for replay in run(replays):
        calls(replay, "ticket")


def calls(replay: Replay, kind: str) -> None:
    """Each incident of a kind has called whom it calls for, within the bound."""
    for met in replay.called_for(kind):
        what, bound = replay.about(met.incident), SOON[kind]
        whom = reason("calls") if kind == "ticket" else reason("calls-2")
        assert met.called is not None, reason("calls-3", where=replay.where, what=what, burnt=met.burnt, whom=whom)
        assert met.called <= 60 * bound, reason(
            "calls-4", where=replay.where, what=what, whom=whom, bound=bound, called=met.called // 60
        )


@pytest.mark.needs("test_fast_burns_page")
def test_pages_stop(replays: Replays) -> None:
    """A page stops soon after its cause has ended.

    ja: 呼び出しは、原因が終わればまもなく止まる。
    """
    for replay in run(replays):
        stops(replay, "page", [*replay.called_for("page soon"), *replay.called_for("page")])


@pytest.mark.needs("test_leak_opens_ticket")
def test_tickets_stop(replays: Replays) -> None:
    """A ticket's alert stops on the day on which its cause has ended.

    ja: チケットのアラートは、原因が終わったその日のうちに止まる。
    """
    for replay in run(replays):
        stops(replay, "ticket", [*replay.called_for("ticket"), *replay.left_open()])


def stops(replay: Replay, severity: str, incidents: list[Any]) -> None:
    """No alert goes on for longer than the bound after what it was for."""
    for met in incidents:
        what = replay.about(met.incident)
        assert (met.stopped or 0) <= 60 * STOPS[severity], reason(
            "stops",
            where=replay.where,
            what=what,
            said=replay.said(met.end),
            severity=severity,
            stopped=met.stopped // 60,
            stops=STOPS[severity],
        )


@pytest.mark.needs("test_rules_load")
def test_no_noise(replays: Replays) -> None:
    """Nobody is paged for what does not threaten the budget.

    ja: 予算を脅かさないものでは、誰も呼び出されない。
    """
    for replay in run(replays):
        noise = replay.pages.noise
        assert not noise, reason(
            "no-noise", count=len(noise), count_2=len(replay.pages.fired), where=replay.where, first=replay.first(noise)
        )


@pytest.mark.needs("test_rules_load")
def test_tickets_mean_something(replays: Replays) -> None:
    """No ticket is opened for what does not threaten the budget.

    ja: 予算を脅かさないものは、チケットにならない。
    """
    for replay in run(replays):
        noise = replay.tickets.noise
        assert not noise, reason(
            "tickets-mean-something",
            count=len(noise),
            count_2=len(replay.tickets.fired),
            where=replay.where,
            first=replay.first(noise),
        )
