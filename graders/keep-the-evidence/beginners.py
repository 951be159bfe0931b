"""What the intruder left to be run again: does it still lie where the server starts things, whatever it is called?"""

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from kikori.errors import OurFault
from kikori.grading import Scene

PLACES = ("/etc/often", "/srv/site/jobs", "/srv/site/cgi", "/etc/service")
"""What is run at its time, what is run for a visitor, and what the supervisor runs."""
SERVICES = "/etc/runit/runsvdir/default"
"""The same as /etc/service, where that is the link that it is from the beginning."""
MOST_LINKS = 4
"""So many links are followed one after the other; a folder that leads to itself has no end."""


def beginners(scene: Scene, record: dict[str, Any]) -> list[str]:
    """Give the paths of executable files of his there: as he left them, or with words that only his have."""
    his = {file["sha256"] for one in record["processes"][:1] for file in one["files"]}
    marks = (record["token"], f"/dev/tcp/intruder/{scene.params['port']}")

    def is_his(path: str) -> bool:
        text = scene.read("web", path)
        return sha256(text.encode()).hexdigest() in his or any(mark in text for mark in marks)

    return [path for path in sorted(executables(scene)) if is_his(path)]


def executables(scene: Scene) -> set[str]:
    """Give the paths of all that can be run in and below those places, by whatever name, and held down or not."""
    return {path for place in {*PLACES, SERVICES} for path in below(scene, place, MOST_LINKS)}


def below(scene: Scene, place: str, links: int) -> Iterator[str]:
    """Give the executable files at and below a place, and those to which links there lead."""
    for file in scene.files("web", place):
        if file.kind == "file" and file.mode & 0o111:
            yield file.path
        elif file.kind == "link" and links:
            with suppress(OurFault):  # it leads to half the disk: nothing there is begun by the server
                yield from [*below(scene, str(PurePosixPath(file.path).parent / file.target), links - 1)]
