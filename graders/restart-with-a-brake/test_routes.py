"""Who hears of an alert, and when: Alertmanager itself is asked, on a day that goes by twelve times faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import stories
from judging import FASTER, Heard, heard, late, longest_gap

from kikori.grading import Scene, quoted, reasons

if TYPE_CHECKING:
    from judging import Played

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(240)
SOON = 0.25 + 0.2  # minutes until the robot hears: 15 s, as the task says, and a second until it is posted
REPEATED = 2.0 + 0.4  # minutes
LASTED = (4.0 - 0.2, 6.0 + 0.2)  # minutes after which the person hears of what the robot should have ended
WITHIN = 1.0 + 0.3  # minutes until the person hears of anything else


def day(scene: Scene) -> dict[str, tuple[float, float]]:
    """What fires, and when."""
    return stories.routed(scene.draw("routes"))


def seen(scene: Scene, routes: Played) -> dict[str, Heard]:
    """What was heard of each alert."""
    assert routes.is_ready, reason("not-ready")
    return heard(routes, day(scene))


def minutes(alert: tuple[float, float]) -> float:
    """How long an alert fires."""
    return (alert[1] - alert[0]) * FASTER / 60


def test_robot_hears(scene: Scene, routes: Played) -> None:
    """The robot hears of each of its alerts at once, and again as long as it lasts.

    ja: ロボットは、自分の役目のアラートをどれもすぐに知らされ、続く間は何度も知らされる。
    """
    found = seen(scene, routes)
    for name in stories.LIVE:
        assert found[name].robot, reason("robot", alert=name)
        first = found[name].robot[0]
        assert first <= SOON + late(routes), reason("robot-2", alert=name, seconds=round(first * 60))
        gap = longest_gap(found[name].robot, minutes(day(scene)[name]))
        assert gap <= REPEATED + late(routes), reason("robot-3", alert=name, minutes=round(gap, 1))


@pytest.mark.needs("test_robot_hears")
def test_shows_the_token(scene: Scene, routes: Played) -> None:
    """Alertmanager shows the robot the webhook's token.

    ja: Alertmanager は、ウェブフックのトークンをロボットに示す。
    """
    expected = f"Bearer {stories.token(scene.draw('token'))}"
    shown = {one["authorization"] for one in routes.book if one["what"] == "robot"}
    assert shown == {expected}, reason("token")


def test_person_hears(scene: Scene, routes: Played) -> None:
    """A person hears of an alert of the robot's once it has lasted five minutes, and not where it was over before.

    ja: ロボットのアラートも5分続けば人に届く。それより前に終われば届かない。
    """
    found, alerts = seen(scene, routes), day(scene)
    least, most = LASTED
    for name in stories.LIVE:
        came, lasts = found[name].person, minutes(alerts[name])
        if lasts < least:
            assert not came, reason("person", alert=name, minutes=round(lasts, 1))
        elif lasts > most:
            assert came, reason("person-2", alert=name, minutes=round(lasts, 1))
        first = round(min(came, default=0), 1)
        assert not came or came[0] >= least, reason("person-3", alert=name, minutes=first)
        assert lasts < most or came[0] <= most + late(routes), reason("person-4", alert=name, minutes=first)


def test_others(scene: Scene, routes: Played) -> None:
    """Of all other alerts a person hears within a minute, and the robot does not.

    ja: ほかのアラートは、どれも1分以内に人に届き、ロボットには届かない。
    """
    found = seen(scene, routes)
    others = [name for name in found if name not in stories.LIVE]
    to_robot = [name for name in others if found[name].robot]
    assert not to_robot, reason("others", alerts=to_robot)
    within = WITHIN + late(routes)
    unheard = [name for name in others if not found[name].person or found[name].person[0] > within]
    assert not unheard, reason("others-2", alerts=unheard)


@pytest.mark.needs("test_others")
def test_at_any_hour(routes: Played) -> None:
    """Who hears of an alert does not depend on the hour.

    ja: アラートが誰に届くかは、時刻によって変わらない。
    """
    bound = [quoted(name) for name in routes.results["hours"]["result"]]
    assert not bound, reason("hours", names=bound)
