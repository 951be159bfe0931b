"""Ports of this computer at which an attempt's services are reached, the same for as long as the attempt lasts.

An engine that may choose takes others at each start, and an address that is open in a browser leads nowhere.
"""

from __future__ import annotations

import hashlib
import json
import socket
from collections.abc import Iterable
from pathlib import Path

from kikori.attempts.atomic_files import write_whole

RANGE = range(20000, 32768)
"""Below those that Linux hands out to whoever asks for any port (ip_local_port_range), which are taken now and then."""
HOST = "127.0.0.1"
ANY = f"{HOST}::"
"""How compose.yaml asks for a port that the engine chooses."""
FILE = "ports.json"


def choose(folder: Path, asked: Iterable[str], owner: str) -> None:
    """Choose a port for each that is asked for, and keep them in an attempt's folder.

    What other attempts have chosen is theirs, whether they run or not; the folders of these lie beside this one.
    """
    taken = {port for file in folder.parent.glob(f"*/{FILE}") for port in _read(file).values()}
    found: dict[str, int] = {}
    for name in asked:
        start = int.from_bytes(hashlib.sha256(f"{owner}/{name}".encode()).digest()[:4]) % len(RANGE)
        free = (port for port in (*RANGE[start:], *RANGE[:start]) if port not in taken and _is_free(port))
        if (port := next(free, None)) is None:
            return  # then the engine chooses, as it did
        found[name] = port
        taken.add(port)
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / FILE, json.dumps(found).encode())


def chosen(folder: Path) -> dict[str, int]:
    """The ports of an attempt, by what asked for them; none where the engine chooses."""
    return _read(folder / FILE)


def _read(file: Path) -> dict[str, int]:
    try:
        return {str(name): int(port) for name, port in json.loads(file.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that has just been given up is free
        try:
            tried.bind((HOST, port))
        except OSError:
            return False
    return True
