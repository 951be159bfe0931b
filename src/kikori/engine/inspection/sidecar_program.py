"""What runs in a sidecar: looks at one container's processes, files and kernel numbers, and tells them as JSON.

It is handed to ``python3 -c`` with the standard library alone, in the host's process namespace: nothing of the
container it looks at can see it, end it, or trace it. One question a line, one answer a line.
"""

from __future__ import annotations

import base64
import contextlib
import ctypes
import errno
import fcntl
import fnmatch
import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

OPENAT2 = 437
"""openat2(2), the same number on every architecture."""
IN_ROOT = 0x10 | 0x02
"""RESOLVE_IN_ROOT and RESOLVE_NO_MAGICLINKS: no link leads out of the container."""
MOST_TRIES = 1000
"""The kernel refuses ``..`` by EAGAIN when anybody on the machine renames or mounts meanwhile (openat2(2))."""
MOST_FILES = 50_000
LONGEST = 60
"""Seconds for searching one place."""
DISKS = {"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs"}
KEEPING = DISKS | {"overlay", "tmpfs", "fuse-overlayfs", "fuse.fuse-overlayfs"}
"""Types of file systems that keep what is written to them."""
GONE = (FileNotFoundError, NotADirectoryError)
"""What is not there, or no longer; anything else that goes wrong is told, or files could hide behind it."""
libc = ctypes.CDLL(None, use_errno=True)


