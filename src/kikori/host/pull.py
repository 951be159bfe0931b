"""Pulling an image without waiting for a registry that never answers."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kikori.host import steps

FIRST_ANSWER = 20.0
WHOLE = 900.0


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
