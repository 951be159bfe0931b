"""This computer, as far as it bounds how many attempts run on it at once."""

from __future__ import annotations

import ipaddress
import os
from typing import Any

from kikori.host import doctor, engine_facts
from kikori.model.record import Record

USUAL_POOLS = 31
"""Networks for which Docker has addresses where nobody chose others: 172.17 to 172.31, and 192.168 in 16 parts."""
OURS = "kikori-"
MIB, MB = 2**20, 10**6


class Computer(Record):
    """What there is to share among all attempts."""

    processors: int
    memory: int
    """MiB, all of it."""
    disk: int
    """MB that are free where the engine keeps images, or beside the course where the engine is elsewhere."""
    networks: int
    """Networks that attempts may have: those for which the engine has addresses, without the networks of others."""


def computer() -> Computer:
    """Look at the computer that the engine runs on; at this one where no engine answers."""
    info = engine_facts.told_json("info")
    return Computer(
        processors=int(info.get("NCPU") or os.cpu_count() or 1),
        memory=doctor.total_memory(info) // MIB,
        disk=doctor.free_disk(info) // MB,
        networks=max(0, pools(info.get("DefaultAddressPools")) - _taken()),
    )


def pools(configured: Any) -> int:
    """Count the networks that the engine's address pools hold."""
    if not configured:
        return USUAL_POOLS
    return sum(2 ** (int(one["Size"]) - ipaddress.ip_network(one["Base"]).prefixlen) for one in configured)


def _taken() -> int:
    """Count networks of others, Docker's own bridge among them."""
    names = engine_facts.told("network", "ls", "--filter", "driver=bridge", "--format", "{{.Name}}").splitlines()
    return sum(not name.startswith(OURS) for name in names) if names else 1
