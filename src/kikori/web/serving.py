"""Serving on this computer alone, unless somebody says otherwise."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import secrets
import socket
import sys
from collections.abc import Callable, Iterable

import uvicorn
from starlette.types import ASGIApp

from kikori.errors import EnvironmentProblem
from kikori.model.record import Record
from kikori.web.connections import Connection, backlog
from kikori.web.guard import CODE, TOKEN, Guard
from kikori.web.open_browser import OpeningCode, open_browser

LOOPBACK = "127.0.0.1"
AWAY = {socket.AF_INET: "192.0.2.1", socket.AF_INET6: "2001:db8::1"}
"""Somewhere else (RFC 5737, RFC 3849)."""
HTTP = 80
GRACE = 1.0
"""Seconds that answers under way have to end when the server does; streams would go on for ever."""
LONGEST_MESSAGE = 1024 * 1024
"""Bytes of one message of a websocket: what is pasted into a terminal."""


class Address(Record):
    """Where pages are served, and the token that opens them."""

    host: str
    port: int
    token: str

    @property
    def hosts(self) -> tuple[str, ...]:
        """What a browser on this address may send as Host."""
        own = _in_address(self.host)
        names = [*dict.fromkeys([own, LOOPBACK, "localhost", "[::1]"])] if self.is_loopback else [own]
        if self.is_everywhere:
            names = [LOOPBACK, "localhost", socket.gethostname(), *own_addresses()]
        if self.is_everywhere and ":" in self.host:
            names += ["[::1]", *map(_in_address, own_addresses(socket.AF_INET6))]
        bare = names if self.port == HTTP else []  # browsers leave a scheme's own port out
        return (*(f"{name}:{self.port}" for name in names), *bare)

    @property
    def is_loopback(self) -> bool:
        """Whether nobody but this computer can reach it."""
        return self.host == "localhost" or ipaddress.ip_address(self.host).is_loopback

    @property
    def is_everywhere(self) -> bool:
        """Whether it stands for all addresses of this computer, those of IPv4 always among them."""
        return self.host != "localhost" and ipaddress.ip_address(self.host).is_unspecified

    def url(self, path: str = "/") -> str:
        """What to open."""
        return f"http://{self.hosts[0]}{path}?{TOKEN}={self.token}"

    def url_of(self, code: OpeningCode) -> str:
        """What a browser is started with, where others read it, too."""
        return f"http://{self.hosts[0]}/?{CODE}={code.text}"


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def own_addresses(family: socket.AddressFamily = socket.AF_INET) -> list[str]:
    """The addresses that this computer's name leads to, and the one at which its way out begins.

    Debian's own /etc/hosts leads the name to the loopback alone. What holds only on one link (``fe80::1%eth0``) is left
    out: no browser opens it.
    """
    found = set[str]()
    with contextlib.suppress(OSError):
        found |= {str(one[4][0]) for one in socket.getaddrinfo(socket.gethostname(), None, family)}
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as way:
        way.connect((AWAY[family], 9))  # sends nothing: a datagram socket only looks up its route
        found.add(str(way.getsockname()[0]))
    return sorted(one for one in found if not ipaddress.ip_address(one.partition("%")[0]).is_link_local)


def unused_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as place:
        place.bind((LOOPBACK, 0))
        return int(place.getsockname()[1])


def address(port: int = 0, listen: str = LOOPBACK, token: str = "") -> Address:
    """An address to serve on, with a token of its own.

    Raises:
        EnvironmentProblem: the name to listen on is no address of a computer.
    """
    try:
        ipaddress.ip_address(listen)
    except ValueError:
        raise EnvironmentProblem(f"--listen {listen}: not an IP address.", "--listen 192.168.1.20") from None
    return Address(host=listen, port=port or unused_port(), token=token or secrets.token_urlsafe(24))


def serve(
    app: ASGIApp,
    at: Address,
    *,
    free: Iterable[str] = (),
    opening: bool = False,
    search: bool = False,
    ready: Callable[[], None] = lambda: None,
) -> None:
    """Serve until interrupted; ``ready`` is called, and the browser opened if wanted, once it answers.

    ``search`` says that the pages can be searched from a page of refusal.

    Raises:
        EnvironmentProblem: somebody else listens on that port.
    """
    code = OpeningCode() if opening else None
    guarded = Guard(app, token=at.token, hosts=at.hosts, free=free, code=code, search=search)
    server = _Telling(configured(guarded, at), lambda: _begun(at, code, ready))
    try:
        server.run(sockets=[_everywhere(at.port)] if at.is_everywhere and ":" in at.host else None)
    except (SystemExit, OSError):  # uvicorn has said why on the standard error
        raise EnvironmentProblem(f"Port {at.port} of {at.host} can't be served.", "--port 0") from None


def configured(app: ASGIApp, at: Address) -> uvicorn.Config:
    """Set a server up: the same for all pages, so that what bounds one bounds them all."""
    return uvicorn.Config(
        app,
        at.host,
        at.port,
        http=Connection,
        ws_max_size=LONGEST_MESSAGE,
        ws_per_message_deflate=False,  # on one computer it saves nothing, and a few bytes become many
        backlog=backlog(),
        proxy_headers=False,  # whoever is on this computer would name any address as their own
        server_header=False,
        log_level="warning",
        lifespan="on",
    )


def _everywhere(port: int) -> socket.socket:
    """A socket for IPv4 and IPv6: asyncio would take ``::`` for the latter alone."""
    return socket.create_server(("::", port), family=socket.AF_INET6, dualstack_ipv6=True)


class _Telling(uvicorn.Server):
    """A server that says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen, and say so."""
        await super().startup(sockets)
        if self.started:
            self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let answers end, and hang up on whoever listens to a stream."""
        hanging_up = asyncio.create_task(self._hang_up())
        await super().shutdown(sockets)
        hanging_up.cancel()

    async def _hang_up(self) -> None:
        await asyncio.sleep(GRACE)
        for connection in list(self.server_state.connections):
            if transport := getattr(connection, "transport", None):
                transport.abort()  # what is closed waits for whoever reads nothing


def _begun(at: Address, code: OpeningCode | None, ready: Callable[[], None]) -> None:
    print(f"kikori: open {at.url()}", file=sys.stderr, flush=True)
    ready()
    if code:
        open_browser(at.url_of(code))
