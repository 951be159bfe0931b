"""The instructor's page: who is where, the longest stuck first, and whose hand is up."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kikori.bilingual import LANGUAGES
from kikori.cohort import HERE
from kikori.cohort.messages import Where
from kikori.cohort.server.inbox import Inbox
from kikori.cohort.server.rendering import filled, lang_of
from kikori.cohort.server.store import CohortStore, Hand, HandedIn, Learner, Place
from kikori.model.record import Record
from kikori.settings import Lang
from kikori.visible_text import doubtful_names

FREE = ("/join", "/static/")
"""What needs no token: the page that a join address leads a browser to, and what it looks like."""
RESTING = (Where.SUBMITTED, Where.PAUSED)


class Seen(Record):
    """All that the page shows at one moment."""

    now: float
    hands: tuple[Hand, ...]
    at_work: tuple[Place, ...]
    resting: tuple[Place, ...]
    """Who has submitted or paused: nobody's turn."""
    elsewhere: tuple[Learner, ...]
    """Who joined and is at no lab."""
    handed_in: tuple[HandedIn, ...]
    labs: tuple[str, ...]
    lab: str
    """The only lab that is shown; empty for all."""
    empty: bool = False
    """Whether nobody has joined, and nothing arrived."""
    doubtful: frozenset[str] = frozenset()
    """Names that look like another one, or hide or mix letters."""

    @property
    def raised(self) -> dict[str, str]:
        """The labs about which a hand is up, by learner."""
        return {hand.learner: hand.call.check_in.lab for hand in self.hands}


class Page:
    """The instructor's routes."""

    def __init__(self, store: CohortStore, inbox: Inbox, join_address: str, lang: Lang) -> None:
        self.store = store
        self.inbox = inbox
        self.join_address = join_address
        self.lang = lang

    def routes(self) -> list[Route | Mount]:
        """Where each part is asked for."""
        return [
            Route("/", self.whole),
            Route("/live", self.live),
            Route("/join", self.joining),
            Route("/hands/{learner}/lower", self.lower, methods=["POST"]),
            Route("/learners/{learner}/remove", self.remove, methods=["POST"]),
            Mount("/static", StaticFiles(directory=HERE / "static", packages=[("kikori.design", "static")])),
        ]

    async def whole(self, request: Request) -> Response:
        """The page."""
        return await self._shown("page.html", request)

    async def live(self, request: Request) -> Response:
        """The part of it that changes, for its script."""
        return await self._shown("live.html", request)

    async def joining(self, request: Request) -> Response:
        """What a browser gets that opens a join address: what to type instead."""
        return filled("join.html", lang_of(request, self.lang))

    async def lower(self, request: Request) -> Response:
        """Take a hand down."""
        await run_in_threadpool(self.store.lower, request.path_params["learner"])
        return _back(request.query_params)

    async def remove(self, request: Request) -> Response:
        """Take a learner off, with all that is known of them."""
        await run_in_threadpool(self.inbox.forget, request.path_params["learner"])
        return _back(request.query_params)

    async def _shown(self, template: str, request: Request) -> Response:
        view = await run_in_threadpool(seen, self.store, request.query_params.get("lab", ""))
        lang = lang_of(request, self.lang)
        query = urlencode({"lang": lang, "lab": view.lab})
        others = {other: urlencode({"lang": other, "lab": view.lab}) for other in LANGUAGES}
        places = {"joining": self.join_address, "folder": str(self.inbox.folder)}
        return filled(template, lang, view=view, query=query, others=others, **places)


def seen(store: CohortStore, lab: str = "", now: float | None = None) -> Seen:
    """The cohort as it is now, all of it or those at one lab."""
    everywhere, hands = store.places(), store.hands()
    labs = {place.lab for place in everywhere} | {hand.call.check_in.lab for hand in hands}
    lab = lab if lab in labs else ""
    places = [place for place in everywhere if lab in ("", place.lab)]
    here, joined = {place.learner for place in everywhere}, store.learners()
    return Seen(
        now=now or time.time(),
        hands=tuple(hand for hand in hands if lab in ("", hand.call.check_in.lab)),
        at_work=tuple(place for place in places if place.stage not in RESTING),
        resting=tuple(place for place in places if place.stage in RESTING),
        elsewhere=tuple(one for one in joined if one.id not in here),
        handed_in=tuple(store.handed_in()),
        labs=tuple(sorted(labs)),
        lab=lab,
        empty=not (joined or hands or store.handed_in()),
        doubtful=doubtful_names(one.name for one in joined),
    )


def _back(asked: Mapping[str, str]) -> Response:
    kept = {name: asked[name] for name in ("lang", "lab") if asked.get(name)}
    return RedirectResponse(f"/?{urlencode(kept)}" if kept else "/", HTTPStatus.SEE_OTHER)
