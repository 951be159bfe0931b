"""Plays machines of other people that take what is sent to them and never answer.

UDP port 53 is bound and never read. TCP port 8443 has an accept queue of one place, which is taken: the kernel then
drops every further SYN, and whoever sent it waits, as in front of a firewall that drops.
"""

import signal
import socket
import sys

signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the first process has no default for it

names = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
names.bind(("", 53))

door = socket.socket()
door.bind(("", 8443))
door.listen(0)
taken = socket.create_connection(("127.0.0.1", 8443))

while True:
    signal.pause()
