"""What learners' machines ask of the server. Each has a token of its own, so that none writes as another."""

from __future__ import annotations

import asyncio
import math
import secrets
from http import HTTPStatus
from typing import TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kikori.cohort.messages import (
    GAME_OVER,
    MOST_BODY,
    UNKNOWN_LAB,
    CheckIn,
    Consent,
    Deleted,
    HelpRequest,
    Joining,
    TeamReport,
    Where,
    clean_name,
)
from kikori.cohort.server.inbox import Inbox
from kikori.cohort.server.rate_limit import Joins, Pace
from kikori.cohort.server.rounds import Rounds, TakesNoPart
from kikori.cohort.server.store import CohortStore, Learner
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.model import Kind
from kikori.submission.cohort_key import cohort_of, learners_key, own_key
from kikori.web.guard import bearer

T = TypeVar("T")
PREFIX = "/learner/"
MOST_A_MINUTE = 60
MOST_STRANGERS = 240
"""Requests a minute from one address by whoever shows no known token; a class may sit behind one address."""
MOST_JOINS = 40
"""Joins a minute from one address: a class in one room comes through, a program that makes up learners does not."""
MOST_JOINS_TOGETHER = 80
LONGEST_BODY = 15.0  # seconds
LONGEST_UPLOAD = 900.0


