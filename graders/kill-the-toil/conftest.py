"""The unseen weeks, each drawn and played once for all that is asked about it."""

from __future__ import annotations

from collections.abc import Iterator
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
    """A week with as many acts as a run may carry out, and one with one more."""

    full: Week
    worked: plays.Once
    week: Week
    seen: plays.Once


class Absence(NamedTuple):
    """A week in which systems are away."""

    week: Week
    host: str
    """To which certificates are issued meanwhile, and nobody hears of it."""
    seen: plays.Outage


class Killed(NamedTuple):
    """A week in which runs are killed."""

    week: Week
    seen: plays.Deaths


class Together(NamedTuple):
    """A week that two runs work at once."""

    week: Week
    seen: plays.Pair


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
    """The week that is just enough for one run, and the one that is too much."""
    full = weeks.mixed(scene.draw("full"), access=2, quota=2, certificate=1, persons=2, most=5)
    more = weeks.mixed(scene.draw("crowd"), access=3, quota=3, certificate=2, persons=2, most=7)
    return Crowd(full, plays.once(stage, full), more, plays.once(stage, more))


@pytest.fixture(scope="module")
def absence(scene: Scene, stage: UnseenOffice) -> Absence:
    """The week in which systems are away."""
    drawn = weeks.mixed(scene.draw("absence"), access=3, quota=3, certificate=3, persons=2)
    host = next(one["asks"]["host"] for one in drawn["tickets"] if one["kind"] == "certificate")
    return Absence(drawn, host, plays.outage(stage, drawn, host))


@pytest.fixture(scope="module")
def killed(scene: Scene, stage: UnseenOffice) -> Killed:
    """The week in which runs are killed."""
    drawn = weeks.mixed(scene.draw("killed"), access=2, quota=2, certificate=3, persons=1)
    return Killed(drawn, plays.deaths(stage, drawn))


@pytest.fixture(scope="module")
def together(scene: Scene, stage: UnseenOffice) -> Together:
    """The week that two runs work at once."""
    drawn = weeks.mixed(scene.draw("together"), access=2, quota=3, certificate=3)
    return Together(drawn, plays.pair(stage, drawn))
