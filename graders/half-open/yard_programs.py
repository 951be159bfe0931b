"""Run a working day in the yard: programs for its containers, whose answers are JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from kikori.errors import OurFault
from kikori.grading import Scene

TOOLS = r"""
import http.client, json, os, socket, struct, sys, threading, time, urllib.error, urllib.request
told = json.loads(sys.argv[1])
letters, base = told["letters"], told["base"]
seen = {"visits": 0, "scans": 0, "longest": 0.0, "visiting": 0.0, "late": 0.0, "gate": "not reached"} | {
    key: [] for key in ("pictures", "patient", "pages", "bays")
}

def call(port, host="desk", receive=0):
    sock = socket.socket()
    sock.settimeout(2)
    if receive:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    sock.connect((host, port))
    return sock

def ask(sock, line):
    sock.sendall(line.encode())
    return sock.recv(4096).decode(errors="replace").strip()

def parcel(number):
    return f"{letters}-{base + number:04}"

def scan(sock, number, bay, clock="longest"):
    begun = time.monotonic()
    try:
        said = ask(sock, f"SCAN {parcel(number)} {bay}\n")
    finally:
        seen[clock] = max(seen[clock], time.monotonic() - begun)
    if said != "TAKEN":
        raise OSError(said)

def fetch(path):
    status, text = 0, b""
    asked = urllib.request.Request(f"http://desk:8080{path}", headers=told["headers"])
    try:
        with urllib.request.urlopen(asked, timeout=4) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        status = refused.code
    except (OSError, http.client.HTTPException):
        pass
    return status, text.decode(errors="replace")

def page(number):
    begun = time.monotonic()
    status, text = fetch(f"/rounds/{number}")
    ended = time.monotonic()
    seen["pages"].append({"round": number, "status": status, "took": ended - begun, "ended": ended, "text": text})

def attempt(*works):
    for work in works:
        try:
            work()
        except OSError:
            pass

def opened(make, count):
    found = []
    attempt(lambda: [found.append(make()) for _ in range(count)])
    return found

def together(many):
    threads = [threading.Thread(target=attempt, args=works) for works in many]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

def crowd(rounds):
    together([(lambda number=number: page(number),) for number in rounds])
"""
"""What all of these programs share; the first argument is what they are told, as JSON."""

CROWD = """
crowd(told["rounds"])
print(json.dumps(seen))
"""
"""Ask for several rounds at once."""

DAY = r"""
BAY, REST = 500, "/run/yard.rest"  # the yard's own handheld stays out of these bays, and rests while the file is new
last = parcel(told["scans"] - 1).encode()
RUBBISH = (b"hello\n", b"SCAN\n", b"SCAN here there\n", b"\xff\xfe\n", b"SCAN half a li", b"\n")

def is_whole(picture):
    lines = picture.split(b"\n")
    return len(lines) == 600 and all(line.startswith(b"bay %03d  " % bay) for bay, line in enumerate(lines))

class Board(threading.Thread):
    def __init__(self, slow=False):
        super().__init__(daemon=True)
        self.sock, self.slow = call(9001, receive=16384 if slow else 0), slow
        self.got, self.newest = bytearray(), True
        self.sock.settimeout(30)
        self.start()

    def run(self):
        try:
            while more := self.sock.recv(16384 if self.slow else 65536):
                self.got += more
                if self.slow:
                    time.sleep(0.008)
        except OSError:
            pass

    def wait_for(self, name, until):
        while self.newest and name not in self.got[-130000:]:
            self.newest = time.monotonic() < until
            time.sleep(0.02)

    def shown(self):
        pictures = bytes(self.got).split(b"\n\n")
        final = next((one for one in pictures if last in one), b"")
        rows = [b"bay %03d  %s " % (BAY + number, parcel(number).encode()) for number in range(told["scans"])]
        return {
            "newest": self.newest, "torn": sum(not is_whole(one) for one in pictures[:-1]), "all": len(pictures) - 1,
            "kept": sum(row in final for row in rows),
        }

def rush(boards):
    with call(9000) as handheld:
        for number in range(told["scans"]):
            scan(handheld, number, BAY + number)
            seen["scans"] += 1
            if (number + 1) % told["rush"] == 0:  # nobody scans until the boards show this one
                until = time.monotonic() + 4
                [board.wait_for(parcel(number).encode(), until) for board in boards]

def carry():
    boards = opened(Board, 2) + opened(lambda: Board(slow=True), 1)
    time.sleep(0.05)
    attempt(lambda: rush(boards))
    seen["pictures"] = [board.shown() for board in boards]
    [board.sock.close() for board in boards]

