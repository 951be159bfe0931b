"""Customers with a bad line, who are still sending their request while others are answered."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from kikori.grading import Scene

SENDING = 0.5  # seconds, as the task says
PATIENCE = 4
BEGIN = b"GET /tea/Sencha HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n"
END = b"Accept-Language: ja\r\n\r\n"


@contextmanager
def slow_customers(scene: Scene) -> Iterator[list[str]]:
    """Two at a time, one after the other, so that one is always at it; gives what went wrong for them."""
    failed: list[str] = []
    over, address = Event(), scene.address("shop")
    threads = [Thread(target=keep_coming, args=(address, over, failed), daemon=True) for _ in range(2) if address]
    try:
        for thread in threads:
            thread.start()
            over.wait(SENDING / 2)
        yield failed
    finally:
        over.set()
        for thread in threads:
            thread.join(PATIENCE * 2)


def keep_coming(address: str, over: Event, failed: list[str]) -> None:
    """One customer after the other, until all is over."""
    while not over.is_set():
        if problem := served_slowly(address, over):
            failed.append(problem)
            over.wait(SENDING)


def served_slowly(address: str, over: Event) -> str:
    """Send a request in two parts; what was wrong with the answer, or nothing."""
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=PATIENCE) as line:
            line.sendall(BEGIN)
            over.wait(SENDING)
            line.sendall(END)
            told = line.makefile("rb").readline().decode("ascii", "replace").split()
    except OSError as problem:
        return str(problem) or type(problem).__name__
    status = told[1] if len(told) > 1 else ""
    if not status:
        return "cut off"
    return "" if status == "200" else f"status {status}"
