"""Who is answered: only a browser that was given the token, on our own address, from our own pages."""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterator

import pytest
import websockets.exceptions
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket
from websockets.sync.client import connect

from kikori.errors import EnvironmentProblem
from kikori.web import Address, serving
from kikori.web.serving import address

from .served import served


def page(request: Request) -> Response:
    return PlainTextResponse("inside", headers={"Referrer-Policy": "no-referrer"} if "own" in request.url.path else {})


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("inside")
    await socket.close()


@pytest.fixture(scope="module")
def at() -> Iterator[Address]:
    routes = [Route("/{path:path}", page, methods=["GET", "POST", "DELETE"]), WebSocketRoute("/socket", echo)]
    with served(Starlette(routes=routes), free=["/join"]) as found:
        yield found


def ask(
    at: Address, path: str = "/", method: str = "GET", host: str | None = None, **headers: str
) -> http.client.HTTPResponse:
    """One request, with just these headers; ``Host`` is ours unless another one is given."""
    line = http.client.HTTPConnection(at.host, at.port, timeout=10)
    line.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    line.putheader("Host", at.hosts[0] if host is None else host)
    for name, value in headers.items():
        line.putheader(name.replace("_", "-"), value)
    line.endheaders()
    return line.getresponse()


def cookie(at: Address) -> str:
    return f"kikori-{at.port}={at.token}"


def own(at: Address) -> str:
    return f"http://{at.hosts[0]}"


# --- the token


def test_nothing_is_said_without_the_token(at: Address) -> None:
    answer = ask(at)
    said = answer.read().decode()
    assert answer.status == 403
    assert "holds the token" in said
    assert "inside" not in said


@pytest.mark.parametrize("shown", ["", "x", "%C3%BC", "%00", "a" * 5000])
def test_wrong_token(at: Address, shown: str) -> None:
    assert ask(at, f"/?token={shown}").status == 403
    assert ask(at, Cookie=f"kikori-{at.port}={shown}").status == 403


def test_token_goes_from_the_address_into_a_cookie(at: Address) -> None:
    answer = ask(at, f"/a?x=1&token={at.token}&y=2")
    assert (answer.status, answer.headers["Location"]) == (303, "/a?x=1&y=2")
    given = answer.headers["Set-Cookie"]
    assert given.startswith(f"kikori-{at.port}={at.token};")
    assert "httponly" in given.lower()
    assert "samesite=strict" in given.lower()
    assert ask(at, "/a", Cookie=given.partition(";")[0]).read() == b"inside"


def test_cookie_of_another_port_opens_nothing(at: Address) -> None:
    assert ask(at, Cookie=f"kikori-{at.port + 1}={at.token}").status == 403


def test_program_shows_the_token_in_a_header(at: Address) -> None:
    assert ask(at, Authorization=f"Bearer {at.token}").read() == b"inside"
    assert ask(at, Authorization="Bearer x").status == 403
    assert ask(at, Authorization=f"Basic {at.token}").status == 403


def test_free_path_needs_no_token_and_still_our_address(at: Address) -> None:
    assert ask(at, "/join").read() == b"inside"
    assert ask(at, "/join", host="evil.example").status == 403
    assert ask(at, "/join", "POST", Origin="https://evil.example").status == 403


# --- Host: DNS rebinding


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "localhost"])
def test_another_host_is_refused_whoever_asks(at: Address, host: str) -> None:
    answer = ask(at, host=host.format(port=at.port), Cookie=cookie(at))
    assert answer.status in (400, 403)
    assert b"inside" not in answer.read()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "[::1]"])
def test_own_names(at: Address, name: str) -> None:
    assert ask(at, host=f"{name}:{at.port}", Cookie=cookie(at)).read() == b"inside"


