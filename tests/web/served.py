"""An application behind the guard, answering on a real port for as long as a test asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from kikori.web import Address, Guard
from kikori.web.serving import address, configured


@contextmanager
def served(app: ASGIApp, *, free: Iterable[str] = (), search: bool = False) -> Iterator[Address]:
    """Serve on the loopback, as every command does; gives the address, with the token of this run."""
    at = address()
    server = uvicorn.Server(configured(Guard(app, token=at.token, hosts=at.hosts, free=free, search=search), at))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started and time.monotonic() < until:
            time.sleep(0.02)
        assert server.started
        yield at
    finally:
        server.should_exit = True
        thread.join(10)
