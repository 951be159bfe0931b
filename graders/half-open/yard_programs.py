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
seen = {"visits": 0, "scans": 0, "longest": 0.0, "visiting": 0.0, "gate": "not reached"} | {
    key: [] for key in ("pictures", "patient", "pages")
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

def scan(sock, number, bay, clock="longest"):
    begun = time.monotonic()
    try:
        said = ask(sock, f"SCAN {letters}-{base + number:04} {bay}\n")
    finally:
        seen[clock] = max(seen[clock], time.monotonic() - begun)
    if said != "TAKEN":
        raise OSError(said)

def page(number):
    begun, status, text = time.monotonic(), 0, b""
    asked = urllib.request.Request(f"http://desk:8080/rounds/{number}", headers=told["headers"])
    try:
        with urllib.request.urlopen(asked, timeout=4) as answer:
            status, text = answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        status = refused.code
    except (OSError, http.client.HTTPException):
        pass
    took = time.monotonic() - begun
    seen["pages"].append({"round": number, "status": status, "took": took, "text": text.decode(errors="replace")})

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

def crowd(rounds):
    together([(lambda number=number: page(number),) for number in rounds])
"""
"""What all of these programs share; the first argument is what they are told, as JSON."""

CROWD = """
crowd(told["rounds"])
print(json.dumps(seen | {"at": time.monotonic()}))
"""
"""Ask for several rounds at once, so that the desk has several lines to the depot; gives when the last had answered."""

DAY = r"""
last = f"{letters}-{base + told['scans'] - 1:04}".encode()
RUBBISH = (b"hello\n", b"SCAN\n", b"SCAN here there\n", b"\xff\xfe\n", b"SCAN half a li", b"\n")

def is_whole(picture):
    lines = picture.split(b"\n")
    return len(lines) == 600 and all(line.startswith(b"bay %03d  " % bay) for bay, line in enumerate(lines))

def show(sock, slow):
    parts, end, until = [], b"", time.monotonic() + 8
    try:
        while last not in end and time.monotonic() < until:
            more = sock.recv(16384 if slow else 65536)
            if not more:
                break
            parts.append(more)
            end = end[-200:] + more
            if slow:
                time.sleep(0.005)
    except OSError:
        pass
    pictures = b"".join(parts).split(b"\n\n")[:-1]
    torn = sum(not is_whole(picture) for picture in pictures)
    seen["pictures"].append({"slow": slow, "newest": last in end, "torn": torn, "all": len(pictures)})

def carry():
    boards = [(call(9001), False), (call(9001), False), (call(9001, receive=16384), True)]
    handheld = call(9000)
    time.sleep(0.05)
    shown = [threading.Thread(target=show, args=board, daemon=True) for board in boards]
    [thread.start() for thread in shown]
    for number in range(told["scans"]):
        scan(handheld, number, number)
        seen["scans"] += 1
    [thread.join() for thread in shown]
    [sock.close() for sock in (handheld, *(sock for sock, _ in boards))]

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

def work_beside_one_that_hangs():
    with call(9001, receive=8192):
        attempt(carry, visit)

def think():
    with call(9000) as sock:
        for number in (600, 601):
            seen["patient"].append(ask(sock, f"SCAN {letters}-{base + number} {number}\n"))
            time.sleep(told["think"] if number == 600 else 0)

def keep_still():
    with call(7000, "gate") as sock:
        ask(sock, "HELLO\n")
        time.sleep(told["forget"] + 0.5)
        sock.settimeout(0.4)
        try:
            seen["gate"] = ask(sock, "PING\n") or "closed"
        except TimeoutError:
            seen["gate"] = "silent"

def be_quiet():
    for late, rounds in told["steps"]:
        time.sleep(max(0, told["at"] + told["forget"] + late - time.monotonic()))
        crowd(rounds)
        if any(one["status"] != 200 for one in seen["pages"]):
            break

together([(be_quiet,), (think,), (keep_still,), (work_beside_one_that_hangs,)])
print(json.dumps(seen))
"""
"""A working day, in which the lines to the depot are quiet for a little longer than the gate remembers them."""

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
