"""A Docker engine that answers: used as it is where there is one, else installed and started."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from kikori.errors import EnvironmentProblem
from kikori.host import endpoint

PLUGINS = ("compose", "buildx")
PLUGIN_FOLDERS = (
    "/usr/libexec/docker/cli-plugins",
    "/usr/lib/docker/cli-plugins",
    "/usr/local/libexec/docker/cli-plugins",
    "/usr/local/lib/docker/cli-plugins",
)


def ensure_engine() -> None:
    """Return when the engine answers and the docker command has its plugins; else fix that or say why not.

    Where all is well this costs one question over a socket; the modules that fix are imported only when needed.
    """
    if not endpoint.is_default():
        _complete()  # before the first question: over TCP and SSH it is the docker command that asks
    state = endpoint.ping()
    if state == "silent":
        _revive()
        state = endpoint.ping()
    if state == "denied":
        from kikori.host import docker_group

        docker_group.gain()
    _complete()


def is_ready() -> bool:
    """Whether nothing needs to be installed, started or granted."""
    return endpoint.ping() == "answers" and has_tools()


def has_tools() -> bool:
    """Whether the docker command and its plugins are there, judged by the files alone."""
    own, extra = endpoint.config_folder() / "cli-plugins", endpoint.config().get("cliPluginsExtraDirs") or ()
    plugin_folders = (own, *extra, *PLUGIN_FOLDERS)
    return _is_in(os.get_exec_path(), "docker") and all(_is_in(plugin_folders, f"docker-{name}") for name in PLUGINS)


def _is_in(folders: Iterable[str | Path], program: str) -> bool:
    return any(os.access(Path(folder) / program, os.X_OK) for folder in folders)


def _complete() -> None:
    if not has_tools():
        from kikori.host import packages

        packages.complete()


def _revive() -> None:
    """Start the engine of this machine, after installing it where there is none."""
    from kikori.host import daemon, packages

    if sys.platform == "darwin":
        raise EnvironmentProblem(f"Docker at {endpoint.docker_host()} does not answer", "open -a Docker")
    if not endpoint.is_default():
        raise EnvironmentProblem(
            f"The Docker engine at {endpoint.docker_host()} does not answer",
            "start it, or take this machine's own: unset DOCKER_HOST DOCKER_CONTEXT; docker context use default",
        )
    if not packages.has_daemon():
        packages.install_engine()
    daemon.start()
