"""The instructor's page of a game day: let a fault in, see who came how far, and the scoreboard of tune labs."""

from __future__ import annotations

import time
from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kikori.bilingual import LANGUAGES
from kikori.cohort.messages import Step
from kikori.cohort.server.rendering import filled, lang_of
from kikori.cohort.server.rounds import Arrived, Round, Rounds, Team
from kikori.cohort.server.scoreboard import Scored, scoreboard
from kikori.content import Catalog
from kikori.errors import KikoriError
from kikori.model import Fault
from kikori.model.record import Record
from kikori.settings import Lang
from kikori.visible_text import doubtful_names

AWAY = 15.0
"""Seconds after which a team that is not heard has fallen away."""


class Choice(Record):
    """A fault that can be let in."""

    id: str
    parts: tuple[str, ...]
    """The two that are in at once; none where it is one."""
    alarm: bool
    """Whether nothing is broken."""


class LabChoice(Record):
    """A lab for which teams have agreed, and its faults."""

    lab: str
    teams: int
    faults: tuple[Choice, ...]


class TeamRow(Record):
    """A team in a round."""

    learner: str
    name: str
    moments: dict[Step, Arrived]
    late: float = 0.0
    """Seconds between the moment and the word that the fault was in: to put it in takes a while."""


class RoundTable(Record):
    """A round, and how far each team came."""

    round: Round
    rows: tuple[TeamRow, ...]


class GameView(Record):
    """All that the page shows at one moment."""

    now: float
    teams: tuple[Team, ...]
    labs: tuple[LabChoice, ...]
    open: RoundTable | None
    over: tuple[RoundTable, ...]
    boards: dict[str, Sequence[Scored]]
    doubtful: frozenset[str]
    """Names that look like another one, or hide or mix letters."""


class GamePage:
    """The instructor's routes of a game day."""

    def __init__(self, rounds: Rounds, catalog: Catalog, lang: Lang) -> None:
        self.rounds = rounds
        self.catalog = catalog
        self.lang = lang

    def routes(self) -> list[Route]:
        """Where each part is asked for."""
        return [
            Route("/game-day", self.whole),
            Route("/game-day/live", self.live),
            Route("/game-day/let-in", self.let_in, methods=["POST"]),
            Route("/game-day/rounds/{number:int}/end", self.end, methods=["POST"]),
            Route("/game-day/close", self.close, methods=["POST"]),
        ]

    async def whole(self, request: Request) -> Response:
        """The page."""
        return await self._shown("game-day.html", request)

    async def live(self, request: Request) -> Response:
        """The part of it that changes, for its script."""
        return await self._shown("game-day-live.html", request)

    async def let_in(self, request: Request) -> Response:
        """Let a fault into the labs of all teams that agreed; where another is in, the page says so."""
        form = await request.form()
        lab, fault = (str(form.get(name) or "") for name in ("lab", "fault"))
        try:
            await run_in_threadpool(self._let_in, lab, fault)
        except KikoriError:
            return self._back(request, refused="1")
        return self._back(request)

    async def end(self, request: Request) -> Response:
        """End a round."""
        await run_in_threadpool(self.rounds.end, request.path_params["number"])
        return self._back(request)

    async def close(self, request: Request) -> Response:
        """End the game day."""
        await run_in_threadpool(self.rounds.close)
        return self._back(request)

    def _let_in(self, lab: str, fault: str) -> None:
        """Begin a round.

        Raises:
            HTTPException: no team has agreed for that lab, or it has no such fault.
            KikoriError: a round is open.
        """
        agreed = any(team.lab == lab for team in self.rounds.teams())
        if not agreed or fault not in self.catalog.lab(lab).own:
            raise HTTPException(HTTPStatus.BAD_REQUEST, "There is no such fault, or no team has agreed for that lab.")
        self.rounds.let_in(lab, fault)

    def _back(self, request: Request, **told: str) -> Response:
        query = urlencode({"lang": lang_of(request, self.lang), **told})
        return RedirectResponse(f"/game-day?{query}", HTTPStatus.SEE_OTHER)

    async def _shown(self, template: str, request: Request) -> Response:
        lang = lang_of(request, self.lang)
        view = await run_in_threadpool(game_view, self.rounds, self.catalog)
        others = {other: urlencode({"lang": other}) for other in LANGUAGES}
        refused = bool(request.query_params.get("refused")) and view.open is not None
        query = urlencode({"lang": lang})
        return filled(template, lang, view=view, query=query, others=others, refused=refused, away=AWAY)


def game_view(rounds: Rounds, catalog: Catalog, now: float | None = None) -> GameView:
    """See the game day as it is now."""
    teams, moments = rounds.teams(), rounds.moments()
    tables = [_table(one, teams, [moment for moment in moments if moment.round == one.id]) for one in rounds.rounds()]
    boards = scoreboard(rounds.engine)
    names = {team.name for team in teams} | {one.name for one in moments}
    names |= {best.name for board in boards.values() for best in board}
    return GameView(
        now=now or time.time(),
        teams=tuple(teams),
        labs=tuple(_choices(catalog, lab, teams) for lab in sorted({team.lab for team in teams})),
        open=next((table for table in tables if table.round.ended is None), None),
        over=tuple(reversed([table for table in tables if table.round.ended is not None])),
        boards=boards,
        doubtful=doubtful_names(names),
    )


def _table(one: Round, teams: Sequence[Team], moments: Sequence[Arrived]) -> RoundTable:
    """Put the moments of a round into rows; while it is open, teams that wait have one, too."""
    waiting = {team.learner: team.name for team in teams if team.lab == one.lab and one.ended is None}
    names = waiting | {moment.learner: moment.name for moment in moments}
    rows = [_row(one, learner, name, moments) for learner, name in names.items()]
    return RoundTable(round=one, rows=tuple(sorted(rows, key=lambda row: row.name.casefold())))


def _row(one: Round, learner: str, name: str, moments: Sequence[Arrived]) -> TeamRow:
    own = {moment.step: moment for moment in moments if moment.learner == learner}
    late = max(0.0, own[Step.BROKE].heard - one.begins) if Step.BROKE in own else 0.0
    return TeamRow(learner=learner, name=name, moments=own, late=late)


def _choices(catalog: Catalog, lab: str, teams: Sequence[Team]) -> LabChoice:
    count = sum(team.lab == lab for team in teams)
    try:
        faults = catalog.lab(lab).own.values()
    except KikoriError:  # the lab has gone since they agreed
        return LabChoice(lab=lab, teams=count, faults=())
    return LabChoice(lab=lab, teams=count, faults=tuple(map(_choice, faults)))


def _choice(fault: Fault) -> Choice:
    return Choice(id=fault.id, parts=tuple(part.id for part in fault.parts), alarm=fault.about.alarm)