class Learners:
    """The endpoints below /learner/."""

    def __init__(self, store: CohortStore, inbox: Inbox, enrolment: str, most: int = MOST_A_MINUTE) -> None:
        self.store = store
        self.inbox = inbox
        self.rounds = Rounds(store.engine)
        self.enrolment = enrolment
        self.pace = Pace(most)
        self.strangers = Pace(MOST_STRANGERS)
        self.joins = Joins(MOST_JOINS, MOST_JOINS_TOGETHER)
        self.catalog = Catalog()
        self.key = own_key()  # made before two join at once

    def routes(self) -> list[Route]:
        """Where each is asked."""
        return [
            Route("/learner/join", self.join, methods=["POST"]),
            Route("/learner/check-in", self.check_in, methods=["POST"]),
            Route("/learner/hand", self.raise_hand, methods=["POST"]),
            Route("/learner/hand", self.lower_hand, methods=["DELETE"]),
            Route("/learner/submission", self.hand_in, methods=["PUT"]),
            Route("/learner/game-day", self.agree, methods=["POST"]),
            Route("/learner/game-day", self.report, methods=["PUT"]),
            Route("/learner/game-day", self.withdraw, methods=["DELETE"]),
            Route("/learner/all", self.collected, methods=["GET"]),
            Route("/learner/all", self.leave, methods=["DELETE"]),
        ]

    async def join(self, request: Request) -> Response:
        """Enrol a learner; gives the personal token and the key of the seeds, once."""
        _keep_pace(self.strangers, _address(request))
        if not secrets.compare_digest(bearer(request.headers).encode(), self.enrolment.encode()):
            raise HTTPException(HTTPStatus.FORBIDDEN, "This join address is not, or no longer, valid.")
        asked = await _body(request, Joining)
        _keep_pace(self.joins, _address(request), "Many join just now")
        try:
            enrolled = await run_in_threadpool(self.store.enrol, asked.name)
        except KikoriError as problem:
            raise HTTPException(HTTPStatus.CONFLICT, problem.message) from None
        given = {"cohort": cohort_of(self.key), "key": learners_key(self.key, clean_name(asked.name))}
        return _json(msgspec.structs.replace(enrolled, **given), HTTPStatus.CREATED)

    async def check_in(self, request: Request) -> Response:
        """Write down where a learner is."""
        learner, told = await self._known(request), await _body(request, CheckIn)
        await run_in_threadpool(self._refuse_lab, told)
        await run_in_threadpool(self.store.check_in, learner.id, told)
        return _nothing()

    async def raise_hand(self, request: Request) -> Response:
        """A call for help."""
        learner, call = await self._known(request), await _body(request, HelpRequest)
        await run_in_threadpool(self._refuse_lab, call.check_in)
        await run_in_threadpool(self.store.raise_hand, learner.id, call)
        return _nothing()

    async def lower_hand(self, request: Request) -> Response:
        """The call is taken back."""
        await run_in_threadpool(self.store.lower, (await self._known(request)).id)
        return _nothing()

    async def hand_in(self, request: Request) -> Response:
        """Keep a submission."""
        learner = await self._known(request)
        told = request.headers.get("content-length", "0")
        size = int(told) if told.isascii() and told.isdigit() else 0
        try:
            async with asyncio.timeout(LONGEST_UPLOAD):
                return _json(await self.inbox.take(learner.id, size, request.stream()))
        except TimeoutError:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "The submission took too long to arrive.") from None

    async def agree(self, request: Request) -> Response:
        """Take a learner into the game day."""
        learner, consent = await self._known(request), await _body(request, Consent)
        await run_in_threadpool(self._refuse_without_faults, consent.lab)
        await run_in_threadpool(self.rounds.agree, learner.id, consent.lab)
        return _nothing()

    async def report(self, request: Request) -> Response:
        """Hear how a team is getting on; gives what is ahead of it."""
        learner, told = await self._known(request), await _body(request, TeamReport)
        try:
            return _json(await run_in_threadpool(self.rounds.hear, learner.id, told))
        except TakesNoPart as problem:
            raise HTTPException(GAME_OVER, problem.message) from None
        except KikoriError as problem:
            raise HTTPException(HTTPStatus.CONFLICT, problem.message) from None

    async def withdraw(self, request: Request) -> Response:
        """Let a learner out of the game day."""
        await run_in_threadpool(self.rounds.withdraw, (await self._known(request)).id)
        return _nothing()

    async def collected(self, request: Request) -> Response:
        """How much there is of a learner."""
        learner = await self._known(request)
        return _json(Deleted(**await run_in_threadpool(self.store.counts, learner.id)))

    async def leave(self, request: Request) -> Response:
        """Delete all that was collected of a learner."""
        learner = await self._known(request)
        return _json(Deleted(**await run_in_threadpool(self.inbox.forget, learner.id)))

    def _refuse_lab(self, told: CheckIn) -> None:
        """Refuse a place at a lab that is not at hand here; one that has gone since can still be left.

        Raises:
            HTTPException: there is no such lab, or it has no score.
        """
        if told.stage is Where.STOPPED:
            return
        self._refuse_unknown(told.lab)
        if told.score is not None and self.catalog.lab(told.lab).about.kind is not Kind.TUNE:
            raise HTTPException(UNKNOWN_LAB, f"{told.lab} is no lab with a score.")

    def _refuse_unknown(self, lab: str) -> None:
        if lab not in self.catalog.lab_folders():
            raise HTTPException(UNKNOWN_LAB, f"There is no lab called '{lab}' on your instructor's machine.")

    def _refuse_without_faults(self, lab: str) -> None:
        """Refuse a game day with a lab that is not at hand here, or in which nothing breaks.

        Raises:
            HTTPException: it is such a lab.
        """
        self._refuse_unknown(lab)
        if not self.catalog.lab(lab).own:
            raise HTTPException(UNKNOWN_LAB, f"{lab} has nothing to break.")

    async def _known(self, request: Request) -> Learner:
        """Who asks.

        Raises:
            HTTPException: nobody who joined, or somebody who asks too often.
        """
        token = bearer(request.headers)
        learner = await run_in_threadpool(self.store.learner_of, token) if token else None
        if learner is None:
            _keep_pace(self.strangers, _address(request))
            raise HTTPException(HTTPStatus.UNAUTHORIZED, "This server does not know you: join again.")
        _keep_pace(self.pace, learner.id)
        return learner


def _keep_pace(pace: Pace | Joins, who: str, said: str = "Too often") -> None:
    if seconds := math.ceil(pace.wait(who)):
        told = f"{said}; again in {seconds} s."
        raise HTTPException(HTTPStatus.TOO_MANY_REQUESTS, told, {"Retry-After": str(seconds)})


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


async def _body(request: Request, kind: type[T]) -> T:
    """What was sent, if it keeps to its record.

    Raises:
        HTTPException: it does not, is too long, or does not come to its end.
    """
    try:
        async with asyncio.timeout(LONGEST_BODY):
            return msgspec.json.decode(await _whole(request), type=kind)
    except TimeoutError:
        raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, "The request took too long to arrive.") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"Not what a check-in holds: {problem}"[:300]) from None


async def _whole(request: Request) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BODY:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"More than {MOST_BODY // 1024} KiB.")
    return bytes(body)


def _json(value: msgspec.Struct, status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def _nothing() -> Response:
    return Response(status_code=HTTPStatus.NO_CONTENT)
