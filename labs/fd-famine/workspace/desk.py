"""The timetable desk: keeps a line open to every departure board of the harbour, and lays out sheets for the printers.

GET  /            who we are
GET  /health      for the healthcheck
GET  /watch       the plan, then every change of it, for as long as the board stays
GET  /sheet/N     sailing N, as the printers at the gangways want it
POST /sailings/N  {"delay": 15}: announce a delay to all boards
POST /plan        publish the plan anew: the boards start over, the harbour office stamps it
"""

import errno
import json
import os
import re
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from configparser import ConfigParser
from pathlib import Path

LARGEST = 8192
SAILINGS = range(64)
HEAD = "HTTP/1.0 {} {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n"
PHRASES = {200: "OK", 400: "Bad Request", 404: "Not Found", 500: "Internal Server Error", 502: "Bad Gateway"}
ONE = re.compile(r"/(sheet|sailings)/(\d{1,4})")


def log(text):
    """Say something to whoever reads the log."""
    print(f"{time.strftime('%H:%M:%S')} desk: {text}", flush=True)


def departure(number):
    """Four sailings an hour, from five in the morning."""
    return f"{5 + number // 4:02}:{number % 4 * 15:02}"


class Harbour:
    """Today's sailings, and what is known of them."""

    def __init__(self, path):
        settings = ConfigParser({"HARBOUR_NAME": os.environ["HARBOUR_NAME"]})
        with Path(path).open(encoding="utf-8") as lines:
            settings.read_file(lines)
        self.port = settings.getint("server", "port")
        self.backlog = settings.getint("server", "backlog", fallback=511)
        self.name = settings["harbour"]["name"]
        self.office = settings["harbour"]["office"]
        self.sailings = {number: {"time": departure(number), "delay": 0} for number in SAILINGS}
        self.version = 1

    def plan(self):
        """All that a board shows."""
        return {"harbour": self.name, "version": self.version, "sailings": self.sailings}

    def sheet(self, number):
        """One sailing on paper: written to a file, and cut into pages by pr(1)."""
        sailing = self.sailings[number]
        handle, name = tempfile.mkstemp(prefix=f"sheet-{number}-", suffix=".txt")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as sheet:
                sheet.write(f"{self.name}\nsailing {number} at {sailing['time']}\ndelay {sailing['delay']} minutes\n")
            command = ["pr", "-l", "20", "-h", f"{self.name}, sailing {number}", name]
            pages = subprocess.run(command, capture_output=True, check=True)
        finally:
            os.unlink(name)
        return pages.stdout.decode()

    def stamp(self):
        """Have the plan stamped by the harbour office, and wait for it."""
        self.version += 1
        with urllib.request.urlopen(f"{self.office}?version={self.version}", timeout=10) as answer:
            return answer.read().decode().strip()


class Desk:
    """One thread that serves all connections, each when there is something to read from it."""

    def __init__(self, harbour):
        self.harbour = harbour
        self.ready = selectors.DefaultSelector()
        self.boards = set()
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("", harbour.port))
        self.listener.listen(harbour.backlog)
        self.listener.setblocking(False)
        self.ready.register(self.listener, selectors.EVENT_READ)

    def serve(self):
        """Serve until the engine says stop."""
        while True:
            for key, _ in self.ready.select():
                if key.fileobj is self.listener:
                    self.accept()
                else:
                    self.read(key.fileobj)

    def accept(self):
        """Take the connections that wait."""
        try:
            while True:
                connection, _ = self.listener.accept()
                connection.settimeout(2)
                self.ready.register(connection, selectors.EVENT_READ)
        except BlockingIOError:
            return
        except OSError as problem:
            log(f"accept: {problem}")
            if problem.errno in (errno.EMFILE, errno.ENFILE):
                time.sleep(0.2)  # somebody may leave in the meantime

    def read(self, connection):
        """Read a request, and answer it; or notice that a board has gone."""
        try:
            request = connection.recv(LARGEST)
            if connection in self.boards or not request:
                return self.close(connection)
            while b"\r\n\r\n" not in request and len(request) < LARGEST:
                request += connection.recv(LARGEST) or b"\r\n\r\n"
            head, _, body = request.partition(b"\r\n\r\n")
            size = re.search(rb"(?im)^content-length: *(\d{1,4})", head)
            while size and len(body) < int(size[1]):
                body += connection.recv(LARGEST) or b" " * int(size[1])
            method, path = head.split(b" ", 2)[:2]
            self.answer(connection, f"{method.decode()} {path.decode()}", body)
        except (OSError, ValueError) as problem:
            log(f"a connection broke: {problem}")
            self.close(connection)

    def answer(self, connection, request, body):
        """Do what is asked for."""
        if request == "GET /watch":
            connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\r\n")
            self.tell(connection, "plan", self.harbour.plan())
            return self.boards.add(connection)
        try:
            status, text = self.act(request, body)
        except OSError as problem:
            log(f"{request}: {problem}")
            status, text = 500, f"{problem.strerror or problem}\n"
        except (KeyError, TypeError, ValueError) as problem:
            status, text = 400, f"not understood: {problem}\n"
        data = text.encode()
        connection.sendall(HEAD.format(status, PHRASES[status], len(data)).encode() + data)
        return self.close(connection)

    def act(self, request, body):
        """The status and the text for a request that ends with its answer."""
        match = ONE.fullmatch(request.split(" ", 1)[1])
        if request == "GET /":
            return 200, f"{self.harbour.name}: {len(SAILINGS)} sailings, {len(self.boards)} boards watch.\n"
        if request == "GET /health":
            return 200, "ok\n"
        if request == "POST /plan":
            self.announce("reload", {})
            return 200, json.dumps({"version": self.harbour.version + 1, "stamp": self.harbour.stamp()}) + "\n"
        if not match or int(match[2]) not in SAILINGS:
            return 404, "no such page\n"
        if request.startswith("GET /sheet/"):
            return 200, self.harbour.sheet(int(match[2]))
        if request.startswith("POST /sailings/"):
            delay = {"sailing": int(match[2]), "delay": int(json.loads(body)["delay"])}
            self.harbour.sailings[delay["sailing"]]["delay"] = delay["delay"]
            self.announce("delay", delay)
            return 200, json.dumps(delay) + "\n"
        return 404, "no such page\n"

    def announce(self, event, data):
        """Tell all boards."""
        for board in list(self.boards):
            try:
                self.tell(board, event, data)
            except OSError:
                self.close(board)

    def tell(self, board, event, data):
        """Tell one board."""
        board.sendall(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())

    def close(self, connection):
        """Let go of a connection, once: a board that could not be told may have said goodbye in the same moment."""
        if connection.fileno() < 0:
            return
        self.ready.unregister(connection)
        self.boards.discard(connection)
        connection.close()


def main():
    """Open the desk."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    harbour = Harbour(os.environ.get("DESK_CONF", "/etc/desk/desk.conf"))
    desk = Desk(harbour)
    log(f"{harbour.name} is open on port {harbour.port}")
    desk.serve()


if __name__ == "__main__":
    main()
