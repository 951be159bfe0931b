"""Is there room on the data disk, and has all that is used a name?"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kikori.grading import eventually, reasons

if TYPE_CHECKING:
    from conftest import Disk

reason = reasons(__file__)

MIB = 2**20
NAMELESS = 2 * MIB


@pytest.mark.needs("test_server_is_up")
def test_room(disk: "Callable[[], Disk]") -> None:
    """A quarter of the data disk is free, in bytes and in files.

    ja: データ用ディスクは、容量もファイル数も、4分の1が空いている。
    """
    seen = eventually(disk, lambda now: 4 * now.free >= now.size and 4 * now.inodes_free >= now.inodes, within=2)
    assert 4 * seen.free >= seen.size, reason("room", free=seen.free / MIB, size=seen.size / MIB)
    assert 4 * seen.inodes_free >= seen.inodes, reason("room-2", inodes_free=seen.inodes_free, inodes=seen.inodes)


@pytest.mark.needs("test_server_is_up")
def test_space_has_a_name(disk: "Callable[[], Disk]") -> None:
    """What is used on the data disk can be found there by name.

    ja: データ用ディスクの使用分は、名前をたどって見つけられる。
    """
    seen = eventually(disk, lambda now: now.nameless <= NAMELESS, within=3)
    assert seen.nameless <= NAMELESS, reason("space-has-a-name", nameless=seen.nameless / MIB)
