"""Holds as readers place them, and where their slips are looked for."""

from __future__ import annotations

import json
import secrets
from typing import Any, NamedTuple
from urllib.parse import quote

from kikori.errors import OurFault
from kikori.grading import Answer, Scene

SERVICE = "catalogue"
SLIPS = "/var/lib/catalogue/slips"
"""From where the front desk collects the slips, as on the task page."""
LARGEST = 4096
"""Bytes of a slip."""
READERS = (
    "R-20", "Ann Lee", "O'Brien", "佐藤 花子", 'Emi "Mimi" Kato', "Endo; x", "Mori & Sons", "Abe $1", "Ito `x`", "山口",
    "Ogawa | Jun", "Hayashi > Abe", "Yamada (3b)", "Tanaka #4", "Sasaki *",
)  # fmt: skip
"""Names as people have and give them, with signs that a shell has a meaning for."""


class Hold(NamedTuple):
    """A book that waits for a reader."""

    number: str
    book: int
    reader: str


def readers_of(scene: Scene, what: str, count: int) -> list[str]:
    """Draw readers, no two alike: each name once before any comes again."""
    chance, found = scene.draw(what), list[str]()
    while len(found) < count:
        found += [f"{name} {len(found) + 100 + turn}" for turn, name in enumerate(chance.sample(READERS, len(READERS)))]
    return found[:count]


def content(text: str) -> dict[str, Any]:
    """Read the JSON object of an answer; empty where it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def reserve(scene: Scene, reader: str) -> tuple[Answer, Hold]:
    """Put a book on hold; the number is empty where none came."""
    book = secrets.randbelow(9000) + 1000
    answer = scene.ask("POST", SERVICE, "/holds", json={"book": book, "reader": reader})
    number = content(answer.text).get("id") if 200 <= answer.status < 300 else None
    return answer, Hold(str(number or ""), book, reader)


def cancel(scene: Scene, *holds: Hold) -> None:
    """Cancel holds: a grader reads no books."""
    for hold in holds:
        scene.ask("DELETE", SERVICE, address(hold))


def address(hold: Hold) -> str:
    """Give the path at which a hold is looked up."""
    return f"/holds/{quote(hold.number, safe='')}"


def shown(scene: Scene, hold: Hold) -> dict[str, Any]:
    """Ask the service for a hold."""
    return content(scene.get(SERVICE, address(hold)).text)


def is_kept(seen: dict[str, Any], hold: Hold) -> bool:
    """Tell whether a hold is there as it was placed."""
    return (str(seen.get("book")), seen.get("reader")) == (str(hold.book), hold.reader)


def slip_in(seen: dict[str, Any]) -> str:
    """Take the slip that is shown with a hold; empty where none is."""
    return str(seen.get("slip") or "")


def is_complete(scene: Scene, slip: str, hold: Hold) -> bool:
    """Tell whether a slip has the town, hold, book and reader."""
    return all(word in slip for word in (scene.params["town"], hold.number, str(hold.book), hold.reader))


def slips_in_folder(scene: Scene) -> set[str]:
    """List the files that the front desk can collect."""
    return {one.path for one in scene.sidecar(SERVICE).files(SLIPS) if one.kind == "file" and one.size <= LARGEST}


def without_paper(scene: Scene, holds: list[Hold], earlier: set[str]) -> list[Hold]:
    """List the holds without a complete slip among the new files there: all, where the service does not run."""
    try:
        beside = scene.sidecar(SERVICE)
        texts = [(beside.read(path) or b"").decode("utf-8", "replace") for path in slips_in_folder(scene) - earlier]
    except OurFault:
        if scene.state(SERVICE) == "running":
            raise
        return holds
    return [hold for hold in holds if not any(is_complete(scene, text, hold) for text in texts)]
