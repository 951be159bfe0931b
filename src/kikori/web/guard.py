"""Who is answered: a browser on an address of ours, that was given this run's token, and asks from our own pages.

A page elsewhere can make a browser send requests and open websockets to 127.0.0.1; it can't choose their Host (which
tells of DNS rebinding) and Origin (which tells of cross-site requests), and it has no cookie that is SameSite=Strict.
Source: RFC 6455 section 10.2; OWASP Cross-Site Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

SAFE = {"GET", "HEAD", "OPTIONS"}
TOKEN = "token"  # noqa: S105  # the name of a parameter
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}
HEADERS = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer Chromium sends a form with "Origin: null"
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """An ASGI application around another one, which hears only of requests that may be answered."""

    def __init__(self, app: ASGIApp, *, token: str, hosts: Iterable[str], free: Iterable[str] = ()) -> None:
        """``hosts`` are the values of Host that are ours, ports included; ``free`` the paths that need no token."""
        self.app = app
        self.token = token
        self.hosts = frozenset(hosts)
        self.free = tuple(free)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        reason = self.refusal(asked)
        if reason:
            await _refuse(scope, receive, send, reason)
        elif scope["type"] == "http" and TOKEN in asked.query_params and self.is_token(asked.query_params[TOKEN]):
            await self._welcome(asked)(scope, receive, send)
        else:
            await self.app(scope, receive, with_headers(send))

    def refusal(self, asked: HTTPConnection) -> str:
        """Why a request is not answered; nothing where it is."""
        if asked.headers.get("host", "") not in self.hosts:
            return "This address is not one of mine."
        if not self._from_our_page(asked):
            return "This request comes from a page that is not mine."
        if asked.url.path.startswith(self.free) if self.free else False:
            return ""
        shown = (asked.query_params.get(TOKEN), asked.cookies.get(self.cookie(asked)), bearer(asked.headers))
        if any(self.is_token(one) for one in shown if one):  # a browser may still have the cookie of the run before
            return ""
        return "Open the address that the command printed: it holds this run's token."

    def is_token(self, shown: str) -> bool:
        """Whether that is the token; takes the same time for every wrong one."""
        return secrets.compare_digest(shown.encode(), self.token.encode())

    def _from_our_page(self, asked: HTTPConnection) -> bool:
        """Whether nobody else's page made the browser ask; what only reads may come without an origin."""
        origin = asked.headers.get("origin")
        if origin is not None:
            return origin in {f"{scheme}://{host}" for scheme in ("http", "https") for host in self.hosts}
        if asked.scope["type"] == "websocket":
            return bool(bearer(asked.headers))  # no browser; one always names its origin
        return asked.scope["method"] in SAFE or bool(bearer(asked.headers))

    def cookie(self, asked: HTTPConnection) -> str:
        """The cookie's name; browsers do not keep those of two ports apart."""
        return f"kikori-{asked.url.port or 80}"

    def _welcome(self, asked: HTTPConnection) -> RedirectResponse:
        """Put the token into a cookie and take it out of the address, so that it is not left in a history."""
        rest = [pair for pair in parse_qsl(asked.url.query) if pair[0] != TOKEN]
        place = URL(path=asked.url.path, query=urlencode(rest))
        answer = RedirectResponse(str(place), HTTPStatus.SEE_OTHER, headers=HEADERS)
        answer.set_cookie(self.cookie(asked), self.token, httponly=True, samesite="strict")
        return answer


def bearer(headers: Headers) -> str:
    """The token that a program, which has no cookie, sends along."""
    kind, _, token = headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else ""


def with_headers(send: Send) -> Send:
    """Send as before, with the headers that say what a page may load, where it says nothing itself."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sent


async def _refuse(scope: Scope, receive: Receive, send: Send, reason: str) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(code=1008, reason=reason)(scope, receive, send)
    else:
        await PlainTextResponse(f"kikori: {reason}\n", HTTPStatus.FORBIDDEN, HEADERS)(scope, receive, send)
