"""The data disk and the logs, as more than one check looks at them."""

from collections.abc import Callable

import pytest
from logs import Logs

from kikori.grading import Scene


class Disk:
    """What the data disk says of itself, in bytes and files, and what can be found on it by name."""

    def __init__(self, scene: Scene) -> None:
        room = scene.sidecar("web").space("/data")
        blocks = {file.inode: file.blocks for file in scene.sidecar("web").files("/data")}
        self.size, self.free, self.inodes, self.inodes_free = room.size, room.free, room.files, room.unused
        self.nameless = max(0, room.size - room.free - 512 * sum(blocks.values()))
        """How much is used and has no name."""


@pytest.fixture
def disk(scene: Scene) -> Callable[[], Disk]:
    """Look at the data disk."""
    return lambda: Disk(scene)


@pytest.fixture(scope="module")
def logs(scene: Scene) -> Logs:
    """The service's logs."""
    return Logs(scene)
