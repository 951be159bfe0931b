"""The ways in: a shell inside a service or in the workspace, and single commands, each noted for the trail."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kikori.engine.project import Project
from kikori.engine.shell.terminal import CUT_OFF, RC, Typed, interact
from kikori.errors import Exit, KikoriError
from kikori.model.lab import WORKSPACE
from kikori.model.record import Record

Found = Callable[[Typed], None]

UTF_8 = "LANG=C.UTF-8"
"""Without it a shell in a Debian container takes no Japanese."""
BASH = 'exec bash --rcfile <(printf %s "$KIKORI_RC") -i'


class ShellCommand(Record):
    """A command that opens a shell, what it sees of the environment, and the folder that it begins in."""

    argv: tuple[str, ...]
    environment: dict[str, str]
    directory: str


def open_shell(project: Project, service: str, found: Found) -> int:
    """Give the learner a shell; ``found`` hears of each command as it ends. Returns the shell's exit code.

    Raises:
        KikoriError: there is no such service, or its container does not run.
    """
    if not sys.stdin.isatty():
        return run_once(project, service, ["sh"], found)
    entrance = shell_command(project, service)
    return interact(list(entrance.argv), entrance.environment, entrance.directory, found)


def shell_command(project: Project, service: str) -> ShellCommand:
    """What to run in a terminal to be inside a service or the workspace.

    Raises:
        KikoriError: there is no such service, or its container does not run.
    """
    rc = {"KIKORI_RC": RC.replace("KIKORI_PLACE", service)}
    if service == WORKSPACE:
        return ShellCommand(
            argv=("bash", "-c", BASH), environment=_environment(project) | rc, directory=_workspace(project)
        )
    inside = ("docker", "exec", "--interactive", "--tty", "--env", "KIKORI_RC", "--env", "TERM", "--env", UTF_8)
    argv = (*inside, running(project, service), "bash", "-c", BASH)
    return ShellCommand(argv=argv, environment=os.environ | rc, directory="/")


def entry(project: Project, service: str) -> ShellCommand:
    """Tell what stands before a command that is run in a service, or in the workspace.

    Raises:
        KikoriError: there is no such service, or its container does not run.
    """
    if service == WORKSPACE:
        return ShellCommand(argv=(), environment=_environment(project), directory=_workspace(project))
    inside = ("docker", "exec", "--interactive", running(project, service))
    return ShellCommand(argv=inside, environment=dict(os.environ), directory=str(Path.cwd()))


def run_once(project: Project, service: str, argv: list[str], found: Found) -> int:
    """Run one command where the shell would; its output is shown, its line and exit code are noted.

    A line that was given whole, in quotes, is one for a shell to read.

    Raises:
        KikoriError: there is no such service, or its container does not run.
    """
    began, line = time.time(), " ".join(argv)
    if len(argv) == 1 and " " in line:
        argv = ["sh", "-c", line]
    inside = entry(project, service)
    command = [*inside.argv, *argv]
    code = CUT_OFF
    try:
        code = subprocess.run(command, cwd=inside.directory, env=inside.environment, check=False).returncode
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
        raise
    finally:
        found(Typed(line=line, started=began, exit_code=code))
    return code


def running(project: Project, service: str) -> str:
    """The id of a service's container.

    Raises:
        KikoriError: there is no such service, or its container does not run.
    """
    container = project.container(service)
    if container.status != "running":
        said = f"The service '{service}' is {container.status}, so no shell opens inside."
        raise KikoriError(said, "kikori resume")
    return str(container.id)


def _workspace(project: Project) -> str:
    if not project.attempt.workspace:
        services = ", ".join(project.lab_compose.services)
        raise KikoriError(f"{project.lab.id} has no workspace; its services are {services}.", "kikori shell")
    return project.attempt.workspace


def _environment(project: Project) -> dict[str, str]:
    """The learner's own environment, in which ``docker compose logs`` and ``ps`` mean this attempt."""
    return os.environ | {"COMPOSE_PROJECT_NAME": project.attempt.project}
