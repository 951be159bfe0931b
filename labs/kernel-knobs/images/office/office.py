"""The ticket office, and the firewall in front of it, which forgets connections that are quiet.

It forgets as firewalls do: nobody is told, and packets of a forgotten connection are dropped without an answer. A new
connection gets through, even from an address and port that a forgotten one had.

BOOK CODE     books a ticket; taken back where the connection breaks instead of ending
BOOKED PART   how many bookings there are of tickets whose code begins like this
TWICE PART    how many of these tickets are booked more than once
SEEN          how many bookings and how many connections there have been since the office opened
SHUT SECONDS  nobody is at the counter for so long, and every question waits
HANGUP        ends all connections on which a ticket was booked
"""

import asyncio
import ctypes
import os
import signal
import socket
import struct
import time
from contextlib import suppress

FORGET = float(os.environ["KIKORI_FORGET"])
THINKING = 0.018
KEPT = 20000
MOST_FORGOTTEN = 500
SEGMENTS_IN = 140  # where struct tcp_info has tcpi_segs_in
SO_ATTACH_FILTER = 26
STEPS = (
    (0x30, 0, 0, 13),  # load the byte of the TCP header that has the flags
    (0x45, 0, 1, 0x02 | 0x04),  # is SYN or RST among them?
    (0x06, 0, 0, 0xFFFFFFFF),  # yes: let the packet in
    (0x06, 0, 0, 0),  # no: drop it
)
PROGRAM = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in STEPS))
FILTER = struct.pack("HP", len(STEPS), ctypes.addressof(PROGRAM))  # struct sock_fprog


class Line:
    """One connection, as the firewall sees it."""

    def __init__(self, writer):
        self.writer, self.sock = writer, writer.get_extra_info("socket")
        self.packets, self.heard = 0, time.monotonic()
        self.latest = None  # the ticket that was booked on it last

    def quiet(self, now):
        """How long nothing has come; an empty packet of the other kernel counts too."""
        info = self.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192)
        packets = struct.unpack_from("I", info, SEGMENTS_IN)[0]
        if packets != self.packets:
            self.packets, self.heard = packets, now
        return now - self.heard

    def forget(self):
        """From now on packets of this connection are dropped, but for those that begin another.

        The SYN of a new connection from the same port meets our old socket. Our kernel answers it with an ACK of the
        old connection, the other one with a RST, which ends the old socket, and then sends its SYN again.
        """
        self.sock.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, FILTER)

    def drop(self):
        """End it for good: whoever was at its other end has long given it up."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


class Office:
    """All lines, and the book."""

    def __init__(self):
        self.lines, self.forgotten, self.book = set(), {}, {}
        self.bookings = self.connections = 0
        self.shut = 0.0  # until when nobody is at the counter

    async def serve(self, reader, writer):
        """One connection."""
        line = Line(writer)
        self.connections += 1
        self.lines.add(line)
        try:
            while question := (await reader.readline()).decode(errors="replace").split():
                writer.write(f"{await self.answer(line, *question[:2])}\n".encode())
        except OSError:
            self.take_back(line)
        except ValueError as problem:  # a line that is too long, or no number
            print(f"{time.strftime('%H:%M:%S')} office: nobody understands this: {problem}", flush=True)
        finally:
            self.lines.discard(line)
            self.forgotten.pop(line, None)
            writer.close()
            while len(self.book) > KEPT:
                self.book.pop(next(iter(self.book)))

    async def answer(self, line, word, about=""):
        """What is said to a question."""
        if word == "SHUT":
            self.shut = time.monotonic() + float(about)
            return word
        if word == "BOOK":
            await asyncio.sleep(THINKING)
        while time.monotonic() < self.shut:
            await asyncio.sleep(0.02)
        if word == "BOOK" and about:
            return self.enter(line, about)
        if word == "BOOKED":
            return sum(times for code, times in self.book.items() if code.startswith(about))
        if word == "TWICE":
            return sum(times > 1 for code, times in self.book.items() if code.startswith(about))
        if word == "SEEN":
            return f"{self.bookings} {self.connections}"
        if word == "HANGUP":
            return self.hang_up()
        return "UNKNOWN"

    def enter(self, line, code):
        """Book a ticket."""
        line.latest = code
        self.book[code] = self.book.get(code, 0) + 1
        self.bookings += 1
        return f"OPEN {code}"

    def take_back(self, line):
        """Undo the latest booking of a line that broke; the end of a forgotten one is not known here."""
        if line in self.forgotten or not self.book.get(line.latest):
            return
        self.book[line.latest] -= 1
        if not self.book[line.latest]:
            del self.book[line.latest]
        print(f"{time.strftime('%H:%M:%S')} office: {line.latest} broke off, taken back", flush=True)

    def hang_up(self):
        """End the lines on which a ticket was booked; gives how many there were."""
        used = [line for line in self.lines if line.latest]
        for line in used:
            line.writer.close()
        return len(used)

    async def watch(self):
        """The firewall."""
        while True:
            now = time.monotonic()
            for line in list(self.lines):
                with suppress(OSError):  # broken off in this very moment: serve() takes care of it
                    if line.quiet(now) > FORGET:
                        line.forget()
                        self.lines.discard(line)
                        self.forgotten[line] = True
            while len(self.forgotten) > MOST_FORGOTTEN:
                oldest = next(iter(self.forgotten))
                del self.forgotten[oldest]
                oldest.latest = None
                with suppress(OSError):
                    oldest.drop()
            await asyncio.sleep(0.1)


async def main():
    """Be open."""
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, os._exit, 0)
    office = Office()
    server = await asyncio.start_server(office.serve, port=7000, family=socket.AF_INET, backlog=1024)
    await asyncio.gather(server.serve_forever(), office.watch())


if __name__ == "__main__":
    asyncio.run(main())
