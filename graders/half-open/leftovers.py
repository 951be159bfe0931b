"""Look at what the desk keeps: sockets, memory, threads, and the programs that listen."""

from __future__ import annotations

import re

import msgspec

from kikori.grading import Amount, Scene, amount, answering, family

HANDHELDS = 9000
CLOSE_WAIT = "08"
"""A state of TCP, by its number in the kernel's table."""
FIELD = re.compile(r"^(VmRSS|VmSwap|Threads):\s+(\d+)", re.MULTILINE)


def sockets(scene: Scene) -> int:
    """Count the sockets that the processes of the desk hold open."""
    held = scene.sidecar("desk").descriptors()
    return sum(name.startswith("socket:") for one in held for name in one.open)


def in_close_wait(scene: Scene) -> int:
    """Count the connections of handhelds that wait for the desk to close its end."""
    look = scene.sidecar("desk").network
    rows = [row.split() for row in (look("tcp") + look("tcp6")).splitlines()]
    return sum(row[1].endswith(f":{HANDHELDS:04X}") and row[3] == CLOSE_WAIT for row in rows if len(row) > 3)


def listeners(scene: Scene) -> set[int]:
    """Number the processes that listen at the desk's ports."""
    return {one.pid for one in answering(scene, "desk")}


def kept(scene: Scene) -> Amount:
    """Count what the desk keeps, its memory among the bytes, and threads in the place of processes."""
    beside, found = scene.sidecar("desk"), amount(scene, "desk")
    own = {one.pid for one in family(beside.processes(), int(scene.inspect("desk")["State"]["Pid"]))}
    threads = kilobytes = 0
    for one in beside.descriptors():
        told = beside.read(f"/proc/{one.inside}/status") if one.pid in own else None
        for name, count in FIELD.findall((told or b"").decode("utf-8", "replace")):
            threads += int(count) if name == "Threads" else 0
            kilobytes += int(count) if name != "Threads" else 0
    return msgspec.structs.replace(found, bytes=found.bytes + kilobytes * 1024, processes=threads)
