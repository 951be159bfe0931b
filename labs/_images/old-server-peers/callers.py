"""Who calls the old server: turnstiles, kiosks, a sensor and a bus company, each from an address of their own."""

import asyncio
import re
import time

PATIENCE = 10.0
QUICK = 4.0
"""Seconds within which a bad answer says that nothing was booked; programs wait longer than that for one another."""
SOON = 0.3
"""Seconds until a caller tries again who was never answered."""
APART = 3
"""How many answers may overtake one another: more callers than that ask no program at once."""


class Book:
    """What callers met since it was begun: by kind how many were answered well, and how often they were not."""

    def __init__(self):
        self.begun = time.time()
        self.kinds = {}

    def kind(self, name):
        """The line of a kind."""
        return self.kinds.setdefault(name, {"good": 0, "bad": 0, "last": 0, "began_anew": 0, "said": ""})

    def well(self, name, count, apart=APART):
        """Somebody was answered well; programs count from 1 since they were started."""
        kind = self.kind(name)
        kind["good"] += 1
        kind["began_anew"] += count + apart < kind["last"]
        kind["last"] = count

    def failed(self, name, said):
        """Somebody was not; whoever was never answered has only come too early."""
        kind = self.kind(name)
        if kind["good"]:
            kind["bad"] += 1
            kind["said"] = str(said)[:120]


def count_of(answer, words):
    """The number behind a word of an answer.

    Raises:
        ValueError: it is another answer.
    """
    found = re.search(rf"^{words} (\d+)", answer, re.MULTILINE)
    if not found:
        raise ValueError(answer.strip()[:80] or "nothing")
    return int(found[1])


class Caller:
    """One who calls the server, from an address, at one of its addresses and ports."""

    def __init__(self, name, source, host, port):
        self.name, self.source, self.host, self.port = name, source, host, port
        self.is_served = False
        """Whether something was sent and nothing came back yet: who is stopped then never learns what came of it."""

    async def connect(self):
        """Connect, from the own address."""
        opening = asyncio.open_connection(self.host, self.port, local_addr=(self.source, 0))
        return await asyncio.wait_for(opening, PATIENCE)


class Talker(Caller):
    """Keeps a connection open and says something on it again and again."""

    def __init__(self, name, source, host, port, says, answer, pause):
        super().__init__(name, source, host, port)
        self.says, self.answer, self.pause = says, answer, pause

    async def call(self, book, journal):
        """Speak until something goes wrong."""
        reader, writer = await self.connect()
        kept = journal()  # a server that starts later is not reached by this connection
        try:
            while True:
                self.is_served = True
                kept.sent(self.source)
                writer.write(self.says)
                await writer.drain()
                said = await asyncio.wait_for(reader.readline(), PATIENCE)
                count = count_of(said.decode("utf-8", "replace"), self.answer)
                kept.answered(self.source)
                self.is_served = False
                book().well(self.name, count)
                await asyncio.sleep(self.pause)
        finally:
            writer.close()


class Visitor(Caller):
    """Asks once on each connection."""

    def __init__(self, name, source, host, port, says, answer, pause):
        super().__init__(name, source, host, port)
        self.says, self.answer, self.pause = says, answer, pause

    async def call(self, book, journal):
        """Ask once, and wait until it is time again."""
        kept, reader, writer = await self._reach(journal)
        asked = time.monotonic()
        try:
            writer.write(self.says)
            said = await asyncio.wait_for(reader.read(4096), PATIENCE)
            while more := await asyncio.wait_for(reader.read(4096), PATIENCE):
                said += more
        finally:
            writer.close()
        said = said.decode("utf-8", "replace").replace("\r", "")
        if said.startswith("HTTP/") and " 200 " not in said.split("\n")[0] and time.monotonic() < asked + QUICK:
            kept.in_vain(self.source)
        count = count_of(said, self.answer)
        kept.answered(self.source)
        self.is_served = False
        book().well(self.name, count)
        await asyncio.sleep(self.pause)

    async def _reach(self, journal):
        """Connect, which some programs book already; gives the journal in which it is noted, too."""
        kept, self.is_served = journal(), True
        kept.sent(self.source)
        try:
            reader, writer = await self.connect()
        except OSError as problem:
            if not isinstance(problem, TimeoutError):
                kept.in_vain(self.source)
            raise
        if journal() is not kept:  # the server that is reached is another than the one that was called
            kept = journal()
            kept.sent(self.source)
        return kept, reader, writer


def callers_of(box):
    """All who call a server, as it was drawn."""
    http = b"GET /%s HTTP/1.0\r\nHost: sanroku\r\n\r\n"
    found = [Talker("gates", one, box.by_hand, box.gate_port, b"pass\n", "open", 3) for one in box.gates]
    found += [Talker("sensor", box.sensor, box.from_file, box.weather_port, b"12\n", "kept", 2)]
    found += [
        Visitor("kiosks", one, box.from_file, box.web, http % says, "ticket", 3)
        for one, says in zip(box.kiosks, (b"up", b"both"), strict=True)
    ]
    return [*found, Visitor("bus", box.bus, box.from_file, box.beacon_port, b"", "time", 3600)]


async def keep_calling(caller, book, journal):
    """Call for ever; ``book()`` and ``journal()`` are those that are kept now."""
    while True:
        try:
            await caller.call(book, journal)
        except (OSError, ValueError, EOFError, TimeoutError) as problem:
            caller.is_served = False
            book().failed(caller.name, f"{type(problem).__name__}: {problem}")
            await asyncio.sleep(SOON)


async def be_the_bank(box, book, journal):
    """Take what the server sends to the bank."""

    async def take(reader, writer):
        try:
            said = (await asyncio.wait_for(reader.readline(), PATIENCE)).decode("utf-8", "replace")
            if said:
                journal().paid(said)
            book().well("bank", count_of(said, "takings"), -1)
            writer.write(b"received\n")
            await writer.drain()
        except (OSError, ValueError, EOFError, TimeoutError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(take, "0.0.0.0", box.bank_port)  # noqa: S104  # in a container
