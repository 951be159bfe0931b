# ruff: noqa: PTH112, PTH116, PTH118, PTH123, PTH208  # it looks a thousand times a second, with as little as it can
"""Watches a container without a pause, since what it looks for may last some milliseconds.

That is what processes are called with, what users other than root have in their environment, and what files say that
more than their owner may read. It is handed to ``python3 -c`` in the host's process namespace, as a sidecar's program
is: whoever is root in the container neither sees it nor can end it. It reads the container's own /proc, which has a
dozen processes where the host's has hundreds. Prints each once, a line of JSON for each.
"""

import itertools
import json
import os
import stat
import sys
import threading

EVERY = 0.001
"""Seconds between two looks."""
LARGEST = 65536
MOST = 100
"""Files that are looked at in each place."""


def content(path):
    """What a file says, and how it is there once that was read."""
    with open(path, "rb") as opened:
        return opened.read(LARGEST), os.fstat(opened.fileno())


def tell(**what):
    """Print what was seen, bytes as the text that they are."""
    print(json.dumps(what, default=lambda one: one.decode("utf-8", "replace")), flush=True)


class Watch:
    """What was seen in the root of a container, and how to look again."""

    def __init__(self, root, places):
        """Nothing was seen yet."""
        self.root, self.places = root, [place for place in places if os.path.isdir(root + place)]
        self.called, self.told = {}, set()

    def once(self, what):
        """Whether it is seen for the first time."""
        known = what in self.told
        self.told.add(what)
        return not known

    def processes(self):
        """Look at each process, and into its environment where it has become another program."""
        now = {}
        for pid in filter(str.isdigit, os.listdir(f"{self.root}/proc")):
            try:
                command, _ = content(f"{self.root}/proc/{pid}/cmdline")
                now[pid] = command
                if command and command != self.called.get(pid):
                    if self.once(command):
                        tell(command=command.replace(b"\0", b" "))
                    self.environment(pid)
            except OSError:
                continue
        self.called = now

    def environment(self, pid):
        """Look into the environment of a process that is not root's."""
        told, _ = content(f"{self.root}/proc/{pid}/status")
        user = int(told.partition(b"\nUid:")[2].split()[1])
        if user:
            has, _ = content(f"{self.root}/proc/{pid}/environ")
            if self.once((user, has)):
                tell(user=user, environment=has.replace(b"\0", b"\n"))

    def files(self):
        """Look at the files right in each place that the group or everybody may read."""
        for place in self.places:
            try:
                with os.scandir(self.root + place) as found:
                    for one in itertools.islice(found, MOST):
                        self.file(place, one)
            except OSError:
                continue

    def file(self, place, one):
        """Read a file that has changed. What counts is its mode afterwards: a key may come once it is shut."""
        seen = one.stat(follow_symlinks=False)
        is_open = stat.S_ISREG(seen.st_mode) and seen.st_mode & 0o044 and seen.st_size <= LARGEST
        if not is_open or not self.once((one.path, *seen[:6], seen.st_size, seen.st_mtime_ns)):
            return
        try:
            text, then = content(one.path)
        except OSError:
            return
        if then.st_mode & 0o044:
            above = os.stat(self.root + place)
            access = [[at.st_mode & 0o7777, at.st_uid, at.st_gid] for at in (then, above)]
            tell(path=os.path.join(place, one.name), access=access, text=text)


def main(first, places):
    """Look at all that stands below the root of a container's first process, until somebody ends this one."""
    watch = Watch(f"/proc/{first}/root", places)
    while True:
        watch.processes()
        watch.files()
        threading.Event().wait(EVERY)


if __name__ == "__main__":
    main(sys.argv[1], json.loads(sys.argv[2]))
