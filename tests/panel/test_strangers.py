"""Nobody but the learner's own browser opens a page or a shell: wrong token, wrong host, a page elsewhere."""

from __future__ import annotations

import base64
import os
import re
import socket

import psutil
import pytest
import requests

from .conftest import Served

SHELL = "/-/shell/first-look"


pytestmark = pytest.mark.browser


def asked(served: Served, path: str, **headers: str) -> requests.Response:
    return requests.get(f"{served.base}{path}", headers=headers, timeout=10, allow_redirects=False)


def shaken(served: Served, **headers: str) -> str:
    """The first line of what the server says to somebody who asks for a websocket."""
    sent = {
        "Host": f"127.0.0.1:{served.port}",
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": base64.b64encode(os.urandom(16)).decode(),
        "Sec-WebSocket-Version": "13",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in sent.items())
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(f"GET {SHELL} HTTP/1.1\r\n{lines}\r\n".encode())
        return line.recv(200).decode("latin-1").splitlines()[0]


def test_without_the_token_nothing_is_told(served: Served) -> None:
    for path in ("/", "/labs/first-look/", "/-/static/panel.js", "/-/stream/first-look"):
        found = asked(served, path)
        assert (found.status_code, served.token in found.text) == (403, False), path
        other = ("x" if served.token[0] != "x" else "y") + served.token[1:]
        assert asked(served, f"{path}?token={other}").status_code == 403


def test_the_token_leaves_the_address_for_a_cookie_that_scripts_and_other_sites_do_not_get(served: Served) -> None:
    found = asked(served, f"/?token={served.token}")
    assert found.status_code == 303
    assert "token" not in found.headers["location"]
    assert {"httponly", "samesite=strict"} <= {part.strip().lower() for part in found.headers["set-cookie"].split(";")}


def test_a_name_that_was_bent_to_this_address_is_not_answered(served: Served) -> None:
    """DNS rebinding: the browser asks here, and names the stranger's host."""
    found = asked(served, f"/?token={served.token}", Host="evil.example")
    assert found.status_code == 403


def test_a_page_elsewhere_can_not_begin_a_command(served: Served) -> None:
    cookie = f"kikori-{served.port}={served.token}"
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {}):
        found = requests.post(f"{served.base}/-/do/first-look/start", headers=headers | {"Cookie": cookie}, timeout=10)
        assert found.status_code == 403, headers


def test_a_page_elsewhere_can_not_open_a_shell(served: Served) -> None:
    cookie = f"kikori-{served.port}={served.token}"
    own = f"http://127.0.0.1:{served.port}"
    assert "101" in shaken(served, Cookie=cookie, Origin=own)
    assert "101" not in shaken(served, Cookie=cookie, Origin="https://evil.example")
    assert "101" not in shaken(served, Cookie=cookie)
    assert "101" not in shaken(served, Cookie=cookie, Origin=own, Host="evil.example")
    assert "101" not in shaken(served, Origin=own)


def test_pages_run_no_script_but_their_own(served: Served) -> None:
    session = requests.Session()
    policy = session.get(served.url, timeout=10).headers["content-security-policy"]
    assert "unsafe" not in policy
    assert re.search(r"script-src 'self'( 'sha256-[A-Za-z0-9+/=]+')*;", policy)
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy


def test_only_the_loopback_is_listened_on(served: Served) -> None:
    listening = [one.laddr for one in psutil.net_connections("tcp") if one.laddr and one.status == psutil.CONN_LISTEN]
    assert {place.ip for place in listening if place.port == served.port} == {"127.0.0.1"}
