"""Making the base image from the Debian archive with mmdebstrap."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from kikori.errors import EnvironmentProblem
from kikori.machine import packages, steps

MIRROR = "http://deb.debian.org/debian"
SUITE = "trixie"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
IMPORT = ("docker", "import", "--change", 'CMD ["bash"]', "-")
PACKAGES = ("mmdebstrap", "debian-archive-keyring")


def bootstrap(image: str) -> None:
    """Bootstrap the image and tag it, so that no later step sees a difference to a pulled one."""
    if packages.find("mmdebstrap") is None or not KEYRING.exists():
        packages.install(PACKAGES, f"the base image, since no registry answers to a pull of {image}")
    with steps.step(f"bootstrapping {image} from {mirror()}"):
        _tag(_import(_mmdebstrap()), image)


def mirror() -> str:
    """The Debian archive: KIKORI_DEBIAN_MIRROR, else the one that every Debian knows."""
    return os.environ.get("KIKORI_DEBIAN_MIRROR") or MIRROR


def _mmdebstrap() -> list[str]:
    # TMPDIR: Debian 13 mounts /tmp in memory and without devices; sudo would drop the variable
    command = ["env", "TMPDIR=/var/tmp", "mmdebstrap", "--variant=minbase", f"--keyring={KEYRING}"]
    rest = [SUITE, "-", mirror()]
    if os.geteuid() == 0 or packages.find("sudo"):
        return packages.as_root([*command, *rest])
    return [*command, "--mode=unshare", *rest]


def _import(command: list[str]) -> str:
    """Pipe the archive into the engine under no name yet: a half one must never bear the image's name."""
    with tempfile.TemporaryFile() as log:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log) as made:
            imported = subprocess.run(IMPORT, stdin=made.stdout, capture_output=True, text=True, check=False)
            if made.stdout:
                made.stdout.close()  # so that mmdebstrap hears of an engine that has stopped reading
        log.seek(0)
        said = log.read().decode(errors="replace") + imported.stderr
    image = imported.stdout.strip()
    if made.returncode or imported.returncode:
        _discard(image)
        raise EnvironmentProblem(f"The base image could not be bootstrapped: {_reason(said)}", _hint(said))
    return image


def _tag(made: str, image: str) -> None:
    subprocess.run(["docker", "tag", made, image], check=True, capture_output=True)


def _discard(made: str) -> None:
    if made:
        subprocess.run(["docker", "image", "rm", made], check=False, capture_output=True)


def _reason(said: str) -> str:
    lines = [line for line in said.splitlines() if line.startswith("E:") or "rror" in line]
    return steps.told(lines[:3] or said.splitlines()[-3:])


def _hint(said: str) -> str:
    if "No space left" in said:
        return "free some disk (df -h; docker system df), then call again"
    return "check the network, or set KIKORI_DEBIAN_MIRROR to a Debian archive that answers"
