"""Boards and phones of our own, to be the crowd that was promised; what the harbour says, and what the desk keeps."""

import json
import re
import secrets
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from typing import Any

import msgspec
import pytest

from kikori.grading import Amount, Answer, Scene, amount, eventually, family, quoted, reasons

reason = reasons(__file__)

PLAN, RELOAD = b"event: plan", b"event: reload"
NOTHING = b"what nobody says"
VERSION = re.compile(rb'"version": ?(\d{1,9})')
GROUP = 4
"""How many come at a time where it is not the crowd that is looked at."""
ESTABLISHED = "01"
PRINTING = 60
"""Seconds after which no more sheets are waited for in one check: the harbour alone asks for five in each."""
DELAY = re.compile(r"delay\D{0,3}(\d+)")
"""A delay on a sheet."""
LONGEST, SHORT = 12, 2
"""Seconds after which nobody listens any more: at all, and for what is on its way."""


class Boards:
    """Boards of our own beside those of the harbour: each holds a connection to the edge, and keeps what it is told."""

    def __init__(self, scene: Scene) -> None:
        self.clients = scene.clients
        host, _, port = (scene.address("edge") or "").partition(":")
        self.place = (host, int(port or 0))
        self.told: dict[socket.socket, bytes] = {}
        self.refused: list[bytes] = []
        """What those were answered who were let go last."""

    def come(self, count: int) -> None:
        """All at once."""
        for _ in range(count):
            try:
                board = socket.create_connection(self.place, timeout=2)
                self.told[board] = b""
                board.sendall(f"GET /watch HTTP/1.1\r\n{self._lines('GET')}\r\n".encode())
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
        self.refused = [self.told.pop(board) for board in refused]
        for board in refused:
            board.close()
        return len(refused)

    def publish(self) -> None:
        """Ask for the plan to be published, as the office does, and do not wait for the stamp."""
        line = socket.create_connection(self.place, timeout=4)
        self.told[line] = b""
        line.sendall(f"POST /plan HTTP/1.0\r\n{self._lines('POST')}Content-Length: 0\r\n\r\n".encode())

    def _lines(self, method: str) -> str:
        """What a client of a user's sends, but for what it could unpack: the boards read bytes as they come."""
        kept = [
            pair for pair in self.clients.headers(method).items() if pair[0] not in ("Accept-Encoding", "Connection")
        ]
        return "".join(f"{name}: {value}\r\n" for name, value in [("Host", "harbour"), *kept])

    def forget(self) -> None:
        """What has been told so far, and what is on its way."""
        self.hear(NOTHING, silence=0.15, longest=SHORT)
        self.told = dict.fromkeys(self.told, b"")

    def leave(self) -> None:
        """All of them."""
        for board in self.told:
            board.close()
        self.told, self.refused = {}, []

    def hear(self, *words: bytes, enough: int = 1 << 20, silence: float = 6, longest: float = LONGEST) -> int:
        """Listen until all boards, or enough, have heard one of these words, or all is silent; gives how many have."""
        latest = time.monotonic()
        end = latest + longest
        with selectors.DefaultSelector() as ready:
            for board, told in self.told.items():
                if not says(told, words):
                    ready.register(board, selectors.EVENT_READ)
            while ready.get_map() and self.heard(*words) < enough and time.monotonic() < min(latest + silence, end):
                for key, _ in ready.select(0.1):
                    latest = time.monotonic()
                    if self._listen(key.fileobj, words):  # type: ignore[arg-type]
                        ready.unregister(key.fileobj)
        return self.heard(*words)

    def _listen(self, board: socket.socket, words: tuple[bytes, ...]) -> bool:
        """Keep what a board is told next; gives whether it has heard one of the words or will hear no more."""
        more = received(board)
        self.told[board] += more
        return not more or says(self.told[board], words)

    def heard(self, *words: bytes) -> int:
        """How many boards have been told one of these words."""
        return sum(says(told, words) for told in self.told.values())

    def wait(self, seconds: float) -> None:
        """Stay until nothing was said for some seconds, or for as long as anybody listens."""
        self.hear(NOTHING, silence=seconds)

    def held(self) -> int:
        """How many have not been cut off."""
        self.hear(NOTHING, silence=0.15, longest=SHORT)
        return sum(alive(board) for board in self.told)

    def stamp(self) -> tuple[int, str]:
        """The version and the stamp that whoever published the plan was told of."""
        for told in self.told.values():
            try:
                answer = json.loads(told.partition(b"\r\n\r\n")[2])
                return int(answer["version"]), str(answer["stamp"])
            except (ValueError, TypeError, KeyError):
                continue
        return 0, ""

    def behind(self, version: int) -> int:
        """How many show a plan before a version of it, by what their plans say, and were not told to start over."""
        self.hear(NOTHING, silence=0.3, longest=SHORT)
        final = [told for told in self.told.values() if told.rfind(RELOAD) < told.rfind(PLAN)]
        shown = [max(map(int, said)) for told in final if (said := VERSION.findall(told))]
        return sum(latest < version for latest in shown)

    def answers(self) -> str:
        """What those saw who do not see the plan, for a reason."""
        nothing = reason("answers")
        dark = [told for told in self.told.values() if PLAN not in told] or self.refused
        seen = [match[1].decode() if (match := re.match(rb"HTTP/\S+ (\d+)", told)) else nothing for told in dark]
        return ", ".join(f"{seen.count(kind)} × {kind}" for kind in sorted(set(seen))) or "-"

    def said(self) -> str:
        """The last words that any of them heard, for a reason."""
        lines = [line for told in self.told.values() for line in told.decode(errors="replace").splitlines() if line]
        return quoted(lines[-1]) if lines else "-"


