"""Is what was to stay as it is still so: users and their rights, the harbour, and services that run?"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath

import pytest

from kikori.errors import OurFault
from kikori.grading import (
    File,
    Process,
    Scene,
    answering,
    assert_unprivileged,
    eventually,
    quoted,
    reasons,
    rights_of_root,
    serving,
)

reason = reasons(__file__)

SERVICES = ("desk", "edge", "harbour")
SHARED = (*range(1, 100), 65534)
"""The users that every Debian has, such as www-data and nobody: services get others (Debian policy, 9.2.2)."""
PROGRAM = "/srv/harbour/harbour.py"
"""What the harbour runs."""
RUN_BY_THE_DESK = ("/run-desk", "/srv/desk/desk.py", "/etc/desk/desk.conf")
"""Files alone: the desk may have a folder of its own for what it writes."""
FLAGS = re.compile("-[A-Za-z]+")
SCRIPTS = (".py", ".sh")


@contextmanager
def up(scene: Scene, service: str) -> Iterator[None]:
    """Block a look inside a service that ends meanwhile: another check tells of that."""
    begun = scene.inspect(service)["State"]["StartedAt"]
    try:
        yield
    except OurFault:
        seen = scene.inspect(service)["State"]
        if seen["Running"] and seen["StartedAt"] == begun:
            raise
        pytest.skip(reason("up", service=service))


@pytest.mark.guard
@pytest.mark.static
def test_desk_is_not_root(scene: Scene) -> None:
    """The desk is started for a user of its own, and not for root.

    ja: desk は root ではなく、専用のユーザーで起動されている。
    """
    user = str(scene.inspect("desk")["Config"]["User"])
    assert scene.uid("desk") != 0, reason("desk-is-not-root", user=user or "root")
    assert scene.uid("desk") not in SHARED, reason("desk-is-not-root-2", user=user)


def programs(scene: Scene) -> list[str]:
    """Find the scripts and programs that the desk is started with, wherever they were moved."""
    about, beside = scene.inspect("desk")["Config"], scene.sidecar("desk")
    said = [*(about["Entrypoint"] or ()), *(about["Cmd"] or ()), *(one.command for one in serving(scene, "desk"))]
    words = {word.strip("\"';&") for text in said for word in text.split()}
    named = sorted(word for word in words if word.startswith("/"))
    others = {PurePosixPath(word).name for word in words if word.endswith(SCRIPTS) and not word.startswith("/")}
    found = [*beside.at(*named), *(beside.files("/", names=(*others,)) if others else ())]
    return [one.path for one in found if one.kind == "file" and (one.path.endswith(SCRIPTS) or one.mode & 0o111)]


def imports(command: str, environment: str, found: list[str]) -> set[str]:
    """From which folders a Python process may import, beside its own: its script's, and those of its environment."""
    flags = "".join(word[1:] for word in command.split()[1:] if FLAGS.fullmatch(word))
    given = dict(pair.partition("=")[::2] for pair in environment.split("\0"))
    named = {PurePosixPath(word).name for word in command.split()}
    folders = {str(PurePosixPath(path).parent) for path in found if PurePosixPath(path).name in named}
    safe = given.get("PYTHONSAFEPATH") or {"I", "P"} & {*flags}
    said = given.get("PYTHONPATH", "").split(":") if not {"I", "E"} & {*flags} else []
    return (set() if safe else folders) | {path for path in said if path.startswith("/")}


def may_add(folder: File, who: Process) -> bool:
    """Whether a process may put something into a folder; that others' files there are safe from it does not matter."""
    right = 0o020 if folder.group in who.gids else 0o002
    return folder.kind == "folder" and (folder.owner in who.uids or bool(folder.mode & right))


def check_imports(scene: Scene, found: list[str]) -> None:
    """Whoever talks in the desk puts nothing where it would be imported."""
    beside = scene.sidecar("desk")
    inside = {one.pid: one.inside for one in beside.descriptors()}
    for one in sorted(serving(scene, "desk"), key=lambda process: process.pid):
        environment = (beside.read(f"/proc/{inside.get(one.pid, 1)}/environ") or b"").decode(errors="replace")
        chains = [[path, *map(str, PurePosixPath(path).parents)] for path in imports(one.command, environment, found)]
        there = {file.path: file for file in beside.at(*sorted({path for chain in chains for path in chain}))}
        for chain in chains:
            folder = next(there[path] for path in chain if path in there)  # or the one that it would be made in
            assert not may_add(folder, one), reason(
                "imports", command=quoted(one.command), user=one.uids[1], folder=folder.path, mode=f"{folder.mode:o}"
            )


@pytest.mark.guard
@pytest.mark.timeout(40)
def test_desk_rights(scene: Scene) -> None:
    """The desk has no rights of root's, and can't change what it runs.

    ja: desk は root の権利を持たず、自分が実行するものを書き換えられない。
    """
    with up(scene, "desk"):
        found = programs(scene)
        assert_unprivileged(scene, "desk", *RUN_BY_THE_DESK, *found)
        check_imports(scene, [*RUN_BY_THE_DESK, *found])


@pytest.mark.guard
def test_edge_rights(scene: Scene) -> None:
    """Boards, printers and phones are not answered by root at the edge.

    ja: edge で案内板やプリンター、スマートフォンの相手をするのは root ではない。
    """

    def as_root() -> list[Process]:
        return [one for one in answering(scene, "edge") if one.is_root]

    with up(scene, "edge"):
        found = eventually(as_root, lambda seen: not seen, within=3)  # nginx that has just begun has no workers yet
        right = next(filter(None, map(rights_of_root, answering(scene, "edge"))), "")
    assert not found, reason("edge-rights", command=quoted(found[0].command))
    assert not right, reason("edge-rights-2", right=right)


@pytest.mark.guard
@pytest.mark.static
def test_harbour_is_as_it_was(scene: Scene) -> None:
    """The harbour is as it was: its boards, its printers, its office.

    ja: 港は元のままである。案内板も、プリンターも、事務所も。
    """
    about = scene.inspect("harbour")["Config"]
    given = dict(pair.partition("=")[::2] for pair in about["Env"] or ())
    boards, seen = str(scene.params["boards"]), given.get("BOARDS", "")
    assert seen == boards, reason("harbour-is-as-it-was", boards=boards, seen=quoted(seen))
    command = " ".join([*(about["Entrypoint"] or ()), *(about["Cmd"] or ())])
    assert command == f"python3 {PROGRAM}", reason("harbour-is-as-it-was-2", command=quoted(command))
    changed = {row["Path"] for row in scene.container("harbour").diff() or ()}
    assert PROGRAM not in changed, reason("harbour-is-as-it-was-3", program=PROGRAM)


@pytest.mark.guard
def test_no_restart_loop(scene: Scene) -> None:
    """No service is started over and over.

    ja: 何度も起動し直されているサービスはない。
    """
    counts = {name: int(scene.inspect(name)["RestartCount"]) for name in SERVICES}
    worst = max(counts, key=lambda name: counts[name])
    assert counts[worst] < 2, reason("no-restart-loop", worst=worst, counts=counts[worst])