def visit():
    for number in range(told["visits"]):
        kind = number % 5
        with call(9000) as sock:
            if kind in (0, 1, 4):
                scan(sock, 500, number, "visiting")
            elif kind == 2:
                sock.sendall(RUBBISH[number // 5 % len(RUBBISH)])
            if kind == 1:
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        seen["visits"] += 1

def work_beside_some_that_hang():
    hung = opened(lambda: call(9001, receive=8192), 1)
    silent = opened(lambda: call(9000), told["silent"])
    attempt(lambda: [sock.sendall(b"SCAN half") for sock in silent[::2]])
    seen["hung"], seen["silent"] = len(hung), len(silent)
    attempt(carry, visit)
    [sock.close() for sock in hung + silent]

def think():
    with call(9000) as sock:
        for number in (600, 601):
            seen["patient"].append(ask(sock, f"SCAN {parcel(number)} {number - 50}\n"))
            time.sleep(told["think"] if number == 600 else 0)

def keep_still():
    with call(7000, "gate") as sock:
        seen["gate"] = "not greeted"
        if ask(sock, "HELLO\n") != "WELCOME":
            return
        time.sleep(told["forget"] + 0.5)
        sock.settimeout(0.4)
        try:
            seen["gate"] = ask(sock, "PING\n") or "closed"
        except TimeoutError:
            seen["gate"] = "silent"

def fall_silent():  # at one moment: else the gate forgets one line after the other, and one may still be good
    for _ in range(told["tries"]):
        seen["pages"].clear()
        crowd(told["again"])
        ended = [one["ended"] for one in seen["pages"]]
        if max(ended) - min(ended) < told["apart"]:
            break
    seen["pages"].clear()
    return max(ended)

def be_quiet(begun):
    for late, rounds in told["steps"]:
        due = max(time.monotonic(), begun + told["forget"] + late)
        time.sleep(max(0, due - time.monotonic()))
        if not seen["pages"]:  # later steps may be late because customers of this one had to wait
            seen["late"] = time.monotonic() - due
        crowd(rounds)
        if any(one["status"] != 200 for one in seen["pages"]):
            break

def look_up(number):
    try:
        found = json.loads(fetch(f"/parcels/{parcel(number)}")[1])["bay"]
    except (ValueError, TypeError, KeyError):
        found = None
    seen["bays"].append(found == BAY + number)

open(REST, "w").close()
crowd(told["fill"])
quiet_since = fall_silent()
together([(lambda: be_quiet(quiet_since),), (think,), (keep_still,), (work_beside_some_that_hang,)])
together([(lambda number=number: look_up(number),) for number in told["looked_up"]])
os.remove(REST)
print(json.dumps(seen))
"""
"""A working day: a rush, and lines to the depot that are quiet for a little longer than the gate remembers them."""

SCAN = """
def carry():
    with call(9000) as handheld:
        for number in range(told["scans"]):
            scan(handheld, number, number)
            seen["scans"] += 1

attempt(carry)
print(json.dumps(seen))
"""
"""One handheld that scans and scans."""

HANG = """
boards = [call(9001, receive=8192) for _ in range(told["boards"])]
if child := os.fork():
    print(child, flush=True)
    os._exit(0)
os.setsid()
nothing = os.open(os.devnull, os.O_RDWR)
[os.dup2(nothing, number) for number in range(3)]
time.sleep(60)
"""
"""Boards that read nothing, held open by a process whose number it gives."""


def in_the_yard(scene: Scene, program: str, base: int = 2000, **told: Any) -> dict[str, Any]:
    """Run a program in the yard; ``base`` is the number of the first parcel that it scans.

    Raises:
        OurFault: it could not be run there.
    """
    done = scene.host("yard").run("python3 -c %s %s", TOOLS + program, _told(scene, base, told))
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        said = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
        raise OurFault(f"the grader's program in the yard ended early: {said}", "kikori reset") from None


@contextmanager
def hanging_boards(scene: Scene, count: int) -> Iterator[bool]:
    """Hold boards open that read nothing; gives whether the desk let them call."""
    yard = scene.host("yard")
    pid = yard.run("python3 -c %s %s", TOOLS + HANG, _told(scene, 0, {"boards": count})).stdout.strip()
    try:
        yield pid.isdigit()
    finally:
        if pid.isdigit():
            yard.run("kill %s", pid)


def _told(scene: Scene, base: int, told: dict[str, Any]) -> str:
    headers = {name: text for name, text in scene.clients.headers("GET").items() if name in ("User-Agent", "Accept")}
    return json.dumps({"letters": scene.params["letters"], "base": base, "headers": headers} | told)
