"""A traveller who takes time over a request: what becomes of those who are being served meanwhile."""

from __future__ import annotations

import socket
import time

from travellers import published

from kikori.grading import Answer, Scene, reasons

reason = reasons(__file__)

HELD = 12
"""Seconds that the request takes: what is done every ten seconds, or more often, is done meanwhile."""
LONGEST = 30
"""Seconds after which it is begun anew: servers give up a client that sends no more, nginx after a minute."""
PATIENCE = 4
END = b"Accept-Language: ja\r\n\r\n"


class SlowTraveller:
    """A request for the page that is sent in two parts, with other checks between them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._line: socket.socket | None = None
        self._begun = 0.0

    def begin(self) -> None:
        """Send the first part to where the page is, if anywhere."""
        self.leave()
        shown = [port for port in published(self._scene) if self._scene.get("front", "/", port).status == 200]
        address = self._scene.address("front", shown[0]) if shown else None
        if address is None:
            return
        host, _, port = address.rpartition(":")
        agent = self._scene.clients.headers("GET")["User-Agent"]
        first = f"GET / HTTP/1.1\r\nHost: {address}\r\nUser-Agent: {agent}\r\nConnection: close\r\n"
        try:
            self._line = socket.create_connection((host, int(port)), timeout=PATIENCE)
            self._line.sendall(first.encode())
        except OSError:
            self.leave()
        self._begun = time.monotonic()

    def end(self) -> Answer:
        """Send the second part once the time is over; gives the answer."""
        if self._line is None or time.monotonic() > self._begun + LONGEST:
            self.begin()
        if self._line is None:
            return Answer(status=0, text=reason("cut"))
        try:
            told = heard(self._line, max(0.1, self._begun + HELD - time.monotonic()))
            if told is None:
                self._line.sendall(END)
                told = heard(self._line, PATIENCE)
        except OSError:
            told = b""
        return answer_of(told)

    def leave(self) -> None:
        """Hang up."""
        if self._line is not None:
            self._line.close()
            self._line = None


def heard(line: socket.socket, within: float) -> bytes | None:
    """Read what comes; empty where the connection ends, ``None`` where nothing does."""
    line.settimeout(within)
    try:
        return line.recv(4096)
    except TimeoutError:
        return None


def answer_of(told: bytes | None) -> Answer:
    """Make an answer of how it begins; none where nothing came."""
    if told is None:
        return Answer(status=0, text=reason("silent"))
    if not told:
        return Answer(status=0, text=reason("cut"))
    words = told.split(b"\r\n", 1)[0].split()
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    return Answer(status=status, text=told.decode("utf-8", "replace"))
