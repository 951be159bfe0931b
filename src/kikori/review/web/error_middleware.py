"""What is said where a page could not be made: that it is our fault, and where it is written down."""

from __future__ import annotations

import traceback
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kikori import paths
from kikori.attempts.atomic_files import write_whole
from kikori.review.web.page_templates import language_of, render


class Caught:
    """An ASGI application around another one: no traceback reaches the reader, and the next page is served."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say that it could not be."""
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sent)
        except Exception:
            file = written_down()
            if scope["type"] == "http" and not begun:
                page = render("failed", language_of(Request(scope)), {"file": file})
                await HTMLResponse(page, HTTPStatus.INTERNAL_SERVER_ERROR)(scope, receive, send)


def written_down() -> str:
    """Keep the traceback for whoever fixes it; gives the file, or nothing where there is no place for it."""
    file = paths.state() / "last-error.log"
    try:
        write_whole(file, traceback.format_exc().encode("utf-8", "backslashreplace"))
    except OSError:
        return ""
    return str(file)
