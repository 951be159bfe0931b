"""How the service ends when its container is told to stop, and what the next image makes of its volume."""

from __future__ import annotations

import re
import secrets
import shlex
import signal
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from copies import post
from customers import Order, another, content
from planting import OWN

from kikori.grading import Answer, Replica, Scene, eventually, replica

TOOLS = "kikori/python"
"""An image that every lab has here, with a shell of ours."""
GRACE = 3
"""Seconds between the signal and SIGKILL, as in the platform's compose.yaml."""
LONGEST = 20
"""Seconds of grace that a check waits for at most, whatever a learner's file gives."""
AT_ONCE = 1.5
"""Seconds within which a container ends whose first process waits for nothing."""
MANY = (62, 80)
"""How many orders a morning has: more than fit a list that was made for a check."""
LOOKED_AT = 5
"""How many of the cancelled ones are asked for."""
HELD = "T"
"""The state of a process that SIGSTOP holds still (proc_pid_status(5))."""


@dataclass(frozen=True)
class NextImage:
    """What a new container of the image, which was given the volume for another shop, made of the orders."""

    answers: bool
    last: str
    """The last line of its log."""
    gone: int
    """How many orders it did not find."""
    shop: str = ""
    limit: str = ""
    told: str = ""
    """Its page, which should have the name and the limit that it was given."""
    many: int = 0
    """How many orders were placed there, and how many of them were not taken."""
    refused: int = 0
    is_blocked: bool = False
    """Whether it answered nobody while somebody was connected who asked for nothing."""
    forgotten: int = 0
    """How many orders that it took were not there after it was killed and started again."""
    back: int = 0
    """How many orders that were cancelled were there again."""
    waits: bool = True
    """Whether a stop waited for the program that serves, as far as can be seen."""

    @property
    def is_its_own(self) -> bool:
        """Whether it goes by the name and the limit that it was given."""
        return self.shop in self.told and bool(re.search(rf"\b{self.limit}\b", self.told))


def grace(scene: Scene) -> int:
    """How many seconds the container has for its end."""
    given = scene.inspect("orders")["Config"].get("StopTimeout")
    return min(GRACE if given is None else int(given), LONGEST)


def stopped(scene: Scene) -> int:
    """Stop the service as a release does; gives how its first process ended."""
    scene.container("orders").stop(timeout=grace(scene))
    return int(scene.inspect("orders")["State"]["ExitCode"])


def ends_well(scene: Scene, code: int) -> bool:
    """Whether the engine takes an exit code as that of a stop: 0, or that of the signal that was sent."""
    name = str(scene.inspect("orders")["Config"].get("StopSignal") or "SIGTERM").upper()
    known = {one.name: int(one) for one in signal.Signals}
    number = int(name) if name.isdigit() else known.get(f"SIG{name.removeprefix('SIG')}", int(signal.SIGTERM))
    return code in (0, 128 + number)


def next_image(scene: Scene, taken: Mapping[str, Order]) -> NextImage:
    """Give a new container of the image the volume and another shop's name, order there, kill it, start and stop it."""
    name = f"{scene.stack}-next-{secrets.token_hex(3)}"
    shop, limit, given = another(scene)
    with replica(scene, "orders", environment=given, with_volumes=True, name=name) as following:
        if not (page := following.get("/", within=10)):
            last = (following.log().splitlines() or [""])[-1]
            return NextImage(answers=False, last=last, gone=len(taken))
        seen = _read(following, taken)
        found = NextImage(
            answers=True,
            last="",
            gone=sum(not taken[number].items() <= seen[number].items() for number in taken),
            shop=shop,
            limit=limit,
            told=page,
            is_blocked=_is_blocked(following),
        )
        found = _killed(scene, following, name, replace(found, many=scene.draw("many").randrange(*MANY)))
        return replace(found, waits=_waits(scene, following, name))


