"""Looking at something again and again while other things go on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def watched(look: Callable[[], None], every: float) -> Iterator[None]:
    """Call ``look`` every so many seconds until all is over."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(every):
            look()

    looking = threading.Thread(target=watch, daemon=True)
    looking.start()
    try:
        yield
    finally:
        ended.set()
        looking.join()
