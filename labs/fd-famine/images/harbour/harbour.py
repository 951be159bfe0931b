"""The harbour: its departure boards, its printers, and the office that publishes the plan and stamps it.

All it knows of the timetable it asks at the edge. Its log says what people at the quays see.

GET /stamp?version=N  a stamp for that plan, with a number of its own
GET /book             all stamps, the latest last
GET /quays            how many boards there are, how many of them show the plan, and whose lines were cut: a pair for
                      each, how many seconds ago, and after how many without a word
"""

import asyncio
import itertools
import json
import os
import random
import re
import signal
import time
from collections import Counter, deque

BOARDS = int(os.environ["BOARDS"])
EDGE = ("edge", 80)
PATIENCE = 3
STAMPING = 0.7
PUBLISHED_EVERY = 30
SHEETS_A_SECOND = 5
PLAN, RELOAD = b"event: plan\n", b"event: reload\n"
STAMP = re.compile(rb"\w+ /stamp\?version=(\d{1,9})[ &]")


def log(text):
    """Say something to whoever reads the log."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


async def ask(request, body=b""):
    """Send a request to the edge; gives the two ends of the connection once it is sent."""
    reader, writer = await asyncio.open_connection(*EDGE)
    head = f"{request} HTTP/1.0\r\nHost: edge\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode() + body)
    return reader, writer


async def status(reader):
    """The status of an answer, its head read to the end."""
    head = await reader.readuntil(b"\r\n\r\n")
    return int(head.split(b" ", 2)[1])


async def once(request):
    """A request and its answer's status, or why there was none."""
    writer = None
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await ask(request)
            return await status(reader)
    except TimeoutError:
        return "no answer"
    except (OSError, asyncio.IncompleteReadError):
        return "cut off"
    finally:
        if writer:
            writer.close()


class Quays:
    """All boards, and what they show: the plan, or nothing and why."""

    def __init__(self):
        self.shown = ["starting"] * BOARDS
        self.cut = deque(maxlen=10 * BOARDS)

    async def board(self, number):
        """One board, day and night."""
        while True:
            again = await self.watch(number)
            if not again:
                await asyncio.sleep(random.uniform(0.5, 2))

    async def watch(self, number):
        """Show the plan and its changes until the line ends; gives whether to come back at once."""
        writer = None
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await ask("GET /watch")
                self.shown[number] = await status(reader)
                if self.shown[number] != 200:
                    return False
                await reader.readuntil(PLAN)
            self.shown[number] = "plan"
            await self.stay(reader)
            return True
        except TimeoutError:
            self.shown[number] = "no answer"
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            self.shown[number] = "cut off"
        finally:
            if writer:
                writer.close()
        return False

    async def stay(self, reader):
        """Show what comes until the plan is published anew."""
        told, heard = b"", time.monotonic()
        try:
            while RELOAD not in told:
                more = await reader.read(1 << 16)
                if not more:
                    raise ConnectionResetError
                told, heard = told[-len(RELOAD) :] + more, time.monotonic()
        except OSError:
            now = time.monotonic()
            self.cut.append((now, now - heard))
            raise

    def bright(self):
        """How many show the plan."""
        return self.shown.count("plan")

    def __str__(self):
        """As a person at the quays would count them."""
        reasons = Counter(str(what) for what in self.shown)
        bright = reasons.pop("plan", 0)
        dark = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        return f"{bright} of {BOARDS} boards show the plan" + (f"; dark: {dark}" if dark else "")


async def print_sheets():
    """The printers at the gangways, which take turns."""
    before = 200
    for number in itertools.cycle(range(64)):
        seen = await once(f"GET /sheet/{number}")
        if seen != before:
            log(f"printers: sheet {number}: {seen}")
        before = seen
        await asyncio.sleep(1 / SHEETS_A_SECOND)


async def publish(quays):
    """The office publishes the plan, and looks out of the window."""
    while True:
        await asyncio.sleep(PUBLISHED_EVERY)
        seen = await once("POST /plan")
        log(f"office: plan published: {seen}")
        await asyncio.sleep(1)
        log(f"quays: {quays}")


async def look(quays):
    """Say how the boards are, whenever that has changed."""
    before = ""
    while True:
        await asyncio.sleep(3)
        if str(quays) != before:
            before = str(quays)
            log(f"quays: {before}")


class Office:
    """Stamps plans, with due care, and keeps a book of that."""

    def __init__(self, quays):
        self.quays = quays
        self.book = []

    async def serve(self, reader, writer):
        """Whoever comes."""
        text = await self.answer(await reader.readuntil(b"\r\n\r\n"))
        writer.write(f"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n{text}\n".encode())
        await writer.drain()
        writer.close()

    async def answer(self, request):
        """A stamp, or what has been seen so far."""
        if version := STAMP.match(request):
            await asyncio.sleep(STAMPING)
            self.book.append([int(version[1]), f"stamped, no. {random.randrange(10**6):06}"])
            return self.book[-1][1]
        if request.startswith(b"GET /book "):
            return json.dumps(self.book)
        if request.startswith(b"GET /quays "):
            cut = [(time.monotonic() - at, silence) for at, silence in self.quays.cut]
            return json.dumps({"boards": BOARDS, "bright": self.quays.bright(), "cut": cut})
        return "open"


async def main():
    """A day at the harbour."""
    quays = Quays()
    server = await asyncio.start_server(Office(quays).serve, port=9100)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, os._exit, 0)
    await asyncio.gather(
        server.serve_forever(),
        print_sheets(),
        publish(quays),
        look(quays),
        *(quays.board(number) for number in range(BOARDS)),
    )


if __name__ == "__main__":
    asyncio.run(main())
