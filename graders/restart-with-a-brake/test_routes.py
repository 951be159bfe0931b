"""Who hears of an alert, and when: Alertmanager itself is asked, on a day that goes by twelve times faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import stories
from judging import FASTER, Heard, heard, late, longest_gap

from kikori.grading import Scene, quoted, reasons

if TYPE_CHECKING:
    from collections.abc import Callable

    from judging import Played

    Certain = Callable[[str], str]

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(300)
SOON = 0.25 + 0.2  # minutes until the robot hears: 15 s, as the task says, and a second until it is posted
REPEATED = 2.0 + 0.4  # minutes
LASTED = (4.0 - 0.2, 6.0 + 0.2)  # minutes after which the person hears of what the robot should have ended
WITHIN = 1.0 + 0.3  # minutes until the person hears of anything else


def seen(scene: Scene, routes: Played) -> list[tuple[stories.Firing, Heard]]:
    """What was heard of each alert."""
    assert routes.is_ready, reason("not-ready")
    return heard(routes, stories.routed(scene.draw("routes")))


def minutes(alert: stories.Firing) -> float:
    """How long an alert fires."""
    return (alert.end - alert.begin) * FASTER / 60


def test_robot_hears(scene: Scene, routes: Played) -> None:
    """The robot hears of each of its alerts at once, and again as long as it lasts.

    ja: ロボットは、自分の役目のアラートをどれもすぐに知らされ、続く間は何度も知らされる。
    """
    for alert, came in firsts(seen(scene, routes)):
        assert came.robot, reason("robot", alert=alert.name)
        first = came.robot[0]
        assert first <= SOON + late(routes), reason("robot-2", alert=alert.name, seconds=round(first * 60))
        gap = longest_gap(came.robot, minutes(alert))
        assert gap <= REPEATED + late(routes), reason("robot-3", alert=alert.name, minutes=round(gap, 1))


@pytest.mark.needs("test_robot_hears")
def test_shows_the_token(scene: Scene, routes: Played, certain: Certain) -> None:
    """Alertmanager shows the robot the webhook's token.

    ja: Alertmanager は、ウェブフックのトークンをロボットに示す。
    """
    expected = f"Bearer {stories.token(scene.draw('token'))}"
    shown = {one["authorization"] for one in routes.book if one["what"] == "robot"}
    assert shown == {expected}, certain(reason("token"))


def test_person_hears(scene: Scene, routes: Played) -> None:
    """A person hears of an alert of the robot's once it has lasted five minutes, and not where it was over before.

    ja: ロボットのアラートも5分続けば人に届く。それより前に終われば届かない。
    """
    found = [one for one in seen(scene, routes) if one[0].name in stories.LIVE]
    least, most = LASTED
    for alert, heard_by in firsts(found):
        name, lasts, came = alert.name, minutes(alert), heard_by.person
        if lasts < least:
            assert not came, reason("person", alert=name, minutes=round(lasts, 1))
        elif lasts > most:
            assert came, reason("person-2", alert=name, minutes=round(lasts, 1))
        first = round(min(came, default=0), 1)
        assert not came or came[0] >= least, reason("person-3", alert=name, minutes=first)
        assert lasts < most or came[0] <= most + late(routes), reason("person-4", alert=name, minutes=first)
    for number, (alert, heard_by) in enumerate(found):
        again = not first_of(found, number)
        assert heard_by.person or not again, reason("person-5", alert=alert.name, minutes=round(minutes(alert), 1))


def test_others(scene: Scene, routes: Played, certain: Certain) -> None:
    """Of all other alerts a person hears within a minute, and the robot does not.

    ja: ほかのアラートは、どれも1分以内に人に届き、ロボットには届かない。
    """
    others = [(alert, came) for alert, came in seen(scene, routes) if alert.name not in stories.LIVE]
    to_robot = [said(alert) for alert, came in others if came.robot]
    assert not to_robot, certain(reason("others", alerts=to_robot))
    within = WITHIN + late(routes)
    unheard = [said(alert) for alert, came in others if not came.person or came.person[0] > within]
    assert not unheard, reason("others-2", alerts=unheard)


def said(alert: stories.Firing) -> str:
    """An alert by its name and what tells it from others of the name."""
    told = [f"{key}={alert.labels[key]}" for key in ("instance", "severity") if key in alert.labels]
    return f"{alert.name} ({', '.join(told)})" if told else alert.name


def firsts(found: list[tuple[stories.Firing, Heard]]) -> list[tuple[stories.Firing, Heard]]:
    """The robot's alerts when they came for the first time.

    A group that is empty is cleared away twice in a minute of ours, not of the day's: how soon one hears of what
    comes again says nothing.
    """
    return [one for number, one in enumerate(found) if one[0].name in stories.LIVE and first_of(found, number)]


def first_of(found: list[tuple[stories.Firing, Heard]], number: int) -> bool:
    """Whether no alert of that name came before."""
    return all(alert.name != found[number][0].name for alert, _ in found[:number])


@pytest.mark.needs("test_others")
def test_at_any_hour(routes: Played) -> None:
    """Who hears of an alert does not depend on the hour.

    ja: アラートが誰に届くかは、時刻によって変わらない。
    """
    bound = [quoted(name) for name in routes.results["hours"]["result"]]
    assert not bound, reason("hours", names=bound)
