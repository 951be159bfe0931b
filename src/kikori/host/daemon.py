"""Starting dockerd where it is not running, and waiting until it answers."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from kikori import paths
from kikori.errors import EnvironmentProblem
from kikori.host import endpoint, packages, steps

PATIENCE = 60.0
RUN = Path("/run")
PROC = Path("/proc")
OWN_PID = "kikori-dockerd.pid"
PID_FILES = (OWN_PID, "docker.pid")
LAUNCH = """log=$1 pid=$2
shift 2
cd /
GOGC=300 setsid "$@" >>"$log" 2>&1 </dev/null &
echo $! >"$pid"
"""
"""Go's runtime collects garbage whenever the heap has doubled, a fifth of dockerd's work beside seven scenes."""
LOGS = Path("/var/log")
CGROUP = Path("/sys/fs/cgroup")
NEST = """cd "$1" && mkdir -p kikori-init && for try in 1 2 3 4 5; do
    while read -r process; do echo "$process" >kikori-init/cgroup.procs; done <cgroup.procs
    sed -e 's/ / +/g' -e 's/^/+/' cgroup.controllers >cgroup.subtree_control && exit
done"""


def start() -> None:
    """Start dockerd unless it is running already, and wait until it answers or refuses this user."""
    alive = is_alive()
    if not alive:
        packages.as_root(["true"])  # sudo may ask for its password, which a bar would hide
    with steps.step("starting the Docker daemon"):
        if not alive:
            _start_with_systemd() if _has_systemd() else _start_alone()
        _wait()


def is_alive() -> bool:
    """Whether a dockerd lives, started by an earlier call (its own pid file) or by somebody else."""
    return any(_is_dockerd(RUN / name) for name in PID_FILES)


def log_file() -> Path:
    """The log of a dockerd that runs without systemd."""
    folder = LOGS
    if not os.access(folder, os.W_OK):
        folder = paths.state()
        folder.mkdir(parents=True, exist_ok=True)
    return folder / "kikori-dockerd.log"


def _has_systemd() -> bool:
    return (RUN / "systemd/system").is_dir()


def _is_dockerd(pid_file: Path) -> bool:
    try:
        words = (PROC / pid_file.read_text().strip() / "cmdline").read_bytes()
    except (OSError, ValueError):
        return False
    return b"dockerd" in words  # also in those of sh and setsid, for the moment before they become dockerd


def _start_with_systemd() -> None:
    command = packages.as_root(["systemctl", "start", "docker"])
    started = subprocess.run(command, capture_output=True, text=True, check=False)
    if started.returncode:
        raise steps.problem("The Docker daemon does not start", started.stderr.splitlines()[-steps.TAIL :], _look())


def _start_alone() -> None:
    """Start dockerd in a session of its own, so that neither Ctrl-C nor a closed terminal ends it."""
    stale = [str(RUN / name) for name in PID_FILES]
    launch = [
        "sh",
        "-c",
        LAUNCH,
        "sh",
        str(log_file()),
        str(RUN / OWN_PID),
        packages.find("dockerd") or "dockerd",
    ]
    subprocess.run(packages.as_root(["rm", "-f", *stale]), check=False)
    _make_room_for_cgroups()
    if subprocess.run(packages.as_root(launch), stdin=subprocess.DEVNULL, check=False).returncode:
        raise EnvironmentProblem("The Docker daemon could not be started", "sudo dockerd")


def _make_room_for_cgroups() -> None:
    """Move a container's processes into a group of their own, so that dockerd may limit its containers.

    Version 2 lets a group that has processes itself hand no limits down. Only the machine's true root group may do
    both, and it alone has no ``cgroup.type``.
    """
    if (CGROUP / "cgroup.type").exists():
        command = packages.as_root(["sh", "-c", NEST, "sh", str(CGROUP)])
        subprocess.run(command, capture_output=True, check=False)  # dockerd says what is the matter if this fails


def _wait() -> None:
    end, gone = time.monotonic() + PATIENCE, 0
    while endpoint.ping() == "silent":
        if time.monotonic() > end:
            raise steps.problem(f"The Docker daemon gave no answer in {PATIENCE:.0f} s", _tail(), _look())
        gone = 0 if _has_systemd() or is_alive() else gone + 1
        if gone > 2:  # not at the first look: a process that is turning into another has no command line
            raise steps.problem("The Docker daemon ended at once", _tail(), _look())
        time.sleep(0.1)


def _tail() -> list[str]:
    try:
        return log_file().read_text(errors="replace").splitlines()[-steps.TAIL :]
    except OSError:
        return []


def _look() -> str:
    return "journalctl -u docker -n 20" if _has_systemd() else f"less {log_file()}"