# --- Origin: cross-site requests


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1", "file://"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_page_elsewhere_can_not_ask(at: Address, origin: str, method: str) -> None:
    answer = ask(at, "/", method, Cookie=cookie(at), Origin=origin)
    assert answer.status == 403
    assert b"a page that is not mine" in answer.read()


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_what_changes_something_names_its_origin(at: Address, method: str) -> None:
    assert ask(at, "/", method, Cookie=cookie(at)).status == 403
    assert ask(at, "/", method, Cookie=cookie(at), Origin=own(at)).status == 200
    assert ask(at, "/", method, Authorization=f"Bearer {at.token}").status == 200


@pytest.mark.parametrize("shown", ["Bearer x", "Bearer ", "Basic x", "Bearer {token}x"])
@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_a_wrong_token_in_a_header_makes_no_program_of_a_browser(at: Address, method: str, shown: str) -> None:
    answer = ask(at, "/", method, Cookie=cookie(at), Authorization=shown.format(token=at.token))
    assert answer.status == 403
    assert b"inside" not in answer.read()


def test_a_program_with_a_token_of_its_own_is_heard_where_none_of_ours_is_asked_for(at: Address) -> None:
    assert ask(at, "/join", "POST", Authorization="Bearer its-own").status == 200
    assert ask(at, "/join", "POST", Cookie=cookie(at)).status == 403


def test_token_in_the_address_does_not_change_anything_from_elsewhere(at: Address) -> None:
    assert ask(at, f"/?token={at.token}", "POST", Origin="https://evil.example").status == 403
    assert ask(at, f"/?token={at.token}", "POST").status == 403


# --- websockets


def test_websocket_of_our_own_page(at: Address) -> None:
    with connect(f"ws://{at.hosts[0]}/socket", origin=own(at), additional_headers={"Cookie": cookie(at)}) as socket:  # type: ignore[arg-type]
        assert socket.recv() == "inside"


def test_websocket_of_a_program(at: Address) -> None:
    shown = {"Authorization": f"Bearer {at.token}"}
    with connect(f"ws://{at.hosts[0]}/socket", additional_headers=shown) as socket:
        assert socket.recv() == "inside"


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null"])
def test_websocket_from_elsewhere(at: Address, origin: str | None) -> None:
    with pytest.raises(websockets.exceptions.InvalidStatus, match="403"):
        connect(f"ws://{at.hosts[0]}/socket", origin=origin, additional_headers={"Cookie": cookie(at)})  # type: ignore[arg-type]


def test_websocket_with_a_wrong_token_beside_the_cookie(at: Address) -> None:
    shown = {"Cookie": cookie(at), "Authorization": "Bearer x"}
    with pytest.raises(websockets.exceptions.InvalidStatus, match="403"):
        connect(f"ws://{at.hosts[0]}/socket", additional_headers=shown)


def test_websocket_without_the_token(at: Address) -> None:
    with pytest.raises(websockets.exceptions.InvalidStatus, match="403"):
        connect(f"ws://{at.hosts[0]}/socket", origin=own(at))  # type: ignore[arg-type]


# --- what an address may hold

STRANGE = [
    "//evil.example",
    "//evil.example/",
    "///",
    "/%2Fevil.example",
    "/%5Cevil.example",
    "/a%5Cb",
    "/\\evil.example",
]
STRANGE += [
    "/%00",
    "/a%00b",
    "/a%0Ab",
    "/%09/evil.example",
    "/%7F",
    "/%C2%85",
    "/%E2%80%AEb",
    "http://{host}/",
    "evil.example",
]


@pytest.mark.parametrize("path", STRANGE)
@pytest.mark.parametrize("query", ["", "?token={token}"])
def test_no_page_has_a_strange_address(at: Address, path: str, query: str) -> None:
    path = path.format(host=at.hosts[0]) + query.format(token=at.token)
    for method in ("GET", "HEAD", "POST"):
        answer = ask(at, path, method, Authorization=f"Bearer {at.token}")
        assert (answer.status, answer.headers["Location"]) == (403, None)
        assert answer.read() == (b"" if method == "HEAD" else b"kikori: No page of mine has such an address.\n")


