"""What was asked of the control and of the pager, by whom and when; it is written down here and nowhere else."""

import threading
import time
from typing import Any

MOST = 5000
"""Entries that are kept."""


class Book:
    """Entries in the order in which they began."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._entries: list[dict[str, Any]] = []

    def begin(self, what: str, **facts: Any) -> dict[str, Any]:
        """Write down that something was asked for."""
        entry: dict[str, Any] = {"what": what, "at": time.time(), "end": None, **facts}
        with self._lock:
            self._entries.append(entry)
            del self._entries[:-MOST]
        return entry

    def end(self, entry: dict[str, Any], **facts: Any) -> None:
        """Write down what came of it."""
        with self._lock:
            entry.update(facts, end=time.time())

    def all(self) -> list[dict[str, Any]]:
        """A copy of all entries."""
        with self._lock:
            return [dict(one) for one in self._entries]
