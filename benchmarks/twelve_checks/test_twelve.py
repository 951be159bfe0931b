"""Twelve checks of the kind that graders are made of, for first-look's server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import testinfra

if TYPE_CHECKING:
    from testinfra.host import Host

    from kikori.grading import Scene


@pytest.fixture(scope="module")
def host(request: pytest.FixtureRequest) -> Host:
    """The server, through testinfra's own docker backend where BARE names the container, else through ours."""
    if bare := os.environ.get("BARE"):
        return testinfra.get_host(f"docker://{bare}")
    scene: Scene = request.getfixturevalue("scene")
    return scene.host("web")


@pytest.mark.parametrize("path", ["/srv/www/index.html", "/etc/nginx/nginx.conf", "/etc/passwd"])
def test_file(host: Host, path: str) -> None:
    """A file is there, with its owner and mode."""
    file = host.file(path)
    assert file.exists
    assert file.is_file
    assert file.user == "root"
    assert file.mode & 0o022 == 0


@pytest.mark.parametrize("path", ["/srv/www", "/etc/nginx/conf.d", "/var/log/nginx"])
def test_folder(host: Host, path: str) -> None:
    """A folder is there."""
    assert host.file(path).is_directory
    assert host.file(path).listdir() is not None


def test_worker(host: Host) -> None:
    """The workers run as their own user."""
    assert {process.user for process in host.process.filter(comm="nginx")} == {"root", "www-data"}


def test_socket(host: Host) -> None:
    """The server listens."""
    assert host.socket("tcp://0.0.0.0:80").is_listening


def test_package(host: Host) -> None:
    """The package is installed."""
    assert host.package("nginx").is_installed


def test_user(host: Host) -> None:
    """The workers' user can't log in."""
    assert host.user("www-data").shell.endswith("nologin")


def test_configuration(host: Host) -> None:
    """The configuration can be read to its end."""
    assert host.run("nginx -t").rc == 0


def test_page(host: Host) -> None:
    """The page is served."""
    assert "Village bus" in host.check_output("curl -s http://127.0.0.1/")
