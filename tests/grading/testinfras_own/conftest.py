"""Runs testinfra's own test files against one backend, in containers without systemd; stands in for their conftest."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator

import pytest
import testinfra
from testinfra.backend.base import BaseBackend
from testinfra.host import Host

IMAGE = "debian_bookworm"
"""What their tests call the machine that ours stands for."""


@pytest.fixture(scope="session")
def shared() -> Iterator[str]:
    yield from running()


@pytest.fixture
def fresh() -> Iterator[str]:
    yield from running()


def running() -> Iterator[str]:
    """A container whose sshd listens."""
    start = ["docker", "run", "--detach", "--label", "kikori.test", os.environ["KIKORI_TEST_IMAGE"]]
    container = subprocess.run(start, capture_output=True, text=True, check=True).stdout.strip()
    try:
        seen = testinfra.get_host(f"docker://{container}")
        for _ in range(100):
            if seen.socket("tcp://0.0.0.0:22").is_listening:
                break
            time.sleep(0.1)
        yield container
    finally:
        subprocess.run(["docker", "rm", "--force", container], capture_output=True, check=True)


@pytest.fixture
def host(request: pytest.FixtureRequest) -> Host:
    destructive = request.node.get_closest_marker("destructive")
    container = request.getfixturevalue("fresh" if destructive else "shared")
    user = BaseBackend.parse_hostspec(request.param.removeprefix("docker://")).user or "root"
    found = testinfra.get_host(f"{user}@{container}", connection=os.environ["KIKORI_TEST_BACKEND"])
    found.backend.get_hostname = lambda: IMAGE
    return found


@pytest.fixture
def docker_image() -> str:
    return IMAGE


def pytest_configure(config: pytest.Config) -> None:
    import kikori.grading.testinfra_backend  # noqa: F401 - makes it known to testinfra

    config.addinivalue_line("markers", "testinfra_hosts(*hosts): which machines a test is for")
    config.addinivalue_line("markers", "destructive: wants a container of its own")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "host" in metafunc.fixturenames:
        marker = metafunc.definition.get_closest_marker("testinfra_hosts")
        asked = marker.args if marker else (f"docker://{IMAGE}",)
        fit = [each for each in asked if each.startswith("docker://") and each.endswith(IMAGE)]
        metafunc.parametrize("host", fit, indirect=True)