class How(ctypes.Structure):
    """The struct open_how of openat2(2)."""

    _fields_ = [("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64)]


class Target:
    """The container, by the number of its first process on the host."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.space = os.stat(f"/proc/{pid}/ns/pid").st_ino
        self.root = os.open(f"/proc/{pid}/root", os.O_PATH | os.O_DIRECTORY)

    def open(self, path: str, flags: int) -> int:
        """Open a path as a process of the container would find it, links resolved inside its own root."""
        how = How(flags | os.O_CLOEXEC, 0, IN_ROOT)
        for _ in range(MOST_TRIES):
            found = libc.syscall(OPENAT2, self.root, os.fsencode(path), ctypes.byref(how), ctypes.sizeof(how))
            if found >= 0:
                return int(found)
            if ctypes.get_errno() != errno.EAGAIN:
                break
        number = errno.ENOENT if ctypes.get_errno() == errno.ELOOP else ctypes.get_errno()  # it leads nowhere
        raise OSError(number, os.strerror(number), path)

    @contextlib.contextmanager
    def held(self, path: str, flags: int = os.O_PATH) -> Iterator[int]:
        """Hold a path open for a while."""
        handle = self.open(path, flags)
        try:
            yield handle
        finally:
            os.close(handle)

    def pids(self) -> Iterator[int]:
        """The container's processes, those that have ended among them."""
        for name in filter(str.isdigit, os.listdir("/proc")):
            with contextlib.suppress(OSError):
                if self._is_ours(name):
                    yield int(name)

    def _is_ours(self, pid: str) -> bool:
        """One that has ended has no namespaces any more; its parent has."""
        try:
            return os.stat(f"/proc/{pid}/ns/pid").st_ino == self.space
        except FileNotFoundError:
            parent = status(pid)["PPid"]
            return os.stat(f"/proc/{parent}/ns/pid").st_ino == self.space

    def files(self, places: list[str], names: list[str]) -> list[dict[str, Any]]:
        """All of such names at and below some places, on the file system of each; what is not there is left out."""
        found: list[dict[str, Any]] = []
        for place in places:
            with contextlib.suppress(*GONE):
                handle = self.open(place, os.O_PATH | os.O_NOFOLLOW)
                self._collect(handle, place, names, found)
        return found

    def at(self, paths: list[str]) -> list[dict[str, Any]]:
        """What lies at some paths, and nothing below; what is not there is left out."""
        found = []
        for path in paths:
            with contextlib.suppress(*GONE), self.held(path, os.O_PATH | os.O_NOFOLLOW) as handle:
                found.append(file(path, os.fstat(handle), handle))
        return found

    def _collect(self, handle: int, path: str, names: list[str], found: list[dict[str, Any]]) -> None:
        try:
            seen = os.fstat(handle)
            if any(fnmatch.fnmatchcase(path.rpartition("/")[2], name) for name in names):
                found.append(file(path, seen, handle))
            if len(found) > MOST_FILES:
                raise ValueError(f"{path}: more files than a check looks at")
            if stat.S_ISDIR(seen.st_mode):
                for name in listed(handle):
                    with contextlib.suppress(*GONE):
                        below = os.open(name, os.O_PATH | os.O_NOFOLLOW, dir_fd=handle)
                        if is_mounted(below, seen):
                            os.close(below)
                        else:
                            self._collect(below, f"{path.rstrip('/')}/{name}", names, found)
        finally:
            os.close(handle)

    def read(self, path: str, most: int) -> str | None:
        """A file's content in base64; nothing where there is no plain file up to that size."""
        with contextlib.suppress(*GONE), self.held(path) as handle:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                with open(f"/proc/self/fd/{handle}", "rb") as opened:
                    content = opened.read(most + 1)
                return None if len(content) > most else base64.b64encode(content).decode()
        return None

    def date(self, paths: list[str], at: float) -> int:
        """Have plain files look as if they were last used and changed then; gives how many there are."""
        dated = 0
        for path in paths:
            with contextlib.suppress(*GONE), self.held(path, os.O_PATH | os.O_NOFOLLOW) as handle:
                if stat.S_ISREG(os.fstat(handle).st_mode):
                    os.utime(f"/proc/self/fd/{handle}", (at, at))
                    dated += 1
        return dated

    def is_locked(self, path: str) -> bool:
        """Whether somebody holds a lock of flock(2) on a file; one that is not there yet is free."""
        try:
            handle = self.open(path, os.O_PATH)
        except GONE:
            return False
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                return False  # opening a pipe waits for who writes to it
            with open(f"/proc/self/fd/{handle}", "rb") as opened:
                fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)  # closing the file gives it back
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
        return False

    def holding(self, words: list[str], places: list[str]) -> list[str]:
        """Plain files at and below some places, on every file system there, in which one of these words can be read."""
        found = []
        for place in places:
            with contextlib.suppress(*GONE), self.held(place) as handle:
                found += [text(place.rstrip("/") + name) for name in search(handle, words)]
        return found

    def end(self, pids: list[int]) -> int:
        """End processes of the container as a crash would; gives how many were there."""
        ended = 0
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                held = os.pidfd_open(pid)  # so that the number can't have gone to another process meanwhile
                try:
                    if pid in self.pids():
                        signal.pidfd_send_signal(held, signal.SIGKILL)
                        ended += 1
                finally:
                    os.close(held)
        return ended

    def space_of(self, place: str) -> dict[str, int]:
        """What a file system says of itself."""
        with self.held(place) as handle:
            seen = os.statvfs(handle)
        room = {"size": seen.f_blocks * seen.f_frsize, "free": seen.f_bfree * seen.f_frsize}
        return room | {"files": seen.f_files, "unused": seen.f_ffree}

    def written(self) -> list[dict[str, Any]]:
        """How much lies on each file system that the container may write to."""
        with open(f"/proc/{self.pid}/mountinfo", encoding="utf-8", errors="replace") as opened:
            mounts = [line.split(" - ") for line in opened]
        found = []
        for before, after in mounts:
            place, options = before.split()[4:6]
            if after.split()[0] in KEEPING and "rw" in options.split(","):
                with contextlib.suppress(*GONE):
                    handle = self.open(unescaped(place), os.O_PATH | os.O_NOFOLLOW)
                    if stat.S_ISDIR(os.fstat(handle).st_mode):
                        files, blocks = amount(handle)
                        found.append({"place": text(unescaped(place)), "files": files, "bytes": blocks * 512})
                    else:
                        os.close(handle)
        return found

    def unlinked(self) -> int:
        """Bytes of files that have no name any more and that a process of the container still holds open."""
        held = {}
        for pid in self.pids():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                for number in os.listdir(f"/proc/{pid}/fd"):
                    with contextlib.suppress(FileNotFoundError):
                        seen = os.stat(f"/proc/{pid}/fd/{number}")
                        if stat.S_ISREG(seen.st_mode) and not seen.st_nlink:
                            held[seen.st_dev, seen.st_ino] = seen.st_blocks * 512
        return sum(held.values())

    def network(self, table: str) -> str:
        """A table of the kernel about the container's network, such as ``netstat`` or ``tcp``."""
        if not table.replace("6", "").isalpha():
            raise ValueError(table)
        with open(f"/proc/{self.pid}/net/{table}", encoding="ascii") as opened:
            return opened.read()


def search(handle: int, words: list[str]) -> list[str]:
    """The paths of plain files in which one of these words can be read, by a ``grep`` of the sidecar's own."""
    below = "/" if stat.S_ISDIR(os.fstat(handle).st_mode) else ""
    start = f"/proc/self/fd/{handle}"
    argv = ["grep", "--files-with-matches", "--recursive", "--text", "--fixed-strings", "--null", "--null-data"]
    try:
        done = subprocess.run(
            [*argv, "--devices=skip", "--file=-", "--", start + below],
            input="\n".join(words).encode(), capture_output=True, pass_fds=[handle],
            timeout=LONGEST, check=False, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise ValueError(f"more than a check looks through in {LONGEST} seconds") from None
    problems = [line for line in done.stderr.splitlines() if not line.endswith(b": No such file or directory")]
    if done.returncode not in (0, 1) and (problems or not done.stderr):
        raise ValueError(os.fsdecode(b"".join(problems[-1:])) or f"grep ended with {done.returncode}")
    return [os.fsdecode(path).removeprefix(start) for path in done.stdout.split(b"\0") if path]


def amount(folder: int) -> tuple[int, int]:
    """How many files lie below a folder on its own file system, and how many units of 512 bytes they take."""
    files = blocks = 0
    try:
        above = os.fstat(folder)
        for name in listed(folder):
            with contextlib.suppress(*GONE):
                below = os.open(name, os.O_PATH | os.O_NOFOLLOW, dir_fd=folder)
                seen = os.fstat(below)
                if not stat.S_ISDIR(seen.st_mode) or is_mounted(below, above):
                    os.close(below)
                    files, blocks = files + 1, blocks + seen.st_blocks
                else:
                    more = amount(below)
                    files, blocks = files + more[0], blocks + more[1]
    finally:
        os.close(folder)
    return files, blocks


def unescaped(place: str) -> str:
    """A path as mountinfo writes it, with blanks and the like as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place)


def listed(folder: int) -> list[str]:
    """The names in a folder, in order."""
    inside = os.open(".", os.O_RDONLY | os.O_DIRECTORY, dir_fd=folder)
    try:
        return sorted(os.listdir(inside))
    finally:
        os.close(inside)


def is_mounted(handle: int, above: os.stat_result) -> bool:
    """Whether it is a folder of another file system than the one it lies in."""
    seen = os.fstat(handle)
    return stat.S_ISDIR(seen.st_mode) and seen.st_dev != above.st_dev


def status(pid: int | str) -> dict[str, str]:
    """The kernel's word on a process."""
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as opened:
        return {name: value.strip() for name, _, value in (line.partition(":") for line in opened)}


def process(pid: int) -> dict[str, Any]:
    """A process as the host's ``ps`` would tell of it."""
    told = status(pid)
    with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as opened:
        command = opened.read().rstrip("\0").replace("\0", " ")
    return {
        "pid": pid,
        "parent": int(told["PPid"]),
        "uids": [int(word) for word in told["Uid"].split()[:3]],
        "gids": sorted({int(word) for word in f"{told['Gid']} {told['Groups']}".split()}),
        "capabilities": int(told["CapPrm"], 16),
        "state": told["State"][:1],
        "command": command or f"[{told['Name']}]",
    }


def file(path: str, seen: os.stat_result, handle: int) -> dict[str, Any]:
    """What lies at a path."""
    kinds = {stat.S_IFREG: "file", stat.S_IFDIR: "folder", stat.S_IFLNK: "link"}
    return {
        "path": text(path),
        "kind": kinds.get(stat.S_IFMT(seen.st_mode), "other"),
        "mode": stat.S_IMODE(seen.st_mode),
        "owner": seen.st_uid,
        "group": seen.st_gid,
        "size": seen.st_size,
        "inode": seen.st_ino,
        "blocks": seen.st_blocks,
        "target": text(os.readlink("", dir_fd=handle)) if stat.S_ISLNK(seen.st_mode) else "",
    }


def each(pids: Iterator[int], look: Callable[[int], Any]) -> list[Any]:
    """What is seen of each process that is still there."""
    found = []
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError, KeyError):
            found.append(look(pid))
    return found


def descriptors(pid: int) -> dict[str, Any]:
    """What a process holds open."""
    folder, held = f"/proc/{pid}/fd", []
    for number in os.listdir(folder):
        with contextlib.suppress(FileNotFoundError):  # closed since: the others are still held
            held.append(text(os.readlink(f"{folder}/{number}")))
    return {"pid": pid, "inside": int(status(pid)["NSpid"].split()[-1]), "open": held}


def text(name: str) -> str:
    """A name of any bytes as JSON can carry it."""
    return name.encode("utf-8", "replace").decode()


def setting(name: str) -> str:
    """A sysctl of the network that this sidecar shares with the container."""
    words = name.split(".")
    if words[0] != "net" or not all(word.replace("_", "").isalnum() for word in words):
        raise ValueError(name)
    with open("/proc/sys/" + "/".join(words), encoding="ascii") as opened:
        return opened.read()


def answer(target: Target, question: dict[str, Any]) -> Any:
    """Answer one question."""
    asked = question.pop("ask")
    looks: dict[str, Callable[..., Any]] = {
        "processes": lambda: each(target.pids(), process),
        "descriptors": lambda: each(target.pids(), descriptors),
        "files": target.files,
        "at": target.at,
        "read": target.read,
        "date": target.date,
        "locked": target.is_locked,
        "holding": target.holding,
        "end": target.end,
        "space": target.space_of,
        "written": target.written,
        "unlinked": target.unlinked,
        "network": target.network,
        "setting": setting,
    }
    return looks[asked](**question)


def serve(pid: int) -> None:
    """Answer until nobody asks any more."""
    target = Target(pid)
    print(json.dumps({"told": "ready"}), flush=True)
    for line in sys.stdin:
        try:
            told = {"told": answer(target, json.loads(line))}
        except (OSError, ValueError, KeyError, UnicodeError, RecursionError) as problem:
            told = {"told": None, "problem": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
