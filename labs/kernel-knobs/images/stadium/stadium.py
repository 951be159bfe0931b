"""The stadium: its turnstiles at the front, and the counters at its staircases.

Without a word it plays an evening: doors open, people trickle in, nobody comes for a while, and again. With a word it
does one thing at once, and prints what was seen (to a program as JSON, to a person in short):

crowd N SECONDS CODE     N turnstiles with a ticket each, spread over so many seconds
steady N AT_ONCE CODE    N tickets, so many turnstiles working through them
lull SECONDS N CODE      N people, nobody for so long, N people again; what was booked, opened and kept meanwhile
shut SECONDS N CODE      N turnstiles ask while the office books nothing for so long
stairs NAME N            one counter sends its N reports, and the page about it is read
staircases NAME N        the same, with the first page of it; then many others report, and the page is read again
garbled CODE             a counter sends what nobody can read
rounds N CODE            N times some tickets after the office has hung up its lines; garbled reports, and good ones
line SECONDS             a line to the ticket office of our own, quiet for so long
booked CODE              how many bookings the office has of tickets whose code begins like this
"""

import asyncio
import fcntl
import json
import os
import random
import signal
import socket
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

PATIENCE = 5
SLOW = 0.9
APART = 0.002  # seconds between two reports of a counter
WRITING = 0.004  # seconds that the day's book takes for one report
OTHERS = 60  # staircases that report once each
LOCK = "/tmp/stadium.lock"
EVENING = 12  # seconds from one opening of the doors to the next


def log(text):
    """Say something to whoever reads the log."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


async def ask(place, request):
    """A request and its answer: the status (0: none came), the text, the seconds."""
    begun, writer, text = time.monotonic(), None, ""
    try:
        async with asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(*place)
            writer.write(f"{request} HTTP/1.0\r\nHost: front\r\nContent-Length: 0\r\n\r\n".encode())
            head, _, text = (await reader.read()).decode().partition("\r\n\r\n")
            status = int(head.split(" ", 2)[1])
    except (OSError, ValueError, IndexError):
        status = 0
    finally:
        if writer:
            writer.close()
    return status, text, round(time.monotonic() - begun, 3)


async def enter(front, code):
    """One ticket at a turnstile: the status, where the ticket was let in, and the seconds."""
    status, text, took = await ask(front, f"POST /enter/{code}")
    return (status if status != 200 or text == f"OPEN {code}\n" else -1), took


def address(name):
    """Where a service is now; the engine's name service stumbles at times, and services come back elsewhere."""
    for _ in range(30):
        try:
            return socket.gethostbyname(name)
        except OSError:
            time.sleep(0.1)
    return socket.gethostbyname(name)


def front():
    """Where the front is; looked up once."""
    return address("front"), 80


async def crowd(count, seconds, code):
    """All within a moment, each at its own time, whatever becomes of the others."""
    place, begun = front(), time.monotonic()

    async def one(number):
        await asyncio.sleep(begun + number * seconds / count - time.monotonic())
        return await enter(place, f"{code}-{number}")

    return await asyncio.gather(*(one(number) for number in range(count)))


async def steady(count, at_once, code):
    """One after the other, at some turnstiles."""
    place, numbers, seen = front(), iter(range(count)), []

    async def turnstile():
        for number in numbers:
            seen.append(await enter(place, f"{code}-{number}"))

    await asyncio.gather(*(turnstile() for _ in range(at_once)))
    return seen


async def page(place, name):
    """What is told of a staircase."""
    return (await ask(place, f"GET /stairs/{name}"))[1].strip()


async def send(reports, apart=APART):
    """Send reports to the ticket service, one datagram each."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((address("tickets"), 7100))
        for report in reports:
            with suppress(OSError):  # nobody is there, says the network of the report before: this one is as lost
                sock.send(report)
            await asyncio.sleep(apart)


async def counter(name, count):
    """A counter's reports, one datagram each: what was sent, what the page says in the end, and what it said at first.

    ``early`` is how many reports the page told of at once, ``could`` how many the day's book can have taken by then.
    """
    place, people = front(), [random.randrange(1, 9) for _ in range(count)]
    begun = time.monotonic()
    await send(f"{name} {number} {some}".encode() for number, some in enumerate(people))
    wanted = f"{count} reports, {sum(people)} people"
    before, told = "", await page(place, name)
    first, since = told.split(" ")[0], time.monotonic()
    could = int((since - begun) / WRITING) + 2
    while told != wanted and time.monotonic() - since < 0.7:  # it is written down one by one; who stands still is done
        await asyncio.sleep(0.05)
        before, told = told, await page(place, name)
        since = since if told == before else time.monotonic()
    early = int(first) if first.isdecimal() else 0
    return {"sent": wanted, "told": told or "nothing", "early": early, "could": could}


async def stairs(name, count):
    """A counter's reports: what was sent, and what the page says in the end."""
    seen = await counter(name, count)
    return {"sent": seen["sent"], "told": seen["told"]}


async def staircases(name, count):
    """A counter reports, and then many others; ``again`` is what the first one's page says after that."""
    seen = await counter(name, count)
    await stairs(f"{name}-next", 20)
    await send((f"{name}-{number} 0 1".encode() for number in range(OTHERS)), APART + WRITING)
    await stairs(f"{name}-last", 1)
    return seen | {"again": await page(front(), name)}


async def garbled(code):
    """Send five reports that nobody can read, an empty one among them; each of the others says what is wrong with it."""
    reports = ("", f"{code}-one", f"{code}-word 1 many", f"{code}-four 1 2 3", f"{code}-byte 1 \xff\xfe")
    await send(report.encode("latin-1") for report in reports)


