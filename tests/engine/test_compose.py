"""What docker says when it fails, told as a sentence with the next command."""

from __future__ import annotations

from pathlib import Path

import pytest

from kikori.engine.compose import Compose, problem_of
from kikori.errors import EnvironmentProblem, Exit, OurFault

UP = ["docker", "compose", "--project-name", "x", "up", "--detach"]


@pytest.mark.parametrize(
    ("said", "sentence", "hint"),
    [
        ("Bind for 127.0.0.1:80 failed: port is already allocated", "A port that the lab needs is taken", "ss -ltnp"),
        ("listen tcp4 127.0.0.1:80: bind: address already in use", "A port that the lab needs is taken", "ss -ltnp"),
        ("write /var/lib/docker/x: no space left on device", "The disk is full", "docker system df"),
        (
            "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock",
            "You have no permission to use Docker",
            "./kikori doctor",
        ),
        (
            "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
            "Docker does not answer",
            "./kikori doctor",
        ),
        ("Temporary failure resolving 'deb.debian.org'", "No network for building", "./kikori doctor"),
        ("E: Failed to fetch http://deb.debian.org/x", "No network for building", "./kikori doctor"),
        (
            "could not find an available, non-overlapping IPv4 address pool: all predefined address pools have been "
            "fully subnetted",
            "Docker has no free networks left",
            "docker network prune",
        ),
    ],
)
def test_problem_of_the_machine_is_known_by_what_docker_says(said: str, sentence: str, hint: str) -> None:
    problem = problem_of(UP, ["Container x Starting", said, "", "exit status 1"], Path("log"))
    assert isinstance(problem, EnvironmentProblem)
    assert problem.message.startswith(f"{sentence}: ")
    assert problem.hint == hint


def test_anything_else_is_our_fault_and_leads_to_the_log() -> None:
    problem = problem_of(UP, ["first", "services.web Additional property imgae is not allowed", ""], Path("/x/log"))
    assert isinstance(problem, OurFault)
    assert problem.message == "docker up failed: services.web Additional property imgae is not allowed"
    assert problem.hint == "less /x/log"


def test_last_line_is_told_in_short() -> None:
    assert len(problem_of(UP, ["x" * 10_000], Path("log")).message) < 400


def test_silent_failure_says_that_it_was_silent() -> None:
    assert problem_of(["docker", "build", "."], [], Path("log")).message == "docker build failed: no output"


@pytest.fixture
def compose(tmp_path: Path) -> Compose:
    return Compose(project="kikori-x", directory=tmp_path, files=(), environment={}, log=tmp_path / "log")


def test_missing_docker_command_is_a_problem_of_the_machine(
    compose: Compose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentProblem) as caught:
        compose.docker("version")
    assert caught.value.exit_code is Exit.ENVIRONMENT
    assert "docker" in caught.value.message
