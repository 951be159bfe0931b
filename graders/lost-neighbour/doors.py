"""Who reaches what in seats: the ports that others than itself can call, and what they can change there."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from ipaddress import IPv4Address
from typing import TYPE_CHECKING

from travellers import ask, in_store, in_the_store

from kikori.errors import OurFault
from kikori.grading import Scene, eventually, reasons

if TYPE_CHECKING:
    from testinfra.host import Host

reason = reasons(__file__)

LISTENING = "0A"
"""The state of a socket that waits for connections, in the kernel's tables (TCP_LISTEN)."""
EVERY = 0
MAPPED = "0000000000000000FFFF0000"
"""How an IPv4 address begins as the table of IPv6 has it."""
METHODS = ("PUT", "POST", "PATCH")
PATHS = ("/free", "/seats/free", "/seats", "/seats/correction")
"""Where somebody may have put a correction: where it is at port 9000, and below what the page passes on."""
SEND = (
    "for body in %s; do for method in " + " ".join(METHODS) + "; do for path in " + " ".join(PATHS) + "; do "
    'timeout 3 curl -s -m 2 -o /dev/null -X $method -d "$body" http://%s$path; '
    "done; done; done; true"
)


def doors(scene: Scene) -> list[tuple[int, int]]:
    """The addresses, as numbers, and TCP ports at which seats takes connections from others than itself.

    The address is ``EVERY`` where it is each that seats has, or one of IPv6.
    """
    beside = scene.sidecar("seats")
    lines = beside.network("tcp").splitlines()
    with contextlib.suppress(OurFault):  # a computer without IPv6 has no such table
        lines += beside.network("tcp6").splitlines()
    rows = [line.split() for line in lines]
    places = [row[1].partition(":") for row in rows if row[3] == LISTENING]
    return sorted({(address_of(host), int(port, 16)) for host, _, port in places if not is_loopback(host)})


def is_loopback(host: str) -> bool:
    """Whether an address in the kernel's writing is the computer's own alone."""
    if len(host) == 8 or host.startswith(MAPPED):
        return host.endswith("7F")
    return host == "0" * 24 + "01000000"


def address_of(host: str) -> int:
    """An IPv4 address in the kernel's writing as a number; ``EVERY`` for one of IPv6."""
    if len(host) == 8 or host.startswith(MAPPED):
        return int.from_bytes(bytes.fromhex(host[-8:]), "little")
    return EVERY


def reached(scene: Scene) -> Iterator[tuple[Host, str]]:
    """From where each door of seats is asked, and at which address: from front, where the two meet there."""
    own, fronts = (scene.inspect(name)["NetworkSettings"]["Networks"] for name in ("seats", "front"))
    shared = [own[name]["IPAddress"] for name in sorted(own.keys() & fronts.keys())]
    for number, port in doors(scene):
        address = str(IPv4Address(number)) if number else shared[0]
        yield scene.debug("front" if address in shared else "seats"), f"{address}:{port}"


def tells_seats(scene: Scene, caller: Host, place: str) -> bool:
    """Whether who calls there is told the free seats, as at the page."""

    def told() -> bool:
        try:
            found = json.loads(caller.run("curl -s -m 4 http://%s/seats", place).stdout)
        except ValueError:
            return False
        return isinstance(found, dict) and found.get("free") == in_store(scene)

    return eventually(told, bool, within=3)


def corrected(scene: Scene) -> str:
    """Where somebody else than the crew could set the number of free seats; empty where nobody could."""
    before = in_store(scene)
    number = scene.draw("correction").choice([one for one in range(100, 200) if one != before])
    bodies = (str(number), json.dumps({"free": number}))
    try:
        for caller, place in reached(scene):
            for body in bodies:
                caller.run(SEND, body, place)
            if in_store(scene) != before:
                return reason("corrected", place=place)
        for method in METHODS:
            for path in PATHS:
                for body in bodies:
                    ask(scene, method, path, data=body)
                if in_store(scene) != before:
                    return reason("corrected-2", method=method, path=path)
    finally:
        if in_store(scene) != before:
            in_the_store(scene, "set", "free", str(before))
    return ""
