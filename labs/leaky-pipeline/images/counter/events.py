"""The counter's end of the way to the agent: one record for each telegram.

A record goes over a stream socket, its length before it (RFC 6587), so that it may hold whatever a customer wrote.
"""

import socket
import threading
import time
from datetime import UTC, datetime


class Events:
    """Hands records to the agent, one after the other."""

    def __init__(self, settings):
        self.path = settings["socket"]
        self.patience = settings.getfloat("patience")
        self.lock = threading.Lock()
        self.sock = None

    def record(self, number, to, text):
        """Hand over a telegram's record; a telegram without one is not accepted."""
        now = datetime.now(UTC).isoformat()
        line = f'<134>1 {now} counter counter - - - number={number} to="{to}" text="{text}"'.encode()
        with self.lock:
            self.send(b"%d %s" % (len(line), line))

    def send(self, frame):
        """Send a frame whole, over a new connection where the old one has gone."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                self.connected().sendall(frame)
                return
            except OSError:
                self.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def connected(self):
        """The connection to the agent."""
        if self.sock is None:
            self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            self.sock.connect(self.path)
        return self.sock

    def close(self):
        """Forget the connection."""
        if self.sock is not None:
            self.sock.close()
        self.sock = None
