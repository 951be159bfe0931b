"""Which packages bring the engine, the docker command and its plugins, on each distribution."""

from __future__ import annotations

import subprocess

from kikori.errors import EnvironmentProblem
from kikori.host import packages

PURPOSE = "the labs, which run in Docker"
NEEDED_BESIDE = ("iptables", "ca-certificates")
ENGINE = {
    "debian": ("docker.io", "docker-cli", "docker-compose", "docker-buildx"),
    "ubuntu": ("docker.io", "docker-compose-v2", "docker-buildx"),
}
TOOLS = {
    "debian": {"docker": "docker-cli", "compose": "docker-compose", "buildx": "docker-buildx"},
    "ubuntu": {"docker": "docker.io", "compose": "docker-compose-v2", "buildx": "docker-buildx"},
    "docker-ce": {
        "docker": "docker-ce-cli",
        "compose": "docker-compose-plugin",
        "buildx": "docker-buildx-plugin",
    },
}
GUIDE = "https://docs.docker.com/engine/install/"


def has_daemon() -> bool:
    """Whether dockerd is there, and not as the first half of an installation that was interrupted."""
    if packages.find("dockerd") is None or packages.is_unfinished("docker.io"):
        return False
    return packages.find("iptables") is not None or not packages.is_installed("docker.io")


def install_engine() -> None:
    """Install Docker Engine with its plugins from the distribution."""
    names = ENGINE.get(packages.distribution())
    if names is None:
        raise EnvironmentProblem(
            "Docker Engine is missing, and Kikori can install it on Debian and Ubuntu only",
            f"install Docker Engine with compose and buildx ({GUIDE}), then ./kikori doctor",
        )
    packages.install((*names, *NEEDED_BESIDE), PURPOSE)


def complete() -> None:
    """Install what the docker command lacks; which one it is belongs to the engine's own vendor."""
    missing = [name for name in ("docker", "compose", "buildx") if not works(name)]
    if missing:
        vendor = "docker-ce" if packages.is_installed("docker-ce-cli") else packages.distribution()
        names = TOOLS.get(vendor)
        if names is None:
            raise EnvironmentProblem(
                f"Docker lacks: {', '.join(missing)}", f"install it ({GUIDE}), then ./kikori doctor"
            )
        packages.install([names[name] for name in missing], PURPOSE)


def works(tool: str) -> bool:
    """Whether ``docker`` or one of its plugins answers when asked for its version."""
    command = ["docker", "--version"] if tool == "docker" else ["docker", tool, "version"]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
