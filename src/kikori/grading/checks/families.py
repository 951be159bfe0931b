"""Looks that shared checks are made of, against the families of wrong solutions that strangers tried.

``growth`` is for what is left behind, ``unkept`` for work that was dropped and called done, ``writable_by`` for rights
that were given away, ``answering`` for whose rights matter. Other inputs than a learner can see come from
``Scene.draw``; requests that no service can tell from a user's from ``Scene.ask``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

from kikori.engine.outside import File, Process
from kikori.errors import OurFault
from kikori.grading.scene import Scene
from kikori.grading.texts import eventually, quoted, say
from kikori.model.record import Record

Key = TypeVar("Key")
Value = TypeVar("Value")
LISTENING = "0A"
"""The state of a socket that waits for connections, in the kernel's tables (TCP_LISTEN)."""
SYSTEM = ("/bin", "/sbin", "/lib", "/lib64", "/usr", "/etc")
"""Where those programs, libraries and settings lie with which root works."""
CHANGING = ("/dev/", "/proc/", "/run/", "/var/log/")
"""Where root's processes write, rather than read what they are to do."""
Limits = Mapping[str, int]
"""By field of ``Amount``, how much more a round of work may leave."""


class Amount(Record):
    """What a service has, at one moment, of all that work can leave behind."""

    processes: int
    """Its first process and all below it; what a healthcheck or a shell started is not among them."""
    ended: int
    """Processes that have ended and that nobody has collected."""
    descriptors: int
    """Open files and the like, of all its processes."""
    connections: int
    """Open sockets and pipes, of all its processes."""
    files: int
    """On every file system that it may write to."""
    bytes: int
    """Of those files, and of files without a name that are still held open."""


def amount(scene: Scene, service: str) -> Amount:
    """Count what a service has, as the kernel tells it beside the service; it costs 0.2 s.

    Raises:
        NotRunning: its container does not run, so nothing can be said about its inside.
    """
    beside = scene.sidecar(service)
    own = family(beside.processes(), int(scene.inspect(service)["State"]["Pid"]))
    pids = {one.pid for one in own}
    held = [name for one in beside.descriptors() if one.pid in pids for name in one.open]
    passing = sum(name.startswith(("socket:", "pipe:")) for name in held)
    written = beside.written()
    return Amount(
        processes=sum(not one.has_ended for one in own),
        ended=sum(one.has_ended for one in own),
        descriptors=len(held) - passing,
        connections=passing,
        files=sum(one.files for one in written),
        bytes=sum(one.bytes for one in written) + beside.unlinked(),
    )


def family(processes: Iterable[Process], first: int) -> list[Process]:
    """Those processes that are, or descend from, the one with a number."""
    left = {one.pid: one for one in processes}
    found = [left.pop(first)] if first in left else []
    for parent in found:  # it grows meanwhile
        below = [one for one in left.values() if one.parent == parent.pid]
        found += [left.pop(one.pid) for one in below]
    return found


def serving(scene: Scene, service: str) -> list[Process]:
    """Find the processes of a service that hold a socket, whatever they call themselves.

    Supervisors hold none, nor do what they keep alive for nothing and a person's shell.

    Raises:
        NotRunning: its container does not run, so nothing can be said about its inside.
    """
    beside = scene.sidecar(service)
    own = family(beside.processes(), int(scene.inspect(service)["State"]["Pid"]))
    talking = {one.pid for one in beside.descriptors() if any(name.startswith("socket:") for name in one.open)}
    return [one for one in own if one.pid in talking]


def assert_unprivileged(scene: Scene, service: str, *programs: str) -> None:
    """Assert that what talks in a service has none of root's rights, and can rewrite none of its programs.

    Those are what lies at ``programs``, what root works with, and what root's own processes name.

    Raises:
        NotRunning: the container does not run, so nothing can be said about its inside.
    """
    told = eventually(lambda: _privileges(scene, service, programs), lambda told: not told, within=3)
    assert not told, told  # noqa: S101  # in a grader it is a verdict


