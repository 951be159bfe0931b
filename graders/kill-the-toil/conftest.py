"""The unseen weeks, each drawn and played once for all that is asked about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import plays
import pytest
import weeks
from stage import UnseenOffice
from truth import Week

from kikori.grading import Scene


class FirstWeek(NamedTuple):
    """A week with all that comes, and what was made of it."""

    drawn: weeks.Main
    seen: plays.First


class BadForms(NamedTuple):
    """A week of forms that are filled in wrongly."""

    drawn: weeks.Bad
    seen: plays.Once


class Crowd(NamedTuple):
    """A week with one act more than a run may carry out, and then with as many as that."""

    week: Week
    acts: int
    """How many there are."""
    seen: plays.Over


class Unclosed(NamedTuple):
    """A week in which tickets can't be closed, or handed over, at first."""

    drawn: weeks.Unclosed
    seen: plays.Closing


class Absence(NamedTuple):
    """A week in which systems are away."""

    drawn: weeks.Absence
    seen: plays.Outage


class Killed(NamedTuple):
    """A week in which runs are killed."""

    week: Week
    seen: plays.Deaths


class Together(NamedTuple):
    """A week that two runs work at once."""

    week: Week
    seen: plays.Pair


@pytest.fixture
def certain(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """What makes of a reason one that no busy computer explains, so that the failure is decided on any."""

    def told(said: str) -> str:
        request.node.add_marker(pytest.mark.static)
        return said

    return told


@pytest.fixture(scope="module")
def stage(scene: Scene) -> Iterator[UnseenOffice]:
    """An office that no learner knows."""
    found = UnseenOffice(scene)
    yield found
    found.close()


@pytest.fixture(scope="module")
def first_week(scene: Scene, stage: UnseenOffice) -> FirstWeek:
    """The week with all that comes."""
    drawn = weeks.main(scene.draw("first week"))
    return FirstWeek(drawn, plays.first(stage, drawn))


@pytest.fixture(scope="module")
def bad_forms(scene: Scene, stage: UnseenOffice) -> BadForms:
    """The week of bad forms."""
    drawn = weeks.bad(scene.draw("bad forms"))
    return BadForms(drawn, plays.once(stage, drawn.week))


@pytest.fixture(scope="module")
def crowd(scene: Scene, stage: UnseenOffice) -> Crowd:
    """The week that is too much for one run, until the policy allows it."""
    drawn = weeks.mixed(scene.draw("crowd"), access=3, quota=2, certificate=1, persons=2, most=5)
    return Crowd(drawn, 6, plays.over(stage, drawn, 6))


@pytest.fixture(scope="module")
def unclosed(scene: Scene, stage: UnseenOffice) -> Unclosed:
    """The week in which tickets can't be closed at first."""
    drawn = weeks.unclosed(scene.draw("unclosed"))
    return Unclosed(drawn, plays.closing(stage, drawn))


@pytest.fixture(scope="module")
def absence(scene: Scene, stage: UnseenOffice) -> Absence:
    """The week in which systems are away."""
    drawn = weeks.absence(scene.draw("absence"))
    return Absence(drawn, plays.outage(stage, drawn))


@pytest.fixture(scope="module")
def killed(scene: Scene, stage: UnseenOffice) -> Killed:
    """The week in which runs are killed."""
    drawn = weeks.mixed(scene.draw("killed"), access=2, quota=2, certificate=3, persons=1)
    return Killed(drawn, plays.deaths(stage, drawn))


@pytest.fixture(scope="module")
def together(scene: Scene, stage: UnseenOffice) -> Together:
    """The week that two runs work at once."""
    drawn = weeks.mixed(scene.draw("together"), access=2, quota=3, certificate=3, persons=1)
    return Together(drawn, plays.pair(stage, drawn))
