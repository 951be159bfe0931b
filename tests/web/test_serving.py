"""A server that ends, whoever still listens."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys

import pytest
import requests

ENDLESS = """
import asyncio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route
from kikori.web.serving import address, serve

async def beats(request):
    while not await request.is_disconnected():
        yield "beat\\n"
        await asyncio.sleep(0.05)

async def stream(request: Request):
    return StreamingResponse(beats(request))

serve(Starlette(routes=[Route("/", stream)]), address(token="known"))
"""


EVERYWHERE = ENDLESS.replace('address(token="known")', 'address(listen="::", token="known")')


def has_ipv6() -> bool:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        return False
    return True


@pytest.mark.slow
@pytest.mark.skipif(not has_ipv6(), reason="this machine has no IPv6")
def test_all_addresses_of_both_families_are_answered() -> None:
    process = subprocess.Popen([sys.executable, "-c", EVERYWHERE], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        url = process.stderr.readline().split()[-1]
        for name in ("127.0.0.1", "[::1]"):
            with requests.get(url.replace("127.0.0.1", name), stream=True, timeout=10) as answer:
                assert (answer.status_code, next(answer.iter_lines())) == (200, b"beat")
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_an_open_stream_keeps_no_server_alive() -> None:
    process = subprocess.Popen([sys.executable, "-c", ENDLESS], stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    url = process.stderr.readline().split()[-1]
    with requests.get(url, stream=True, timeout=10) as answer:
        listening = answer.iter_lines()  # whoever lets go of it hangs up
        assert next(listening) == b"beat"
        process.send_signal(signal.SIGTERM)
        _, told = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGTERM
    assert not told
