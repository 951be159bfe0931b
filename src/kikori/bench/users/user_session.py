"""What a virtual user does, apart from how it is sent: a visit yields requests and is given their answers.

So one scenario serves every generator: the one here, Locust's, and a test that answers by hand.
"""

from __future__ import annotations

import shlex
from collections.abc import Generator, Mapping
from typing import NamedTuple

from kikori.model.record import Record


class File(NamedTuple):
    """A file that a form carries."""

    name: str
    mime: str
    data: bytes


class Request(NamedTuple):
    """One request of a browser; with ``form`` or ``files`` it is a POST."""

    path: str
    method: str = "GET"
    form: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, File], ...] = ()
    asset: bool = False
    """An image, a script or a style, which browsers keep by its cache headers and fetch side by side."""
    who: int = 0
    """Which of the visit's browsers asks: each number is a session of its own."""
    cookie: str = ""
    """A Cookie header in the place of the browser's own."""

    @property
    def endpoint(self) -> str:
        """The path as reports sum it up: numbers and names become a star."""
        place = self.path.split("?")[0]
        parts = [part if part.isalpha() or not part or "." in part else "*" for part in place.split("/")]
        if len(parts) == 3 and parts[1] in {"m", "img"}:
            parts[2] = "*"
        return f"{self.method} {'/'.join(parts)}"


class Answer(NamedTuple):
    """What came back; status 0 means that nothing did, and ``body`` then says why."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    seconds: float
    kept: bool = False
    """Whether the browser had it and did not ask, or was told that it had not changed."""
    cookies: Mapping[str, str] = {}
    """The browser's cookies once it had this answer."""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


UserSession = Generator[list[Request], list[Answer], None]
"""Yields requests to be sent side by side; none of them is a quarter of a second's wait."""


class Cause(Record):
    """Something that the service did wrong: under which rule, what was seen, and how to see it again."""

    rule: str
    seen: str
    curl: str
    at: float = 0.0
    """Seconds since the phase began."""
    phase: str = ""


class Violation(Exception):
    """Raised in a visit by what the service did wrong."""

    def __init__(self, rule: str, seen: str, request: Request | None = None) -> None:
        """``request`` is the one to repeat; left out, it is the last one of the visit."""
        super().__init__(f"{rule}: {seen}")
        self.rule = rule
        self.seen = seen
        self.request = request


def curl(base: str, request: Request, cookies: Mapping[str, str]) -> str:
    """A line for the shell that repeats a request."""
    parts = ["curl", "-si"]
    if cookies:
        parts += ["-b", "; ".join(f"{name}={value}" for name, value in cookies.items())]
    if request.files:
        parts += [word for name, value in request.form for word in ("-F", f"{name}={value}")]
        parts += [word for name, file in request.files for word in ("-F", f"{name}=@{file.name};type={file.mime}")]
    elif request.method == "POST":
        parts += [word for name, value in request.form for word in ("--data-urlencode", f"{name}={value}")]
        parts += [] if request.form else ["-X", "POST"]
    return shlex.join([*parts, f"{base}{request.path}"])
