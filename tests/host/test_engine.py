import subprocess
import sys

import pytest

from kikori.errors import EnvironmentProblem
from kikori.host import engine

LEAN = """
import sys
from kikori import host
host.ready()
print([name for name in ("rich", "subprocess", "http.client", "kikori.host.setup_lock") if name in sys.modules])
"""
IMAGE = "/images/debian:trixie-slim/json"


@pytest.fixture
def tools(program, tmp_path):
    program("docker")
    for name in ("docker-compose", "docker-buildx"):
        program(name, folder=tmp_path / "docker" / "cli-plugins")


@pytest.mark.usefixtures("tools")
def test_the_docker_command_and_a_persons_own_plugins():
    assert engine.has_tools()


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize(
    "missing", ["bin/docker", "docker/cli-plugins/docker-compose", "docker/cli-plugins/docker-buildx"]
)
def test_a_missing_tool_is_seen(tmp_path, missing):
    (tmp_path / missing).unlink()
    assert not engine.has_tools()


@pytest.mark.usefixtures("tools")
def test_plugins_in_the_folder_that_the_configuration_names(tmp_path):
    (tmp_path / "docker/cli-plugins").rename(tmp_path / "elsewhere")
    assert not engine.has_tools()
    (tmp_path / "docker/config.json").write_text(f'{{"cliPluginsExtraDirs": ["{tmp_path}/elsewhere"]}}')
    assert engine.has_tools()


@pytest.mark.usefixtures("tools")
def test_ready_when_the_engine_answers(engine_at):
    engine_at({"/_ping": (200, b"OK")})
    assert engine.is_ready()
    engine.ensure_engine()


@pytest.mark.usefixtures("tools", "dead_engine")
def test_not_ready_when_it_does_not():
    assert not engine.is_ready()


@pytest.mark.usefixtures("tools")
def test_a_foreign_engine_is_neither_installed_nor_started(dead_engine, calls):
    with pytest.raises(EnvironmentProblem, match="does not answer") as caught:
        engine.ensure_engine()
    assert dead_engine in caught.value.message
    assert "DOCKER_HOST" in caught.value.hint
    assert calls() == []


def test_a_foreign_engine_gets_the_docker_command_that_it_is_asked_with(program, calls, monkeypatch):
    program("apt-get")
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    with pytest.raises(EnvironmentProblem, match="docker"):
        engine.ensure_engine()
    assert calls() == [], "nobody agreed"
    monkeypatch.setenv("KIKORI_YES", "1")
    with pytest.raises(EnvironmentProblem, match="does not answer"):
        engine.ensure_engine()
    assert any(call.startswith("apt-get install") for call in calls())
    assert not any("docker.io" in call and "docker-cli" in call for call in calls()), "no second engine"


@pytest.mark.usefixtures("tools")
def test_a_ready_machine_is_only_asked_two_things(engine_at):
    asked = []
    engine_at({"/_ping": (200, b"OK"), IMAGE: (200, b"{}")}, asked)
    done = subprocess.run([sys.executable, "-c", LEAN], capture_output=True, text=True, check=False)
    assert (done.stdout.strip(), done.stderr) == ("[]", "")
    assert asked == ["/_ping", IMAGE]


@pytest.mark.docker
def test_the_engine_of_this_machine_is_used_as_it_is():
    engine.ensure_engine()
    assert engine.is_ready()
