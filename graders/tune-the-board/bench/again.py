"""What a run has written, kept as JSON and read again later: after the load, and after a restart."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from kikori.bench.api import Request, UserSession, Violation

from .page import page, there
from .reading import Reader
from .world import NEVER, World

MOST = 60


def probes(world: World) -> dict[str, Any]:
    """The pictures and remarks of this run that were acknowledged and whose members are not banished."""
    pictures = [p for p in world.started.values() if p.known_at != NEVER and not p.by.passing]
    remarks = [(world.below[r.words].id, r) for r in world.said.values() if r.known_at != NEVER and not r.by.passing]
    return {
        "pictures": [[p.id, p.path, p.sha256, p.caption, p.by.name] for p in pictures[-MOST:]],
        "remarks": [[number, remark.words, remark.by.name] for number, remark in remarks[-MOST:]],
    }


def read_again(reader: Reader, kept: dict[str, Any]) -> Sequence[tuple[str, Callable[[], UserSession]]]:
    """One visit for each picture and each remark."""
    pictures = [(f"picture {one[0]}", partial(_picture, *one)) for one in kept["pictures"]]
    return pictures + [(f"remark at {one[0]}", partial(_remark, *one)) for one in kept["remarks"]]


def _picture(number: int, path: str, sha256: str, caption: str, name: str) -> UserSession:
    own, image = Request(f"/p/{number}"), Request(path)
    (answer,) = yield [own]
    if answer.status == 404:
        raise Violation("lost-write", f"picture {number} of {name} is gone", own)
    articles = page(answer, own).articles
    if not articles or (articles[0].caption, articles[0].by) != (caption, name):
        raise Violation("lost-write", f"picture {number} is not the one of {name}", own)
    (answer,) = yield [image]
    there(answer, 200, image)
    if hashlib.sha256(answer.body).hexdigest() != sha256:
        raise Violation("wrong-bytes", f"{path} is another picture than the one that was put up", image)


def _remark(number: int, words: str, name: str) -> UserSession:
    own = Request(f"/p/{number}")
    (answer,) = yield [own]
    said = [(one.words, one.by) for article in page(answer, own).articles for one in article.remarks]
    if (words, name) not in said:
        raise Violation("lost-write", f"the remark {words!r} of {name} at picture {number} is gone", own)
