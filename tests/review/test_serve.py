"""``kikori review serve`` as it is typed."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kikori.web.serving import own_addresses, unused_port
from terminal_user import Kikori, heed_interrupts

from .essays import CLASS, handed_in

pytestmark = pytest.mark.slow


@contextmanager
def running(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, and the address that it prints."""
    argv = [sys.executable, "-m", "kikori", "review", "serve", str(folder), "--no-open", *options]
    with subprocess.Popen(argv, stderr=subprocess.PIPE, text=True, preexec_fn=heed_interrupts) as process:
        try:
            assert process.stderr
            for line in process.stderr:
                if found := re.search(r"open (http://\S+)", line):
                    yield process, found[1]
                    break
            else:
                pytest.fail("it ended without an address")
        finally:
            process.kill()


def test_pages_are_served_on_the_loopback_alone_until_interrupted(tmp_path: Path) -> None:
    handed_in(tmp_path / "class", *CLASS[:2])
    with running(tmp_path / "class") as (process, url):
        port = int(re.findall(r"^http://127\.0\.0\.1:(\d+)/\?token=\S{32,}$", url)[0])
        assert requests.get(url, timeout=20).ok
        assert requests.get(url.partition("?")[0], timeout=20).status_code == 403
        for address in own_addresses():
            if not address.startswith("127."):
                with pytest.raises(OSError, match=r"refused|timed out"):
                    socket.create_connection((address, port), timeout=2)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read() if process.stderr else ""
        assert process.wait(20) == 130
        assert "Traceback" not in said


def test_port_that_is_taken(tmp_path: Path, kikori: Kikori) -> None:
    handed_in(tmp_path / "class", *CLASS[:1])
    port = unused_port()
    with socket.create_server(("127.0.0.1", port)):
        said = kikori("review", "serve", str(tmp_path / "class"), "--port", str(port), "--no-open")
    assert said.returncode == 3
    assert f"Port {port} of 127.0.0.1 can't be served" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere"], 2, "nothing was replayed there yet"),
        ([".", "--listen", "nowhere"], 3, "not an IP address"),
        ([".", "--port", "70000"], 2, "70000"),
        ([], 2, "FOLDER"),
    ],
)
def test_what_can_not_be_served(kikori: Kikori, words: list[str], code: int, told: str) -> None:
    said = kikori("review", "serve", *words, "--no-open")
    assert (said.returncode, told in said.stderr) == (code, True), said.stderr
    assert "Traceback" not in said.stderr
