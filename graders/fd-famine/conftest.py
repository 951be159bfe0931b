"""Boards and phones of our own, to be the crowd that was promised."""

import re
import selectors
import socket
import time
from collections.abc import Iterator

import pytest

from kikori.grading import Scene, say

PLAN = b"event: plan"
GROUP = 4
"""How many come at a time where it is not the crowd that is looked at."""
LONGEST = 12
"""Seconds after which nobody listens any more."""


class Boards:
    """Boards of our own beside those of the harbour: each holds a connection to the edge, and keeps what it is told."""

    def __init__(self, address: str | None) -> None:
        host, _, port = (address or "").partition(":")
        self.place = (host, int(port or 0))
        self.told: dict[socket.socket, bytes] = {}

    def come(self, count: int) -> None:
        """All at once."""
        for _ in range(count):
            try:
                board = socket.create_connection(self.place, timeout=2)
                self.told[board] = b""
                board.sendall(b"GET /watch HTTP/1.1\r\nHost: harbour\r\n\r\n")
            except OSError:
                continue

    def gather(self, count: int) -> int:
        """In small groups; whoever is refused tries again, until nobody new gets in. Gives how many came in."""
        latest, end = time.monotonic(), time.monotonic() + 2 * LONGEST
        while len(self.told) < count and time.monotonic() < min(latest + LONGEST / 2, end):
            before = len(self.told)
            self.come(min(GROUP, count - before))
            bright = self.hear(PLAN)
            if bright > before:
                latest = time.monotonic()
            if bright < len(self.told) and not self._dismiss():
                break
        return self.heard(PLAN)

    def _dismiss(self) -> int:
        """Let those go who were answered with something else than the plan."""
        refused = [board for board, told in self.told.items() if told.startswith(b"HTTP") and PLAN not in told]
        for board in refused:
            board.close()
            del self.told[board]
        return len(refused)

    def publish(self) -> None:
        """Ask for the plan to be published, as the office does, and do not wait for the stamp."""
        line = socket.create_connection(self.place, timeout=4)
        self.told[line] = b""
        line.sendall(b"POST /plan HTTP/1.0\r\nHost: harbour\r\nContent-Length: 0\r\n\r\n")

    def forget(self) -> None:
        """What has been told so far."""
        self.told = dict.fromkeys(self.told, b"")

    def leave(self) -> None:
        """All of them."""
        for board in self.told:
            board.close()
        self.told = {}

    def hear(self, word: bytes, enough: int = 1 << 20, silence: float = 6) -> int:
        """Listen until all boards, or enough of them, have heard a word, or all is silent; gives how many have."""
        latest = time.monotonic()
        end = latest + LONGEST
        with selectors.DefaultSelector() as ready:
            for board, told in self.told.items():
                if word not in told:
                    ready.register(board, selectors.EVENT_READ)
            while ready.get_map() and self.heard(word) < enough and time.monotonic() < min(latest + silence, end):
                for key, _ in ready.select(0.1):
                    latest = time.monotonic()
                    if self._listen(key.fileobj, word):  # type: ignore[arg-type]
                        ready.unregister(key.fileobj)
        return self.heard(word)

    def _listen(self, board: socket.socket, word: bytes) -> bool:
        """Keep what a board is told next; gives whether it has heard the word or will hear no more."""
        more = received(board)
        self.told[board] += more
        return not more or word in self.told[board]

    def heard(self, word: bytes) -> int:
        """How many boards have been told something."""
        return sum(word in told for told in self.told.values())

    def held(self) -> int:
        """How many have not been cut off."""
        self.hear(b"what nobody says", silence=0.15)
        return sum(alive(board) for board in self.told)

    def answers(self) -> str:
        """What those saw who do not see the plan, for a reason."""
        nothing = say("no answer", "応答なし")
        dark = [told for told in self.told.values() if PLAN not in told]
        seen = [match[1].decode() if (match := re.match(rb"HTTP/\S+ (\d+)", told)) else nothing for told in dark]
        return ", ".join(f"{seen.count(kind)} × {kind}" for kind in sorted(set(seen))) or "-"

    def said(self) -> str:
        """The last words that any of them heard, for a reason."""
        lines = [line for told in self.told.values() for line in told.decode(errors="replace").splitlines() if line]
        return repr(lines[-1][:80]) if lines else "-"


def received(board: socket.socket) -> bytes:
    """The next bytes; nothing where the connection has ended."""
    try:
        return board.recv(1 << 16)
    except OSError:
        return b""


def alive(board: socket.socket) -> bool:
    """Whether a connection that has nothing more to say is still there."""
    board.setblocking(False)
    try:
        return bool(board.recv(1, socket.MSG_PEEK))
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        board.settimeout(2)


@pytest.fixture
def phones(scene: Scene) -> Iterator[Boards]:
    """Boards that leave in the end."""
    found = Boards(scene.address("edge"))
    yield found
    found.leave()


@pytest.fixture
def office(scene: Scene) -> Iterator[Boards]:
    """Another place to send requests from."""
    found = Boards(scene.address("edge"))
    yield found
    found.leave()