async def desk(question):
    """A question to the ticket office on a line of its own, and the answer."""
    reader, writer = await asyncio.open_connection(address("office"), 7000)
    writer.write(f"{question}\n".encode())
    answer = await reader.readline()
    writer.close()
    return answer.decode().strip()


async def seen_by_office():
    """How many bookings and how many connections the office has had."""
    return [int(word) for word in (await desk("SEEN")).split()]


async def lull(seconds, count, code):
    """People, nobody for a while, people again.

    ``unasked`` is how many bookings there were while nobody came, ``besides`` how many of tickets that nobody showed in
    all that time, ``opened`` how many lines to the office the people afterwards took, ``before`` and ``after`` what the
    page about a staircase told.
    """
    stair = f"{code}s"
    before = (await stairs(stair, 20))["told"]
    begun, _ = await seen_by_office()
    await steady(2 * count, count, f"w{code}")
    had, _ = await seen_by_office()
    await asyncio.sleep(seconds)
    booked_then, lines = await seen_by_office()
    seen = await crowd(count, 0.1, code)
    ended, lines_then = await seen_by_office()
    unasked, opened = booked_then - had, lines_then - lines - 1  # one is ours
    besides = ended - begun - await booked(code) - await booked(f"w{code}")
    after = await page(front(), stair) or "nothing"
    return {"seen": seen, "unasked": unasked, "besides": besides, "opened": opened, "before": before, "after": after}


async def shut(seconds, count, code):
    """Tell what was seen at turnstiles while the office booked nothing.

    ``early`` is how many opened meanwhile, ``twice`` how many tickets were booked more than once after that.
    """
    place, begun = front(), time.monotonic()
    await desk(f"SHUT {seconds}")

    async def one(number):
        await asyncio.sleep(number * 0.01)
        seen = await enter(place, f"{code}-{number}")
        return seen, seen[0] == 200 and time.monotonic() < begun + seconds  # the office was shut for at least so long

    both = await asyncio.gather(*(one(number) for number in range(count)))
    await asyncio.sleep(max(0, begun + seconds + 0.4 - time.monotonic()))
    twice = int(await desk(f"TWICE {code}"))
    return {"seen": [seen for seen, _ in both], "early": sum(early for _, early in both), "twice": twice}


async def rounds(count, code):
    """Do an evening's work; tell what was seen after each hang-up."""
    seen = []
    for number in range(count):
        await desk("HANGUP")
        seen += await steady(16, 8, f"{code}{number}")
    await garbled(code)
    await stairs(f"{code}s", 60)
    return seen


async def line(seconds):
    """A line of our own to the ticket office, quiet for a while: what becomes of it."""
    reader, writer = await asyncio.open_connection("office", 7000)
    try:
        writer.write(b"BOOKED nobody\n")
        await reader.readline()
        await asyncio.sleep(seconds)
        writer.write(b"BOOKED nobody\n")
        async with asyncio.timeout(0.4):
            return "answered" if await reader.readline() else "closed"
    except TimeoutError:
        return "silent"
    except OSError:
        return "reset"
    finally:
        writer.transport.abort()


async def booked(code):
    """What the office has in its book."""
    return int(await desk(f"BOOKED {code}"))


def told(seen):
    """As somebody at the doors would say it."""
    slow = sum(took > SLOW for _, took in seen)
    wrong = Counter("no answer" if status == 0 else f"status {status}" for status, _ in seen if status != 200)
    return f"{len(seen)} tickets, slowest {max(took for _, took in seen):.2f} s, {slow} slow" + "".join(
        f", {count} {reason}" for reason, count in wrong.items()
    )


async def evening(doors, number):
    """One evening."""
    log(f"doors open: {told(await crowd(doors, 0.25, f'D{number}'))}")
    await asyncio.sleep(0.5)
    log(f"people trickle in: {told(await steady(40, 4, f'T{number}'))}")
    stair = f"{('north', 'east', 'south', 'west')[number % 4]}-{number}"
    seen = await stairs(stair, 60 + doors // 2)
    log(f"stairs {stair}: sent {seen['sent']}; the page says {seen['told']}")


async def evenings(doors):
    """One after the other; whoever looks into something else has the stadium to himself meanwhile."""
    for number in range(1 << 30):
        with Path(LOCK).open("w") as lock:
            while not taken(lock):
                await asyncio.sleep(0.2)
            try:
                await evening(doors, number)
            except OSError as problem:
                log(f"no evening today: {problem}")
        await asyncio.sleep(EVENING - time.time() % EVENING)


def taken(lock):
    """Whether the stadium is ours now."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def main(words):
    """One thing, or evenings without end."""
    if not words:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
        return asyncio.run(evenings(int(os.environ["KIKORI_TURNSTILES"])))
    works = {
        "crowd": (crowd, int, float, str), "steady": (steady, int, int, str), "lull": (lull, float, int, str),
        "shut": (shut, float, int, str), "stairs": (stairs, str, int), "staircases": (staircases, str, int),
        "garbled": (garbled, str), "rounds": (rounds, int, str), "line": (line, float), "booked": (booked, str),
    }  # fmt: skip
    work, *kinds = works[words[0]]
    values = [kind(word) for kind, word in zip(kinds, words[1:], strict=True)]
    seen = asyncio.run(work(*values))
    readable = sys.stdout.isatty() and words[0] in ("crowd", "steady")
    return print(told(seen) if readable else json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1:])
