"""The peers of the old server.

at port 7000, which is published:
GET /book     what the callers met since the server last started
GET /well     200 as soon as each kind of caller was answered once
GET /WORD/journal    what each caller has sent since the server was handed out, and what the bank was told

at port 7001, for the server's own start, below a word that nothing on the server knows any more once it has started:
GET /WORD/files    a tar of what lies on it
GET /WORD/hands    what people did to it by hand, as a script
POST /WORD/done    that script has ended
"""

import asyncio
import json
import os
import subprocess

from callers import Book, be_the_bank, callers_of, keep_calling
from journal import Journal
from railway.box import Box
from railway.files import packed
from railway.hands import script

KINDS = ("gates", "sensor", "kiosks", "bus")
"""Who calls as soon as the server is there; the bank is called some time or other."""


class Peers:
    """All of them, and the book that they keep."""

    def __init__(self, box, word):
        self.box, self.word = box, word
        self.book, self.journal = Book(), Journal.found()
        self.callers, self.calls = callers_of(box), {}

    async def begin(self):
        """Take an address for each of them, and call."""
        box = self.box
        for one in (*box.gates, *box.kiosks, box.bus, box.sensor, box.bank):
            subprocess.run(["ip", "addr", "replace", f"{one}/{box.length}", "dev", "eth0"], check=True)
        self.bank = await be_the_bank(box, lambda: self.book, lambda: self.journal)
        self.call()

    def call(self):
        """Let everybody call anew who isn't being served, and ask anew where the server's addresses are."""
        subprocess.run(["ip", "neigh", "flush", "dev", "eth0"], check=False)
        kept = (lambda: self.book, lambda: self.journal)
        for caller in self.callers:
            if not caller.is_served:
                if caller in self.calls:
                    self.calls[caller].cancel()
                self.calls[caller] = asyncio.create_task(keep_calling(caller, *kept))

    def starting(self):
        """Hand out the files to the server, which may be another now; it counts what it sends to the bank anew."""
        subprocess.run(["ip", "neigh", "flush", "dev", "eth0"], check=False)
        self.book.kinds.pop("bank", None)
        self.journal = self.journal.begin_anew()
        return 200, packed(self.box, self.journal.laid)

    def done(self):
        """Begin a new book, since the server has started."""
        taken, self.book = self.book.kinds.get("bank"), Book()
        if taken:
            self.book.kinds["bank"] = taken
        self.journal.started()
        self.call()
        return 200, b""

    def outside(self, _method, path):
        """Answer at the published port."""
        if path == "/book":
            return 200, json.dumps({"begun": self.book.begun, "kinds": self.book.kinds}).encode()
        if path == "/well":
            return (200 if all(self.book.kind(name)["good"] for name in KINDS) else 503), b""
        if path == f"/{self.word}/journal":
            return 200, json.dumps(self.journal.told()).encode()
        return 404, b""

    def inside(self, method, path):
        """Answer the server's own start."""
        asked = {
            ("GET", f"/{self.word}/files"): self.starting,
            ("GET", f"/{self.word}/hands"): lambda: (200, script(self.box, self.word).encode()),
            ("POST", f"/{self.word}/done"): self.done,
        }
        return asked.get((method, path), lambda: (404, b""))()


def meeting(answer):
    """One request and its answer, as a server of asyncio takes it.

    The end of a connection is the end of the answer, so that it is we who close it: with a length, curl on the old
    server would close first, and the server's table of connections would show one to us for a minute.
    """

    async def meet(reader, writer):
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
            method, path = head.decode("latin-1").split(" ", 2)[:2]
            status, body = answer(method, path)
            writer.write(b"HTTP/1.1 %d .\r\nConnection: close\r\n\r\n" % status + body)
            await writer.drain()
        except (OSError, ValueError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    return meet


def network():
    """The address that Docker gave, with the length of the network: the server has the same network."""
    told = subprocess.run(["ip", "-o", "-4", "addr", "show", "dev", "eth0"], check=True, capture_output=True, text=True)
    return told.stdout.split()[3]


async def main():
    """Be there for ever."""
    peers = Peers(Box(os.environ["PAST"], os.environ["BOX"], network()), os.environ["WORD"])
    await asyncio.start_server(meeting(peers.inside), "0.0.0.0", 7001)  # noqa: S104  # in a container
    await peers.begin()
    outside = await asyncio.start_server(meeting(peers.outside), "0.0.0.0", 7000)  # noqa: S104
    await outside.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
