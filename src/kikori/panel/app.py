"""What is answered: the site's own files, and below /-/ what panels and terminals ask for."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from kikori.engine import Steps
from kikori.errors import KikoriError
from kikori.japanese import translated
from kikori.learner.debrief import debrief, is_open
from kikori.learner.rounds.at_stake import at_stake
from kikori.learner.rounds.finish import onward, submission_file
from kikori.learner.session import Session
from kikori.learner.status import listing
from kikori.panel.commands import ACTIONS, ASK_FIRST, PanelRequest, write_draft
from kikori.panel.home.fragments import filled, fragments
from kikori.panel.home.reading_marks import ReadingRequest, keep, marks
from kikori.panel.in_language import message_in, told
from kikori.panel.jobs import Job, Jobs
from kikori.panel.markdown import html_of
from kikori.panel.state import attempt_at, draft, panel, stamp
from kikori.panel.static_files import Files
from kikori.panel.terminals import Shell, Shells, Size
from kikori.settings import Lang

T = TypeVar("T")
STATIC = Path(__file__).with_name("static")
BEAT = 0.25
"""Seconds between two looks at what commands have written: a page is never further behind than twice that."""
SURVEY = 2.0
"""Seconds between two looks at the services themselves, which change without a command."""
LONGEST = 256 * 1024
"""Bytes of a request's body."""


def application(site: Path) -> Starlette:
    """The site in a folder, alive."""
    live, files = Live(), Files(site, filled)
    return Starlette(
        routes=[
            Route("/-/stream/{lab}", live.stream),
            Route("/-/do/{lab}/{action}", live.do, methods=["POST"]),
            Route("/-/draft/{lab}", live.draft, methods=["GET", "POST"]),
            Route("/-/debrief/{lab}", live.debrief),
            Route("/-/submission/{lab}", live.submission),
            Route("/-/onward/{lab}", what_follows),
            Route("/-/progress", progress),
            Route("/-/home", home),
            Route("/-/reading", reading, methods=["GET", "POST"]),
            WebSocketRoute("/-/shell/{lab}", live.shell),
            Route("/-/static/{path:path}", Files(STATIC).__call__),
            Route("/{path:path}", files.__call__),
        ],
        exception_handlers={KikoriError: _told, 404: files.missing},
        lifespan=live.lifespan,
    )


async def progress(request: Request) -> Response:
    """How far the learner is with each lab: the stage of a running attempt, ``done``, or nothing."""
    return JSONResponse({row.id: row.state for row in listing(Session(lang=lang_of(request))).labs if row.state})


async def what_follows(request: Request) -> Response:
    """Say where to go from a lab; asked for once at its end, since all labs are read for it."""
    session = session_of(request)
    lab = session.catalog.lab(request.path_params["lab"])
    return JSONResponse(msgspec.to_builtins(await run_in_threadpool(onward, session, lab)))


async def home(request: Request) -> Response:
    """What the home page shows to whoever is served: the way on, and the map."""
    return JSONResponse(msgspec.to_builtins(await run_in_threadpool(fragments, Session(lang=lang_of(request)))))


async def reading(request: Request) -> Response:
    """Tell, or keep, which lessons were read."""
    session = Session(lang=lang_of(request))
    if request.method == "POST":
        await run_in_threadpool(keep, session, await _asked(request, ReadingRequest))
    return JSONResponse(msgspec.to_builtins(await run_in_threadpool(marks, session)))


async def _told(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, KikoriError)  # noqa: S101 - for the type checker
    return JSONResponse(told(problem.message, problem.hint, lang_of(request)), 409)


def lang_of(asked: Request | WebSocket) -> Lang:
    """The language of the page that asks."""
    return "ja" if asked.query_params.get("lang") == "ja" else "en"


def session_of(asked: Request | WebSocket, steps: Steps | None = None) -> Session:
    """The session of the lab that a page is about."""
    return Session(asked.path_params["lab"], steps, lang_of(asked))


