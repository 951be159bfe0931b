"""The peers of the old server.

at port 7000, which is published:
GET /book     what the callers met since the server last started
GET /well     200 as soon as each kind of caller was answered once

at port 7001, for the server's own start:
GET /files    a tar of what lies on it
GET /hands    what people did to it by hand, as a script
POST /done    that script has ended
"""

import asyncio
import json
import os
import socket
import subprocess
import time
from contextlib import suppress

from callers import Book, be_the_bank, callers_of, keep_calling
from railway.box import Box
from railway.files import packed
from railway.hands import script

KINDS = ("gates", "sensor", "kiosks", "bus")
"""Who calls as soon as the server is there; the bank is called some time or other."""


class Peers:
    """All of them, and the book that they keep."""

    def __init__(self, box):
        self.box = box
        self.book = Book()
        self.calls = []

    async def begin(self):
        """Join the server where it is there already, and call."""
        self.bank = await be_the_bank(self.box, lambda: self.book)
        with suppress(OSError):
            self.join(socket.gethostbyname("box"))
        self.call()

    def join(self, address):
        """Make the railway's own network, which the server has at its second interface: a tunnel (vxlan) to it.

        Docker's network carries no addresses but its own as soon as it is an internal one, as in replays.
        """
        box = self.box
        subprocess.run(["ip", "link", "del", "eth1"], check=False, stderr=subprocess.DEVNULL)
        tunnel = ["type", "vxlan", "id", "42", "dev", "eth0", "remote", address, "dstport", "4789"]
        subprocess.run(["ip", "link", "add", "eth1", *tunnel], check=True)
        for one in (*box.gates, *box.kiosks, box.bus, box.sensor, box.bank):
            subprocess.run(["ip", "addr", "add", f"{one}/24", "dev", "eth1"], check=True)
        subprocess.run(["ip", "link", "set", "eth1", "up"], check=True)

    def call(self):
        """Let everybody call anew."""
        for one in self.calls:
            one.cancel()
        self.calls = [asyncio.create_task(keep_calling(one, lambda: self.book)) for one in callers_of(self.box)]

    def starting(self, address):
        """Hand out the files to the server, which is there now; what it sends to the bank is counted from 1 again."""
        self.join(address)
        self.book.kinds.pop("bank", None)
        return 200, packed(self.box, time.time())

    def done(self):
        """Begin a new book, since the server has started."""
        taken, self.book = self.book.kinds.get("bank"), Book()
        if taken:
            self.book.kinds["bank"] = taken
        self.call()
        return 200, b""

    def outside(self, method, path, _address):
        """Answer at the published port."""
        if path == "/book":
            return 200, json.dumps({"begun": self.book.begun, "kinds": self.book.kinds}).encode()
        if path == "/well":
            return (200 if all(self.book.kind(name)["good"] for name in KINDS) else 503), b""
        return 404, b""

    def inside(self, method, path, address):
        """Answer the server's own start."""
        asked = {
            ("GET", "/files"): lambda: self.starting(address),
            ("GET", "/hands"): lambda: (200, script(self.box).encode()),
            ("POST", "/done"): self.done,
        }
        return asked.get((method, path), lambda: (404, b""))()


def meeting(answer):
    """One request and its answer, as a server of asyncio takes it."""

    async def meet(reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            method, path = head.decode("latin-1").split(" ", 2)[:2]
            status, body = answer(method, path, writer.get_extra_info("peername")[0])
            writer.write(
                b"HTTP/1.1 %d .\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body
            )
            await writer.drain()
        except (OSError, ValueError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    return meet


async def main():
    """Be there for ever."""
    peers = Peers(Box(os.environ["PAST"], os.environ["BOX"]))
    await asyncio.start_server(meeting(peers.inside), "0.0.0.0", 7001)  # noqa: S104  # in a container
    await peers.begin()
    outside = await asyncio.start_server(meeting(peers.outside), "0.0.0.0", 7000)  # noqa: S104
    await outside.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
