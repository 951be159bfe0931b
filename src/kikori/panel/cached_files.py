"""A file over HTTP: compressed, kept by the browser, and sent again only when it changed."""

from __future__ import annotations

import gzip
import mimetypes
import re
from functools import lru_cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

HASHED = re.compile(r"(?:.+\.[0-9a-f]{8}\.min|[0-9a-f]{12})\.[a-z]+")
"""Files that are named by a hash of what they hold: the theme's, and the pictures of diagrams."""
FOR_EVER = "private, max-age=31536000, immutable"
ASK = "private, no-cache"
"""Kept, but asked about each time."""
TEXTS = {".css", ".html", ".js", ".json", ".mjs", ".svg", ".txt", ".xml"}
SMALL = 1000
"""Bytes below which compressing saves no packet."""
LEVEL = 6
ACCEPTED = re.compile(r"gzip(?:;q=(?!0(?:\.0*)?$).+)?")


def inside(root: Path, asked: str) -> Path:
    """Find what is asked for below a folder.

    Raises:
        HTTPException: 404, there is none.
    """
    try:
        path = (root / asked).resolve(strict=True)
    except (OSError, ValueError):  # there is none, and there can be none of such a name
        raise HTTPException(404) from None
    if not path.is_relative_to(root):
        raise HTTPException(404)
    return path


def accepts_gzip(request: Request) -> bool:
    """Tell whether whoever asks reads gzip (RFC 9110, section 12.5.3)."""
    named = request.headers.get("accept-encoding", "").lower().replace(" ", "").split(",")
    return any(ACCEPTED.fullmatch(one) for one in named)


async def answer(request: Request, path: Path) -> Response:
    """Send a file, or say that the browser has it as it is."""
    found = path.stat()
    tag = f'W/"{found.st_mtime_ns:x}-{found.st_size:x}"'  # weak: the same compressed and not
    headers = {"Cache-Control": FOR_EVER if HASHED.fullmatch(path.name) else ASK, "ETag": tag}
    is_text = path.suffix in TEXTS and found.st_size >= SMALL
    headers |= {"Vary": "Accept-Encoding"} if is_text else {}
    if tag in [one.strip() for one in request.headers.get("if-none-match", "").split(",")]:
        return Response(status_code=304, headers=headers)
    if not (is_text and accepts_gzip(request)):
        return FileResponse(path, headers=headers)
    data = await run_in_threadpool(_compressed, path, found.st_mtime_ns)
    kind = mimetypes.guess_type(path.name)[0]
    return Response(data, media_type=kind, headers=headers | {"Content-Encoding": "gzip"})


def compressed(data: bytes) -> bytes:
    """Compress what is sent once."""
    return gzip.compress(data, LEVEL, mtime=0)


@lru_cache(maxsize=200)
def _compressed(path: Path, changed: int) -> bytes:
    """A file's bytes, compressed; ``changed`` is when it was written."""
    return compressed(path.read_bytes())