def _privileges(scene: Scene, service: str, programs: Iterable[str]) -> str:
    """Why what talks in a service has more rights than it needs; empty where it has not."""
    own = serving(scene, service)
    if not own:
        return say(
            f"expected a program in {service} that users can talk to, saw none",
            f"{service} には利用者の相手をするプログラムがあるはずですが、一つもありません",
        )
    if rooted := [one.command for one in own if one.is_root]:
        return say(
            f"this runs as root: {quoted(rooted[0])}. Who needs which right?",
            f"root で動いているものがあります: {quoted(rooted[0])}。誰にどの権利が要りますか",
        )
    if told := next(filter(None, map(rights_of_root, own)), ""):
        return told
    places = (*SYSTEM, *programs, *named_by_root(scene, service))
    for one in {(process.uids, process.gids): process for process in own}.values():
        for file in writable_by(scene, service, one, *places):
            return say(
                f"{quoted(one.command)} runs as user {one.uids[1]}, who could rewrite {file.path}, owned by user "
                f"{file.owner}, mode {file.mode:o}. Who needs which right?",
                f"{quoted(one.command)} はユーザー {one.uids[1]} で動いていて、{file.path}（所有者 {file.owner}、"
                f"モード {file.mode:o}）を書き換えられます。誰にどの権利が要りますか",
            )
    return ""


def rights_of_root(one: Process) -> str:
    """Why a process of a sidecar's that is not root has root's rights all the same; empty where it has none."""
    if 0 in one.gids:
        return say(
            f"{quoted(one.command)} is in root's group (gid 0): what that group may read, the process may, too",
            f"{quoted(one.command)} は root のグループ（gid 0）に属していて、そのグループが読めるものは何でも読めます",
        )
    if one.powers:
        return say(
            f"{quoted(one.command)} is not root and has {one.powers[0]}, one of root's rights",
            f"{quoted(one.command)} は root ではありませんが、root の権限のひとつ {one.powers[0]} を持っています",
        )
    return ""


def named_by_root(scene: Scene, service: str) -> list[str]:
    """The files in the commands of a service's processes that are root's: scripts, programs, settings; and no logs."""
    beside = scene.sidecar(service)
    own = family(beside.processes(), int(scene.inspect(service)["State"]["Pid"]))
    words = {word for one in own if one.is_root for word in one.command.split() if word.startswith("/")}
    found = beside.at(*sorted(words))
    return [file.path for file in found if file.kind == "file" and not file.path.startswith(CHANGING)]


def growth(
    look: Callable[[], Amount], work: Callable[[], object], most: Limits, *, rounds: int = 3, rest: float = 3.0
) -> dict[str, int]:
    """Work again and again until a round leaves no more than ``most``; gives what is beyond it after the last round.

    The first round is not counted: caches fill, connections are made. After each, ``rest`` seconds are given to what is
    still being tidied. What comes to rest later than usual has ``rounds`` rounds for it.
    """
    work()
    before, beyond = look(), dict[str, int]()
    for _ in range(rounds):
        work()
        after = eventually(look, lambda seen: not _beyond(before, seen, most), within=rest, every=0.3)  # noqa: B023
        beyond = _beyond(before, after, most)
        if not beyond:
            break
        before = after
    return beyond


def _beyond(before: Amount, after: Amount, most: Limits) -> dict[str, int]:
    grown = {name: getattr(after, name) - getattr(before, name) for name in most}
    return {name: by for name, by in grown.items() if by > most[name]}


