"""Visits of people who look: lists, pictures, profiles."""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from random import Random

from kikori.bench.api import Answer, Request, UserSession, Violation

from . import verify
from .page import Article, Page, page, there
from .world import World

Step = Generator[list[Request], list[Answer], Page]
ASSETS = ("board.css", "board.js", "favicon.svg")
STATIC = (*ASSETS, "timeago.js")


class Reader:
    """What all visits have: the world, chance, and a place to tell of verified actions."""

    def __init__(self, world: World, rng: Random, count: object, static: dict[str, bytes]) -> None:
        self.world = world
        self.rng = rng
        self.count = count
        self.static = static
        self.given: dict[str, list[str]] = {}
        """Numbers of sessions and tokens that logins were given, by what they are."""
        self.alive: list[str] = []
        """Cookies and token of a session that nobody has ended."""
        self.twins: list[tuple[str, str]] = []
        """Names of two who joined with one password, with that."""

    def open(self, path: str, *, me: str = "", who: int = 0) -> Step:
        """Open a page as ``me``."""
        request = Request(path, who=who)
        (answer,) = yield [request]
        seen = page(answer, request)
        if not path.startswith("/older"):
            verify.visitor(seen, me, request)
        return seen

    def listed(self, path: str, *, me: str = "", who: int = 0, deep: bool = False) -> Step:
        """Open a list, with all that a browser fetches for it."""
        asked, before = time.monotonic(), path.partition("before=")[2]
        request = Request(path, who=who)
        (answer,) = yield [request]
        seen = page(answer, request)
        if not before:
            verify.visitor(seen, me, request)
        most = len(self.world.newest(before))
        verify.pictures(self.world, seen, request, asked, before, most)
        yield from self.furnish(seen.articles, who, deep, first=not before)
        self.count("older" if before else "list", answer.seconds)
        return seen

    def detailed(self, number: int, *, me: str = "", who: int = 0, deep: bool = False) -> Step:
        """Open a picture's own page."""
        asked, request = time.monotonic(), Request(f"/p/{number}", who=who)
        (answer,) = yield [request]
        seen = page(answer, request)
        verify.visitor(seen, me, request)
        if [article.id for article in seen.articles] != [number]:
            raise Violation("wrong-content", f"/p/{number} does not show that picture alone", request)
        verify.picture(self.world, seen.articles[0], request, asked, whole=True)
        yield from self.furnish(seen.articles, who, deep)
        self.count("detail", answer.seconds)
        return seen

    def profiled(self, name: str, *, me: str = "", who: int = 0, images: bool = True) -> Step:
        """Open a member's page."""
        asked, request = time.monotonic(), Request(f"/m/{name}", who=who)
        (answer,) = yield [request]
        seen = page(answer, request)
        verify.visitor(seen, me, request)
        verify.of_member(self.world, seen, request, asked, name)
        verify.counters(self.world, name, seen, request, asked)
        if images:
            yield from self.furnish(seen.articles, who, deep=False)
        self.count("profile", answer.seconds)
        return seen

    def furnish(self, articles: Sequence[Article], who: int, deep: bool, first: bool = True) -> UserSession:
        """Fetch the pictures of a page, and what every page needs, side by side; one in eight is looked at closely."""
        wanted = [self.world.pictures[article.id] for article in articles if article.id in self.world.pictures]
        images = [Request(one.path, asset=True, who=who) for one in wanted]
        statics = [Request(f"/static/{name}", asset=True, who=who) for name in ASSETS] if first else []
        answers = yield images + statics
        for known, request, answer in zip(wanted, images, answers, strict=False):
            if known.by.banished_since <= time.monotonic() and answer.status == 404:
                continue  # banished while the page was being looked at
            verify.image(known, answer, request, deep or self.rng.random() < 0.125)
        self._as_they_were(statics, answers[len(images) :])

    def static_files(self) -> UserSession:
        """Fetch every static file, also those that few pages need."""
        statics = [Request(f"/static/{name}", asset=True) for name in STATIC]
        answers = yield statics
        self._as_they_were(statics, answers)

    def _as_they_were(self, statics: Sequence[Request], answers: Sequence[Answer]) -> None:
        for request, answer in zip(statics, answers, strict=True):
            there(answer, 200, request)
            if answer.body != self.static[request.path.rpartition("/")[2]]:
                raise Violation("wrong-content", f"{request.path} is not as it was", request)

    def scroll(self, times: int) -> UserSession:
        """Look at the front page, and scroll on."""
        seen = yield from self.listed("/")
        for _ in range(times):
            if not seen.older.startswith("/older?before="):
                raise Violation("wrong-content", f"the list's last link leads to {seen.older!r}", Request("/"))
            seen = yield from self.listed(seen.older)

    def look(self) -> UserSession:
        """Look at a picture that many talk about."""
        yield from self.detailed(self.world.popular(self.rng).id)

    def visit_member(self) -> UserSession:
        """Look at somebody's pictures."""
        yield from self.profiled(self.world.popular(self.rng).by.name)

    def come_again(self) -> UserSession:
        """Look at the front page twice, with what the browser has kept."""
        yield from self.listed("/")
        yield []
        yield from self.listed("/")
