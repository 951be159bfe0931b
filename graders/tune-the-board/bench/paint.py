"""Pictures for uploads: new ones for every run, made in microseconds, with bytes that no service can know before."""

from __future__ import annotations

import hashlib
import struct
import zlib
from random import Random

from kikori.bench.api import File

from .world import Member, Picture


def png(rng: Random) -> bytes:
    """A small picture of noise, about 12 kB, as PNG."""
    width, height = 64, 64
    rows = b"".join(b"\0" + rng.randbytes(width * 3) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def _chunk(pair: tuple[bytes, bytes]) -> bytes:
    kind, data = pair
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


WORDS = (
    "rain",
    "tea",
    "cat",
    "wind",
    "lamp",
    "moss",
    "tram",
    "kite",
    "風鈴",
    "夕立",
    "縁側",
    "みかん",
    "提灯",
    "金魚",
    "朝顔",
)


def words(rng: Random) -> str:
    """A sentence that nobody has said before, with what pages must escape."""
    said = " ".join(rng.choice(WORDS) for _ in range(rng.randrange(3, 9)))
    return f"{said} <{rng.randrange(16**8):08x}> & {rng.choice('☂☕🐈🎐')}"


def picture(rng: Random, by: Member) -> tuple[Picture, File]:
    """A picture to put up, and the file that a form carries."""
    data = png(rng)
    made = Picture(by=by, mime="image/png", sha256=hashlib.sha256(data).hexdigest(), caption=words(rng))
    return made, File(f"{rng.randrange(16**6):06x}.png", "image/png", data)
