import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kikori.errors import EnvironmentProblem, Exit
from kikori.host import daemon

pytestmark = pytest.mark.slow


@pytest.fixture
def machine(bare, program, dead_engine, tmp_path, monkeypatch):
    """A machine without systemd, whose folders are in ``tmp_path``; ends what was started on it."""
    for name in ("RUN", "LOGS", "CGROUP"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setattr(daemon, name, folder)
    monkeypatch.setattr(daemon, "PATIENCE", 0.5)
    for name in ("rm", "setsid", "sleep"):
        (bare / name).symlink_to(f"/usr/bin/{name}")
    yield tmp_path
    with suppress(OSError, ValueError):
        os.killpg(int((tmp_path / "run" / daemon.OWN_PID).read_text()), signal.SIGKILL)


@pytest.mark.parametrize("name", daemon.PID_FILES)
def test_a_living_daemon_is_found_whoever_started_it(machine, name):
    with subprocess.Popen(["dockerd", "9"], executable="/usr/bin/sleep") as process:
        (machine / "run" / name).write_text(f"{process.pid}\n")
        looks = [daemon.is_alive() or time.sleep(0.05) for _ in range(20)]  # at first it has no command line yet
        process.kill()
    assert looks[-1]
    assert not daemon.is_alive()


def test_another_process_with_the_number_of_a_dead_daemon_is_no_daemon(machine):
    with subprocess.Popen(["sh", "-c", "sleep 9"], executable="/bin/sh") as process:
        (machine / "run/docker.pid").write_text(str(process.pid))
        assert not daemon.is_alive()
        process.kill()


@pytest.mark.parametrize("text", ["", "none", "999999999", "1\0"])
def test_a_damaged_pid_file_is_no_daemon(machine, text):
    (machine / "run/docker.pid").write_text(text)
    assert not daemon.is_alive()


def test_the_log_is_in_the_state_folder_of_who_may_not_write_the_systems(machine, monkeypatch):
    assert daemon.log_file() == machine / "logs/kikori-dockerd.log"
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert daemon.log_file() == machine / "state/kikori/kikori-dockerd.log"
    assert daemon.log_file().parent.is_dir()


def test_a_daemon_that_ends_at_once_is_reported_with_the_end_of_its_log(machine, program, monkeypatch):
    program("dockerd", "for line in 1 2 3 4 5 6; do echo $line; done; echo 'failed to start daemon'; exit 1")
    monkeypatch.setattr(daemon, "PATIENCE", 60)
    started = time.monotonic()
    with pytest.raises(EnvironmentProblem, match="ended at once: 3\n4\n5\n6\nfailed to start daemon") as caught:
        daemon.start()
    assert time.monotonic() - started < daemon.PATIENCE / 2
    assert caught.value.hint == f"less {machine}/logs/kikori-dockerd.log"
    assert caught.value.exit_code == Exit.ENVIRONMENT


def test_a_daemon_that_stays_silent_is_not_waited_for_without_end(machine, program):
    program("dockerd", "echo still thinking; sleep 30")
    with pytest.raises(EnvironmentProblem, match="gave no answer in 0 s: still thinking"):
        daemon.start()


def test_a_daemon_has_a_session_and_a_folder_of_its_own(machine, program):
    program("dockerd", "sleep 30")
    with pytest.raises(EnvironmentProblem):
        daemon.start()
    pid = int((machine / "run" / daemon.OWN_PID).read_text())
    assert os.getsid(pid) == pid
    assert Path(f"/proc/{pid}/cwd").readlink() == Path("/")


def test_a_daemon_that_lives_is_waited_for_and_not_started_again(machine, program, calls):
    program("dockerd", "sleep 30")
    for _ in range(2):
        with pytest.raises(EnvironmentProblem, match="gave no answer"):
            daemon.start()
    assert [call for call in calls() if call.startswith("dockerd")] == ["dockerd "]


def test_the_pid_file_of_a_dead_daemon_is_removed_first(machine, program):
    (machine / "run/docker.pid").write_text("999999999")
    program("dockerd", f"ls {machine}/run/docker.pid; exit 1")
    (machine / "bin/ls").symlink_to("/usr/bin/ls")
    with pytest.raises(EnvironmentProblem, match="No such file"):
        daemon.start()


def test_sudo_asks_before_a_bar_could_hide_its_question(machine, program, monkeypatch, capfd):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program("true")
    program("sudo", 'echo "[sudo] password:" >&2; exec "$@"')
    program("dockerd", "exit 1")
    with pytest.raises(EnvironmentProblem):
        daemon.start()
    said = capfd.readouterr().err
    assert said.index("[sudo] password:") < said.index("starting the Docker daemon")


def test_with_systemd_it_is_systemd_that_starts_it(machine, program, calls):
    (machine / "run/systemd/system").mkdir(parents=True)
    program("systemctl", "echo 'Unit docker.service is masked.' >&2; exit 1")
    with pytest.raises(EnvironmentProblem, match=r"docker\.service is masked") as caught:
        daemon.start()
    assert "systemctl start docker" in calls()
    assert "journalctl" in caught.value.hint
    assert not (machine / "run" / daemon.OWN_PID).exists()


def test_the_processes_of_a_container_make_room_for_limits(machine, program):
    """As in the root group of a container with cgroups of version 2; plain files take the place of the kernel's."""
    group = machine / "cgroup"
    (group / "cgroup.type").write_text("domain\n")
    (group / "cgroup.procs").write_text("1\n")
    (group / "cgroup.controllers").write_text("cpu memory pids\n")
    for name in ("mkdir", "sed"):
        (machine / "bin" / name).symlink_to(f"/usr/bin/{name}")
    program("dockerd", "exit 1")
    with pytest.raises(EnvironmentProblem):
        daemon.start()
    assert (group / "kikori-init/cgroup.procs").read_text() == "1\n"
    assert (group / "cgroup.subtree_control").read_text() == "+cpu +memory +pids\n"


def test_nothing_is_moved_where_the_machine_has_its_own_root_group(machine, program):
    (machine / "cgroup/cgroup.procs").write_text("1\n")
    (machine / "bin/mkdir").symlink_to("/usr/bin/mkdir")
    program("dockerd", "exit 1")
    with pytest.raises(EnvironmentProblem):
        daemon.start()
    assert [path.name for path in (machine / "cgroup").iterdir()] == ["cgroup.procs"]


@pytest.mark.docker
def test_a_daemon_that_answers_is_left_alone(capfd):
    if not daemon.is_alive():
        pytest.skip("the engine is not of this machine")
    before = [(daemon.RUN / name).read_text() for name in daemon.PID_FILES if (daemon.RUN / name).exists()]
    daemon.start()
    assert [(daemon.RUN / name).read_text() for name in daemon.PID_FILES if (daemon.RUN / name).exists()] == before
