"""Kikori's commands, each in a process of its own that is forked from one that has Kikori loaded already.

To begin a command as a new Python takes 0.2 s of processor, and the tests begin many hundreds. What begins one with a
terminal, in the background or beside another, and what looks at how commands begin, starts Python as the launcher does.
"""

from __future__ import annotations

import array
import atexit
import gc
import json
import os
import runpy
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, NoReturn

AT_START = ("PYTHON", "LC_", "LANG")
"""How the names of variables begin that Python reads when it starts."""
FDS = 3


class Forked:
    """The loaded process, seen from the tests: one command at a time."""

    def __init__(self) -> None:
        self._own, theirs = socket.socketpair()
        self._environment = _at_start(os.environ)
        self._turn = threading.Lock()
        argv = [sys.executable, "-P", __file__, str(theirs.fileno())]
        self._process = subprocess.Popen(argv, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)
        theirs.close()

    def __call__(self, words: Sequence[str], *, stdin: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command to its end; where another is under way, or Python has to start otherwise, by a new Python."""
        argv = [sys.executable, "-m", "kikori", *words]
        if _at_start(os.environ) != self._environment or not self._turn.acquire(blocking=False):
            return subprocess.run(argv, input=stdin, capture_output=True, text=True, cwd=cwd, check=False)
        with (
            tempfile.TemporaryFile("w+b") as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as errors,
        ):
            given.write(stdin.encode())
            given.seek(0)
            try:
                code = self._run(words, cwd, (given, out, errors))
            finally:
                self._turn.release()
            return subprocess.CompletedProcess(argv, code, _text(out), _text(errors))

    def _run(self, words: Sequence[str], cwd: Path, files: tuple[IO[bytes], ...]) -> int:
        os.umask(umask := os.umask(0))
        asked = {"words": words, "cwd": str(cwd), "umask": umask, "environment": dict(os.environ)}
        fds = array.array("i", [file.fileno() for file in files])
        data = json.dumps(asked).encode()
        self._own.sendmsg([len(data).to_bytes(8, "big")], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
        self._own.sendall(data)
        return int.from_bytes(_exactly(self._own, 8), "big", signed=True)

    def close(self) -> None:
        """End the loaded process."""
        self._own.close()
        self._process.wait()


def _at_start(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(AT_START)}


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n").replace("\r", "\n")


def _exactly(connection: socket.socket, many: int) -> bytes:
    data = b""
    while len(data) < many:
        if not (part := connection.recv(many - len(data))):
            raise EOFError("the other side has gone")
        data += part
    return data


def serve(connection: socket.socket) -> None:
    """Load Kikori, and fork for each command that is asked for until nobody asks any more."""
    from kikori.cli import registry
    from kikori.learner import session  # noqa: F401 - and with it all that most commands load later

    registry.load()
    gc.freeze()
    while True:
        head, fds, *_ = socket.recv_fds(connection, 8, FDS)
        if not head:
            return
        asked = json.loads(_exactly(connection, int.from_bytes(head, "big")))
        if (pid := os.fork()) == 0:
            connection.close()
            run(asked, fds)
        for fd in fds:
            os.close(fd)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        connection.sendall(code.to_bytes(8, "big", signed=True))


def run(asked: dict[str, Any], fds: Sequence[int]) -> NoReturn:
    """Be the command."""
    for place, fd in enumerate(fds):
        os.dup2(fd, place)
        os.close(fd)
    os.umask(asked["umask"])
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.orig_argv = [sys.executable, "-m", "kikori", *asked["words"]]
    sys.argv = ["kikori", *asked["words"]]
    sys.path.insert(0, asked["cwd"])
    code = 1
    try:
        runpy.run_module("kikori", run_name="__main__", alter_sys=True)
        code = 0
    except SystemExit as end:
        code = _exit_code(end)
    except BaseException:
        traceback.print_exc()
    finally:
        _end(code)


def _exit_code(end: SystemExit) -> int:
    if end.code is None or isinstance(end.code, int):
        return int(end.code or 0)
    print(end.code, file=sys.stderr)
    return 1


def _end(code: int) -> NoReturn:
    """End as Python does."""
    try:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code & 0xFF)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
