"""Puts the parts together: people, posts and drawings become a datadir and its truth."""

import multiprocessing
import sys
from collections.abc import Iterator
from functools import partial
from itertools import batched
from pathlib import Path

import PIL

from engawa import people, posts, rows, server, truth
from engawa.drawing import draw
from engawa.plan import Profile
from engawa.posts import Picture

SCHEMA = Path(__file__).parent.parent / "schema.sql"
ACCOUNTS = Path(__file__).parent.parent / "accounts.sql"
AT_ONCE = 250
"""Pictures drawn ahead: enough to keep all processors busy, few enough to fit in a small container."""


class Data:
    """The data of a profile; its pictures are drawn when they are asked for, and what they became is remembered."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.members = people.members(profile)
        self.pictures = posts.pictures(profile, self.members)
        self.remarks = posts.remarks(profile, self.pictures, self.members)
        self._lines: list[list[object]] = []

    def drawn(self) -> Iterator[tuple[Picture, bytes]]:
        """Each picture with its bytes."""
        self._lines = []
        with multiprocessing.Pool() as pool:
            for some in batched(self.pictures, AT_ONCE):
                for picture, drawn in zip(some, pool.map(partial(draw, self.profile), some, 10), strict=True):
                    self._lines.append(truth.picture_line(picture, drawn))
                    yield picture, drawn
                print(f"{self.profile.name}: {some[-1].id:,} of {len(self.pictures):,} pictures", file=sys.stderr)

    def draw(self) -> None:
        """Draw all pictures for their truth alone."""
        for _ in self.drawn():
            pass

    def truth(self) -> str:
        """The truth, once all pictures are drawn."""
        return truth.text(self.profile, PIL.__version__, self.members, self._lines, self.remarks)


def make(data: Data, folder: Path) -> None:
    """Make a datadir that holds the data."""
    server.create(folder)
    with server.running(folder) as database:
        database.run(SCHEMA.read_text() + ACCOUNTS.read_text())
        database.load("members", _members(data))
        database.load("pictures", _pictures(data))
        database.load("remarks", (rows.row(remark) for remark in data.remarks))
        database.run("USE board; ANALYZE TABLE members, pictures, remarks;")


def _members(data: Data) -> Iterator[bytes]:
    for one in data.members:
        digest = people.digest(one.salt, one.password)
        yield rows.row((one.id, one.name, one.salt, digest, one.moderator, one.banished, one.joined_at))


def _pictures(data: Data) -> Iterator[bytes]:
    for one, drawn in data.drawn():
        yield rows.row((one.id, one.member, one.mime, drawn, one.caption, one.created_at))
