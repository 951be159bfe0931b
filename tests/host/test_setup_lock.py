import select
import signal
import subprocess
import sys

import pytest

from kikori.errors import EnvironmentProblem
from kikori.host.setup_lock import turn

HOLD = "import sys; from kikori.host.setup_lock import turn\nwith turn(): print('mine', flush=True); sys.stdin.read()"


@pytest.fixture
def holder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    command = [sys.executable, "-c", HOLD]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"mine\n"
        yield process
        process.kill()


@pytest.mark.slow
def test_the_second_waits_for_the_first_and_says_so(holder):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as second:
        assert b"another call is setting up" in second.stderr.readline()
        assert select.select([second.stdout], [], [], 0.3)[0] == []
        holder.stdin.close()
        assert second.stdout.readline() == b"mine\n"


def test_a_turn_ends_with_the_death_of_its_holder(holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with turn():
        pass


def test_one_after_the_other_needs_no_waiting(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "new"))
    for _ in range(2):
        with turn():
            pass
    assert capsys.readouterr().err == ""


def test_a_state_folder_that_can_not_be_made(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    with pytest.raises(EnvironmentProblem, match="Can't write in") as caught, turn():
        pass
    assert "XDG_STATE_HOME" in caught.value.hint
