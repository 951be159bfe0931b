import grp
import os
import pwd
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kikori.errors import EnvironmentProblem
from kikori.host import docker_group

GAIN = "from kikori.host import docker_group; docker_group.GROUP = {group!r}; docker_group.gain()"


def test_the_login_name():
    assert docker_group.user() == pwd.getpwuid(os.geteuid()).pw_name


def test_a_user_without_an_entry_has_a_number(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 987654)
    assert docker_group.user() == "user 987654"


def test_membership(monkeypatch):
    group = next((entry for entry in grp.getgrall() if entry.gr_mem), None)
    if group is None:
        pytest.skip("no group here lists a member")
    monkeypatch.setattr(docker_group, "GROUP", group.gr_name)
    monkeypatch.setattr(docker_group, "user", lambda: group.gr_mem[0])
    assert docker_group.is_member()
    monkeypatch.setattr(docker_group, "user", lambda: "nobody-of-that-name")
    assert not docker_group.is_member()
    monkeypatch.setattr(docker_group, "GROUP", "no-group-of-that-name")
    assert not docker_group.is_member()


@pytest.mark.usefixtures("dead_engine")
def test_an_engine_that_no_group_opens_is_not_joined():
    with pytest.raises(EnvironmentProblem, match="may not use the Docker engine at") as caught:
        docker_group.gain()
    assert "log out and in again" in caught.value.hint


@pytest.fixture
def gain(program, tmp_path, monkeypatch):
    """Gains access in a process of its own to a socket that this process's own group opens."""
    path = str(tmp_path / "engine.sock")
    with socket.socket(socket.AF_UNIX) as engine:
        engine.bind(path)
    group = grp.getgrgid(Path(path).stat().st_gid).gr_name
    monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
    script = GAIN.format(group=group)

    def call():
        return (
            group,
            script,
            subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False),
        )

    return call


def test_joining_the_group_and_running_the_same_command_again_in_it(gain, program, calls, monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    program("usermod")
    program("sg", 'echo "again: $KIKORI_IN_GROUP" >&2; eval "set -- $3"; shift; shift; printf "%s\\n" "$2"')
    group, script, done = gain()
    noted = [call for call in calls() if not call.startswith("sudo")]
    assert noted[0] == f"usermod -aG {group} {docker_group.user()}"
    assert noted[1].startswith(f"sg {group} -c exec {sys.executable} -c ")
    assert done.stdout.strip() == script, "the very same words"
    assert done.stderr.strip() == "again: 1"


def test_nobody_joins_a_group_without_agreeing(gain, program, calls):
    program("usermod")
    program("sg")
    _, _, done = gain()
    assert "to the group" in done.stderr
    assert calls() == []


def test_it_is_tried_once(gain, program, calls, monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    monkeypatch.setenv("KIKORI_IN_GROUP", "1")
    program("usermod")
    program("sg")
    _, _, done = gain()
    assert "may not use the Docker engine" in done.stderr
    assert calls() == []


def test_a_group_that_can_not_be_joined(gain, program, monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    program("usermod", "exit 6")
    _, _, done = gain()
    assert "could not be added to the group" in done.stderr


def test_without_sg_a_new_session_is_asked_for(gain, program, monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    program("usermod")
    _, _, done = gain()
    assert "this session is older than that" in done.stderr
