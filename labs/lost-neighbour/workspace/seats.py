"""Knows the free seats of the ferry and takes bookings, over HTTP; the numbers are kept in the store.

GET  /health               for the healthcheck
GET  /seats                {"ship": "Kaede", "free": 23}
POST /seats/bookings       {"name": "Sato", "count": 2}: the booking, with its number as "id"
DELETE /seats/bookings/ID  gives its seats back

On a second port, for corrections by the crew:
GET  /free                 the number that the store has
PUT  /free                 23: sets it
"""

import json
import os
import re
import signal
import socket
import sys
import threading
import uuid
from configparser import ConfigParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LARGEST = 4096
BOOKING = re.compile(r"/seats/bookings/([0-9a-f]{8})")


class Refused(Exception):
    """A request that is turned down, with the status and the reason."""


class Store:
    """The store, asked line by line in the protocol of Redis and Valkey."""

    def __init__(self, host, port):
        self.place = host, port

    def ask(self, *words):
        """What the store answers: a number or a text; None where it has nothing."""
        try:
            place = socket.gethostbyname(self.place[0]), self.place[1]  # looked up anew for each question
            with socket.create_connection(place, timeout=1) as line, line.makefile("rwb") as stream:
                stream.write(" ".join(map(str, words)).encode() + b"\r\n")
                stream.flush()
                first = stream.readline().decode().strip()
                if first.startswith("$"):
                    return None if first == "$-1" else stream.readline().decode().strip()
                return first[1:]
        except OSError as problem:
            print(f"store {self.place[0]}:{self.place[1]}: {problem}", flush=True)
            raise Refused(503, f"the store does not answer: {problem}") from None

    def free(self):
        """The number of free seats."""
        return int(self.ask("GET", "free") or 0)

    def book(self, name, count):
        """Take seats; the booking's number."""
        if int(self.ask("DECRBY", "free", count)) < 0:
            self.ask("INCRBY", "free", count)
            raise Refused(409, "not so many seats are free")
        number = uuid.uuid4().hex[:8]
        self.ask("SET", f"booking:{number}", f"{count}:{name.encode().hex()}")
        return number

    def give_back(self, number):
        """Undo a booking."""
        kept = self.ask("GETDEL", f"booking:{number}")
        if kept is None:
            raise Refused(404, "no such booking")
        self.ask("INCRBY", "free", int(kept.split(":")[0]))


class Handler(BaseHTTPRequestHandler):
    """What both ports have in common."""

    store = None

    def serve(self, answer):
        """Answer with what a function finds, or with the reason why not."""
        try:
            status, body = answer()
        except Refused as problem:
            status, body = problem.args[0], {"refused": problem.args[1]}
        except ValueError:
            status, body = 400, {"refused": "not understood"}
        data = json.dumps(body).encode() + b"\n"
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def body(self):
        """What was sent, as JSON."""
        return json.loads(self.rfile.read(min(int(self.headers.get("Content-Length") or 0), LARGEST)))

    def log_message(self, form, *values):
        """One line for each request that is not a healthcheck."""
        if self.path != "/health":
            print(f"{self.client_address[0]} {form % values}", flush=True)


class Seats(Handler):
    """For travellers, by way of the front."""

    def do_GET(self):
        """Whether we live, or how many seats are free."""
        self.serve(self.look)

    def look(self):
        """The answer to a GET."""
        if self.path == "/health":
            return 200, "ok"
        if self.path == "/seats":
            return 200, {"ship": os.environ["SHIP"], "free": self.store.free()}
        raise Refused(404, "no such page")

    def do_POST(self):
        """Book."""
        self.serve(self.book)

    def book(self):
        """The answer to a POST."""
        wanted = self.body()
        if self.path != "/seats/bookings" or not isinstance(wanted, dict):
            raise Refused(404, "no such page")
        count = int(wanted.get("count", 0))
        if not 1 <= count <= 20:
            raise Refused(400, "1 to 20 seats")
        return 201, {"id": self.store.book(str(wanted.get("name", "")), count), "count": count}

    def do_DELETE(self):
        """Give a booking back."""
        self.serve(self.give_back)

    def give_back(self):
        """The answer to a DELETE."""
        match = BOOKING.fullmatch(self.path)
        if not match:
            raise Refused(404, "no such booking")
        self.store.give_back(match[1])
        return 200, "given back"


class Correction(Handler):
    """For the crew, who know what they do."""

    def do_GET(self):
        """The number in the store."""
        self.serve(lambda: (200, self.store.free()))

    def do_PUT(self):
        """Another number."""
        self.serve(lambda: (200, self.store.ask("SET", "free", int(self.body()))))


def listen(address, port, handler):
    """A server on an address; :: takes IPv4 as well."""
    server = type("Server", (ThreadingHTTPServer,), {"address_family": family(address), "request_queue_size": 32})
    made = server((address, port), handler)
    print(f"{handler.__name__.lower()}: listening on {address} port {port}", flush=True)
    return made


def family(address):
    """IPv4 or IPv6."""
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def main():
    """Read the configuration, and serve on both ports until told to stop."""
    settings = ConfigParser()
    settings.read("/etc/seats/seats.conf", encoding="utf-8")
    Handler.store = Store(settings["store"]["host"], settings["store"].getint("port"))
    address = os.environ.get("SEATS_LISTEN") or settings["seats"]["listen"]
    if sys.argv[1:2] == ["--listen"]:
        address = sys.argv[2]
    correction = listen(settings["correction"]["listen"], settings["correction"].getint("port"), Correction)
    threading.Thread(target=correction.serve_forever, daemon=True).start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    listen(address, settings["seats"].getint("port"), Seats).serve_forever()


if __name__ == "__main__":
    main()
