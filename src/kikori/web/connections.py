"""How many connections are held, and how long one may take over a request or leave an answer unread.

uvicorn's own ``limit_concurrency`` counts whoever asks for nothing, too, and so shuts out everybody else; its limit of
time for a connection that is kept begins with the first answer, and ends with the next byte. Hence these.
"""

from __future__ import annotations

import asyncio
import ipaddress
import resource
import socket
from collections.abc import Collection
from functools import lru_cache
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

MOST = 600
"""Connections in all, where the computer lets a process have as many."""
MOST_OF_NETWORK = 400
"""Connections of one network: forty learners may sit behind one address, each with six of a browser and its sockets."""
HEAD_SECONDS = 15.0
"""From the beginning, or from the last answer, until all headers of a request are here."""
STALL_SECONDS = 30
"""What is sent and nobody takes is given up after these."""
FULL = (
    "kikori: This server holds as many connections as it can: close some of its pages, then open this one again.\n"
    "接続がいっぱいです。このサーバーのページをいくつか閉じてから、もう一度開いてください。\n"
)


def most() -> int:
    """Bound all connections by half of the files that this process may open.

    The other half is for the rest of it: the pages themselves, shells, a database.
    """
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return MOST if soft == resource.RLIM_INFINITY else min(MOST, soft // 2)


def backlog() -> int:
    """Bound the connections that the kernel holds for us.

    asyncio takes as many at once, and that up to four times before the first of them is looked at here.
    """
    return min(100, most() // 5)


@lru_cache(maxsize=4096)
def network_of(host: str) -> str:
    """Name what one machine has to itself.

    That is an address of IPv4, or all those of IPv6 that begin alike (RFC 4291, section 2.5.4).
    """
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:  # no network at all, such as a socket in a folder
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


class Connection(H11Protocol):
    """A connection that is closed where it costs others theirs."""

    waiting: asyncio.TimerHandle | None = None
    """Set while nothing was asked that is not answered yet."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take it, or say that there is no room."""
        super().connection_made(transport)
        _give_up_on_whoever_reads_nothing(transport)
        if self._has_room():
            self._await_head()
        else:
            transport.write(_refusal())
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """Hear what came; headers that are whole end the waiting."""
        super().handle_events()
        if self._is_asked():
            self._stop_waiting()

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """Become a websocket, which looks after itself by pings."""
        self._stop_waiting()
        super().handle_websocket_upgrade(event)

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it is here already."""
        super().on_response_complete()
        if not self._is_asked():
            self._await_head()

    def make_way(self) -> None:
        """End it, read or not, and count it no longer."""
        self._stop_waiting()
        self.connections.discard(self)
        self.transport.abort()

    def _is_asked(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _await_head(self) -> None:
        self._stop_waiting()
        self.waiting = self.loop.call_later(HEAD_SECONDS, self.make_way)

    def _stop_waiting(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None

    def _has_room(self) -> bool:
        """Look for room, or let whoever has waited longest make it."""
        own = network_of(_host_of(self))
        near = [one for one in self.connections if one is not self and network_of(_host_of(one)) == own]
        if len(near) >= MOST_OF_NETWORK and not _make_room(near):
            return False
        others = [one for one in self.connections if one is not self]
        return len(others) < most() or _make_room(others)


def _host_of(connection: Any) -> str:
    """Read the address at the other end, of a websocket too."""
    return str(connection.client[0]) if connection.client else ""


def _make_room(connections: Collection[object]) -> bool:
    idle = [(one.waiting.when(), one) for one in connections if isinstance(one, Connection) and one.waiting]
    if not idle:
        return False
    min(idle, key=lambda pair: pair[0])[1].make_way()
    return True


def _give_up_on_whoever_reads_nothing(transport: asyncio.Transport) -> None:
    """Let the kernel end it where nothing is taken for a while (tcp(7)), also when it has become a websocket."""
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # Linux alone has it
        line = transport.get_extra_info("socket")
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALL_SECONDS * 1000)


def _refusal() -> bytes:
    body = FULL.encode()
    lines = [
        "HTTP/1.1 503 Service Unavailable",
        "Content-Type: text/plain; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body
