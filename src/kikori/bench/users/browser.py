"""What a browser keeps between requests: cookies, and what it may use again by the rules of RFC 9111."""

from __future__ import annotations

import re
import time
from asyncio import AbstractEventLoop
from collections.abc import Iterable, Mapping
from contextlib import suppress
from email.utils import parsedate_to_datetime
from http.cookies import CookieError, SimpleCookie
from random import Random
from typing import NamedTuple, cast

from aiohttp import CookieJar
from yarl import URL

from kikori.bench.users.user_session import Answer, Request

AGENTS = (
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131 Mobile Safari/537.36",
)
NO_LOOP = cast("AbstractEventLoop", object())
"""The jar keeps a loop and asks nothing of it; a Locust worker has none."""
LANGUAGES = ("ja,en-US;q=0.8,en;q=0.6", "en-GB,en;q=0.9", "ja-JP,ja;q=0.9", "en-US,en;q=0.7,ja;q=0.5")
MAX_AGE = re.compile(r"max-age=(\d+)")
ADDRESS = URL("http://127.0.0.1")
"""One browser visits one service, wherever that is; cookies marked as secure are kept, as browsers do on loopback."""


class Kept(NamedTuple):
    """An answer in the browser's cache."""

    answer: Answer
    fresh_until: float
    """On the monotonic clock; later on the server is asked whether it still holds."""


class Browser:
    """One person's browser, with nothing in it at first."""

    def __init__(self, rng: Random) -> None:
        self._jar = CookieJar(unsafe=True, treat_as_secure_origin=ADDRESS, loop=NO_LOOP)
        self._kept: dict[str, Kept] = {}
        self._own = _headers(rng)

    def headers(self, request: Request) -> dict[str, str]:
        """The headers of a request, as a browser of its kind sends them."""
        found = dict(self._own)
        if request.cookie:
            found["Cookie"] = request.cookie
        elif cookies := self.cookies(request):
            found["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        if request.asset:
            found["Accept"] = "image/avif,image/webp,*/*"
            found |= self._validators(request)
        return found

    def at_hand(self, request: Request) -> Answer | None:
        """The answer that may be used without asking."""
        kept = self._kept.get(request.path) if request.asset else None
        if kept and kept.fresh_until > time.monotonic():
            return kept.answer._replace(kept=True, seconds=0.0, cookies=self.cookies(request))
        return None

    def _validators(self, request: Request) -> dict[str, str]:
        kept = self._kept.get(request.path)
        if not kept:
            return {}
        known = kept.answer.headers
        pairs = (("If-None-Match", known.get("ETag")), ("If-Modified-Since", known.get("Last-Modified")))
        return {name: value for name, value in pairs if value}

    def receive(self, request: Request, answer: Answer, set_cookies: Iterable[str]) -> Answer:
        """Take cookies and cache from an answer; gives the answer as the page sees it."""
        for line in set_cookies:
            self._take_cookie(request, line)
        kept = self._kept.get(request.path)
        if answer.status == 304 and kept:
            seen = kept.answer._replace(seconds=answer.seconds, kept=True, cookies=self.cookies(request))
            self._kept[request.path] = Kept(kept.answer, _fresh_until({**kept.answer.headers, **answer.headers}))
            return seen
        if request.asset and answer.status == 200 and _may_keep(answer.headers):
            self._kept[request.path] = Kept(answer, _fresh_until(answer.headers))
        return answer._replace(cookies=self.cookies(request))

    def cookies(self, request: Request) -> dict[str, str]:
        """The cookies that belong to a path and have not run out, each as the service wrote it (RFC 6265)."""
        found = self._jar.filter_cookies(ADDRESS.join(URL(request.path)))
        return {name: morsel.coded_value for name, morsel in found.items()}

    def _take_cookie(self, request: Request, line: str) -> None:
        with suppress(CookieError):
            self._jar.update_cookies(SimpleCookie(line), ADDRESS.join(URL(request.path)))


class Browsers(dict[int, Browser]):
    """The browsers of a visit, each made when it is first asked for."""

    def __init__(self, rng: Random) -> None:
        super().__init__()
        self.rng = rng

    def __missing__(self, who: int) -> Browser:
        return self.setdefault(who, Browser(self.rng))


def _headers(rng: Random) -> dict[str, str]:
    """A browser's own headers, in an order of its own: nothing tells a benchmark from a person."""
    pairs = [
        ("User-Agent", rng.choice(AGENTS)),
        ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
        ("Accept-Language", rng.choice(LANGUAGES)),
        ("Accept-Encoding", "gzip, deflate"),
    ]
    rng.shuffle(pairs)
    return dict(pairs)


def _may_keep(headers: Mapping[str, str]) -> bool:
    return "no-store" not in headers.get("Cache-Control", "")


def _fresh_until(headers: Mapping[str, str]) -> float:
    control = headers.get("Cache-Control", "")
    if "no-cache" in control:
        return 0.0
    if found := MAX_AGE.search(control):
        return time.monotonic() + int(found[1])
    try:
        expires = parsedate_to_datetime(headers["Expires"]).timestamp()
    except (KeyError, ValueError):
        return 0.0
    return time.monotonic() + expires - time.time()
