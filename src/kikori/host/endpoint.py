"""Where the Docker engine listens, and the smallest way to ask it something.

This is on the fast path of every command: a raw HTTP/1.0 request costs 2 ms where ``docker version`` costs 60 and
the import of ``http.client`` 20.
"""

from __future__ import annotations

import json
import os
import socket
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

Ping = Literal["answers", "silent", "denied"]

DEFAULT = "unix:///var/run/docker.sock"
PATIENCE = 5.0


class Reply(NamedTuple):
    """An answer of the engine: the HTTP status and the body."""

    status: int
    body: bytes


def docker_host() -> str:
    """The engine's address, found in the docker command's own order: DOCKER_HOST, context, default socket."""
    return os.environ.get("DOCKER_HOST") or _context_host() or DEFAULT


def is_default() -> bool:
    """Whether the address is that of this machine's own engine, which Kikori may install and start."""
    return docker_host() in (DEFAULT, "unix:///run/docker.sock")


def socket_path() -> Path | None:
    """The socket's path; None where the engine is reached over TCP or SSH."""
    scheme, _, path = docker_host().partition("://")
    return Path(path) if scheme == "unix" else None


def ask(path: str, patience: float = PATIENCE) -> Reply:
    """Send GET ``path`` over the engine's Unix socket; OSError tells why there is no answer."""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(patience)
        line.connect(str(socket_path()))
        line.sendall(f"GET {path} HTTP/1.0\r\nHost: docker\r\n\r\n".encode())
        with line.makefile("rb") as reply:
            return _parse(reply.read())


def ping() -> Ping:
    """Whether the engine answers, does not, or refuses this user."""
    if socket_path() is None:
        return _ping_by_command()
    try:
        return "answers" if ask("/_ping").status == 200 else "silent"
    except PermissionError:
        return "denied"
    except OSError:
        return "silent"


def config() -> dict[str, Any]:
    """The docker command's own configuration; empty where there is none."""
    return _json(config_folder() / "config.json")


def config_folder() -> Path:
    """Where the docker command keeps configuration, contexts and a person's own plugins."""
    return Path(os.environ.get("DOCKER_CONFIG") or Path.home() / ".docker")


def _parse(reply: bytes) -> Reply:
    head, _, body = reply.partition(b"\r\n\r\n")
    words = head.split(None, 2)
    if len(words) < 2 or not words[0].startswith(b"HTTP/") or not words[1].isdigit():
        raise ConnectionError("not an HTTP answer")
    return Reply(int(words[1]), body)


def _ping_by_command() -> Ping:
    import subprocess  # only where there is no local socket: 10 ms

    try:
        asked = subprocess.run(["docker", "version"], capture_output=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return "silent"
    return "silent" if asked.returncode else "answers"


def _context_host() -> str:
    name = os.environ.get("DOCKER_CONTEXT") or config().get("currentContext")
    if not isinstance(name, str) or name in ("", "default"):
        return ""
    meta = _json(config_folder() / "contexts" / "meta" / sha256(name.encode()).hexdigest() / "meta.json")
    try:
        return str(meta["Endpoints"]["docker"]["Host"])
    except (KeyError, TypeError):
        return ""


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
