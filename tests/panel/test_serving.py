"""Where the site is served: at the port that was asked for or not at all, with a token that a restart keeps."""

from __future__ import annotations

import socket
import stat

import pytest

from kikori import paths
from kikori.errors import EnvironmentProblem
from kikori.panel import serving
from kikori.web import unused_port
from terminal_user import Kikori


@pytest.mark.slow
def test_a_port_that_is_taken_is_said_and_not_swapped(kikori: Kikori) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = kikori("serve", "--no-open", "--port", str(port))
    assert done.returncode == 3
    assert f"Port {port} of 127.0.0.1 is taken" in done.stderr
    assert "kikori serve --port 0" in done.stderr
    assert "open http" not in done.stderr


def test_a_free_port_is_taken_where_any_will_do() -> None:
    assert serving._place(0, "127.0.0.1").port > 0


def test_the_token_of_an_address_stays_the_same_in_one_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    port = unused_port()
    token = serving._place(port, "127.0.0.1").token
    assert serving._place(port, "127.0.0.1").token == token
    assert len(token) >= 32
    assert serving.token_of("127.0.0.1", port + 1) != token, "who is given one port's cookie opens no other port"
    key = paths.state() / "serve.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert token.encode() not in key.read_bytes()
    key.unlink()
    assert serving.token_of("127.0.0.1", port) != token


def test_a_key_that_is_damaged_is_made_anew() -> None:
    token = serving.token_of("127.0.0.1", 1)
    (paths.state() / "serve.key").write_bytes(b"")
    again = serving.token_of("127.0.0.1", 1)
    assert again not in (token, "")
    assert serving.token_of("127.0.0.1", 1) == again


def test_a_state_folder_that_cannot_be_written_is_said() -> None:
    paths.state().parent.mkdir(parents=True, exist_ok=True)
    paths.state().write_text("a file where a folder should be")
    with pytest.raises(EnvironmentProblem, match=r"serve\.key"):
        serving.token_of("127.0.0.1", 1)
