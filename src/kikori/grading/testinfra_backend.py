"""A testinfra backend that keeps one shell open in each container: 3 ms a command where ``docker exec`` takes 60.

The shell reads a script from its input, in which each command is run by a shell of its own, as ``docker exec sh -c``
would run it. After each, a mark drawn for it alone is written on both outputs; what stands before is the command's.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import shlex
import subprocess
from typing import IO, Any, NamedTuple, cast

import testinfra.backend
from testinfra.backend.base import BaseBackend, CommandResult

from kikori.errors import OurFault
from kikori.grading.forkserver import ISOLATED

NAME = "kikori"
CHUNK = 1 << 16
WINDOW = 64
"""More bytes than a mark with its exit code has."""
PATIENCE = 5
"""Seconds for ending what an abandoned command still runs."""
CANNOT_RUN = 126
KILLED = (137, 143)
"""What a shell says of a command that somebody ended with SIGKILL or SIGTERM."""
CLEAN = {
    "LD_AUDIT": "", "LD_LIBRARY_PATH": "", "LD_PRELOAD": "",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
}  # fmt: skip
"""In a replay no environment of a learner's decides which programs are run, and what is loaded into them."""

# The shell's own remarks ("Killed") go nowhere: only what a command itself writes is its error output.
OPENING = b"exec 4>&2 2>/dev/null; echo $$\n"
COMMAND = b"(/bin/sh -c %s </dev/null 2>&4 4>&-); printf '%s:%%s\\n' \"$?\"; printf '%s:0\\n' >&4\n"
ENDING = "end() {{ for child in $(cat /proc/$1/task/$1/children); do end $child; done; kill -9 $1; }}; end {0}"


class Output(NamedTuple):
    """What a command left behind."""

    exit_code: int
    stdout: bytes
    stderr: bytes


class ShellLost(Exception):
    """The shell ended before the command did."""


class Shell:
    """One shell in a container, waiting for commands."""

    def __init__(self, container: str, user: str | None) -> None:
        self.exec = ["docker", "exec", "--interactive", *options_of(user), container, "/bin/sh"]
        self.process = subprocess.Popen(
            self.exec, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
        )
        self.input = cast("IO[bytes]", self.process.stdin)
        self.output = cast("IO[bytes]", self.process.stdout)
        self.pid = self._begin()

    def _begin(self) -> int:
        self._send(OPENING)
        said = b""
        while not said.endswith(b"\n"):
            more = os.read(self.output.fileno(), CHUNK)
            if not more:
                self.close()
                raise ShellLost
            said += more
        if not said.strip().isdigit():  # the engine's own words in the place of the shell's: it could not start one
            self.close()
            raise ShellLost
        return int(said)

    def run(self, command: bytes) -> Output:
        """Run one command.

        Raises:
            ShellLost: the command killed its shell, or the container stopped.
        """
        mark = secrets.token_hex(12).encode()
        quoted = shlex.quote(os.fsdecode(command))
        self._send(COMMAND % (os.fsencode(quoted), mark, mark))
        (stdout, code), (stderr, _) = self._read(mark)
        return Output(code, stdout, stderr)

    def _send(self, script: bytes) -> None:
        rest = memoryview(script)
        try:
            while rest:
                rest = rest[self.input.write(rest) :]
        except OSError:
            raise ShellLost from None

    def _read(self, mark: bytes) -> list[tuple[bytes, int]]:
        """Both outputs up to their marks, read side by side so that neither blocks the other."""
        streams = [stream for stream in (self.process.stdout, self.process.stderr) if stream]
        found = {stream.fileno(): bytearray() for stream in streams}
        with selectors.DefaultSelector() as waiting:
            for number in found:
                waiting.register(number, selectors.EVENT_READ)
            while waiting.get_map():
                for key, _ in waiting.select():
                    more = os.read(key.fd, CHUNK)
                    found[key.fd] += more
                    if not more or is_marked(found[key.fd], mark):
                        waiting.unregister(key.fd)
        return [split(bytes(data), mark) for data in found.values()]

    def end(self) -> None:
        """End the shell and the command that it still runs."""
        argv = [*self.exec, "-c", ENDING.format(self.pid)]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=False)
        self.close()

    def close(self) -> None:
        """Let go of the shell; it ends with its input."""
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream:
                stream.close()
        self.process.kill()
        self.process.wait()