class Live:
    """The commands that run and the shells that are open, for as long as the server runs."""

    def __init__(self) -> None:
        self.jobs = Jobs()
        self.shells = Shells()
        self.run = secrets.token_hex(8)
        """Tells a page that was open before whether this is still the server that it knows."""

    @asynccontextmanager
    async def lifespan(self, app: Starlette) -> AsyncIterator[None]:
        """End the shells with the server."""
        yield
        self.shells.close()

    async def do(self, request: Request) -> Response:
        """Begin a command; its progress is told in the stream. One that takes something away asks first."""
        name, lab = request.path_params["action"], request.path_params["lab"]
        action = ACTIONS.get(name)
        if action is None:
            return JSONResponse(told("There is no such command.", "kikori --help", lang_of(request)), 404)
        session = session_of(request)
        session.catalog.lab(lab)
        asked = await _asked(request, PanelRequest)
        if name in ASK_FIRST and not asked.agreed and (lost := await run_in_threadpool(at_stake, session)):
            return JSONResponse({"asks": [translated(one, session.lang) for one in lost]})
        job = self.jobs.begin(lab, name, partial(_carried_out, action, asked), session.lang)
        return JSONResponse({"job": job.number})

    async def stream(self, request: Request) -> Response:
        """Where the attempt stands, and what the command at work says, whenever either changes."""
        session = session_of(request)
        session.catalog.lab(request.path_params["lab"])
        return StreamingResponse(self._events(request, session), media_type="text/event-stream")

    async def _events(self, request: Request, session: Session) -> AsyncIterator[str]:
        lab, before, sent, job, surveyed = str(session.named), None, 0, None, 0.0
        past = self.jobs.ended(lab)
        clock, lang = asyncio.get_running_loop().time, session.lang
        graders = session.catalog.lab(lab).graders
        yield event("server", {"run": self.run})
        while not await request.is_disconnected():
            latest = self.jobs.of(lab)
            if latest is not job:
                job, sent = latest, 0
            for message in (job.messages if job else [])[sent:]:
                sent += 1
                yield event("job", message_in(lang, message, graders) | {"number": sent, "past": job is past})
            now = stamp(session, lab), job.ended if job else True
            if now != before or clock() - surveyed > SURVEY:
                before, surveyed = now, clock()
                found = await run_in_threadpool(panel, session, lab)
                yield event("panel", msgspec.to_builtins(found) | {"busy": bool(job and not job.ended)})
            await asyncio.sleep(BEAT)

    async def draft(self, request: Request) -> Response:
        """Read or keep the explanation as it is being written."""
        session = session_of(request)
        if request.method == "POST":
            write_draft(session, await _asked(request, PanelRequest))
        return JSONResponse(msgspec.to_builtins(draft(session, request.path_params["lab"])))

    async def debrief(self, request: Request) -> Response:
        """The debrief, once it is earned."""
        session = session_of(request)
        attempt = attempt_at(session, request.path_params["lab"])  # it may have been stopped just now
        if attempt is None or not is_open(session, attempt):
            return JSONResponse({"html": ""})
        return JSONResponse({"html": html_of(debrief(session).markdown)})

    async def submission(self, request: Request) -> Response:
        """Give the file of the last submission at a lab, and no other, to be kept."""
        session = session_of(request)
        file = submission_file(session, session.catalog.lab(request.path_params["lab"]))
        if file is None:
            return JSONResponse(told("Nothing was submitted yet.", "kikori submit", lang_of(request)), 404)
        return FileResponse(file, filename=file.name, media_type="application/zip")

    async def shell(self, socket: WebSocket) -> None:
        """A terminal: bytes both ways; a text frame holds its size."""
        await socket.accept()
        try:
            shell = self.shells.get_or_open(session_of(socket), socket.query_params.get("at", ""))
        except KikoriError as problem:
            await socket.send_json(told(problem.message, problem.hint, lang_of(socket)))
            await socket.close(1011)
            return
        showing = asyncio.create_task(_show(shell, socket))
        with suppress(WebSocketDisconnect):
            await _type(shell, socket)
        showing.cancel()


def event(kind: str, data: Any) -> str:
    """A server-sent event (HTML, section 9.2)."""
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _carried_out(
    action: Callable[[Session, Job, PanelRequest], object], asked: PanelRequest, session: Session, job: Job
) -> object:
    return action(session, job, asked)


async def _asked(request: Request, kind: type[T]) -> T:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LONGEST:
            raise KikoriError("That is more than a page may send.")
    return _decoded(bytes(body) or b"{}", kind, "The page sent something else than expected")


def _decoded(data: bytes, kind: type[T], refusal: str) -> T:
    """Read what a page sends.

    Raises:
        KikoriError: it does not keep to its record; in the words of the refusal.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise KikoriError(f"{refusal}: {problem}"[:300]) from None


async def _show(shell: Shell, socket: WebSocket) -> None:
    with suppress(WebSocketDisconnect):  # it may have gone, or been dropped since it reads nothing
        async for data in shell.watch():
            await socket.send_bytes(data)
        await socket.send_json({"ended": True})
        await socket.close()


async def _type(shell: Shell, socket: WebSocket) -> None:
    while True:
        message = await socket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect
        if message.get("bytes"):
            shell.write(message["bytes"])
        elif message.get("text") is not None:
            await _resize(shell, socket, message["text"])


async def _resize(shell: Shell, socket: WebSocket, text: str) -> None:
    """Give a terminal its size, or say why that is none."""
    try:
        shell.resize(_decoded(text.encode(), Size, "That is no size of a terminal"))
    except KikoriError as problem:
        await socket.send_json(told(problem.message, problem.hint, lang_of(socket)))
