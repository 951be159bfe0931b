# ruff: noqa: PTH123, PTH208  # it looks a thousand times a second, with as little as it can
"""Watches what the processes of a container are called with, without a pause: each of them lives for some milliseconds.

It is handed to ``python3 -c`` in the host's process namespace, as a sidecar's program is: whoever is root in the
container neither sees it nor can end it. It reads the container's own /proc, which has a dozen processes where the
host's has hundreds. Prints each command line once.
"""

import os
import sys
import threading

EVERY = 0.001
"""Seconds between two looks."""


def watch(first: str) -> None:
    """Look at all that stands in the /proc of a container's first process, until somebody ends this one."""
    inside, told = f"/proc/{first}/root/proc", set[bytes]()
    while True:
        for pid in filter(str.isdigit, os.listdir(inside)):
            try:
                with open(f"{inside}/{pid}/cmdline", "rb") as opened:
                    command = opened.read()
            except OSError:
                continue
            if command and command not in told:
                told.add(command)
                print(command.replace(b"\0", b" ").decode("utf-8", "replace"), flush=True)
        threading.Event().wait(EVERY)


if __name__ == "__main__":
    watch(sys.argv[1])