WORDS = {
    "processes": ("{} processes", "プロセス{}個"),
    "ended": (
        "{} processes that have ended and that nobody has collected",
        "終了したのに回収されていないプロセス{}個",
    ),
    "descriptors": ("{} open descriptors", "開いたままのディスクリプタ{}個"),
    "connections": ("{} open sockets and pipes", "開いたままのソケットとパイプ{}個"),
    "files": ("{} files", "ファイル{}個"),
    "bytes": ("{} KiB on disk or in memory file systems", "ディスクやメモリ上のファイルシステムの{} KiB"),
}


def in_words(amounts: Mapping[str, int]) -> str:
    """Amounts as a reason says them: ``12 files and 3 open descriptors``."""
    count = {name: many // 1024 if name == "bytes" else many for name, many in amounts.items()}
    english, japanese = ([WORDS[name][at].format(many) for name, many in count.items()] for at in (0, 1))
    return say(" and ".join(english), "、".join(japanese))


def unkept(told: Mapping[Key, Value], done: Callable[[Key], Value], *, within: float = 5.0) -> dict[Key, Value]:
    """Hold what users were told against what was done; gives, of what differs in the end, what was done instead."""
    left = dict[Key, Value]()

    def look() -> dict[Key, Value]:
        seen = {key: done(key) for key in (left or told)}
        left.clear()
        left.update({key: value for key, value in seen.items() if value != told[key]})
        return left

    return dict(eventually(look, lambda differing: not differing, within=within, every=0.2)) if told else {}


def answering(scene: Scene, service: str) -> list[Process]:
    """The processes that take a service's connections, whatever they call themselves.

    They listen at a TCP port at which no child of theirs does: whoever only opened it for its workers is left out.

    Raises:
        NotRunning: the container does not run.
    """
    beside = scene.sidecar(service)
    rows = [line.split() for line in beside.network("tcp").splitlines()]
    with contextlib.suppress(OurFault):  # a computer without IPv6 has no such table
        rows += [line.split() for line in beside.network("tcp6").splitlines()]
    doors = {f"socket:[{row[9]}]" for row in rows if row[3] == LISTENING}
    held = {one.pid: doors.intersection(one.open) for one in beside.descriptors()}
    found = [one for one in beside.processes() if held.get(one.pid)]

    def left(one: Process) -> set[str]:
        return held[one.pid].difference(*(held[other.pid] for other in found if other.parent == one.pid))

    return [one for one in found if left(one)]


def writable_by(scene: Scene, service: str, who: Process, *places: str) -> list[File]:
    """What a process may rewrite, put into, or put another in the place of: at, below and above some places.

    An owner may give itself the right; what lies behind a folder that the process can't enter is out of its reach. A
    sticky folder above a place keeps what lies there; one at or below a place is told, since something may be added.
    ``who`` comes from a sidecar, which tells its groups and capabilities.

    Raises:
        NotRunning: the container does not run.
    """
    beside = scene.sidecar(service)
    above = sorted({str(parent) for place in places for parent in PurePosixPath(place).parents})
    inside = {file.path: file for file in beside.files(*places)}
    found = {file.path: file for file in beside.at(*above)} | inside
    closed = {path for path, file in found.items() if file.kind == "folder" and not _may(0o1, file, who)}
    return [
        file
        for path, file in found.items()
        if _may(0o2, file, who)
        and not (path not in inside and _keeps(file, who))
        and not any(str(parent) in closed for parent in PurePosixPath(path).parents)
    ]


def _may(right: int, file: File, who: Process) -> bool:
    """Whether a process has, or may give itself, one of the rights 4, 2 and 1 at a file."""
    if file.kind == "link":
        return False
    if 0 in who.uids or file.owner in who.uids or who.powers:
        return True
    return bool(file.mode & (right << 3 if file.group in who.gids else right))


def _keeps(folder: File, who: Process) -> bool:
    """Whether a folder is sticky: there a process may put another in the place of its own files alone."""
    is_free = 0 in who.uids or folder.owner in who.uids or bool(who.powers)
    return folder.kind == "folder" and bool(folder.mode & 0o1000) and not is_free