def is_replay() -> bool:
    """Whether what is graded is a stranger's submission."""
    return os.environ.get(ISOLATED) == "1"


def options_of(user: str | None) -> list[str]:
    """What ``docker exec`` is given: as whom, and in a replay with which environment."""
    clean = [part for name, value in CLEAN.items() for part in ("--env", f"{name}={value}")] if is_replay() else []
    return [*(["--user", user] if user else []), *clean]


def is_marked(data: bytearray, mark: bytes) -> bool:
    """Whether an output has reached its mark, with the whole exit code behind it."""
    place = data.find(mark + b":", max(0, len(data) - CHUNK - WINDOW))
    return place >= 0 and data.endswith(b"\n")


def split(data: bytes, mark: bytes) -> tuple[bytes, int]:
    """An output and the number behind its mark.

    Raises:
        ShellLost: the mark is not there.
    """
    output, found, number = data.rpartition(mark + b":")
    if not found:
        raise ShellLost
    return output, int(number)


class KikoriBackend(BaseBackend):  # type: ignore[misc]  # testinfra's types are not found
    """``kikori://[USER@]CONTAINER`` in testinfra."""

    NAME = NAME

    def __init__(self, name: str, *args: Any, **kwargs: Any) -> None:
        self.name, self.user = self.parse_containerspec(name)
        self.shell: Shell | None = None
        super().__init__(self.name, *args, **kwargs)
        self._encoding = "utf-8"

    def run(self, command: str, *args: str, **kwargs: Any) -> CommandResult:
        """Run a command in the container.

        Raises:
            OurFault: the container does not run, so nothing can be said about its inside; or, in a replay, somebody
                there ended the command.
        """
        script = self.encode(self.get_command(command, *args))
        try:
            output = self._in_shell(script)
        except ShellLost:
            self.shell = None
            output = self._alone(script)
        if is_replay() and output.exit_code in KILLED:
            raise OurFault(f"something in the container ended a command of the check: {command}", "kikori status")
        return self.result(output.exit_code, script, output.stdout, output.stderr)

    def decode(self, data: bytes) -> str:
        """Text, whatever bytes a learner's file holds."""
        return data.decode("utf-8", "replace")

    def _in_shell(self, script: bytes) -> Output:
        shell = self.shell = self.shell or Shell(self.name, self.user)
        try:
            return shell.run(script)
        except ShellLost:
            shell.close()
            raise
        except BaseException:  # the check's time was over: the command may still run
            shell.end()
            self.shell = None
            raise

    def _alone(self, script: bytes) -> Output:
        """Run a command that no shell of ours outlives, such as ``kill 0``, the way testinfra itself would."""
        begin = ["docker", "exec", *options_of(self.user), self.name, "/bin/sh", "-c"]
        argv = [*map(os.fsencode, begin), script]
        done = subprocess.run(argv, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if said := refusal(done):
            raise OurFault(f"nothing can be run in the container: {said}", "kikori status")
        return Output(done.returncode, done.stdout, done.stderr)


def refusal(done: subprocess.CompletedProcess[bytes]) -> str:
    """Why the engine did not run a command at all; empty where it did."""
    if done.returncode == CANNOT_RUN and done.stdout.startswith(b"OCI runtime exec failed"):  # as at the pids limit
        return done.stdout.decode("utf-8", "replace").strip()
    if done.returncode and done.stderr.startswith((b"Error response from daemon", b"Error: No such container")):
        return done.stderr.decode("utf-8", "replace").strip().removeprefix("Error response from daemon: ")
    return ""


testinfra.backend.BACKENDS[NAME] = f"{__name__}.KikoriBackend"
