"""How a browser is opened: with a code that works once, since others on this computer can read command lines.

They read one sooner than a browser has started, so the code is also taken from nobody but who serves: the kernel tells
whose a connection of this computer is (proc_pid_net(5)).
A file that only its owner reads would do as well, were it not for browsers in a snap, in another system (WSL) or at the
other end of an editor's connection: they get an address, and not a file.
"""

from __future__ import annotations

import os
import secrets
import threading
import time
import webbrowser
from collections.abc import Iterator
from pathlib import Path

LIFE = 120.0
"""Seconds within which a browser has started, on a slow computer too."""
TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
ESTABLISHED = "01"
ROOT = 0


class OpeningCode:
    """A code that opens the pages once."""

    def __init__(self, seconds: float = LIFE) -> None:
        self.text = secrets.token_urlsafe(24)
        self.until = time.monotonic() + seconds

    def redeem(self, shown: str, port: int, to: int) -> bool:
        """Take the code from a connection between two ports; only once, and only of whoever serves."""
        right = secrets.compare_digest(shown.encode(), self.text.encode())
        if not right or time.monotonic() >= self.until or not _is_own(port, to):
            return False
        self.until = 0.0
        return True


def _is_own(port: int, to: int) -> bool:
    """Look whether nobody else holds a connection; root may be what forwards a port, and reads everything anyway."""
    found = owners(port, to)
    return found is None or (bool(found) and found <= {os.geteuid(), ROOT})


def owners(port: int, to: int) -> set[int] | None:
    """Read whose connections of this computer lead from one port to another; nothing where the kernel has no list."""
    tables = [table for table in TABLES if table.is_file()]
    return {uid for table in tables for uid in _uids(table, port, to)} if tables else None


def _uids(table: Path, port: int, to: int) -> Iterator[int]:
    for line in table.read_text(encoding="ascii").splitlines()[1:]:
        _, here, there, state, _, _, _, uid, *_ = line.split()
        if state == ESTABLISHED and (_port(here), _port(there)) == (port, to):
            yield int(uid)


def _port(address: str) -> int:
    return int(address.rpartition(":")[2], 16)


def open_browser(url: str) -> None:
    """Open a browser, and wait for none: one in a terminal ends only when its reader ends it."""
    threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()
