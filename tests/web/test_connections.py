"""Whoever holds connections, asks slowly or reads nothing takes no place from anybody else."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect
from websockets.sync.client import ClientConnection, connect

from kikori.web import Address, connections

from .served import served

pytestmark = pytest.mark.slow

LEARNERS, CONNECTIONS_OF_A_BROWSER = 40, 6
FILES = 256
"""Open files of a server under attack here; the usual 1,024 take four times as long."""
SERVER = """
import asyncio
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route
from kikori.web.serving import address, serve

async def page(request):
    return PlainTextResponse("inside")

async def endless(request):
    async def pieces():
        while True:
            yield b"x" * 65536
            await asyncio.sleep(0)
    return StreamingResponse(pieces())

serve(Starlette(routes=[Route("/", page), Route("/endless", endless)]), address(token="known"))
"""
GONE: list[str] = []


def page(request: Request) -> Response:
    return PlainTextResponse("inside")


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        async for text in socket.iter_text():
            await socket.send_text(text)


async def flood(request: Request) -> Response:
    async def pieces() -> Iterator[bytes]:  # type: ignore[misc]
        try:
            while True:
                yield b"x" * 65536
                await asyncio.sleep(0)
        finally:
            GONE.append("stream")

    return StreamingResponse(pieces())  # type: ignore[arg-type]


async def gush(socket: WebSocket) -> None:
    await socket.accept()
    try:
        while True:
            await socket.send_bytes(b"x" * 65536)
    except WebSocketDisconnect:
        GONE.append("socket")


ROUTES = [Route("/", page), Route("/flood", flood), WebSocketRoute("/echo", echo), WebSocketRoute("/gush", gush)]


@pytest.fixture
def at() -> Iterator[Address]:
    GONE.clear()
    with served(Starlette(routes=ROUTES)) as found:
        yield found


def line_to(at: Address) -> socket.socket:
    return socket.create_connection((at.host, at.port), timeout=10)


def head(at: Address, path: str = "/") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {at.hosts[0]}\r\nAuthorization: Bearer {at.token}\r\n\r\n".encode()


def websocket(at: Address, path: str = "/echo") -> ClientConnection:
    return connect(f"ws://{at.hosts[0]}{path}", additional_headers={"Authorization": f"Bearer {at.token}"})


def answer(line: socket.socket) -> bytes:
    """What is answered, up to the end of its body."""
    said = b""
    while b"inside" not in said and (piece := line.recv(4096)):
        said += piece
    return said


def is_open(line: socket.socket) -> bool:
    """Whether the other end holds it, whatever is left to read of it."""
    line.setblocking(False)
    try:
        while line.recv(4096):
            pass
        return False
    except BlockingIOError:
        return True
    except OSError:
        return False
    finally:
        line.settimeout(10)


def until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


# --- how many


@contextlib.contextmanager
def running(files: int) -> Iterator[tuple[subprocess.Popen[str], Address]]:
    """A server in a process of its own, which may open so many files."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    argv = [sys.executable, "-c", SERVER]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, preexec_fn=limited) as process:
        try:
            assert process.stderr is not None
            port = int(process.stderr.readline().split("/?")[0].rsplit(":", 1)[1])
            yield process, Address(host="127.0.0.1", port=port, token="known")  # noqa: S106
        finally:
            process.kill()


@pytest.mark.slow
def test_more_idle_connections_than_the_server_may_open_files_shut_nobody_out() -> None:
    with running(FILES) as (process, at), contextlib.ExitStack() as held:
        for _ in range(FILES + 80):
            held.enter_context(line_to(at))
        began = time.monotonic()
        told = requests.get(f"http://{at.hosts[0]}/", headers={"Authorization": f"Bearer {at.token}"}, timeout=20)
        assert (told.text, time.monotonic() - began < 5) == ("inside", True)
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=20)
    assert not said, "nothing went wrong inside"


