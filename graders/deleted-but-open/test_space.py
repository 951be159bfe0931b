"""Is there room on the data disk, and has all that is used a name?"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from kikori.grading import eventually, say

if TYPE_CHECKING:
    from conftest import Disk

MIB = 2**20
NAMELESS = 2 * MIB


@pytest.mark.needs("test_server_is_up")
def test_room(disk: "Callable[[], Disk]") -> None:
    """A quarter of the data disk is free, in bytes and in files.

    ja: データ用ディスクは、容量もファイル数も、4分の1が空いている。
    """
    seen = eventually(disk, lambda now: 4 * now.free >= now.size and 4 * now.inodes_free >= now.inodes, within=2)
    assert 4 * seen.free >= seen.size, say(
        f"{seen.free / MIB:.1f} of {seen.size / MIB:.0f} MiB are free on /data. What takes the rest?",
        f"/data の空きは {seen.size / MIB:.0f} MiB のうち {seen.free / MIB:.1f} MiB です。残りは何が使っていますか",
    )
    assert 4 * seen.inodes_free >= seen.inodes, say(
        f"/data can take {seen.inodes_free} more files, of {seen.inodes} in all. Where are so many?",
        f"/data に作れるファイルは、全部で {seen.inodes} 個のうち、あと {seen.inodes_free} 個です。"
        "どこにそんなにあるのでしょうか",
    )


@pytest.mark.needs("test_server_is_up")
def test_space_has_a_name(disk: "Callable[[], Disk]") -> None:
    """What is used on the data disk can be found there by name.

    ja: データ用ディスクの使用分は、名前をたどって見つけられる。
    """
    seen = eventually(disk, lambda now: now.nameless <= NAMELESS, within=3)
    assert seen.nameless <= NAMELESS, say(
        f"df counts {seen.nameless / MIB:.0f} MiB on /data that du does not find. What can be there without a name?",
        f"/data では、df が数える容量のうち {seen.nameless / MIB:.0f} MiB が du では見つかりません。"
        "名前がなくても存在できるものは何でしょうか",
    )
