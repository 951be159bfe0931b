"""``docker compose`` run for one project, its failures turned into sentences."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

from kikori.engine.client import Tell, client, translate_errors
from kikori.errors import EnvironmentProblem, KikoriError, OurFault
from kikori.model.record import Record

# What compose or the engine says, and what a person can do about it.
KNOWN = (
    (r"(port is already allocated|address already in use)", "A port that the lab needs is taken", "ss -ltnp"),
    (r"no space left on device", "The disk is full", "docker system df"),
    (r"permission denied.*docker.*sock", "You have no permission to use Docker", "./kikori doctor"),
    (r"(Cannot connect to the Docker daemon|docker daemon running)", "Docker does not answer", "./kikori doctor"),
    (r"(temporary failure resolving|could not resolve|failed to fetch)", "No network for building", "./kikori doctor"),
    (r"all predefined address pools", "Docker has no free networks left", "docker network prune"),
)  # fmt: skip
INHERITED = (
    "KIKORI_PROFILE",  # how much data a tune lab holds
    "PATH",
    "HOME",
    "DOCKER_HOST",
    "DOCKER_CONTEXT",
    "DOCKER_CONFIG",
    "DOCKER_TLS_VERIFY",
    "DOCKER_CERT_PATH",
)
QUIET = 2
"""Seconds without anything new after which a project has all that was asked for: the engine is late by tenths."""
LATE = 30
"""Seconds that are waited for it at most."""


class Compose(Record):
    """The compose files, name and environment of one project."""

    project: str
    directory: Path
    files: tuple[Path, ...]
    environment: dict[str, str]
    log: Path

    def run(self, *arguments: str, tell: Tell | None = None, patience: float = 1800) -> str:
        """Run one compose command and give its output.

        Raises:
            EnvironmentProblem: the machine stood in the way (port, disk, network, Docker).
            OurFault: the compose files are wrong.
        """
        fixed = ["--progress", "plain", "--project-name", self.project]
        fixed += ["--project-directory", str(self.directory), "--env-file", os.devnull]
        fixed += [part for file in self.files for part in ("--file", str(file))]
        return self.docker("compose", *fixed, *arguments, tell=tell, patience=patience)

    def docker(self, *arguments: str, tell: Tell | None = None, patience: float = 1800) -> str:
        """Run one docker command; every line of its output goes to the log and to ``tell``.

        Raises:
            EnvironmentProblem: the machine stood in the way (port, disk, network, Docker).
            OurFault: what the command was given is wrong.
        """
        return "\n".join(self._stream(["docker", *arguments], tell, patience))

    def _stream(self, argv: list[str], tell: Tell | None, patience: float) -> list[str]:
        lines: list[str] = []
        with self.log.open("a", encoding="utf-8") as log, self._start(argv) as process:
            assert process.stdout is not None  # noqa: S101 - for the type checker
            try:
                for line in process.stdout:
                    lines.append(line.rstrip())
                    log.write(line)
                    if tell:
                        tell(line.strip())
                code = process.wait(timeout=patience)
            except BaseException:
                process.terminate()
                process.wait(timeout=30)
                with suppress(EnvironmentProblem):  # what cut us short is what is told
                    _wait_for_latecomers(self.project)
                raise
        if code:
            raise problem_of(argv, lines, self.log)
        return lines

    def _start(self, argv: list[str]) -> subprocess.Popen[str]:
        environment = {name: os.environ[name] for name in INHERITED if name in os.environ}
        try:
            return subprocess.Popen(
                [*_ending_with_us(), *argv],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                text=True,
                errors="replace",
                env=environment | self.environment,
            )
        except FileNotFoundError:
            raise EnvironmentProblem("The docker command is not installed.") from None


def _wait_for_latecomers(project: str) -> None:
    """Wait until the engine has made what a command that was cut short had asked it for.

    Compose ends at once, and a request that it leaves behind goes on: its container comes after the project was swept.

    Raises:
        EnvironmentProblem: Docker is away or refused.
    """
    until = time.monotonic() + LATE
    seen, since = _made_of(project), time.monotonic()
    while time.monotonic() < min(since + QUIET, until):
        time.sleep(0.1)
        if (found := _made_of(project)) != seen:
            seen, since = found, time.monotonic()


def _made_of(project: str) -> set[str]:
    """The ids of a project's containers, networks and volumes."""
    filters: dict[str, str | list[str] | bool] = {"label": [f"com.docker.compose.project={project}"]}
    with translate_errors():
        containers = client().containers.list(all=True, filters=filters, ignore_removed=True)
        beside = (*client().networks.list(filters=filters), *client().volumes.list(filters=filters))
        return {str(one.id) for one in (*containers, *beside)}


@cache
def _ending_with_us() -> tuple[str, ...]:
    """A prefix that ends a command when we are killed (prctl(2), through setpriv(1) of util-linux).

    Else a compose that lost its kikori would go on beside the one that the next kikori starts.
    """
    return ("setpriv", "--pdeathsig", "TERM", "--") if shutil.which("setpriv") and sys.platform == "linux" else ()


def problem_of(argv: list[str], lines: list[str], log: Path) -> KikoriError:
    """The sentence for a command of docker's that failed."""
    text = "\n".join(lines[-80:])
    last = next((line for line in reversed(lines) if line.strip()), "no output")
    for pattern, sentence, command in KNOWN:
        if re.search(pattern, text, re.IGNORECASE | re.DOTALL):
            return EnvironmentProblem(f"{sentence}: {last.strip()[:300]}", command)
    word = next((part for part in argv if part in ("build", "up", "config", "down", "restart")), argv[-1])
    return OurFault(f"docker {word} failed: {last.strip()[:300]}", f"less {log}")
