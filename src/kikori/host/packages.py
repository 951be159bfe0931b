"""Packages of the distribution: which there are, and installing Docker's."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from kikori import settings
from kikori.errors import EnvironmentProblem
from kikori.host import steps

SYSTEM_PATH = "/usr/local/sbin:/usr/sbin:/sbin"  # not on a plain user's PATH on Debian
INSTALL = Path(__file__).with_name("apt-install.sh")
INSTALLED = "install ok installed"
FAMILIES = ("debian", "ubuntu")
PROXIES = ("http_proxy", "https_proxy", "no_proxy")  # sudo drops them
PURPOSE = "the labs, which run in Docker"
NEEDED_BESIDE = ("iptables", "ca-certificates")
ENGINE = {
    "debian": ("docker.io", "docker-cli", "docker-compose", "docker-buildx"),
    "ubuntu": ("docker.io", "docker-compose-v2", "docker-buildx"),
}
TOOLS = {
    "debian": {"docker": "docker-cli", "compose": "docker-compose", "buildx": "docker-buildx"},
    "ubuntu": {"docker": "docker.io", "compose": "docker-compose-v2", "buildx": "docker-buildx"},
    "docker-ce": {
        "docker": "docker-ce-cli",
        "compose": "docker-compose-plugin",
        "buildx": "docker-buildx-plugin",
    },
}
GUIDE = "https://docs.docker.com/engine/install/"


def find(program: str) -> str | None:
    """The path of a program, also in the folders that only root has on the PATH."""
    return shutil.which(program, path=search_path())


def search_path() -> str:
    """The PATH with the folders that only root has on it, also after a plain ``su``."""
    return f"{os.environ.get('PATH') or os.defpath}:{SYSTEM_PATH}"


def distribution() -> str:
    """``ubuntu``, ``debian`` (each with its derivatives), or an empty string for all else."""
    if find("apt-get") is None:
        return ""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    family = [release.get("ID", ""), *release.get("ID_LIKE", "").split()]
    return next((name for name in family if name in FAMILIES), "")


def is_installed(package: str) -> bool:
    """Whether dpkg has this package installed."""
    return _status(package) == INSTALLED


def is_offered(package: str) -> bool:
    """Tell whether apt knows where to get this package."""
    try:
        asked = subprocess.run([find("apt-cache") or "apt-cache", "show", package], capture_output=True, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def is_unfinished(package: str) -> bool:
    """Whether an installation of this package was interrupted."""
    return _status(package).startswith("install ") and not is_installed(package)


def _status(package: str) -> str:
    try:
        asked = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Status}", package], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return asked.stdout


def install(packages: Sequence[str], purpose: str) -> None:
    """Install packages with apt, for a purpose that completes the sentence "needed for …"."""
    names = " ".join(packages)
    by_hand = f"apt-get install {names}"
    if not distribution():
        raise EnvironmentProblem(
            f"{names}: needed for {purpose}, and this system has no apt of Debian or Ubuntu",
            "install them with this system's own tools, then ./kikori doctor",
        )
    agree(f"install {names} with apt", f"sudo {by_hand}")
    steps.run(f"installing {names}", as_root(["sh", str(INSTALL), *packages]), f"sudo {by_hand}")


def ensure(program: str, purpose: str) -> None:
    """Install a program from the package of its name, unless it is there."""
    if find(program) is None:
        install((program,), purpose)


def agree(action: str, by_hand: str) -> None:
    """Return when the person agrees to an action on the machine; asked at most once in a call."""
    if settings.consent_given():
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise EnvironmentProblem(
            f"Kikori must {action}, and there is nobody to ask here", f"the same command with --yes, or: {by_hand}"
        )
    print(f"kikori: {action}? [Y/n] ", end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    if not answer or answer.strip().lower() not in ("", "y", "yes"):
        raise EnvironmentProblem(f"Nothing was changed; you said no to: {action}", by_hand)
    os.environ["KIKORI_YES"] = "1"


def as_root(command: Sequence[str]) -> list[str]:
    """Return the command as root runs it, through sudo where needed; sudo asks for its password here."""
    if os.geteuid() == 0:
        return ["env", f"PATH={search_path()}", *command]
    sudo = find("sudo")
    if sudo is None:
        raise EnvironmentProblem("This needs root, and there is no sudo", "become root and call ./kikori again")
    if subprocess.run([sudo, "true"], check=False).returncode:
        raise EnvironmentProblem("This needs root, and sudo did not let us in", "as root, call ./kikori again")
    proxies = [f"{name}={os.environ[name]}" for name in PROXIES if os.environ.get(name)]
    return [sudo, "env", *proxies, *command]


def has_daemon() -> bool:
    """Whether dockerd is there, and not as the first half of an installation that was interrupted."""
    if find("dockerd") is None or is_unfinished("docker.io"):
        return False
    return find("iptables") is not None or not is_installed("docker.io")


def install_engine() -> None:
    """Install Docker Engine with its plugins from the distribution."""
    names = ENGINE.get(distribution())
    if names is None:
        raise EnvironmentProblem(
            "Docker Engine is missing, and Kikori can install it on Debian and Ubuntu only",
            f"install Docker Engine with compose and buildx ({GUIDE}), then ./kikori doctor",
        )
    install((*names, *NEEDED_BESIDE), PURPOSE)


def complete() -> None:
    """Install what the docker command lacks; which one it is belongs to the engine's own vendor."""
    missing = [name for name in ("docker", "compose", "buildx") if not works(name)]
    if missing:
        vendor = "docker-ce" if is_installed("docker-ce-cli") else distribution()
        names = TOOLS.get(vendor)
        if names is None:
            raise EnvironmentProblem(
                f"Docker lacks: {', '.join(missing)}", f"install it ({GUIDE}), then ./kikori doctor"
            )
        install([names[name] for name in missing], PURPOSE)


def works(tool: str) -> bool:
    """Whether ``docker`` or one of its plugins answers when asked for its version."""
    command = ["docker", "--version"] if tool == "docker" else ["docker", tool, "version"]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=20).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
