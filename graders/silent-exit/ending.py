"""How the service ends when its container is told to stop, and what the next image makes of its volume."""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

from customers import Order, content
from rights import OWN

from kikori.grading import Answer, Replica, Scene, eventually, replica

TOOLS = "kikori/python"
"""An image that every lab has here, with a shell of ours."""
GRACE = 3
"""Seconds between the signal and SIGKILL, as in the platform's compose.yaml."""
LONGEST = 20
"""Seconds of grace that a check waits for at most, whatever a learner's file gives."""
AT_ONCE = 1.5
"""Seconds within which a container ends whose first process waits for nothing."""
HELD = "T"
"""The state of a process that SIGSTOP holds still (proc_pid_status(5))."""


@dataclass(frozen=True)
class NextImage:
    """What a new container of the image, which was given the volume, made of the orders."""

    answers: bool
    last: str
    """The last line of its log."""
    gone: int
    """How many orders it did not find."""
    waits: bool
    """Whether a stop waited for the program that serves, as far as can be seen."""


def grace(scene: Scene) -> int:
    """How many seconds the container has for its end."""
    given = scene.inspect("orders")["Config"].get("StopTimeout")
    return min(GRACE if given is None else int(given), LONGEST)


def stopped(scene: Scene) -> int:
    """Stop the service as a release does; gives how its first process ended."""
    scene.container("orders").stop(timeout=grace(scene))
    return int(scene.inspect("orders")["State"]["ExitCode"])


def next_image(scene: Scene, taken: Mapping[str, Order]) -> NextImage:
    """Give a new container of the same image the volume and nothing else, ask it for orders, and stop it."""
    name = f"{scene.stack}-next-{secrets.token_hex(3)}"
    with replica(scene, "orders", with_volumes=True, name=name) as following:
        if not following.get("/", within=10):
            last = (following.log().splitlines() or [""])[-1]
            return NextImage(answers=False, last=last, gone=len(taken), waits=True)
        told = {number: following.get(f"/orders/{number}", within=2) for number in taken}
        seen = {number: content(Answer(status=200, text=text)) for number, text in told.items()}
        gone = sum(not taken[number].items() <= seen[number].items() for number in taken)
        return NextImage(answers=True, last="", gone=gone, waits=_waits(scene, following, name))


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
