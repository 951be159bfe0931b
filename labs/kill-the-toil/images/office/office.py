"""Machikado's systems over HTTP. At port 8001 of its own loopback the lab itself looks and steers; see `control`."""

from __future__ import annotations

import json
import os
import posixpath
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent))
from machikado import week
from machikado.world import World, error

PORT, INNER = int(os.environ.get("PORT", "8000")), int(os.environ.get("INNER", "8001"))
SEED = os.environ.get("WEEK", "1")
PRACTICE = bool(os.environ.get("PRACTICE"))
"""Whether learners may have the week again: never where a check plays one."""
HELP = (Path(__file__).resolve().parent / "help.txt").read_text(encoding="utf-8")
PLAYED = (("slow", "0"), ("away", ""), ("most", "60"))
"""What a week to practise with may be asked for, and what it is else."""
LONGEST = 60
"""Seconds for which a request is held at most."""


def chance(what: str) -> Random:
    """Chance for one thing, the same for the same number."""
    return Random(f"{SEED} {what}")  # noqa: S311  # nothing is kept secret


class Office:
    """The world, and what the lab has ordered for the requests that come."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.turn = threading.Condition(self.lock)
        self.rounds = 0
        self.busy = 0
        self.load(week.usual(chance("week")))

    def load(self, drawn: dict[str, Any]) -> None:
        """Begin a week; what is still held of the last one is for nobody."""
        self.world = World(drawn)
        self.arrived: Counter[str] = Counter()
        self.holds: list[dict[str, Any]] = []
        self.fired: list[str] = []
        self.released = False
        self.away: dict[str, str] = {}
        self.silent = ""
        self.cut = ""
        self.refused = ""
        self.slow = 0.0

    def again(self, slow: float, away: str, most: int) -> None:
        """Another week to practise with."""
        self.rounds += 1
        drawn = week.usual(chance(f"week {self.rounds}"))
        drawn["policy"]["most_acts"] = most
        self.load(drawn)
        self.slow, self.away = slow, {away: "all"} if away else {}

    def hold(self, system: str, moment: str, world: World) -> None:
        """Wait where the lab wants a request of this system to wait."""
        with self.turn:
            found = next((one for one in self.holds if (one["system"], one["moment"]) == (system, moment)), None)
            if found is None or world is not self.world:
                return
            self.holds.remove(found)
            self.fired.append(system)
            self.turn.notify_all()
            self.turn.wait_for(lambda: self.released or world is not self.world, found.get("seconds", LONGEST))

    def held(self, many: int, seconds: float) -> list[str]:
        """Wait until so many requests have been held; gives the systems of those that were."""
        with self.turn:
            self.turn.wait_for(lambda: len(self.fired) >= many, seconds)
            return list(self.fired)

    def release(self) -> None:
        """Let all go on."""
        with self.turn:
            self.released = True
            self.holds.clear()
            self.turn.notify_all()


office = Office()


def looked_up(world: World, path: tuple[str, ...], query: dict[str, list[str]]) -> Any:
    """Answer a question; None where there is no such path."""
    match path:
        case ("policy",):
            return 200, world.policy
        case ("tickets",):
            return world.open_tickets()
        case ("tickets", number):
            return world.ticket(number)
        case ("people", name):
            return world.person(name)
        case ("groups", name):
            return world.group(name)
        case ("volumes", name):
            return world.volume(name)
        case ("hosts", name):
            return world.host(name)
        case ("certificates",):
            return world.issued(query.get("host", [""])[0])
    return None


def carried_out(world: World, method: str, path: tuple[str, ...], said: Any, key: str) -> Any:
    """Change something; None where there is no such path."""
    match (method, *path):
        case ("PUT", "tickets", number):
            return world.close(number, said)
        case ("PUT", "groups", name, "members", user):
            return world.join(name, user)
        case ("DELETE", "groups", name, "members", user):
            return world.leave(name, user)
        case ("POST", "volumes", name, "grow"):
            return world.grow(name, said, key)
        case ("POST", "certificates"):
            return world.sign(said)
    return None


def host_in(body: str) -> str:
    """For which host a certificate is asked; empty where that can't be read."""
    try:
        said = json.loads(body)
    except ValueError:
        return ""
    return str(said.get("host", "")) if isinstance(said, dict) else ""


