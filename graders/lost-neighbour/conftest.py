"""What the checks need of the engine: names that it has lost are learned again, and seats can be moved."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

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


@pytest.fixture
def move(scene: Scene, names: Callable[[], None]) -> Move:
    """Stop seats and start it at another address, as a release may; gives its addresses before and after.

    Docker hands out the first address that is free. Where that is the old one, the store stands there meanwhile.
    """

    @contextmanager
    def moved() -> Iterator[tuple[str, str]]:
        before = meeting(scene)
        scene.container("seats").stop(timeout=3)
        in_the_way: list[Any] = []
        try:
            for name, address in before.items():
                stand(scene, name, address, in_the_way)
            scene.container("seats").start()
            eventually(lambda: health(scene), lambda seen: seen != "starting", STARTED_WITHIN)
            names()
            yield ", ".join(before.values()), ", ".join(meeting(scene).values())
        finally:
            scene.container("seats").start()
            for network in in_the_way:
                network.disconnect(scene.container("store"), force=True)

    return moved


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


def stand(scene: Scene, network: str, address: str, in_the_way: list[Any]) -> None:
    """Let the store stand at an address, if it is the next to be handed out."""
    store = scene.container("store")
    found = store.client.networks.get(network)
    in_the_way.append(found)
    found.connect(store)
    if joined(scene, "store")[network]["IPAddress"] != address:
        in_the_way.pop().disconnect(store, force=True)


def rejoin(scene: Scene, network: str, service: str) -> None:
    """Take a service off a network, and put it there again under its names."""
    container = scene.container(service)
    aliases = joined(scene, service)[network]["Aliases"] or []
    found = container.client.networks.get(network)
    found.disconnect(container)
    found.connect(container, aliases=[service, *(alias for alias in aliases if not container.id.startswith(alias))])
