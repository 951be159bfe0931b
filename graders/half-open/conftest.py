"""A working day at the desk, lived once for all checks: what happened in the yard, and after a quiet while."""

import json
import shlex
from typing import Any

import pytest

from kikori.grading import Scene, eventually

HANDHELDS = 9000
CLOSE_WAIT = "08"
VISITS, SCANS = 90, 16
FEW = VISITS // 5
LITTLE = 0.35  # seconds after which the gate has forgotten; who keeps a line only just too long must not get through

# A working day in the yard, run there: what was asked and what came back, as JSON.
YARD = """
import json, socket, sys, threading, time, urllib.error, urllib.request
quiet, letters, visits, scans = float(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
seen = {"visits": 0, "scans": 0, "longest": 0.0, "visiting": 0.0, "gate": "not reached"} | {
    key: [] for key in ("pictures", "patient", "pages")
}

def call(port, host="desk"):
    return socket.create_connection((host, port), 2)

def ask(sock, line):
    sock.sendall(line.encode())
    return sock.recv(4096).decode().strip()

def scan(sock, parcel, bay, clock="longest"):
    begun = time.monotonic()
    try:
        said = ask(sock, f"SCAN {letters}-{parcel:04} {bay}\\n")
    finally:
        seen[clock] = max(seen[clock], time.monotonic() - begun)
    if said != "TAKEN":
        raise OSError(said)

def show(sock, last):
    text, until = "", time.monotonic() + 6
    try:
        while last not in text and time.monotonic() < until:
            more = sock.recv(65536).decode()
            if not more:
                break
            text = text[-200:] + more
    except OSError:
        pass
    seen["pictures"].append(last in text)

def carry():
    boards, handheld = [call(9001), call(9001)], call(9000)
    time.sleep(0.05)
    last = f"{letters}-88{scans - 1:02}"
    shown = [threading.Thread(target=show, args=(board, last), daemon=True) for board in boards]
    [thread.start() for thread in shown]
    for number in range(scans):
        scan(handheld, 8800 + number, number)
        seen["scans"] += 1
    [thread.join() for thread in shown]
    [sock.close() for sock in (handheld, *boards)]

def visit():
    for number in range(visits):
        with call(9000) as sock:
            scan(sock, 7700, number, "visiting")
        seen["visits"] += 1

def attempt(what):
    try:
        return what()
    except OSError:
        pass

def work_beside_one_that_hangs():
    with socket.socket() as board:
        board.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        board.connect(("desk", 9001))
        attempt(carry, visit)

def think():
    with call(9000) as sock:
        seen["patient"].append(ask(sock, f"SCAN {letters}-6601 1\\n"))
        time.sleep(quiet)
        seen["patient"].append(ask(sock, f"SCAN {letters}-6602 2\\n"))

def keep_still():
    with call(7000, "gate") as sock:
        ask(sock, "HELLO\\n")
        time.sleep(quiet + 0.5)
        sock.settimeout(0.4)
        try:
            seen["gate"] = ask(sock, "PING\\n") or "closed"
        except TimeoutError:
            seen["gate"] = "silent"

def page(number):
    begun = time.monotonic()
    try:
        status = urllib.request.urlopen(f"http://desk:8080/rounds/{number}", timeout=4).status
    except urllib.error.HTTPError as refused:
        status = refused.code
    except OSError:
        status = 0
    seen["pages"].append((status, time.monotonic() - begun))

def crowd(numbers):
    together([(lambda number=number: page(number),) for number in numbers])

def be_quiet():
    time.sleep(quiet)
    seen["pages"].clear()
    crowd(range(14, 17))

def attempt(*works):
    for work in works:
        try:
            work()
        except OSError:
            pass

def together(many):
    threads = [threading.Thread(target=attempt, args=works) for works in many]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

crowd(range(11, 17))
together([(be_quiet,), (think,), (keep_still,), (work_beside_one_that_hangs,)])
print(json.dumps(seen))
"""


class Day:
    """What a working day showed."""

    visits, scans, few = VISITS, SCANS, FEW

    def __init__(self, scene: Scene) -> None:
        before = sockets(scene)
        self.yard = in_the_yard(scene, float(scene.params["forget"]) + LITTLE)
        self.left_open, self.close_wait = eventually(
            lambda: (sockets(scene) - before, in_state(scene, CLOSE_WAIT)), lambda left: max(left) < FEW, within=2
        )


def in_the_yard(scene: Scene, quiet: float) -> dict[str, Any]:
    """Work in the yard, while the lines to the depot are quiet for so many seconds."""
    words = ["python3", "-c", YARD, str(quiet), scene.params["letters"], str(VISITS), str(SCANS)]
    return dict(json.loads(scene.host("yard").check_output(shlex.join(words).replace("%", "%%"))))


def sockets(scene: Scene) -> int:
    """How many sockets the processes of the desk hold open."""
    held = scene.sidecar("desk").descriptors()
    return sum(name.startswith("socket:") for one in held for name in one.open)


def in_state(scene: Scene, state: str) -> int:
    """How many connections of handhelds are in a state of TCP, by its number in the kernel's table."""
    look = scene.sidecar("desk").network
    rows = [row.split() for row in (look("tcp") + look("tcp6")).splitlines()]
    return sum(row[1].endswith(f":{HANDHELDS:04X}") and row[3] == state for row in rows if len(row) > 3)


days: dict[str, Day] = {}


@pytest.fixture(scope="module")
def day(scene: Scene) -> Day:
    """A working day; the second file of checks gets the same."""
    if scene.attempt.id not in days:
        days[scene.attempt.id] = Day(scene)
    return days[scene.attempt.id]
