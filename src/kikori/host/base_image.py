"""The base image of all labs: pulled, or bootstrapped from the Debian archive where no registry answers."""

from __future__ import annotations

from kikori.host import endpoint

IMAGE = "debian:trixie-slim"
DIGEST = "sha256:a99cfc517144bc59b1978475ec53b46ecabec7e43635402ee5b77cc54cd1b20a"
"""Debian 13.7 of 2026-09-18, for all architectures (docker-library/repo-info, repos/debian/remote/13.7-slim.md)."""


def ensure_base_image() -> None:
    """Return when the engine has the base image; else pull it, and where that fails bootstrap it."""
    if not is_there():
        from kikori.host import bootstrap  # what it imports costs more than a ready machine needs

        if not bootstrap.pull(IMAGE, DIGEST):
            bootstrap.bootstrap(IMAGE)


def is_there() -> bool:
    """Whether the engine has the image."""
    if endpoint.socket_path() is None:
        return _asked_by_command()
    try:
        return endpoint.ask(f"/images/{IMAGE}/json").status == 200
    except OSError:
        return False


def _asked_by_command() -> bool:
    import subprocess  # only where there is no local socket: 10 ms

    try:
        asked = subprocess.run(["docker", "image", "inspect", IMAGE], capture_output=True, check=False, timeout=20)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