def test_the_longest_idle_makes_room_for_whoever_comes(at: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_OF_NETWORK", 4)
    lines = [line_to(at) for _ in range(4)]
    lines[0].sendall(head(at))
    assert b"inside" in answer(lines[0])
    late = line_to(at)
    late.sendall(head(at))
    assert b"inside" in answer(late)
    assert [is_open(line) for line in lines] == [True, False, True, True]


def test_where_all_are_in_use_the_next_is_told_so(at: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_OF_NETWORK", 3)
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(websocket(at)) for _ in range(3)]
        with line_to(at) as line:
            said = line.recv(4096)
        assert said.startswith(b"HTTP/1.1 503 ")
        assert b"close some of its pages" in said
        for one in sockets:
            one.send("still here")
            assert one.recv(timeout=5) == "still here"
    until(lambda: b"503" not in _first(at))


def _first(at: Address) -> bytes:
    with line_to(at) as line:
        line.sendall(head(at))
        return line.recv(4096)


def test_all_networks_together_have_a_bound_too(at: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "most", lambda: 3)
    lines = [socket.create_connection((at.host, at.port), 10, (f"127.0.0.{n}", 0)) for n in range(1, 5)]
    lines[3].sendall(head(at))
    assert b"inside" in answer(lines[3])
    assert [is_open(line) for line in lines] == [False, True, True, True]


def test_a_class_behind_one_address_is_let_in(at: Address) -> None:
    """Forty learners, each with a websocket and all connections of a browser, as a NAT shows them."""
    lines = [
        http.client.HTTPConnection(at.host, at.port, timeout=20) for _ in range(LEARNERS * CONNECTIONS_OF_A_BROWSER)
    ]

    def ask(line: http.client.HTTPConnection) -> list[tuple[int, bytes]]:
        said = []
        for _ in range(3):
            line.request("GET", "/", headers={"Authorization": f"Bearer {at.token}"})
            told = line.getresponse()
            said.append((told.status, told.read()))
        return said

    with ThreadPoolExecutor(LEARNERS) as pool, contextlib.ExitStack() as held:
        sockets = [held.enter_context(websocket(at)) for _ in range(LEARNERS)]
        assert [*pool.map(ask, lines)] == [[(200, b"inside")] * 3] * len(lines)
        for number, one in enumerate(sockets):
            one.send(str(number))
            assert one.recv(timeout=5) == str(number)


def test_the_usual_bounds_leave_files_for_everything_else() -> None:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (1024, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
        assert connections.most() + 4 * connections.backlog() < 1000
        assert min(connections.MOST_OF_NETWORK, connections.most()) >= LEARNERS * (CONNECTIONS_OF_A_BROWSER + 2)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("192.0.2.7", "::ffff:192.0.2.7", True),
        ("2001:db8::7", "2001:db8::8:9", True),
        ("2001:db8::7", "2001:db8:0:1::7", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
    ],
)
def test_whoever_has_many_addresses_is_one(one: str, other: str, same: bool) -> None:
    assert (connections.network_of(one) == connections.network_of(other)) is same


# --- how long


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.6)
    return 0.6


def dripped(line: socket.socket, data: bytes, seconds: float) -> bool:
    """Send byte after byte for a while; whether somebody still listens at the end."""
    end = time.monotonic() + seconds
    with contextlib.suppress(OSError):
        for byte in data * 100:
            if time.monotonic() > end:
                break
            line.sendall(bytes([byte]))
            time.sleep(0.05)
    return is_open(line)


def test_headers_that_come_byte_by_byte_are_not_waited_for(hasty: float, at: Address) -> None:
    with line_to(at) as line:
        assert not dripped(line, b"GET / HTTP/1.1\r\nX: ", hasty + 1)


def test_nor_are_those_of_the_next_request(hasty: float, at: Address) -> None:
    with line_to(at) as line:
        line.sendall(head(at))
        assert b"inside" in answer(line)
        assert not dripped(line, b"GET / HTTP/1.1\r\nX: ", hasty + 1)


def test_nor_the_body_of_a_request_that_was_refused(hasty: float, at: Address) -> None:
    with line_to(at) as line:
        line.sendall(f"POST / HTTP/1.1\r\nHost: {at.hosts[0]}\r\nContent-Length: 100000\r\n\r\n".encode())
        assert b"403" in line.recv(4096)
        assert not dripped(line, b"x", hasty + 1)


def test_whoever_asks_in_time_keeps_the_connection(hasty: float, at: Address) -> None:
    with line_to(at) as line, websocket(at) as talk:
        for _ in range(4):
            line.sendall(head(at))
            assert b"inside" in answer(line)
            time.sleep(hasty / 2)
        talk.send("still here")
        assert talk.recv(timeout=5) == "still here"


# --- who reads nothing


@pytest.mark.parametrize(("path", "what"), [("/flood", "stream"), ("/gush", "socket")])
def test_whoever_reads_nothing_is_dropped(at: Address, path: str, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STALL_SECONDS", 1)
    with line_to(at) as line:
        asked = head(at, path)
        if what == "socket":
            asked = asked[:-2] + (
                b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
            )
        line.sendall(asked)
        until(lambda: what in GONE, 15)


@pytest.mark.slow
def test_whoever_reads_slowly_is_not(at: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "STALL_SECONDS", 1)
    with line_to(at) as line:
        line.sendall(head(at, "/flood"))
        for _ in range(30):
            assert line.recv(262_144)
            time.sleep(0.1)
        assert not GONE
    until(lambda: "stream" in GONE)


def test_whoever_reads_nothing_keeps_no_server_alive() -> None:
    with running(FILES) as (process, at), line_to(at) as line:
        line.sendall(head(at, "/endless"))
        time.sleep(1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == -signal.SIGTERM