def says(told: bytes, words: tuple[bytes, ...]) -> bool:
    """Whether one of these words was told; JSON may be written with blanks or without."""
    dense = told.replace(b": ", b":")
    return any(word in told or word.replace(b": ", b":") in dense for word in words)


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
    found = Boards(scene)
    yield found
    found.leave()


@pytest.fixture
def office(scene: Scene) -> Iterator[Boards]:
    """Another place to send requests from."""
    found = Boards(scene)
    yield found
    found.leave()


@pytest.fixture
def harbour(scene: Scene) -> Callable[[str], Any]:
    """What the harbour says of itself: ``book``, the stamps that were given; ``quays``, what its own boards show."""
    return lambda page: json.loads(scene.host("harbour").check_output(f"curl -fsS -m 4 http://127.0.0.1:9100/{page}"))


class Kept(Amount):
    """What the desk has at one moment of all that sheets and visits can leave behind."""

    threads: int
    """Of the whole container, beside the first one of each process."""


@pytest.fixture
def kept(scene: Scene) -> Callable[[], Kept]:
    """What the desk keeps; of its connections those that are none any more, and pipes, since boards come and go."""

    def look() -> Kept:
        beside, first = scene.sidecar("desk"), int(scene.inspect("desk")["State"]["Pid"])
        own = {one.pid for one in family(beside.processes(), first)}
        held = [name for one in beside.descriptors() if one.pid in own for name in one.open]
        rows = [line.split() for table in ("tcp", "tcp6") for line in beside.network(table).splitlines()[1:]]
        living = {f"socket:[{row[9]}]" for row in rows if row[3] == ESTABLISHED}
        passing = sum(name.startswith(("socket:", "pipe:")) and name not in living for name in held)
        found = msgspec.structs.replace(amount(scene, "desk"), connections=passing)
        threads = max(0, tasks(beside.read) - found.processes - found.ended)
        return Kept(**msgspec.structs.asdict(found), threads=threads)

    return look


def tasks(read: Callable[[str], bytes | None]) -> int:
    """How many processes and threads the kernel counts for a container; 0 where it does not tell."""
    told = filter(None, (read(f"/sys/fs/cgroup/{place}") for place in ("pids.current", "pids/pids.current")))
    return int(next(told, b"0"))


@pytest.fixture
def announce(scene: Scene) -> Callable[[int, int], Answer]:
    """Announce a delay of a sailing, as the office would."""
    return lambda sailing, delay: scene.ask("POST", "edge", f"/sailings/{sailing}", data=json.dumps({"delay": delay}))


def is_whole(sheet: str, harbour: str, sailing: int) -> bool:
    """Whether a sheet is that of one sailing, but for its delay."""
    return harbour in sheet and f"{5 + sailing // 4:02}:{sailing % 4 * 15:02}" in sheet


def shows(sheet: str, delay: int) -> bool:
    """Whether a sheet has this delay, and no other."""
    return set(DELAY.findall(sheet)) == {str(delay)}


@pytest.fixture
def printed(scene: Scene, announce: Callable[[int, int], Answer]) -> Callable[..., str]:
    """Print sheets, each with a new delay, as a printer that asks again; gives what went wrong with one, if it did.

    Nobody asks again after a whole sheet with another delay: a moment later it may be right, and it is on paper.
    """
    sailings, came, spent = scene.draw("sheets").sample(range(64), 4), 0, 0.0

    def once(sailing: int, delay: int) -> tuple[str, bool]:
        was_taken = 200 <= announce(sailing, delay).status < 300
        sheet = scene.get("edge", f"/sheet/{sailing}")
        text = f": {quoted(sheet.text.strip(), 160)}" if sheet.status else ""
        if sheet.status != 200 or not is_whole(sheet.text, scene.params["harbour"], sailing):
            return f"{sheet}{text}", False
        if shows(sheet.text, delay):
            return "", True
        return reason("printed-2", sailing=sailing, delay=delay, text=text), was_taken

    def printing(count: int, *, of: int = len(sailings)) -> str:
        nonlocal came, spent
        wrong, begun = "", time.monotonic() - spent
        for sailing in islice(cycle(sailings[:of]), count):
            if spent > PRINTING:
                wrong = reason("printed", came=came, seconds=PRINTING)
                break
            delay = 1 + secrets.randbelow(4500) + 4500 * (came % 2)  # up and down
            wrong, _ = eventually(partial(once, sailing, delay), lambda seen: seen[1], within=4)
            spent = time.monotonic() - begun
            if wrong:
                break
            came += 1
        for sailing in sailings:
            announce(sailing, 0)
        return wrong

    return printing
