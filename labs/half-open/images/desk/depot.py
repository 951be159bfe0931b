"""The desk's end of the lines to the depot.

A new line costs a greeting, for which the depot takes its time. So a line is kept for the next customer.
A question is a head, "FIND 7", and a body of so many bytes. The answer is one line of JSON.
"""

import json
import select
import socket
import threading
import time


class Line:
    """One TCP connection to the depot, greeted."""

    def __init__(self, settings):
        patience = settings.getfloat("patience")
        self.sock = socket.create_connection((settings["host"], settings.getint("port")), patience)
        if seconds := settings.getint("keepalive"):
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, seconds)
            self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, seconds)
        self.replies = self.sock.makefile("rb")
        self.used = time.monotonic()
        self.patience = patience
        if self.ask(b"HELLO\n") != b"WELCOME\n":
            raise ConnectionError("the depot does not know us")

    def ask(self, question):
        """Send a question, and wait for the answer's line."""
        self.sock.sendall(question)
        answer = self.replies.readline()
        if not answer:
            raise ConnectionError("the depot hung up")
        self.used = time.monotonic()
        return answer

    def find(self, number):
        """What the depot knows of a parcel."""
        body = number.encode()
        return json.loads(self.ask(b"FIND %d\n" % len(body) + body))

    def hung_up(self):
        """Whether the other end has closed the line, as far as this end was told."""
        return bool(select.select([self.sock], [], [], 0)[0])

    def answers(self):
        """Whether the depot still answers on this line; it is not given long."""
        self.sock.settimeout(0.3)
        try:
            return self.ask(b"PING\n") == b"PONG\n"
        except OSError:
            return False
        finally:
            self.sock.settimeout(self.patience)

    def close(self):
        """Put the receiver down."""
        self.replies.close()
        self.sock.close()


class Depot:
    """Asks the depot, on lines that are kept for a while."""

    def __init__(self, settings):
        self.settings = settings
        self.pool, self.keep = settings.getint("pool"), settings.getfloat("keep")
        self.check = settings.getboolean("check")
        self.quiet = []  # the one that was used last is at the end
        self.lock = threading.Lock()
        threading.Thread(target=self.tidy, daemon=True).start()

    def find(self, numbers):
        """What the depot knows of these parcels, asked one after the other on one line.

        Raises:
            OSError: the line is dead, or the depot takes too long.
        """
        line = self.take()
        try:
            found = [line.find(number) for number in numbers]
        except BaseException:
            line.close()
            raise
        self.give_back(line)
        return found

    def take(self):
        """A kept line that is good enough, or else a new one."""
        while line := self.pick():
            if self.is_fresh(line) and (not self.check or line.answers()):
                return line
            line.close()
        return Line(self.settings)

    def is_fresh(self, line):
        """Whether a line was in use not long ago, and nobody has hung up."""
        return time.monotonic() - line.used < self.keep and not line.hung_up()

    def tidy(self):
        """Close what has been quiet for too long."""
        while True:
            time.sleep(0.2)
            with self.lock:
                old = [line for line in self.quiet if not self.is_fresh(line)]
                self.quiet = [line for line in self.quiet if line not in old]
            for line in old:
                line.close()

    def pick(self):
        """The kept line that was used last, if there is one."""
        with self.lock:
            return self.quiet.pop() if self.quiet else None

    def give_back(self, line):
        """Keep a line for the next customer."""
        with self.lock:
            if len(self.quiet) < self.pool:
                return self.quiet.append(line)
        line.close()
