"""What a browser is opened with: others on this computer read command lines, and must get nothing by it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from kikori import paths
from kikori.web import open_browser

PAGES = """
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from kikori.web.serving import address, serve

serve(Starlette(routes=[Route("/", lambda request: PlainTextResponse("inside"))]), address(), opening=True)
"""
ASKING = """
import os, socket, sys
line = socket.create_connection(("127.0.0.1", int(sys.argv[2])))  # before the files of Python itself can't be read
line.close()
os.setuid(int(sys.argv[1]))
with socket.create_connection(("127.0.0.1", int(sys.argv[2]))) as line:
    line.sendall(f"GET {sys.argv[3]} HTTP/1.1\\r\\nHost: 127.0.0.1:{sys.argv[2]}\\r\\n\\r\\n".encode())
    print(line.recv(100).split()[1].decode())
"""
NOBODY = 65534


@contextmanager
def opened(tmp_path: Path, *argv: str) -> Iterator[tuple[str, str]]:
    """A command that opens a browser: the address it prints, and the one that the browser is started with."""
    browser, seen = tmp_path / "browser", tmp_path / "seen"
    browser.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" > "{seen}.new" && mv "{seen}.new" "{seen}"\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    environment = os.environ | {"BROWSER": f"{browser} %s"}
    with subprocess.Popen([sys.executable, *argv], stderr=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stderr is not None
            printed = next(found[1] for line in process.stderr if (found := re.search(r"open (http://\S+)", line)))
            end = time.monotonic() + 20
            while not seen.exists():
                assert time.monotonic() < end, "no browser was started"
                time.sleep(0.05)
            yield printed, seen.read_text(encoding="utf-8").strip()
        finally:
            process.kill()


@pytest.mark.slow
def test_a_browser_is_started_with_no_token_and_with_what_opens_the_pages_once(tmp_path: Path) -> None:
    with opened(tmp_path, "-c", PAGES) as (printed, handed):
        token = printed.partition("token=")[2]
        assert token
        assert token not in handed
        browser = requests.Session()
        assert browser.get(handed, timeout=10).text == "inside"
        assert browser.get(handed.partition("?")[0], timeout=10).text == "inside"
        late = requests.get(handed, timeout=10)
        assert (late.status_code, "the command printed" in late.text) == (403, True)
        assert requests.get(printed, timeout=10).text == "inside"


@pytest.mark.slow
def test_so_is_that_of_a_command(tmp_path: Path) -> None:
    argv = ["-m", "kikori", "cohort", "serve", "--open", "--port", "0", "--submissions", str(tmp_path / "inbox")]
    with opened(tmp_path, *argv, "--database", f"sqlite:///{tmp_path}/c.sqlite") as (printed, handed):
        assert printed.partition("token=")[2] not in handed
        assert requests.get(handed, timeout=10).ok
        assert requests.get(handed, timeout=10).status_code == 403


@pytest.mark.slow
@pytest.mark.skipif(os.getuid() != 0, reason="only root asks as somebody else")
def test_whoever_reads_the_command_line_before_the_browser_asks_gets_nothing_and_takes_nothing(tmp_path: Path) -> None:
    with opened(tmp_path, "-c", PAGES) as (_, handed):
        port, _, path = handed.removeprefix("http://127.0.0.1:").partition("/")
        argv = [sys.executable, "-c", ASKING, str(NOBODY), port, f"/{path}"]
        assert subprocess.run(argv, capture_output=True, text=True, check=True).stdout == "403\n"
        assert requests.get(handed, timeout=10).text == "inside"


@pytest.mark.parametrize(
    ("found", "ours"),
    [(None, True), (set(), False), ({os.geteuid()}, True), ({0}, True), ({NOBODY}, False), ({0, NOBODY}, False)],
)
def test_only_the_same_user_is_let_in(found: set[int] | None, ours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_browser, "owners", lambda port, to: found)
    code = open_browser.OpeningCode()
    assert code.redeem(code.text, 40000, 8000) is ours
    assert not (ours and code.redeem(code.text, 40000, 8000))


def test_a_code_ends_by_itself_and_a_wrong_one_does_not_end_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_browser, "owners", lambda port, to: None)
    code = open_browser.OpeningCode()
    assert not code.redeem("x", 40000, 8000)
    assert not code.redeem("", 40000, 8000)
    assert code.redeem(code.text, 40000, 8000)
    assert not open_browser.OpeningCode(seconds=0).redeem(code.text, 40000, 8000)
    late = open_browser.OpeningCode(seconds=0)
    assert not late.redeem(late.text, 40000, 8000)


def test_a_browser_is_opened_in_one_place_alone() -> None:
    sources = (paths.ROOT / "src").rglob("*.py")
    found = [file.name for file in sources if "webbrowser" in file.read_text(encoding="utf-8")]
    assert found == ["open_browser.py"]