@pytest.mark.parametrize("path", ["/a//b", "/a/", "/ja/%E3%81%82", "/a%3Fb%23c", "/a%20b", "/.well-known/x~y@z:1"])
def test_other_addresses_are_taken_as_they_are(at: Address, path: str) -> None:
    assert ask(at, path, Authorization=f"Bearer {at.token}").read() == b"inside"
    answer = ask(at, f"{path}?token={at.token}")
    assert (answer.status, answer.headers["Location"]) == (303, path)


@pytest.mark.parametrize("path", ["//join", "/%00join", "join", "http://{host}/join"])
def test_no_strange_address_is_free(at: Address, path: str) -> None:
    assert ask(at, path.format(host=at.hosts[0])).status == 403


def test_websocket_at_a_strange_address(at: Address) -> None:
    shown = {"Authorization": f"Bearer {at.token}"}
    with pytest.raises(websockets.exceptions.InvalidStatus, match="403"):
        connect(f"ws://{at.hosts[0]}/socket%00", additional_headers=shown)


# --- what a page may load


@pytest.mark.parametrize("path", ["/", "/nobody"])
def test_every_answer_says_what_may_be_loaded(at: Address, path: str) -> None:
    for answer in (ask(at, path), ask(at, path, Cookie=cookie(at)), ask(at, f"{path}?token={at.token}")):
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "form-action 'self'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_application_may_say_otherwise(at: Address) -> None:
    assert ask(at, "/own", Cookie=cookie(at)).headers["Referrer-Policy"] == "no-referrer"
    assert ask(at, "/", Cookie=cookie(at)).headers["Referrer-Policy"] == "same-origin"


# --- where it listens


def test_listens_on_the_loopback_unless_told_otherwise() -> None:
    found = address()
    assert (found.host, found.is_loopback) == ("127.0.0.1", True)
    assert found.port > 0
    assert len(found.token) >= 32
    assert address().token != found.token
    assert not address(listen="192.0.2.7").is_loopback
    assert address(80, "192.0.2.7").hosts == ("192.0.2.7:80", "192.0.2.7"), "browsers leave the port of HTTP out"
    assert address(8080, "192.0.2.7").hosts == ("192.0.2.7:8080",)
    assert "127.0.0.1:80" in address(80, "0.0.0.0").hosts  # noqa: S104


@pytest.mark.parametrize("listen", ["::", "0::0"])
def test_listening_everywhere_knows_the_names_of_both_families(monkeypatch: pytest.MonkeyPatch, listen: str) -> None:
    own = {socket.AF_INET: ["192.0.2.7"], socket.AF_INET6: ["2001:db8::7"]}
    monkeypatch.setattr(serving, "own_addresses", lambda family=socket.AF_INET: own[family])
    found = address(8080, listen)
    assert {f"{name}:8080" for name in ("127.0.0.1", "192.0.2.7", "localhost", "[::1]", "[2001:db8::7]")} < {
        *found.hosts
    }
    assert found.url("/") == f"http://127.0.0.1:8080/?token={found.token}"
    assert "[::]:8080" not in found.hosts
    assert not found.is_loopback
    assert "[2001:db8::7]:8080" not in address(8080, "0.0.0.0").hosts  # noqa: S104  # nobody listens there


def test_own_addresses_are_those_that_a_browser_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    found = ["2001:db8::7", "fe80::1%eth0", "::1"]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda *_: [(socket.AF_INET6, 0, 0, "", (one, 0, 0, 0)) for one in found]
    )
    assert {"2001:db8::7", "::1"} <= {*serving.own_addresses(socket.AF_INET6)}
    assert not [one for one in serving.own_addresses(socket.AF_INET6) if one.startswith("fe80")]


@pytest.mark.parametrize("listen", ["", "nowhere", "127.0.0.1:80", "999.1.1.1"])
def test_listening_on_no_address(listen: str) -> None:
    with pytest.raises(EnvironmentProblem, match="not an IP address"):
        address(listen=listen)
