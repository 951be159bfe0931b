"""Getting the base image: pulled within bounds, or made from the Debian archive with mmdebstrap."""

from __future__ import annotations

import os
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori.host import packages, steps

FIRST_ANSWER = 20.0
WHOLE = 900.0
MIRROR = "http://deb.debian.org/debian"
SUITE = "trixie"
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
IMPORT = ("docker", "import", "--change", 'CMD ["bash"]', "-")
SLIM = (
    *(f"--dpkgopt=path-exclude=/usr/share/{part}/*" for part in ("doc", "info", "locale", "man")),
    "--dpkgopt=path-include=/usr/share/doc/*/copyright",
    '--aptopt=Dir::Cache::pkgcache ""',
    '--aptopt=Dir::Cache::srcpkgcache ""',
    '--aptopt=DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; }',
)
"""What the published slim image leaves out too: translations, manuals, and packages that were installed already."""
SAID = 500  # lines of mmdebstrap in which the reason is looked for
HINT = "check the network, or set KIKORI_DEBIAN_MIRROR to a Debian archive that answers"
PACKAGES = ("mmdebstrap", "debian-archive-keyring")


def pull(image: str, digest: str) -> bool:
    """Pull what has that digest, and give it the image's name; bounded until the first answer, and on the whole.

    Gives whether that could be done: the engine refuses whatever else a registry hands out under the name.
    """
    pinned = f"{image.rpartition(':')[0]}@{digest}"
    with steps.step(f"pulling {image}") as note:
        process = subprocess.Popen(
            ["docker", "pull", pinned],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        with process, _at_most(process, WHOLE), _at_most(process, FIRST_ANSWER) as first:
            for line in process.stdout or ():
                first.cancel()
                note(line.strip())
    if process.returncode:
        steps.say(f"no registry gave {image}")
        return False
    return subprocess.run(["docker", "tag", pinned, image], capture_output=True, check=False).returncode == 0


@contextmanager
def _at_most(process: subprocess.Popen[str], seconds: float) -> Iterator[threading.Timer]:
    """End the process unless the block does before the time is over."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield timer
    except BaseException:
        process.kill()
        raise
    finally:
        timer.cancel()


def bootstrap(image: str) -> None:
    """Bootstrap the image and tag it, so that no later step sees a difference to a pulled one."""
    if packages.find("mmdebstrap") is None or not KEYRING.exists() or packages.is_unfinished("mmdebstrap"):
        packages.install(PACKAGES, f"the base image, since no registry answers to a pull of {image}")
    command = _mmdebstrap()  # sudo may ask for its password, which a bar would hide
    with steps.step(f"bootstrapping {image} from {mirror()}") as note:
        _tag(_import(command, note), image)


def mirror() -> str:
    """The Debian archive: KIKORI_DEBIAN_MIRROR, else the one that every Debian knows."""
    return os.environ.get("KIKORI_DEBIAN_MIRROR") or MIRROR


def _mmdebstrap() -> list[str]:
    # TMPDIR: Debian 13 mounts /tmp in memory and without devices; sudo would drop the variable
    command = ["env", "TMPDIR=/var/tmp", "mmdebstrap", "--variant=minbase", f"--keyring={KEYRING}", *SLIM]
    rest = [SUITE, "-", mirror()]
    if os.geteuid() == 0 or packages.find("sudo"):
        return packages.as_root([*command, *rest])
    return [*command, "--mode=unshare", *rest]


def _import(command: list[str], note: steps.Note) -> str:
    """Pipe the archive into the engine under no name yet: a half one must never bear the image's name."""
    said: deque[str] = deque(maxlen=SAID)
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as made,
        subprocess.Popen(IMPORT, stdin=made.stdout, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as imported,
    ):
        if made.stdout:
            made.stdout.close()  # so that mmdebstrap hears of an engine that has stopped reading
        for line in made.stderr or ():
            said.append(line.decode(errors="replace").strip())
            note(said[-1])
        image, complaint = (out.decode(errors="replace").strip() for out in imported.communicate())
    if made.returncode or imported.returncode:
        _discard(image)
        raise steps.problem("The base image could not be bootstrapped", _reason([*said, *complaint.splitlines()]), HINT)
    return image


def _tag(made: str, image: str) -> None:
    subprocess.run(["docker", "tag", made, image], check=True, capture_output=True)


def _discard(made: str) -> None:
    if made:
        subprocess.run(["docker", "image", "rm", made], check=False, capture_output=True)


def _reason(said: list[str]) -> list[str]:
    lines = [line for line in said if line.startswith("E:") or "rror" in line or steps.FULL in line]
    return lines[:3] or said[-3:]
