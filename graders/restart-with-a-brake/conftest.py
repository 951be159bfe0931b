"""The stories, each on a stage of its own: they are played at once, and the checks read what came of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

import pytest
import stories
from judging import Played, hours, played
from stage import Stage

from kikori.grading import Scene

MANY, HOUR = 20, 3600
Told = dict[str, Future[Played]]


def of_robot(scene: Scene, name: str, limit: int, window: int, tell: Callable[[Stage, stories.Cast], Played]) -> Played:
    """Play before a robot of its own, with a cast that is drawn."""
    chosen = stories.cast(scene.draw(name))
    with closing(Stage(scene, "robot", chosen.environment(limit, window))) as stage:
        return tell(stage, chosen)


def play_gates(scene: Scene) -> Played:
    """Strangers, odd messages, late ones, a slow service, a flood."""
    draw = scene.draw("gates and their times")
    return of_robot(scene, "gates", MANY, HOUR, lambda stage, cast: played(stage.play(stories.gates(cast, draw))))


def play_pairs(scene: Scene) -> Played:
    """Two at once, and evidence that does not come."""
    draw = scene.draw("pairs and their order")
    return of_robot(scene, "pairs", MANY, HOUR, lambda stage, cast: played(stage.play(stories.pairs(cast, draw))))


def play_brake(scene: Scene) -> Played:
    """The robot dies in the midst of a restart, and is deployed anew while it brakes."""

    def told(stage: Stage, cast: stories.Cast) -> Played:
        parts = [stage.play(stories.brake_until_killed(cast))]
        for between, steps in ((stage.crash, stories.brake_until_redeployed), (stage.deploy, stories.brake_until_over)):
            if parts[-1]["whole"]:
                between()
                parts.append(stage.play(steps(cast)))
        return played(*parts)

    return of_robot(scene, "brake", stories.LIMIT, HOUR, told)


def play_window(scene: Scene) -> Played:
    """Restarts that leave the window, and some that do not."""

    def told(stage: Stage, cast: stories.Cast) -> Played:
        return played(stage.play(stories.window(cast)))

    return of_robot(scene, "window", stories.LIMIT, stories.WINDOW, told)


def play_stubborn(scene: Scene) -> Played:
    """A service that no restart helps; the brake is taken off while the robot is dead."""

    def told(stage: Stage, cast: stories.Cast) -> Played:
        parts = [stage.play(stories.stubborn(cast))]
        if parts[-1]["whole"]:
            stage.end()
            parts.append(stage.play([stories.RELEASED]))
            stage.begin()
            parts.append(stage.play(stories.stubborn_released(cast)))
        return played(*parts)

    return of_robot(scene, "stubborn", stories.LIMIT, HOUR, told)


def play_latch(scene: Scene) -> Played:
    """A brake that is on for longer than the window."""

    def told(stage: Stage, cast: stories.Cast) -> Played:
        return played(stage.play(stories.latch(cast)))

    return of_robot(scene, "latch", 1, stories.LATCH, told)


def play_routes(scene: Scene) -> Played:
    """Alerts come to Alertmanager, whose minutes are made short."""
    told = {"STANDS_IN": "yes", "ALERTS": "OrdersHang=orders", "CONTROL_TOKEN": "none"}
    told["WEBHOOK_TOKEN"] = stories.token(scene.draw("token"))
    with closing(Stage(scene, "alertmanager", told)) as stage:
        found = played(stage.play(stories.routes(scene.draw("routes"))))
        bound = hours(stage.config.get("route")) if isinstance(stage.config, dict) else []
    found.results["hours"] = {"name": "hours", "result": bound}
    return found


PLAYS = {
    "gates": play_gates, "pairs": play_pairs, "brake": play_brake, "window": play_window, "stubborn": play_stubborn,
    "latch": play_latch, "routes": play_routes,
}  # fmt: skip


@pytest.fixture
def certain(request: pytest.FixtureRequest) -> Callable[[str], str]:
    """What makes of a reason one that no busy computer explains, so that the failure is decided on any."""

    def told(said: str) -> str:
        request.node.add_marker(pytest.mark.static)
        return said

    return told


@pytest.fixture(scope="session")
def begun() -> Iterator[tuple[ThreadPoolExecutor, Told]]:
    """The stories that were begun, of whatever file of checks."""
    with ThreadPoolExecutor(len(PLAYS)) as pool:
        yield pool, {}


@pytest.fixture(scope="module")
def told(scene: Scene, request: pytest.FixtureRequest, begun: tuple[ThreadPoolExecutor, Told]) -> Told:
    """All stories that the checks at hand read: the first check begins all of them at once."""
    pool, stories_told = begun
    read = {name for item in request.session.items for name in getattr(item, "fixturenames", ())}
    for name, play in PLAYS.items():
        if name in read and name not in stories_told:
            stories_told[name] = pool.submit(play, scene)
    return stories_told


@pytest.fixture(scope="module")
def gates(told: Told) -> Played:
    """A hang among strangers and odd messages, late ones, a slow service, and a flood."""
    return told["gates"].result()


@pytest.fixture(scope="module")
def pairs(told: Told) -> Played:
    """Two services that hang at once, and evidence that does not come."""
    return told["pairs"].result()


@pytest.fixture(scope="module")
def brake(told: Told) -> Played:
    """A robot that is killed in the midst of a restart, brakes, is deployed anew, and released."""
    return told["brake"].result()


@pytest.fixture(scope="module")
def window(told: Told) -> Played:
    """Restarts over more than the window."""
    return told["window"].result()


@pytest.fixture(scope="module")
def stubborn(told: Told) -> Played:
    """A service that no restart helps."""
    return told["stubborn"].result()


@pytest.fixture(scope="module")
def latch(told: Told) -> Played:
    """A robot whose brake is on for longer than its window."""
    return told["latch"].result()


@pytest.fixture(scope="module")
def routes(told: Told) -> Played:
    """What Alertmanager told whom."""
    return told["routes"].result()
