"""A screenshot with 256 colours, a third as large: its most frequent ones, found by the browser that took it."""

from __future__ import annotations

import struct
import zlib
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

PALETTE = """
async source => {
  const picture = new Image();
  picture.src = source;
  await picture.decode();
  const { naturalWidth: width, naturalHeight: height } = picture;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const dots = new Uint32Array(pen.getImageData(0, 0, width, height).data.buffer), times = new Map();
  for (const dot of dots) times.set(dot, (times.get(dot) ?? 0) + 1);
  const colours = [...times.keys()].sort((a, b) => times.get(b) - times.get(a));
  const parts = dot => [dot & 255, (dot >> 8) & 255, (dot >> 16) & 255];
  const kept = colours.slice(0, 256).map(parts);
  const place = new Map(colours.map((colour, at) => {
    if (at < 256) return [colour, at];
    const [r, g, b] = parts(colour);
    let best = 0, least = Infinity;
    kept.forEach((one, number) => {
      const apart = (one[0] - r) ** 2 + (one[1] - g) ** 2 + (one[2] - b) ** 2;
      if (apart < least) [best, least] = [number, apart];
    });
    return [colour, best];
  }));
  const bytes = Uint8Array.from(dots, dot => place.get(dot));
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  return { width, height, kept, dots: btoa(text) };
}
"""


def smaller(page: Page, png: bytes) -> bytes:
    """Write a picture anew with a palette; ``page`` is an empty one, which counts the colours."""
    found = page.evaluate(PALETTE, f"data:image/png;base64,{b64encode(png).decode()}")
    width, height, dots = found["width"], found["height"], b64decode(found["dots"])
    rows = b"".join(b"\0" + dots[at * width : (at + 1) * width] for at in range(height))
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", bytes(part for colour in found["kept"] for part in colour))
        + _chunk(b"IDAT", zlib.compress(rows, 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Frame a part of a PNG (PNG specification, section 5.3)."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