def _read(beside: Replica, numbers: Collection[str]) -> dict[str, Order]:
    """What a replica tells of some orders, by their numbers; empty where it tells nothing."""
    told = beside.get_each([f"/orders/{number}" for number in numbers]) or [""] * len(numbers)
    return {number: content(Answer(status=200, text=text)) for number, text in zip(numbers, told, strict=True)}


def _is_blocked(beside: Replica) -> bool:
    """Whether nobody is answered while another is connected and says nothing; a busy computer gets a second try."""
    url = beside.base_url()
    silent = f"(sleep 5 | curl -s -m 5 telnet://{url.removeprefix('http://')} >/dev/null 2>&1) & sleep 0.4"
    asked = f"curl -sfo /dev/null -m 2 {url}/ || curl -sfo /dev/null -m 2 {url}/"
    return bool(url) and beside.host.run(f"{{ {silent}; }} </dev/null >/dev/null 2>&1; {asked}").rc != 0


def _killed(scene: Scene, beside: Replica, name: str, found: NextImage) -> NextImage:
    """Place many orders, cancel all but a few, kill the container at once and start it again."""
    chance, most = scene.draw("orders of a busy morning"), int(found.limit)
    counts = [most, *(chance.randrange(1, most) for _ in range(found.many - 1))]
    orders: list[Order] = [{"name": f"Office {at}", "dish": "curry", "count": many} for at, many in enumerate(counts)]
    numbers = post(beside, orders)
    told = {number: order for number, order in zip(numbers, orders, strict=True) if number}
    kept = [*told][:: max(len(told) // 4, 1)][:4] + [*told][-1:]
    away = [number for number in told if number not in kept]
    _cancel(beside, away)
    scene.docker("kill", name)
    beside.start()
    asked = [*kept, *away[:LOOKED_AT]]
    seen = _read(beside, asked) if beside.get("/", within=10) else dict.fromkeys(asked, Order())
    _cancel(beside, kept)
    return replace(
        found,
        refused=found.many - len(told),
        forgotten=sum(not told[number].items() <= seen[number].items() for number in {*kept}),
        back=sum(told[number].items() <= seen[number].items() for number in away[:LOOKED_AT]),
    )


def _cancel(beside: Replica, numbers: Collection[str]) -> None:
    url = beside.base_url()
    if url and numbers:
        beside.host.run(
            f"curl -s -m 5 -o /dev/null -X DELETE {shlex.quote(f'{url}/orders/{{{chr(44).join(numbers)}}}')}"
        )


def _waits(scene: Scene, beside: Replica, name: str) -> bool:
    """Hold still what serves in a replica and stop that; gives whether the container waited for it.

    A shell that passes the signal on, or an init, can't end before the program does. Where the first process serves
    itself, its exit code says enough, and nothing is held.
    """
    is_held = _hold(scene, beside, name)
    began = time.monotonic()
    beside.stop(within=GRACE)
    return not is_held or time.monotonic() - began > AT_ONCE


def _hold(scene: Scene, beside: Replica, name: str) -> bool:
    """Hold still the processes of a replica that have a socket; gives whether the kernel says that they are."""
    if beside.has_ended:
        return False
    talking = [one for one in beside.sidecar.descriptors() if any(held.startswith("socket:") for held in one.open)]
    inside = {one.inside for one in talking}
    if not inside or 1 in inside:
        return False
    # A shell of ours in its process namespace, as the same user: no program of the image has a say in it.
    walls = ["--network=none", "--cap-drop=ALL", f"--user={OWN}:{OWN}", "--entrypoint=/bin/sh"]
    labels = [f"--label={key}={value}" for key, value in scene.labels.items()]
    command = [TOOLS, "-c", f"kill -STOP {' '.join(map(str, sorted(inside)))}"]
    scene.docker("run", "--rm", f"--pid=container:{name}", *walls, *labels, *command)
    outside = {one.pid for one in talking}

    def is_held() -> bool:
        states = [one.state for one in beside.sidecar.processes() if one.pid in outside]
        return bool(states) and all(state == HELD for state in states)

    return eventually(is_held, bool, within=2)
