import platform

import pytest

from kikori.errors import EnvironmentProblem
from kikori.host import packages


@pytest.fixture
def machine(program, monkeypatch):
    """A machine of that distribution, on which everybody agreed to what apt does."""
    monkeypatch.setenv("KIKORI_YES", "1")

    def make(distribution):
        monkeypatch.setattr(platform, "freedesktop_os_release", lambda: {"ID": distribution})
        for name in ("apt-get", "dpkg"):
            program(name)

    return make


@pytest.fixture
def installed(calls):
    def names():
        asked = [call.split("Timeout=300 ")[1] for call in calls() if call.startswith("apt-get install")]
        return [line.split() for line in asked]

    return names


@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        ("debian", ["docker.io", "docker-cli", "docker-compose", "docker-buildx", "iptables", "ca-certificates"]),
        ("ubuntu", ["docker.io", "docker-compose-v2", "docker-buildx", "iptables", "ca-certificates"]),
    ],
)
def test_the_engine_of_each_distribution(machine, installed, distribution, expected):
    machine(distribution)
    packages.install_engine()
    assert installed() == [expected]


@pytest.mark.parametrize(
    ("status", "there", "expected"),
    [
        ("", [], False),
        ("", ["dockerd"], True),
        ("install ok installed", ["dockerd", "iptables"], True),
        ("install ok installed", ["dockerd"], False),
        ("install ok unpacked", ["dockerd", "iptables"], False),
        ("deinstall ok config-files", ["dockerd"], True),
    ],
)
def test_a_daemon_that_is_whole(program, status, there, expected):
    program("dpkg-query", f"printf '%s' '{status}'")
    for name in there:
        program(name)
    assert packages.has_daemon() == expected


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("act", [packages.install_engine, packages.complete])
def test_elsewhere_it_is_installed_by_hand(act):
    with pytest.raises(EnvironmentProblem, match=r"missing|lacks: docker, compose, buildx") as caught:
        act()
    assert packages.GUIDE in caught.value.hint


@pytest.mark.parametrize(
    ("distribution", "expected"),
    [
        ("debian", ["docker-cli", "docker-compose", "docker-buildx"]),
        ("ubuntu", ["docker.io", "docker-compose-v2", "docker-buildx"]),
    ],
)
def test_what_the_docker_command_lacks(machine, installed, distribution, expected):
    machine(distribution)
    packages.complete()
    assert installed() == [expected]


def test_docker_ce_is_completed_with_its_own_packages(machine, program, installed):
    machine("debian")
    program("dpkg-query", 'case "$*" in *docker-ce-cli) printf "install ok installed" ;; *) exit 1 ;; esac')
    program("docker", '[ "$1" != compose ]')
    packages.complete()
    assert installed() == [["docker-compose-plugin"]]


def test_nothing_is_installed_that_works(machine, program, installed):
    machine("debian")
    program("docker")
    packages.complete()
    assert installed() == []


@pytest.mark.docker
def test_what_works_here():
    assert all(map(packages.works, ("docker", "compose", "buildx")))
    assert not packages.works("no-such-plugin")
