"""What the checks need of the engine: names that it has lost are learned again, and seats can be moved."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from slow_traveller import SlowTraveller

from kikori.grading import Scene, eventually

CALLS = (("front", "seats"), ("seats", "store"))
# How long seats may take to start on a busy computer, in seconds.
STARTED_WITHIN = 20

Move = Callable[[], AbstractContextManager[tuple[str, str]]]


@pytest.fixture(scope="module", autouse=True)
def names(scene: Scene) -> Callable[[], None]:
    """Let Docker's name server learn the names again that it has lost; nothing a learner did makes it lose one.

    On a busy computer it now and then forgets a container that was started again, until that joins its network anew.
    """

    def learn() -> None:
        for caller, name in CALLS:
            if scene.state(caller) == scene.state(name) == "running":
                for network in sorted(joined(scene, caller).keys() & joined(scene, name).keys()):
                    if not scene.debug(caller).run("timeout 3 getent ahostsv4 %s", name).stdout:
                        rejoin(scene, network, name)

    learn()
    return learn


@pytest.fixture(scope="module")
def slow_traveller(scene: Scene) -> Iterator[SlowTraveller]:
    """Give a traveller who ends at one check what another began."""
    traveller = SlowTraveller(scene)
    yield traveller
    traveller.leave()


@pytest.fixture
def move(scene: Scene, names: Callable[[], None]) -> Move:
    """Stop seats and start it at an address far from the old, as a release may; gives its addresses before and after.

    Front and seats meet on a network of ours meanwhile: of those that they met on, Docker would hand out an address
    that lies close to the old one.
    """

    @contextmanager
    def moved() -> Iterator[tuple[str, str]]:
        before, places, seats = meeting(scene), homes(scene), scene.container("seats")
        seats.stop(timeout=3)
        try:
            with elsewhere(scene) as network:
                network.connect(scene.container("front"))
                for name in places:
                    scene.engine.networks.get(name).disconnect(seats, force=True)
                network.connect(seats, aliases=sorted({alias for aliases in places.values() for alias in aliases}))
                try:
                    started(scene)
                    names()
                    yield ", ".join(before.values()), ", ".join(meeting(scene).values())
                finally:
                    seats.stop(timeout=3)
        finally:
            for name, aliases in places.items():
                if name not in joined(scene, "seats"):
                    scene.engine.networks.get(name).connect(seats, aliases=aliases)
            started(scene)
            names()

    return moved


@contextmanager
def elsewhere(scene: Scene) -> Iterator[Any]:
    """A network of ours with a range of addresses of its own; whoever is on it leaves it afterwards."""
    project = scene.attempt.project
    for left in scene.engine.networks.list(names=[f"{project}_elsewhere"]):  # by a check that was killed
        leave(scene, left)
    made = scene.engine.networks.create(f"{project}_elsewhere", internal=True, labels=scene.labels)  # a sweep finds it
    try:
        yield made
    finally:
        leave(scene, made)


def leave(scene: Scene, network: Any) -> None:
    """Take whoever is on a network of ours off it, and the network away."""
    for service in ("front", "seats"):
        if network.name in joined(scene, service):
            network.disconnect(scene.container(service), force=True)
    network.remove()


def homes(scene: Scene) -> dict[str, list[str]]:
    """The networks on which seats meets the page, and its names on each."""
    identity, own = str(scene.inspect("seats")["Id"]), joined(scene, "seats")
    return {
        name: ["seats", *(alias for alias in own[name]["Aliases"] or [] if not identity.startswith(alias))]
        for name in meeting(scene)
    }


def started(scene: Scene) -> None:
    """Start seats, and wait until its healthcheck has said something."""
    scene.container("seats").start()
    eventually(lambda: health(scene), lambda seen: seen != "starting", STARTED_WITHIN)


def joined(scene: Scene, service: str) -> dict[str, dict[str, Any]]:
    """The networks that a service is on, by Docker's name for them."""
    return dict(scene.inspect(service)["NetworkSettings"]["Networks"])


def meeting(scene: Scene) -> dict[str, str]:
    """The addresses of seats where it meets the page, by network."""
    shared = joined(scene, "front").keys() & joined(scene, "seats").keys()
    return {name: joined(scene, "seats")[name]["IPAddress"] for name in sorted(shared)}


def health(scene: Scene) -> str:
    """What the healthcheck of seats says; nothing where it has none."""
    return str((scene.inspect("seats")["State"].get("Health") or {}).get("Status", ""))


def rejoin(scene: Scene, network: str, service: str) -> None:
    """Take a service off a network, and put it there again under its names."""
    container = scene.container(service)
    aliases = joined(scene, service)[network]["Aliases"] or []
    found = scene.engine.networks.get(network)
    found.disconnect(container)
    found.connect(
        container, aliases=[service, *(alias for alias in aliases if not str(container.id).startswith(alias))]
    )
