"""The gate between the desk and the depot: passes on what arrives, and forgets connections that are quiet.

It forgets as a firewall does: nobody is told, and packets of a forgotten connection are dropped without an answer. A
new connection gets through, even from an address and port that a forgotten one had.
"""

import ctypes
import selectors
import signal
import socket
import struct
import sys
import time
from configparser import ConfigParser

MOST_FORGOTTEN = 500
SO_ATTACH_FILTER = 26
STEPS = (
    (0x30, 0, 0, 13),  # load the byte of the TCP header that has the flags
    (0x45, 0, 1, 0x02 | 0x04),  # is SYN or RST among them?
    (0x06, 0, 0, 0xFFFFFFFF),  # yes: let the packet in
    (0x06, 0, 0, 0),  # no: drop it
)
PROGRAM = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in STEPS))
FILTER = struct.pack("HP", len(STEPS), ctypes.addressof(PROGRAM))  # struct sock_fprog
SEGMENTS_IN = 140  # where struct tcp_info has tcpi_segs_in
TICK = 0.02  # seconds between two looks at connections


class Link:
    """One connection of the desk's, and the one to the depot that belongs to it."""

    def __init__(self, near, to):
        self.near, self.far = near, socket.create_connection(to, 2)
        self.packets, self.heard = 0, time.monotonic()
        for sock in (self.near, self.far):
            sock.setblocking(True)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def listen(self, now):
        """How long nothing has come from the near end; an empty packet of its kernel counts too."""
        info = self.near.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192)
        packets = struct.unpack_from("I", info, SEGMENTS_IN)[0]
        if packets != self.packets:
            self.packets, self.heard = packets, now
        return now - self.heard


class Gate:
    """Passes on, and forgets."""

    def __init__(self, rule):
        host, port = rule["to"].split(":")
        self.to, self.limit = (host, int(port)), rule.getfloat("forget")
        self.listener = socket.create_server(("", rule.getint("listen")), backlog=64)
        self.waiting = selectors.DefaultSelector()
        self.waiting.register(self.listener, selectors.EVENT_READ)
        self.links, self.forgotten = {}, []

    def work(self):
        """One look at all that has arrived."""
        for key, _ in self.waiting.select(TICK if self.links else None):
            if key.fileobj is self.listener:
                self.connect(self.listener.accept()[0])
            elif link := self.links.get(key.fileobj):
                self.pass_on(link, key.fileobj)
        now = time.monotonic()
        for link in {*self.links.values()}:
            if link.listen(now) > self.limit:
                self.forget(link)

    def connect(self, near):
        """Open the second half of a connection."""
        try:
            link = Link(near, self.to)
        except OSError:
            return near.close()
        for sock in (link.near, link.far):
            self.links[sock] = link
            self.waiting.register(sock, selectors.EVENT_READ)

    def pass_on(self, link, sock):
        """Hand over what one end has sent."""
        try:
            data = sock.recv(65536)
            (link.far if sock is link.near else link.near).sendall(data)
        except OSError:
            data = b""
        if not data:
            self.let_go(link)
            link.near.close()
            link.far.close()

    def forget(self, link):
        """Drop a connection without a word: no packet of the near end is let in but one that begins or ends another.

        The SYN of a new connection from the same port meets our old socket. Our kernel answers it with an ACK of the
        old connection, the other one with a RST, which ends the old socket, and then it sends its SYN again.
        """
        self.let_go(link)
        link.near.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, FILTER)
        self.forgotten.append(link.near)  # closing it would tell the near end
        link.far.close()
        if len(self.forgotten) > MOST_FORGOTTEN:
            oldest = self.forgotten.pop(0)  # whoever was at its other end has long given it up
            oldest.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            oldest.close()

    def let_go(self, link):
        for sock in (link.near, link.far):
            self.waiting.unregister(sock)
            del self.links[sock]


def main():
    """Stand open, until the supervisor says stop."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    rules = ConfigParser()
    with open(sys.argv[1], encoding="utf-8") as lines:
        rules.read_file(lines)
    gate = Gate(rules["gate"])
    while True:
        gate.work()


if __name__ == "__main__":
    main()
