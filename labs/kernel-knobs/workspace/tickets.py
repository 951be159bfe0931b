"""The stadium's ticket service: lets people in through the turnstiles, and counts them on the stairs.

GET  /             who we are
GET  /health       for the healthcheck
POST /enter/CODE   one ticket at a turnstile: asks the ticket office, which books it
GET  /stairs/NAME  what the counter at one staircase has reported
"""

import os
import re
import signal
import socket
import sys
import threading
import time
from configparser import ConfigParser
from pathlib import Path

LARGEST = 4096
WRITING = 0.004  # seconds that the day's book takes for one report of the stairs; not ours to change
HEAD = "HTTP/1.0 {} {}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n"
PHRASES = {200: "OK", 404: "Not Found", 503: "Service Unavailable"}
ENTER = re.compile(r"/enter/([A-Za-z0-9-]{1,40})")
STAIRS = re.compile(r"/stairs/([A-Za-z0-9-]{1,40})")


def log(text):
    """Say something to whoever reads the log."""
    print(f"{time.strftime('%H:%M:%S')} tickets: {text}", flush=True)


class Office:
    """One worker's line to the ticket office."""

    def __init__(self, settings):
        host, port = settings["address"].split(":")
        self.place = (host, int(port))
        self.keep = settings.getboolean("keep")
        self.max_idle = settings.getfloat("max_idle")
        self.patience = settings.getfloat("patience")
        self.keepalive = settings.getboolean("keepalive")
        self.keepalive_idle = settings.getint("keepalive_idle")
        self.sock = None
        self.used = 0.0

    def book(self, code):
        """Have a ticket booked; gives the office's word."""
        if self.sock and self.max_idle and time.monotonic() - self.used > self.max_idle:
            self.hang_up()
        kept = self.sock is not None
        try:
            return self.ask(code)
        except TimeoutError:
            raise  # it may be booked: not twice
        except OSError:
            if not kept:
                raise
            return self.ask(code)  # the line had ended before we asked

    def ask(self, code):
        """Ask once."""
        try:
            sock = self.sock or self.connect()
            sock.sendall(f"BOOK {code}\n".encode())
            answer = sock.recv(LARGEST)
            if not answer.endswith(b"\n"):
                raise ConnectionError("the office hung up")
        except BaseException:
            self.hang_up()
            raise
        self.used = time.monotonic()
        if not self.keep:
            self.hang_up()
        return answer.decode().strip()

    def connect(self):
        """Open a line."""
        self.sock = socket.create_connection(self.place, self.patience)
        if self.keepalive:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        if self.keepalive_idle:  # 0: as the kernel has it
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, self.keepalive_idle)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, self.keepalive_idle)
        return self.sock

    def hang_up(self):
        """Close the line, if there is one."""
        if self.sock:
            self.sock.close()
        self.sock = None


class Stairs(threading.Thread):
    """Takes the reports of the counters at the staircases, each a datagram, and writes them into the book."""

    def __init__(self, settings):
        super().__init__(daemon=True)
        self.sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        size = settings.getint("receive_buffer")
        if size:  # 0: as the kernel has it
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, size)
        self.sock.bind(("", settings.getint("port")))
        self.book = {}

    def run(self):
        """Take one report, write it, take the next."""
        while True:
            self.write(self.sock.recv(LARGEST))

    def write(self, report):
        """Write one report: the staircase, the report's number, how many people."""
        try:
            name, number, people = report.decode().split()
            time.sleep(WRITING)
            self.book.setdefault(name, {})[int(number)] = int(people)
        except ValueError:
            log(f"a counter sent what nobody understands: {report[:40]}")

    def told(self, name):
        """What is known of one staircase."""
        reports = self.book.get(name, {})
        return f"{len(reports)} reports, {sum(reports.values())} people\n"


class Tickets:
    """The service itself: some workers, of which each takes a connection, serves it, and takes the next."""

    def __init__(self, path):
        self.settings = ConfigParser()
        with Path(path).open(encoding="utf-8") as lines:
            self.settings.read_file(lines)
        server = self.settings["server"]
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("", server.getint("port")))
        self.listener.listen(server.getint("backlog"))
        self.stairs = Stairs(self.settings["stairs"])

    def open(self):
        """Serve until the engine says stop."""
        self.stairs.start()
        for _ in range(self.settings.getint("server", "workers")):
            threading.Thread(target=self.work, daemon=True).start()
        threading.Event().wait()

    def work(self):
        """One worker."""
        office = Office(self.settings["office"])
        while True:
            connection, _ = self.listener.accept()
            with connection:
                try:
                    connection.settimeout(2)
                    status, text = self.act(connection.recv(LARGEST).decode(errors="replace"), office)
                    data = text.encode()
                    connection.sendall(HEAD.format(status, PHRASES[status], len(data)).encode() + data)
                except OSError as problem:
                    log(f"a connection broke: {problem}")

    def act(self, request, office):
        """The status and the text for a request."""
        method, path = [*request.split(" ", 2), "", ""][:2]
        if method == "POST" and (match := ENTER.fullmatch(path)):
            try:
                return 200, office.book(match[1]) + "\n"
            except OSError as problem:
                log(f"{match[1]}: the office can't be asked: {problem}")
                return 503, "please wait\n"
        if path == "/":
            return 200, f"{os.environ['STADIUM_NAME']}: tickets, please.\n"
        if path == "/health":
            return 200, "ok\n"
        if match := STAIRS.fullmatch(path):
            return 200, self.stairs.told(match[1])
        return 404, "no such page\n"


def main():
    """Open the service."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    tickets = Tickets(os.environ.get("TICKETS_CONF", "/etc/tickets/tickets.conf"))
    log(f"{os.environ['STADIUM_NAME']} is open")
    tickets.open()


if __name__ == "__main__":
    main()
