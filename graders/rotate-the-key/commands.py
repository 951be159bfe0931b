# ruff: noqa: PTH116, PTH123, PTH208  # it looks a thousand times a second, with as little as it can
"""Watches what the processes of a container are called with, without a pause: each of them lives for some milliseconds.

It is handed to ``python3 -c`` in the host's process namespace, as a sidecar's program is: whoever is root in the
container neither sees it nor can end it. Prints each command line once.
"""

import os
import sys
import threading

EVERY = 0.001
"""Seconds between two looks."""


def watch(first: str) -> None:
    """Look at all that stands in the process namespace of a process, until somebody ends this one."""
    space, told = os.stat(f"/proc/{first}/ns/pid").st_ino, set[bytes]()
    ours, others = set[str](), set[str]()
    while True:
        there = {name for name in os.listdir("/proc") if name.isdigit()}
        ours &= there
        others &= there
        for pid in there - others:
            try:
                if pid not in ours:
                    (ours if os.stat(f"/proc/{pid}/ns/pid").st_ino == space else others).add(pid)
                with open(f"/proc/{pid}/cmdline", "rb") as opened:
                    command = opened.read() if pid in ours else b""
            except OSError:
                continue
            if command and command not in told:
                told.add(command)
                print(command.replace(b"\0", b" ").decode("utf-8", "replace"), flush=True)
        threading.Event().wait(EVERY)


if __name__ == "__main__":
    watch(sys.argv[1])
