"""A little engine on a real Unix socket, programs that note how they were called, and a machine that lacks all else."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kikori.host import engine, packages

Engine = Callable[..., Path]
Program = Callable[..., Path]
Answers = dict[str, tuple[int, bytes]]


def _serve(line: socket.socket, answers: Answers, asked: list[str]) -> None:
    with line:
        path = line.recv(4096).decode().split("\r\n")[0].split()[1]
        asked.append(path)
        if path in answers:
            status, body = answers[path]
            line.sendall(b"HTTP/1.0 %d Whatever\r\nServer: test\r\n\r\n" % status + body)
        elif "garbage" in answers:
            line.sendall(answers["garbage"][1])
        else:
            line.settimeout(20)
            line.recv(1)  # silent until the asker gives up


def _listen(place: Path, answers: Answers, asked: list[str]) -> socket.socket:
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(place))
    server.listen()

    def accept() -> None:
        while True:
            try:
                line, _ = server.accept()
            except OSError:
                return
            threading.Thread(target=_serve, args=(line, answers, asked), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return server


@pytest.fixture
def engine_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """``engine_at({path: (status, body)})``: DOCKER_HOST is then a socket that answers this, and nothing else."""
    folder, servers = Path(tempfile.mkdtemp(prefix="kikori-engine-")), []
    folder.chmod(0o755)

    def make(answers: Answers, asked: list[str] | None = None) -> Path:
        place = folder / f"{len(servers)}.sock"
        servers.append(_listen(place, answers, [] if asked is None else asked))
        monkeypatch.setenv("DOCKER_HOST", f"unix://{place}")
        return place

    yield make
    for server in servers:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
    shutil.rmtree(folder)


@pytest.fixture
def dead_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """DOCKER_HOST names a socket at which nobody listens."""
    host = f"unix://{tmp_path}/dead.sock"
    monkeypatch.setenv("DOCKER_HOST", host)
    return host


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with nothing on its PATH but the folder that is returned; no consent, no plugins, no settings."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("KIKORI_YES", "CI", "DOCKER_HOST", "DOCKER_CONTEXT", *packages.PROXIES):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path / "docker"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(packages, "SYSTEM_PATH", "")
    monkeypatch.setattr(engine, "PLUGIN_FOLDERS", ())
    return folder


@pytest.fixture
def program(bare: Path, tmp_path: Path) -> Program:
    """``program(name, script)``: puts a program on the bare PATH; it notes its call in ``calls`` first."""

    def make(name: str, script: str = "", folder: Path = bare) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        place = folder / name
        place.write_text(f'#!/bin/sh\necho "{name} $*" >>{tmp_path}/calls\n{script}\n')
        place.chmod(0o755)
        return place

    for name in ("sh", "env"):
        (bare / name).symlink_to(shutil.which(name, path="/usr/bin:/bin") or name)
    make("sudo", 'exec "$@"')
    return make


@pytest.fixture
def calls(tmp_path: Path) -> Callable[[], list[str]]:
    """What the programs of ``program`` were called with so far."""
    noted = tmp_path / "calls"
    return lambda: noted.read_text().splitlines() if noted.exists() else []
