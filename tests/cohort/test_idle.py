"""``kikori cohort serve`` where a stranger on the network holds more connections than it may open files."""

from __future__ import annotations

import contextlib
import re
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kikori.cohort.client.connection import Server
from kikori.web import unused_port

from .conftest import told

pytestmark = pytest.mark.slow

FILES, IDLE = 1024, 1100


@pytest.fixture
def many_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < IDLE + 200:
        if hard < IDLE + 200:
            pytest.skip("this computer lets nobody open so many files")
        resource.setrlimit(resource.RLIMIT_NOFILE, (IDLE + 200, hard))


@pytest.mark.usefixtures("many_files")
def test_idle_strangers_shut_no_learner_out(tmp_path: Path) -> None:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, FILES))

    port = unused_port()
    argv = [sys.executable, "-m", "kikori", "cohort", "serve", "--port", str(port)]
    argv += ["--submissions", str(tmp_path / "inbox"), "--database", f"sqlite:///{tmp_path}/c.sqlite"]
    with (
        contextlib.ExitStack() as held,
        subprocess.Popen(argv, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, preexec_fn=limited) as it,
    ):
        try:
            assert it.stderr is not None
            enrolment = next(found[1] for line in it.stderr if (found := re.search(r"/join#([\w-]+)", line)))
            for _ in range(IDLE):
                held.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            ada = Server(f"http://127.0.0.1:{port}", Server(f"http://127.0.0.1:{port}", enrolment).enrol("ada").token)
            ada.check_in(told())
            assert ada.collected().check_ins == 1
        finally:
            it.kill()
