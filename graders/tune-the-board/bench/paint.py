"""Pictures for uploads: new ones for every run, made in microseconds, with bytes that no service can know before."""

from __future__ import annotations

import hashlib
import struct
import zlib
from random import Random

from kikori.bench.api import File

from .world import Member, Picture


def png(rng: Random, mark: str) -> bytes:
    """Make a small PNG of noise, about 12 kB, with a mark."""
    width, height = 64, 64
    rows = b"".join(b"\0" + rng.randbytes(width * 3) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (
        (b"IHDR", head),
        (b"tEXt", b"Comment\0" + mark.encode()),
        (b"IDAT", zlib.compress(rows, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, chunks))


def gif(rng: Random, size: int) -> bytes:
    """Make a GIF of one dot with a comment of so many bytes."""
    words = (rng.randbytes(255) for _ in range(size // 255 + 1))
    comment = b"\x21\xfe" + b"".join(b"\xff" + word for word in words) + b"\0"
    dot = struct.pack("<BHHHHB", 0x2C, 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    head = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    return head + comment + dot + b";"


def mark_of(caption: str) -> str:
    """Give the text by which a picture's file is found again."""
    return hashlib.sha256(caption.encode()).hexdigest()[:24]


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
    """A sentence that nobody has said before, with what pages and statements must escape."""
    said = " ".join(rng.choice(WORDS) for _ in range(rng.randrange(3, 9)))
    return f'{said} <{rng.randrange(16**8):08x}> & it\'s "100%" \\o/ {rng.choice("☂☕🐈🎐")}'


def picture(rng: Random, by: Member, size: int = 0) -> tuple[Picture, File]:
    """Make a picture to put up, of some size, and its file."""
    caption = words(rng)
    data, kind = (gif(rng, size), "gif") if size else (png(rng, mark_of(caption)), "png")
    made = Picture(by=by, mime=f"image/{kind}", sha256=hashlib.sha256(data).hexdigest(), caption=caption)
    return made, File(f"{rng.randrange(16**6):06x}.{kind}", made.mime, data)
