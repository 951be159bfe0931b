"""Replicas and images of our own, made like the learner's: with other settings, another licence, another service."""

from __future__ import annotations

import ast
import json
import secrets
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kikori.errors import OurFault
from kikori.grading import Replica, Scene, eventually, replica

LONGEST = 10
"""Seconds after which a healthcheck that has not ended counts as one that failed."""
ILLS = ("wrong", "silent")
ILL = """
import socket
server, held = socket.create_server(("", 8080)), []
while True:
    held.append(server.accept()[0])
    if open("/tmp/ill").read().strip() == "wrong":
        held[-1].recv(4096)
        held[-1].sendall(b"HTTP/1.0 500 Internal Server Error\\r\\nContent-Length: 0\\r\\n\\r\\n")
        held.pop().close()
"""
"""A service at the same port that answers 500 to everything, or takes connections and never answers."""


def shown(scene: Scene) -> dict[str, Any]:
    """What the engine says of the image that runs."""
    seen = scene.docker("image", "inspect", scene.inspect("labels")["Image"])
    found: dict[str, Any] = json.loads(seen.stdout)[0]
    return found


def asked(beside: Replica, path: str, within: float = 25) -> str:
    """What a replica says at the service's own port, once it answers well; empty where it does not."""
    command = f"curl -s -f -m 3 http://127.0.0.1:8080{path}"
    return str(eventually(lambda: beside.host.run(command).stdout.strip(), bool, within=within, every=0.3))


def says_well_of(scene: Scene, command: tuple[str, ...], patience: float) -> str:
    """With which service that is ill a healthcheck is content, ``wrong`` or ``silent``; empty where with neither."""
    with replica(scene, "labels", started=False, entrypoint=[command[0]], command=[*command[1:]]) as check:
        check.host.run(f"echo wrong > /tmp/ill; python3 -c {shlex.quote(ILL)} > /dev/null 2>&1 &")
        listens = "curl -s -o /dev/null -m 3 http://127.0.0.1:8080/"
        if not eventually(lambda: check.host.run(listens).rc == 0, bool, within=15):
            raise OurFault("the service that stands in for one that is ill does not listen")
        for ill in ILLS:
            check.host.run(f"echo {ill} > /tmp/ill")
            check.start()
            code = check.wait(min(patience, LONGEST))
            if code == 0:
                return ill
            if code is None:
                check.stop(within=0)
    return ""


def command_of(config: dict[str, Any]) -> tuple[str, ...]:
    """What the engine executes as an image's healthcheck; nothing where there is none."""
    form, *words = (config.get("Healthcheck") or {}).get("Test") or ("NONE",)
    return {"CMD": tuple(words), "CMD-SHELL": (*(config.get("Shell") or ("/bin/sh", "-c")), *words)}.get(form, ())


@contextmanager
def copied(workspace: Path) -> Iterator[Path]:
    """A copy of the learner's folder, to be changed."""
    with tempfile.TemporaryDirectory() as place:
        yield Path(shutil.copytree(workspace, Path(place) / "labels", symlinks=True))


def files_with(folder: Path, text: bytes) -> list[Path]:
    """The files in which a text stands."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in found if path.stat().st_size < 1 << 20 and text in path.read_bytes()]


def programs(folder: Path) -> list[Path]:
    """The Python programs of a folder, whatever they are called: what parses as one and imports something."""
    return [path for path in files_with(folder, b"import") if _is_program(path)]


def _is_program(path: Path) -> bool:
    try:
        return any(isinstance(one, ast.Import | ast.ImportFrom) for one in ast.walk(ast.parse(path.read_bytes())))
    except (SyntaxError, ValueError):
        return False


@contextmanager
def image(folder: Path, within: float) -> Iterator[tuple[str, str]]:
    """Build a folder's image without a network; gives its name, empty where that fails, and the build's last words."""
    name = f"kikori-check-{secrets.token_hex(6)}"
    try:
        done = subprocess.run(
            ["docker", "build", "--progress=plain", "--network=none", "--tag", name, str(folder)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", timeout=within, check=False,
        )  # fmt: skip
        last = next((line for line in reversed(done.stdout.splitlines()) if "ERROR" in line), "")
        yield ("" if done.returncode else name), last
    finally:
        subprocess.run(["docker", "image", "rm", name], capture_output=True, check=False)
