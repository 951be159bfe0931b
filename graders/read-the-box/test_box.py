"""Is the box as it was, and does it do what it did?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from untouched import (
    expected_ports,
    left_paths,
    listening,
    missing_processes,
    not_as_left,
    started_at,
    still,
    strange_paths,
    supervised,
)

from kikori.grading import Scene, eventually, reasons

if TYPE_CHECKING:
    from railway.box import Box

    from conftest import Callers

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(90)
SHOWN = 3
"""How many strange paths a reason names: they are the learner's own, and no answer."""
LARGEST = 8192
SOON = 15
CLOCKS = 2
"""Seconds by which what two programs note as now may differ."""


@pytest.mark.guard
def test_callers(callers: Callers) -> None:
    """Those who call the box get what they ask for.

    ja: このサーバーを呼ぶ相手は、求めるものを受け取っている。
    """
    kinds = callers.book.kinds
    refused = sum(kind["bad"] for kind in kinds.values())
    silent = len(callers.silent)
    assert not silent, reason("callers-silent", silent=silent)
    assert not refused, reason("callers-refused", refused=refused)


@pytest.mark.guard
def test_untouched(scene: Scene, box: Box, callers: Callers) -> None:
    """The box is as it was found: nothing was started anew, stopped, written or installed.

    ja: サーバーは見つけたときのままである。再起動、停止、書き込み、インストールのどれもされていない。
    """
    begun, kinds = callers.book
    anew = sum(kind["began_anew"] for kind in kinds.values())
    assert not anew, reason("untouched-anew", anew=anew)
    missing = eventually(lambda: _missing(scene, box), lambda found: not found, within=SOON)
    assert not missing, reason("untouched-processes", count=len(missing))
    beside = scene.sidecar("box")
    states = {name: beside.read(f"/etc/sv/{name}/supervise/status") or b"" for name in supervised(box)}
    again = [name for name, state in states.items() if started_at(state) > begun + CLOCKS]
    assert not again, reason("untouched-services", some=again)
    ports, wanted = listening(beside.network("tcp")), expected_ports(box)
    assert ports == wanted, reason("untouched-ports", more=len(ports - wanted), fewer=len(wanted - ports))
    strange = _strange(scene, box)
    assert not strange, reason("untouched-files", count=len(strange), some=strange[:SHOWN])
    lying = {one.path: (one.mode, one.owner, one.size) for one in beside.at(*left_paths(box))}
    lost = not_as_left(lying, box)
    assert not lost, reason("untouched-lost", count=len(lost), some=lost[:SHOWN])
    changed = [one.path for one in still(box) if beside.read(one.path, LARGEST) != one.data]
    assert not changed, reason("untouched-text", some=changed[:SHOWN])


def _missing(scene: Scene, box: Box) -> list[str]:
    found = [(one.command, one.uids[0]) for one in scene.processes("box")]
    return missing_processes(found, box)


def _strange(scene: Scene, box: Box) -> list[str]:
    """Name what lies in the box and is not its own; a folder in which something was for a while only looks changed."""
    changes = {str(row["Path"]): int(row["Kind"]) for row in scene.container("box").diff() or ()}
    beside = scene.sidecar("box")
    found = strange_paths(changes, box)
    folders = {one.path for one in beside.at(*found) if one.kind == "folder"} if found else set()
    in_memory = [one.path for one in beside.files("/dev/shm") if one.kind == "file"]  # noqa: S108  # it is looked at
    return [path for path in found if path not in folders or changes[path] == 1] + [
        path for path in in_memory if path != box.memory
    ]
