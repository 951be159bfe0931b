import contextlib
import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
import time
from hashlib import sha256

import pytest

from kikori.host import base_image, endpoint

AS_NOBODY = """
import json, os, sys
from kikori.host import doctor, endpoint
if os.geteuid() == 0:
    os.setgroups([]), os.setgid(65534), os.setuid(65534)
state = endpoint.ping()
facts = doctor.engine_facts.docker({}, state), doctor.engine_facts.group(state)
print(json.dumps([state, *([f.ok, f.seen, f.hint] for f in facts)]))
"""


@pytest.fixture
def context(tmp_path, monkeypatch):
    """Puts a docker context of that name and address into a configuration of its own, and makes it the current one."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.delenv("DOCKER_CONTEXT", raising=False)

    def make(name, host):
        folder = tmp_path / "contexts" / "meta" / sha256(name.encode()).hexdigest()
        folder.mkdir(parents=True)
        (folder / "meta.json").write_text(json.dumps({"Name": name, "Endpoints": {"docker": {"Host": host}}}))
        (tmp_path / "config.json").write_text(json.dumps({"currentContext": name}))

    return make


def test_default_without_any_setting(context):
    assert endpoint.docker_host() == endpoint.DEFAULT
    assert endpoint.is_default()


def test_the_current_context_is_used(context):
    context("rootless", "unix:///run/user/1000/docker.sock")
    assert endpoint.docker_host() == "unix:///run/user/1000/docker.sock"
    assert not endpoint.is_default()


def test_the_context_of_the_environment_wins_over_the_current_one(context, monkeypatch):
    context("one", "unix:///one.sock")
    context("two", "unix:///two.sock")
    monkeypatch.setenv("DOCKER_CONTEXT", "one")
    assert endpoint.docker_host() == "unix:///one.sock"


def test_docker_host_wins_over_every_context(context, monkeypatch):
    context("one", "unix:///one.sock")
    monkeypatch.setenv("DOCKER_CONTEXT", "one")
    monkeypatch.setenv("DOCKER_HOST", "tcp://there:2375")
    assert endpoint.docker_host() == "tcp://there:2375"
    assert endpoint.socket_path() is None


def test_the_context_named_default_is_the_default(context, monkeypatch):
    context("one", "unix:///one.sock")
    monkeypatch.setenv("DOCKER_CONTEXT", "default")
    assert endpoint.is_default()


@pytest.mark.parametrize("text", ["{", "[]", '{"currentContext": 3}', '{"currentContext": "gone"}', "\xff"])
def test_a_damaged_configuration_counts_as_none(context, tmp_path, text):
    (tmp_path / "config.json").write_text(text, encoding="latin-1")
    assert endpoint.docker_host() == endpoint.DEFAULT


@pytest.mark.docker
def test_finds_the_same_engine_as_the_docker_command(context):
    subprocess.run(["docker", "context", "create", "mine", "--docker", "host=unix:///mine.sock"], check=True)
    subprocess.run(["docker", "context", "use", "mine"], check=True)
    asked = ["docker", "context", "inspect", "--format", "{{.Endpoints.docker.Host}}"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()
    assert endpoint.docker_host() == told == "unix:///mine.sock"


def test_an_engine_that_answers(engine_at):
    asked = []
    engine_at({"/_ping": (200, b"OK")}, asked)
    assert endpoint.ping() == "answers"
    assert asked == ["/_ping"]


def test_status_and_body_of_an_answer(engine_at):
    engine_at({"/version": (404, b'{"message":\r\n\r\n"no"}')})
    assert endpoint.ask("/version") == (404, b'{"message":\r\n\r\n"no"}')


def test_an_engine_in_trouble_is_silent(engine_at):
    engine_at({"/_ping": (500, b"")})
    assert endpoint.ping() == "silent"


@pytest.mark.parametrize("said", [b"", b"SSH-2.0-OpenSSH\r\n", b"HTTP/1.0\r\n\r\n", b"HTTP/1.0 OK 200\r\n\r\n"])
def test_something_else_behind_the_socket_is_silent(engine_at, said):
    engine_at({"garbage": (0, said)})
    assert endpoint.ping() == "silent"


def test_an_engine_that_never_answers_is_not_waited_for(engine_at):
    engine_at({})
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        endpoint.ask("/_ping", 0.1)
    assert time.monotonic() - started < 20


@pytest.mark.usefixtures("dead_engine")
def test_a_socket_that_is_not_there_is_silent():
    assert endpoint.ping() == "silent"


def test_a_socket_without_a_listener_is_silent(tmp_path, monkeypatch):
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(tmp_path / "left.sock"))
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/left.sock")
    assert endpoint.ping() == "silent"


@pytest.mark.slow
@pytest.mark.parametrize("mode", [0o000, 0o600])
def test_a_socket_that_this_user_may_not_use(engine_at, mode):
    if mode and os.geteuid():
        pytest.skip("the socket is this user's own")
    engine_at({"/_ping": (200, b"OK")}).chmod(mode)
    done = subprocess.run([sys.executable, "-c", AS_NOBODY], capture_output=True, text=True, check=True)
    state, docker, group = json.loads(done.stdout)
    assert state == "denied"
    assert not docker[0]
    assert "may not use" in docker[1]
    assert "docker" in docker[2]
    assert not group[0]
    assert "may not use" in group[1]
    assert "usermod -aG docker" in group[2] or "log out" in group[2]


def _pipe(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


@pytest.fixture
def over_tcp():
    """A TCP port through which this machine's own engine answers."""

    class Forward(socketserver.BaseRequestHandler):
        def handle(self):
            with socket.socket(socket.AF_UNIX) as engine:
                engine.connect(path)
                threading.Thread(target=_pipe, args=(engine, self.request), daemon=True).start()
                _pipe(self.request, engine)

    path = str(endpoint.socket_path())
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Forward) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.docker
def test_an_engine_over_tcp(over_tcp, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", over_tcp)
    assert endpoint.ping() == "answers"
    assert base_image.is_there()
    monkeypatch.setattr(base_image, "IMAGE", "kikori-test/none:such")
    assert not base_image.is_there()


def test_no_engine_over_tcp(monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    assert endpoint.ping() == "silent"


def test_over_tcp_without_the_docker_command(bare, monkeypatch):
    monkeypatch.setenv("DOCKER_HOST", "tcp://127.0.0.1:9")
    assert endpoint.ping() == "silent"
    assert not base_image.is_there()
