"""Does the choir's job count what is there? Pictures come whose number nobody could know before."""

import io
import secrets
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from kikori.grading import Scene, eventually

PICTURES = "/srv/site/pictures"
FRESH = 6
PATIENCE = 10
LONGER = 30
"""Seconds that a job has for a number that is right, on a busy machine, too: it is begun each second."""
MISSED = 10
"""Pictures that may have come, or may not be named as pictures are, since they were counted."""
FLIGHT = 4
"""Pictures that may be half there: so many programs the server runs at once."""
FEWEST, SPREAD = 30, 60
MODE, SITE = 0o755, 10001
"""As the choir's own program leaves a picture."""


class Counted(NamedTuple):
    """What the job said, and what lay there just before."""

    count: int
    at: int
    pictures: int
    files: int
    seen: float
    """When it was looked at: what is said of it later may not depend on how long that took."""

    @property
    def is_fresh(self) -> bool:
        """Whether the job had counted just then."""
        return abs(self.at - self.seen) < FRESH

    @property
    def is_right(self) -> bool:
        """Whether it may be the number of what lay there; what is no picture by its name may count or not."""
        return self.is_fresh and self.pictures - MISSED <= self.count <= self.files + FLIGHT


class Grown(NamedTuple):
    """What the job said before pictures came and afterwards."""

    more: int
    before: Counted
    after: Counted

    @property
    def is_right(self) -> bool:
        """Whether the number grew by what came, and by what may have come besides."""
        grown, besides = self.after.count - self.before.count, self.after.files - self.before.files - self.more
        return self.after.is_right and self.more - MISSED <= grown <= self.more + max(0, besides) + MISSED


def last_count(scene: Scene) -> tuple[int, int]:
    """How many pictures were counted last, and when; 0 where nothing says so."""
    words = scene.get("web", "/count.txt").text.split()
    count, at = words if len(words) == 2 and all(map(str.isdecimal, words)) else ("0", "0")
    return int(count), int(at)


def counted(scene: Scene) -> Counted:
    """Look at what lies there, and then at what was counted last."""
    lying = [file.path for file in scene.files("web", PICTURES) if file.kind == "file"]
    pictures = sum(path.endswith(".jpg") for path in lying)
    return Counted(*last_count(scene), pictures, len(lying), time.time())


def counted_soon(scene: Scene) -> Counted:
    """The same, once it is fresh and right, or after all patience."""
    seen = eventually(lambda: counted(scene), lambda one: one.is_fresh, within=PATIENCE)
    return eventually(lambda: counted(scene), lambda one: one.is_right, within=LONGER) if seen.is_fresh else seen


def grown(scene: Scene, before: Counted) -> Grown:
    """Let pictures come whose number is drawn anew each time, see what is counted then, and take them away."""
    more = FEWEST + secrets.randbelow(SPREAD)
    with visiting(scene, more):
        return eventually(
            lambda: Grown(more, before, counted(scene)), lambda one: one.is_right, within=LONGER, every=0.3
        )


@contextmanager
def visiting(scene: Scene, more: int) -> Iterator[None]:
    """So many pictures lie there for a while."""
    mark = f"choir-check-{secrets.token_hex(3)}"
    scene.container("web").put_archive(PICTURES, packed([f"{mark}-{number}.jpg" for number in range(more)]))
    try:
        yield
    finally:
        # runs: it takes away what the check has put there, and says nothing
        scene.host("web").run(f"rm -f {PICTURES}/{mark}-*.jpg")


def packed(names: list[str]) -> bytes:
    """Pictures, as the engine takes them."""
    files = io.BytesIO()
    with tarfile.open(fileobj=files, mode="w") as archive:
        for name in names:
            picture = secrets.token_hex(200).encode()
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.uid, member.gid, member.mtime = len(picture), MODE, SITE, SITE, time.time()
            archive.addfile(member, io.BytesIO(picture))
    return files.getvalue()
