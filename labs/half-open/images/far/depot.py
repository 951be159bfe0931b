"""The depot: knows every parcel, and greets slowly.

A parcel weighs what its label says, until it is put on the depot's own scales, which leave a note.
"""

import asyncio
import json
import os
import signal
import time
import zlib

TOWN = os.environ["KIKORI_TOWN"]
GREETING = 0.2  # seconds for which a badge is looked at
SCALES = "/var/lib/depot"


def weight_of(number):
    """Read the scales' note on a parcel, or else its label."""
    try:
        with open(f"{SCALES}/{number}", encoding="ascii") as note:
            return int(note.read())
    except (OSError, ValueError):
        return 100 + zlib.crc32(f"{TOWN}/{number}".encode()) % 19900


def known(number):
    """What the depot knows of a parcel now."""
    return {"parcel": number, "for": TOWN, "grams": weight_of(number), "as_of": round(time.time(), 3)}


async def answer(reader, head):
    """The answer to one question."""
    if head == b"HELLO\n":
        await asyncio.sleep(GREETING)
        return b"WELCOME\n"
    if head == b"PING\n":
        return b"PONG\n"
    _, length = head.split()
    body = await reader.readexactly(int(length))
    return json.dumps(known(body.decode())).encode() + b"\n"


async def serve(reader, writer):
    """Answer on one line until the caller hangs up."""
    try:
        while head := await reader.readline():
            writer.write(await answer(reader, head))
            await writer.drain()
    except (OSError, ValueError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


async def main():
    """Stand open, until the supervisor says stop."""
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    async with await asyncio.start_server(serve, "", 7000) as server:
        await server.serve_forever()


asyncio.run(main())
