"""The cohort's server: the instructor's page and the learners' endpoints over one store."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path

import sqlalchemy as sql
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from kikori import paths
from kikori.cohort.server.dashboard import FREE, Page
from kikori.cohort.server.game_page import GamePage
from kikori.cohort.server.inbox import Inbox
from kikori.cohort.server.learners import MOST_A_MINUTE, PREFIX, Learners
from kikori.cohort.server.store import CohortStore
from kikori.cohort.server.tables import opened
from kikori.cohort.server.track_page import TrackPage
from kikori.model.record import Record
from kikori.settings import Lang
from kikori.web import Address, serve

PORT = 8765
"""The same each time, for learners keep the address."""


def submissions() -> Path:
    """Where submissions go, unless another folder is named."""
    return paths.state() / "cohort-submissions"


def application(
    store: CohortStore, inbox: Inbox, enrolment: str, joining: str, lang: Lang = "en", most: int = MOST_A_MINUTE
) -> Starlette:
    """All routes; ``joining`` is the address that learners join at, ``most`` a learner's requests a minute."""
    learners = Learners(store, inbox, enrolment, most)
    game = GamePage(learners.rounds, learners.catalog, lang)
    tracks = TrackPage(store, learners.catalog, lang)
    routes = [*learners.routes(), *game.routes(), *tracks.routes(), *Page(store, inbox, joining, lang).routes()]
    return Starlette(routes=routes, exception_handlers=dict.fromkeys(TOLD, _told))


TOLD: dict[type[Exception], tuple[HTTPStatus, str]] = {
    sql.exc.IntegrityError: (HTTPStatus.CONFLICT, "Not now: you have left, or two requests came at once."),
    sql.exc.SQLAlchemyError: (HTTPStatus.SERVICE_UNAVAILABLE, "The cohort's database does not answer."),
    ClientDisconnect: (HTTPStatus.BAD_REQUEST, "The request was cut off."),
    OSError: (HTTPStatus.INSUFFICIENT_STORAGE, "The instructor's disk can't be written."),
}
"""What can go wrong below, in words that give nothing away."""


async def _told(request: Request, problem: Exception) -> Response:
    status, said = next(told for kind, told in TOLD.items() if isinstance(problem, kind))
    return PlainTextResponse(f"{said}\n", status)


class Plan(Record):
    """What the instructor wants."""

    database: str = ""
    folder: str = ""
    """Where submissions go; empty for a folder beside the database."""
    renewed: bool = False
    """Whether the join address is a new one."""
    opening: bool = False
    lang: Lang = "en"


def serve_cohort(at: Address, plan: Plan, ready: Callable[[str], None] = lambda address: None) -> None:
    """Serve until interrupted; ``ready`` gets the address to join at.

    Raises:
        KikoriError: the database's address is none.
        EnvironmentProblem: the database or the port can't be had.
    """
    with opened(plan.database) as engine:
        store = CohortStore(engine)
        enrolment = store.enrolment(renewed=plan.renewed)
        inbox = Inbox(Path(plan.folder).absolute() if plan.folder else submissions(), store)
        joining = join_address(at, enrolment)
        app = application(store, inbox, enrolment, joining, plan.lang)

        def begun() -> None:
            with contextlib.suppress(OSError):  # a folder that can't be written is told to whoever sends something
                inbox.begin()  # only now is it certain that no other server holds the port
            ready(joining)

        serve(app, at, free=(PREFIX, *FREE), opening=plan.opening, ready=begun)


def join_address(at: Address, enrolment: str) -> str:
    """What learners type after ``kikori cohort join``; what is behind # is sent to no server, so no log has it."""
    away = [host for host in at.hosts if not host.startswith(("127.", "localhost", "[::1]"))]
    numbers = [host for host in away if host[:1].isdigit()]
    return f"http://{(numbers or away or list(at.hosts))[0]}/join#{enrolment}"
