"""The instructor's page of a track: who is where in it, by the labs that were submitted."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kikori.bilingual import LANGUAGES
from kikori.cohort.server.dashboard import RESTING
from kikori.cohort.server.rendering import filled, lang_of
from kikori.cohort.server.store import CohortStore, Learner, Place
from kikori.content import Catalog
from kikori.content.tracks import PlannedSession, Schedule, schedules
from kikori.errors import KikoriError
from kikori.model.record import Record
from kikori.settings import Lang
from kikori.visible_text import doubtful_names


class PlaceInTrack(Record):
    """How far a learner is in a track."""

    learner: str
    name: str
    done: tuple[str, ...]
    """The labs of the track that were submitted, in its order."""
    now: Place | None
    """Where the learner is at work, if that is a lab of the track."""
    first: int
    """The number of the first session in which the learner may be: the one after that in which the last lab ended."""
    next: PlannedSession | None
    """The session in which the first lab ends that was not submitted; none where all were."""


class TrackView(Record):
    """All that the page shows at one moment."""

    now: float
    tracks: tuple[Schedule, ...]
    track: Schedule | None
    rows: tuple[PlaceInTrack, ...]
    doubtful: frozenset[str]
    """Names that look like another one, or hide or mix letters."""
    problem: str = ""
    """Why the tracks can't be read."""


class TrackPage:
    """The instructor's routes of tracks."""

    def __init__(self, store: CohortStore, catalog: Catalog, lang: Lang) -> None:
        self.store = store
        self.catalog = catalog
        self.lang = lang

    def routes(self) -> list[Route]:
        """Where each part is asked for."""
        return [Route("/tracks", self.whole), Route("/tracks/live", self.live)]

    async def whole(self, request: Request) -> Response:
        """The page."""
        return await self._shown("tracks.html", request)

    async def live(self, request: Request) -> Response:
        """The part of it that changes, for its script."""
        return await self._shown("tracks-live.html", request)

    @cached_property
    def schedules(self) -> tuple[Schedule, ...]:
        """The tracks, read once.

        Raises:
            OurFault: a track, a module or a lab can't be read.
        """
        return schedules(self.catalog)

    async def _shown(self, template: str, request: Request) -> Response:
        view = await run_in_threadpool(self._view, request.query_params.get("track", ""))
        track = view.track.track.id if view.track else ""
        others = {other: urlencode({"lang": other, "track": track}) for other in LANGUAGES}
        return filled(template, lang_of(request, self.lang), view=view, others=others)

    def _view(self, wanted: str) -> TrackView:
        joined = self.store.learners()
        doubtful = doubtful_names(one.name for one in joined)
        try:
            tracks = self.schedules
        except KikoriError as problem:
            return TrackView(
                now=time.time(), tracks=(), track=None, rows=(), doubtful=doubtful, problem=problem.message
            )
        track = next((one for one in tracks if one.track.id == wanted), tracks[0] if tracks else None)
        rows = places_in(track, joined, self.store.places(), self.store.done()) if track else ()
        return TrackView(now=time.time(), tracks=tracks, track=track, rows=rows, doubtful=doubtful)


def places_in(
    track: Schedule, joined: Iterable[Learner], places: Iterable[Place], done: dict[str, set[str]]
) -> tuple[PlaceInTrack, ...]:
    """Place each learner in a track; who has done least comes first."""
    latest = {
        place.learner: place
        for place in sorted(places, key=lambda place: place.heard)
        if place.lab in track.labs and place.stage not in RESTING
    }
    rows = [_place(track, one, latest.get(one.id), done.get(one.id, set())) for one in joined]
    return tuple(sorted(rows, key=lambda row: len(row.done)))


def _place(track: Schedule, learner: Learner, now: Place | None, done: set[str]) -> PlaceInTrack:
    left = [lab for lab in track.labs if lab not in done]
    before = track.labs[: track.labs.index(left[0])] if left else track.labs
    coming = _last_session(track, left[0]) if left else None
    begun = _last_session(track, before[-1]).number + 1 if before else 1
    return PlaceInTrack(
        learner=learner.id,
        name=learner.name,
        done=tuple(lab for lab in track.labs if lab in done),
        now=now,
        first=min(begun, coming.number) if coming else begun,
        next=coming,
    )


def _last_session(track: Schedule, lab: str) -> PlannedSession:
    """The session in which a lab is finished."""
    return [one for one in track.sessions if lab in one.labs][-1]
