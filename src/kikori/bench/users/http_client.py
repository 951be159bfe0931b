"""Visits sent over HTTP by one thread: asyncio and aiohttp, which served most requests per core (benchmarks/)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import aiohttp

from kikori.bench.users.browser import Browser, Browsers
from kikori.bench.users.user_session import Answer, Request, UserSession

SIDE_BY_SIDE = 6
"""Assets that a browser fetches at a time."""
WAIT = 0.25
"""Seconds that a visit waits when it asks for nothing."""
PAGE_SECONDS = 8.0
UPLOAD_SECONDS = 12.0

Heard = Callable[[Request, Answer], None]


class HttpClient:
    """The connections to one service; ``heard`` is told of every answer that came over them."""

    def __init__(self, base: str, session: aiohttp.ClientSession, heard: Heard) -> None:
        self.base = base
        self.session = session
        self.heard = heard

    async def perform(self, visit: UserSession, browsers: Browsers) -> None:
        """Carry out a visit.

        Raises:
            Violation: from the visit, about what the service did; with the last request, if it named none.
        """
        answers: list[Answer] = []
        try:
            batch = next(visit)
            while True:
                answers = await self._fetch_all(batch, browsers)
                batch = visit.send(answers)
        except StopIteration:
            return

    async def _fetch_all(self, batch: list[Request], browsers: Browsers) -> list[Answer]:
        if not batch:
            await asyncio.sleep(WAIT)
        if len(batch) == 1:
            return [await self.fetch(batch[0], browsers[batch[0].who])]
        room = asyncio.Semaphore(SIDE_BY_SIDE)

        async def one(request: Request) -> Answer:
            async with room:
                return await self.fetch(request, browsers[request.who])

        return list(await asyncio.gather(*map(one, batch)))

    async def fetch(self, request: Request, browser: Browser, limit: float | None = None) -> Answer:
        """One answer, from the browser's own cache or from the service."""
        if kept := browser.at_hand(request):
            return kept
        began = time.monotonic()
        try:
            async with self.session.request(
                request.method,
                self.base + request.path,
                data=_body(request),
                headers=browser.headers(request),
                allow_redirects=False,
                timeout=aiohttp.ClientTimeout(total=limit or (UPLOAD_SECONDS if request.files else PAGE_SECONDS)),
            ) as response:
                body = await response.read()
                answer = Answer(response.status, response.headers, body, time.monotonic() - began)
                set_cookies = response.headers.getall("Set-Cookie", [])
        except TimeoutError:
            answer, set_cookies = _nothing("timeout", began), []
        except (aiohttp.ClientError, OSError) as problem:
            answer, set_cookies = _nothing(type(problem).__name__, began), []
        self.heard(request, answer)
        return browser.receive(request, answer, set_cookies)


def _nothing(why: str, began: float) -> Answer:
    return Answer(0, {}, why.encode(), time.monotonic() - began)


def _body(request: Request) -> aiohttp.FormData | None:
    if request.method != "POST":
        return None
    form = aiohttp.FormData(default_to_multipart=bool(request.files))
    for name, value in request.form:
        form.add_field(name, value)
    for name, file in request.files:
        form.add_field(name, file.data, filename=file.name, content_type=file.mime)
    return form


@asynccontextmanager
async def http_client(base: str, heard: Heard) -> AsyncIterator[HttpClient]:
    """Open connections to a service, and close them all afterwards."""
    connector = aiohttp.TCPConnector(limit=0, limit_per_host=0, keepalive_timeout=20)
    jar = aiohttp.DummyCookieJar()  # each browser has its own
    async with aiohttp.ClientSession(connector=connector, cookie_jar=jar, auto_decompress=True) as session:
        yield HttpClient(base, session, heard)
