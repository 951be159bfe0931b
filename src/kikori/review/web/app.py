"""The reviewer's pages: a queue, one submission on one screen, and two explanations side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from kikori.review.marks import INSTRUCTOR, OVERALL, marks_of, note
from kikori.review.review_folder import ReviewFolder
from kikori.review.web.error_middleware import Caught
from kikori.review.web.form import filled, stamp
from kikori.review.web.page_templates import COOKIE, language_of, render, told
from kikori.review.web.queue import Entry, QueueFilter, following, queue
from kikori.review.web.submission_view import one_page
from kikori.review.web.views import Values, name_of, place_of, queue_page, side_page
from kikori.web.guard import is_own

STATIC = Path(__file__).parent / "static"
MOST_FIELDS = 400


class Pages:
    """What is answered to which address."""

    def __init__(self, review_folder: ReviewFolder) -> None:
        self.review_folder = review_folder

    def app(self) -> Starlette:
        """The application, without its guard."""
        routes = [
            Route("/", self.queue),
            Route("/one/{submission:path}", self.one, methods=["GET"]),
            Route("/one/{submission:path}", self.save, methods=["POST"]),
            Route("/side", self.side),
            Route("/language/{lang}", self.language),
            Mount("/static", StaticFiles(directory=STATIC, packages=[("kikori.design", "static")])),
        ]
        return Starlette(routes=routes, exception_handlers={404: self.missing}, middleware=[Middleware(Caught)])

    def queue(self, request: Request) -> Response:
        """The list of submissions, least certain first."""
        page = request.query_params.get("page", "1")
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
        values = queue_page(self.review_folder, wanted_of(request), number, language_of(request))
        return self._page("queue", request, values)

    def one(self, request: Request) -> Response:
        """One submission on one screen."""
        entry = self._entry(request.path_params["submission"])
        if entry is None:
            return self.missing(request)
        values = one_page(self.review_folder, entry, wanted_of(request), language_of(request))
        return self._page("one", request, values | {"problem": ""})

    async def save(self, request: Request) -> Response:
        """Keep the marks, and go on to the next one that is not marked."""
        async with request.form(max_files=0, max_fields=MOST_FIELDS) as form:
            given: dict[str, list[str]] = defaultdict(list)
            for name, value in form.multi_items():
                given[name].append(str(value))
        return await run_in_threadpool(self._save, request, given)

    def _save(self, request: Request, form: Mapping[str, Sequence[str]]) -> Response:
        entry, wanted = self._entry(request.path_params["submission"]), wanted_of(request)
        if entry is None:
            return self.missing(request)
        earlier = {
            mark.criterion: mark
            for mark in marks_of(self.review_folder.store, entry.submission)
            if mark.by == INSTRUCTOR
        }
        now = stamp(earlier.values())
        sent = filled(entry.submission, self.review_folder.rubric(entry.row.lab), form, entry.row.verdict, now)
        if sent.problem:
            lang = language_of(request)
            values = one_page(self.review_folder, entry, wanted, lang, typed=sent.marks)
            values["problem"] = told(lang)[sent.problem]
            return self._page("one", request, values, HTTPStatus.UNPROCESSABLE_ENTITY)
        before = queue(self.review_folder.entries().values(), wanted)
        changed = {OVERALL, *earlier}
        said = [one for one in sent.marks if one.criterion in changed or one.level is not None or one.comment]
        note(self.review_folder.store, *said)
        return self._after(entry, before, wanted)

    def _after(self, entry: Entry, before: Sequence[Entry], wanted: QueueFilter) -> Response:
        """To the next one, judged by what is marked now and by where this one stood."""
        now = self.review_folder.entries()
        order = [now.get(one.submission, one) for one in before]
        after = following(
            [one for one in order if wanted.has(one) or one.submission == entry.submission], entry.submission
        )
        place = place_of(after.submission, wanted) if after else f"/{wanted.query}"
        joint = "&" if wanted.query else "?"
        return RedirectResponse(f"{place}{joint}saved={entry.submission}", HTTPStatus.SEE_OTHER)

    def side(self, request: Request) -> Response:
        """Two explanations beside each other."""
        pair = [self._entry(request.query_params.get(name, "")) for name in ("one", "other")]
        found = [entry for entry in pair if entry]
        if len(found) < len(pair):
            return self.missing(request)
        return self._page("side", request, side_page(self.review_folder, found, language_of(request)))

    def language(self, request: Request) -> Response:
        """Keep the language that was chosen, and go back to where that was."""
        to = request.query_params.get("to", "/")
        answer = RedirectResponse(to if is_own(to) else "/", HTTPStatus.SEE_OTHER)
        if request.path_params["lang"] in ("en", "ja"):
            answer.set_cookie(COOKIE, request.path_params["lang"], httponly=True, samesite="strict")
        return answer

    def missing(self, request: Request, _: Exception | None = None) -> Response:
        """There is no such submission, or no such page."""
        return self._page("missing", request, {}, HTTPStatus.NOT_FOUND)

    def _entry(self, submission: str) -> Entry | None:
        return self.review_folder.entries().get(submission)

    def _page(self, name: str, request: Request, values: Values, status: int = HTTPStatus.OK) -> Response:
        lang = language_of(request)
        common = {"wanted": wanted_of(request), "saved": self._saved(request), "here": here(request)}
        return HTMLResponse(render(name, lang, common | values), status)

    def _saved(self, request: Request) -> str:
        """What was kept before this page, in a sentence."""
        entry = self._entry(request.query_params.get("saved", ""))
        words = told(language_of(request))
        return words["saved"].format(learner=name_of(entry), lab=entry.row.lab) if entry else ""


def wanted_of(request: Request) -> QueueFilter:
    """The filter that an address carries."""
    return QueueFilter(**{name: request.query_params.get(name, "")[:200] for name in QueueFilter.__struct_fields__})


def here(request: Request) -> str:
    """The page's own address, for the way back to it."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