class Front(BaseHTTPRequestHandler):
    """What the systems answer."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *said: Any) -> None:
        """Say nothing: the books are what counts."""

    def give(self, status: int, told: Any) -> None:
        """Answer with JSON, or with text as it is."""
        text = told if isinstance(told, str) else json.dumps(told, ensure_ascii=False) + "\n"
        body = text.encode()
        try:
            self.send_response(status)
            kind = "text/plain" if isinstance(told, str) else "application/json"
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            self.close_connection = True  # whoever asked is gone

    def asked(self) -> tuple[tuple[str, ...], dict[str, list[str]], str]:
        """The parts of the path, the query, and what was sent along."""
        split = urlsplit(self.path)
        clean = posixpath.normpath(split.path or "/")
        parts = tuple(unquote(part) for part in clean.split("/") if part)
        length = self.headers.get("Content-Length", "0")
        body = self.rfile.read(int(length) if length.isdigit() else 0)
        return parts, parse_qs(split.query), body.decode("utf-8", "replace")

    def answer(self) -> None:
        """Answer whatever comes."""
        path, query, body = self.asked()
        special = self.special(path, query, body)
        if special:
            self.give(*special)
            return
        system, world = (path or ("",))[0], office.world
        away = office.away.get(system, "")
        if away == "all" or (away == "acts" and self.command != "GET"):
            if away == "acts" and host_in(body) in {office.silent, office.cut} - {""}:
                self.act(world, path, body)  # it is carried out, and nobody hears of it
            if away == "acts" and office.cut and office.cut == host_in(body):
                self.close_connection = True  # without a word
                return
            self.give(*error(503, f"{system} is away; try again later"))
            return
        if office.refused and (self.command, *path) == ("PUT", "tickets", office.refused):
            self.give(*error(503, f"ticket {office.refused} can't be written now; try again later"))
            return
        self.give(*(self.act(world, path, body) if self.command != "GET" else self.look(world, path, query)))

    def special(self, path: tuple[str, ...], query: dict[str, list[str]], body: str) -> Any:
        """Metrics, help, and what is for practice alone; None for all that is a system's."""
        match (self.command, *path):
            case ("GET",):
                return 200, HELP
            case ("GET", "metrics"):
                return 200, office.world.pushed()
            case ("PUT" | "POST", "metrics", "job", job):
                with office.lock:
                    return office.world.push(job, body, whole=self.command == "PUT")
            case ("POST", "again") if PRACTICE:
                slow, away, most = (query.get(name, [usual])[0] for name, usual in PLAYED)
                if not slow.replace(".", "", 1).isdigit() or not most.isdigit():
                    return error(400, "slow=SECONDS, away=SYSTEM, most=NUMBER")
                with office.turn:
                    office.again(min(float(slow), 10), away, int(most))
                    office.turn.notify_all()
                return 200, {"open": len(office.world.tickets)}
            case ("GET", "books") if PRACTICE:
                with office.lock:
                    return 200, {"acts": office.world.acts, "metrics": office.world.metrics}
            case ("GET", "log.csv") if PRACTICE:
                return 200, week.log(chance("log"))
        return None

    def look(self, world: World, path: tuple[str, ...], query: dict[str, list[str]]) -> Any:
        """Answer a question; the list of certificates, too, waits where the lab wants it to."""
        if path == ("certificates",):
            with office.lock:
                office.arrived["GET certificates"] += 1
            office.hold("list", "received", world)
        with office.lock:
            return looked_up(world, path, query) or error(404, "there is nothing here")

    def act(self, world: World, path: tuple[str, ...], body: str) -> Any:
        """Carry out what has arrived, whether or not somebody is still there to hear of it."""
        try:
            said = json.loads(body) if body.strip() else None
        except ValueError:
            return error(400, "the body is no JSON")
        system = (path or ("",))[0]
        if system == "tickets" and isinstance(said, dict) and said.get("status") == "done":
            system = "done"
        with office.lock:
            office.busy += 1
            office.arrived[f"{self.command} {system}"] += 1
        try:
            return self.book(world, system, path, said)
        finally:
            with office.lock:
                office.busy -= 1

    def book(self, world: World, system: str, path: tuple[str, ...], said: Any) -> Any:
        """Do it now, or when the lab lets it."""
        office.hold(system, "received", world)
        time.sleep(office.slow)
        with office.lock:
            done = carried_out(world, self.command, path, said, self.headers.get("Idempotency-Key", ""))
        time.sleep(office.slow)
        if done and done[0] < 300:
            office.hold(system, "booked", world)
        return done or error(404, "there is nothing here")

    do_GET = do_PUT = do_POST = do_DELETE = answer  # noqa: N815


class Inner(Front):
    """What the lab itself asks, on the loopback of this container alone."""

    def answer(self) -> None:
        """Look and steer."""
        path, _, body = self.asked()
        said = json.loads(body) if body else {}
        match path:
            case ("load",):
                with office.turn:
                    office.load(said)
                    office.turn.notify_all()
            case ("hold",):
                with office.lock:
                    office.holds += said
            case ("held",):
                self.give(200, {"held": office.held(said["many"], said["seconds"])})
                return
            case ("go",):
                office.release()
            case ("away",):
                office.away = said
            case ("silent",):
                office.silent, office.cut = said["host"], said["cut"]
            case ("refuse",):
                office.refused = said["ticket"]
            case ("policy",):
                office.world.policy.update(said)
            case ("withdraw",):
                with office.lock:
                    office.world.withdraw(str(said["id"]))
            case ("add",):
                with office.lock:
                    office.world.add(said)
            case ("state",):
                with office.lock:
                    told = json.dumps({**office.world.state(), "busy": office.busy, "arrived": office.arrived})
                self.give(200, told)
                return
            case ("lost",):
                with office.lock:
                    self.give(200, {"lost": office.world.lost()})
                return
            case _:
                self.give(*error(404, "there is nothing here"))
                return
        self.give(200, {})

    do_GET = do_PUT = do_POST = do_DELETE = answer  # noqa: N815


class Server(ThreadingHTTPServer):
    """One that starts and ends at once."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64


if __name__ == "__main__":
    inner = Server(("127.0.0.1", INNER), Inner)
    threading.Thread(target=inner.serve_forever, daemon=True).start()
    Server(("0.0.0.0", PORT), Front).serve_forever()  # noqa: S104
