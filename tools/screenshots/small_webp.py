"""A screenshot as a smaller WebP, which a browser writes, so that no other tool is needed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDE, QUALITY = 960, 0.82
SHRINK = """async ([data, wide, quality]) => {
  const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
  const high = Math.round(picture.height * wide / picture.width);
  const canvas = Object.assign(document.createElement("canvas"), { width: wide, height: high });
  const pen = canvas.getContext("2d");
  pen.imageSmoothingQuality = "high";
  pen.drawImage(picture, 0, 0, wide, high);
  return canvas.toDataURL("image/webp", quality).split(",")[1];
}"""


def shrunk(page: Page, png: bytes) -> bytes:
    """Write a picture anew, 960 pixels wide; ``page`` is an empty one, which draws it."""
    return b64decode(page.evaluate(SHRINK, [b64encode(png).decode(), WIDE, QUALITY]))
