"""The stadium: its turnstiles at the front, and the counters at its staircases.

Without a word it plays an evening: doors open, people trickle in, nobody comes for a while, and again. With a word it
does one thing at once, and prints what was seen (to a program as JSON, to a person in short):

crowd N SECONDS CODE     N turnstiles with a ticket each, spread over so many seconds
steady N AT_ONCE CODE    N tickets, so many turnstiles working through them
quiet SECONDS            nobody comes
stairs NAME N            one counter sends its N reports, and the page about it is read
line SECONDS             a line to the ticket office of our own, quiet for so long
booked CODE              how many tickets the office has booked whose code begins like this
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


async def stairs(name, count):
    """A counter's reports, one datagram each; what was sent, and what the page says in the end."""
    place, people = front(), [random.randrange(1, 9) for _ in range(count)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect((address("tickets"), 7100))
        for number, some in enumerate(people):
            with suppress(OSError):  # nobody is there, says the network of the report before: this one is as lost
                sock.send(f"{name} {number} {some}".encode())
            await asyncio.sleep(APART)
    wanted = f"{count} reports, {sum(people)} people\n"
    before, told, since = "", None, time.monotonic()
    while told != wanted and time.monotonic() - since < 0.7:  # it is written down one by one; who stands still is done
        before, told = told, (await ask(place, f"GET /stairs/{name}"))[1]
        since = since if told == before else time.monotonic()
        await asyncio.sleep(0.05)
    return {"sent": wanted.strip(), "told": (told or "nothing").strip()}


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
    reader, writer = await asyncio.open_connection("office", 7000)
    writer.write(f"BOOKED {code}\n".encode())
    answer = await reader.readline()
    writer.close()
    return int(answer)


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
    kinds = {"crowd": (int, float, str), "steady": (int, int, str), "stairs": (str, int)}
    kinds |= {"line": (float,), "quiet": (float,), "booked": (str,)}
    works = {"crowd": crowd, "steady": steady, "stairs": stairs, "line": line, "booked": booked, "quiet": asyncio.sleep}
    values = [kind(word) for kind, word in zip(kinds[words[0]], words[1:], strict=True)]
    seen = asyncio.run(works[words[0]](*values))
    readable = sys.stdout.isatty() and words[0] in ("crowd", "steady")
    return print(told(seen) if readable else json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1:])
