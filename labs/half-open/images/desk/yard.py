"""The desk's end of the yard: handhelds that scan parcels, and boards that show what lies where.

Port 9000, handhelds: "SCAN NUMBER BAY" and the answer "TAKEN", as often as wanted.
Port 9001, boards: at every scan a picture of the whole yard.
"""

import select
import socket
import struct
import threading
import time

BAYS = 600
RESET = struct.pack("ii", 1, 0)


class Yard:
    """What lies where, who scans, and who looks."""

    def __init__(self, settings):
        self.board_patience = settings.getfloat("board_patience")
        self.lock = threading.Lock()
        self.bays = [""] * BAYS
        self.handhelds, self.boards = set(), set()

    def open(self):
        """Listen on both ports."""
        for port, meet in ((9000, self.meet_handheld), (9001, self.meet_board)):
            listener = socket.create_server(("", port), backlog=128)
            threading.Thread(target=self.welcome, args=(listener, meet), daemon=True).start()

    def welcome(self, listener, meet):
        """Take whoever calls."""
        while True:
            try:
                sock, _ = listener.accept()
            except OSError as problem:
                print(f"yard: nobody can be taken: {problem}", flush=True)
                time.sleep(0.2)
                continue
            meet(sock)

    def meet_handheld(self, sock):
        """Give a handheld a thread of its own."""
        self.handhelds.add(sock)
        threading.Thread(target=self.serve_handheld, args=(sock,), daemon=True).start()

    def serve_handheld(self, sock):
        """Take a handheld's scans until it goes."""
        try:
            with sock.makefile("rb") as lines:
                for line in lines:
                    _, number, bay = line.decode().split()
                    self.scan(number, int(bay))
                    sock.sendall(b"TAKEN\n")
        except (OSError, ValueError) as problem:
            print(f"yard: handheld: {problem}", flush=True)
        finally:
            self.dismiss_handheld(sock)

    def dismiss_handheld(self, sock):
        """Forget a handheld that has gone."""
        self.handhelds.discard(sock)
        sock.close()

    def meet_board(self, sock):
        """Remember a board; it gets the next picture."""
        sock.settimeout(self.board_patience or None)
        with self.lock:
            self.boards.add(sock)

    def bay_of(self, number):
        """Where a parcel was scanned last."""
        with self.lock:
            return self.bays.index(number) if number in self.bays else None

    def scan(self, number, bay):
        """Note where a parcel is, and show it on every board."""
        with self.lock:
            self.bays = ["" if known == number else known for known in self.bays]
            self.bays[bay % BAYS] = number
            picture = "".join(f"bay {bay:03}  {known:<80}\n" for bay, known in enumerate(self.bays)).encode()
            for board in list(self.boards):
                self.show(board, picture + b"\n")

    def show(self, board, picture):
        """Send a board its picture; send it away when it has gone or is too slow."""
        try:
            if select.select([board], [], [], 0)[0] and not board.recv(4096):
                raise ConnectionError("gone")
            board.sendall(picture)
        except OSError:
            self.boards.discard(board)
            board.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)  # nobody waits for the rest
            board.close()
