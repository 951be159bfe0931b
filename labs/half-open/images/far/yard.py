"""The yard on a working day: a handheld that scans, two boards that show, and an old panel at bay 3 that hangs.

The handheld carries into the first 500 bays, and rests for as long as a file in /run is new.
"""

import contextlib
import itertools
import os
import select
import signal
import socket
import threading
import time

LETTERS = os.environ["KIKORI_LETTERS"]
REST, FOR = "/run/yard.rest", 30


def rests():
    """Whether somebody has asked for a rest, and not long ago."""
    try:
        return time.time() - os.stat(REST).st_mtime < FOR
    except FileNotFoundError:
        return False


def for_ever(work, pause):
    """Do it again and again, whatever happens."""
    for turn in itertools.count():
        with contextlib.suppress(OSError):
            work(turn)
        time.sleep(pause)


def scan(turn):
    """Carry a parcel into a bay, and say so; every scan is a call of its own."""
    if rests():
        return
    with socket.create_connection(("desk", 9000), 2) as sock:
        sock.sendall(f"SCAN {LETTERS}-09{turn % 100:02} {turn * 7 % 500}\n".encode())
        sock.recv(64)


def board(_):
    """Show the picture."""
    with socket.create_connection(("desk", 9001), 2) as sock:
        sock.settimeout(30)
        while sock.recv(65536):
            pass


def panel(_):
    """Hang: call, and read nothing, until the desk has had enough."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)  # it has little memory, too
        sock.connect(("desk", 9001))
        hung_up = select.poll()
        hung_up.register(sock, select.POLLRDHUP)
        hung_up.poll()


signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
for work, pause in ((board, 1), (board, 1), (panel, 4)):
    threading.Thread(target=for_ever, args=(work, pause), daemon=True).start()
for_ever(scan, 0.8)
