"""Who is answered: a browser on an address of ours, that was given the token, and asks from our own pages.

A page elsewhere can make a browser send requests and open websockets to 127.0.0.1; it can't choose their Host (which
tells of DNS rebinding) and Origin (which tells of cross-site requests), and it has no cookie that is SameSite=Strict.
Source: RFC 6455 section 10.2; OWASP Cross-Site Request Forgery Prevention Cheat Sheet.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from http import HTTPStatus
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import URL, Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from kikori.web.open_browser import OpeningCode
from kikori.web.refusal import refused

SAFE = {"GET", "HEAD", "OPTIONS"}
TOKEN = "token"  # noqa: S105  # the name of a parameter
CODE = "code"
OWN = re.compile(r"/(?:[^/\\][^\\]*)?")
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

    def __init__(
        self,
        app: ASGIApp,
        *,
        token: str,
        hosts: Iterable[str],
        free: Iterable[str] = (),
        code: OpeningCode | None = None,
        search: bool = False,
    ) -> None:
        """``hosts`` are the values of Host that are ours, ports included; ``free`` the paths that need no token.

        ``code`` opens the pages in the place of the token, once; ``search`` says that they can be searched.
        """
        self.app = app
        self.code = code
        self.search = search
        self.token = token
        self.hosts = frozenset(hosts)
        self.free = tuple(free)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say why not."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        asked = HTTPConnection(scope)
        elsewhere = self._elsewhere(asked)
        if not elsewhere and self._is_opened(asked):
            await self._welcome(asked)(scope, receive, send)
        elif reason := elsewhere or self._unknown(asked):
            await self._refuse(asked, receive, send, reason)
        else:
            await self.app(scope, receive, with_headers(send))

    def _elsewhere(self, asked: HTTPConnection) -> str:
        """Why nobody is answered who asks like that, whatever they show."""
        if asked.headers.get("host", "") not in self.hosts:
            return "This address is not one of mine."
        if not is_own(asked.scope["path"]):
            return "No page of mine has such an address."
        if not self._from_our_page(asked):
            return "This request comes from a page that is not mine."
        return ""

    def _unknown(self, asked: HTTPConnection) -> str:
        """Why whoever shows that, or nothing, is not answered; nothing where the token is among it."""
        if self._is_free(asked):
            return ""
        shown = (asked.query_params.get(TOKEN), asked.cookies.get(self.cookie(asked)), bearer(asked.headers))
        if any(self.is_token(one) for one in shown if one):  # a browser may still have the cookie of the run before
            return ""
        return "Open the address that the command printed: it holds the token."

    def _is_opened(self, asked: HTTPConnection) -> bool:
        """Look for the token in the address, or for the code that opens the pages once."""
        if asked.scope["type"] != "http":
            return False
        shown = asked.query_params
        return self.is_token(shown.get(TOKEN, "")) or self._is_redeemed(asked, shown.get(CODE, ""))

    def _is_redeemed(self, asked: HTTPConnection, code: str) -> bool:
        client, server = asked.scope.get("client"), asked.scope.get("server")
        if self.code is None or asked.scope["method"] != "GET" or client is None or server is None:
            return False
        return self.code.redeem(code, client[1], server[1])

    async def _refuse(self, asked: HTTPConnection, receive: Receive, send: Send, reason: str) -> None:
        if asked.scope["type"] == "websocket":
            await WebSocketClose(code=1008, reason=reason)(asked.scope, receive, send)
        else:
            await refused(asked, reason, HEADERS, field=self._field(asked))(asked.scope, receive, send)

    def _field(self, asked: HTTPConnection) -> str:
        """Choose what a page of refusal asks for: nothing under a stranger's name, where a form would lead to them."""
        if asked.headers.get("host", "") not in self.hosts:
            return ""
        if self._unknown(asked):
            return TOKEN
        return "q" if self.search else ""

    def is_token(self, shown: str) -> bool:
        """Whether that is the token; takes the same time for every wrong one."""
        return secrets.compare_digest(shown.encode(), self.token.encode())

    def _is_free(self, asked: HTTPConnection) -> bool:
        return bool(self.free) and asked.scope["path"].startswith(self.free)

    def _from_our_page(self, asked: HTTPConnection) -> bool:
        """Whether nobody else's page made the browser ask; what only reads may come without an origin."""
        origin = asked.headers.get("origin")
        if origin is not None:
            return origin in {f"{scheme}://{host}" for scheme in ("http", "https") for host in self.hosts}
        return asked.scope.get("method") in SAFE or self._is_program(asked)

    def _is_program(self, asked: HTTPConnection) -> bool:
        """Whether no browser asks: what opens the pages is in a header, which no page elsewhere writes, and no cookie.

        Where no token of ours is asked for, the application looks at the header, and at nothing else.
        """
        shown = bearer(asked.headers)
        return bool(shown) if self._is_free(asked) else self.is_token(shown)

    def cookie(self, asked: HTTPConnection) -> str:
        """The cookie's name; browsers do not keep those of two ports apart."""
        return f"kikori-{asked.url.port or 80}"

    def _welcome(self, asked: HTTPConnection) -> RedirectResponse:
        """Put the token into a cookie, and leave nothing in the address that a history would keep."""
        rest = [pair for pair in parse_qsl(asked.url.query) if pair[0] not in (TOKEN, CODE)]
        place = URL(path=asked.scope["raw_path"].decode("ascii"), query=urlencode(rest))
        answer = RedirectResponse(str(place), HTTPStatus.SEE_OTHER, headers=HEADERS)
        answer.set_cookie(self.cookie(asked), self.token, httponly=True, samesite="strict")
        return answer


def is_own(path: str) -> bool:
    """Tell whether a path leads to a page of ours, wherever it is put: in an address, in the answer to go elsewhere.

    It is one slash, and then letters that can be printed. Browsers take two slashes for the name of another host, and
    so a backslash in the place of one; nothing of ours has such a name, or one with a NUL.
    """
    return OWN.fullmatch(path) is not None and path.isprintable()


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
