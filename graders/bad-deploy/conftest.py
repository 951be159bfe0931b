"""The developers' desk, at which releases are pushed, and the customers, who write down how they fare."""

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from kikori.grading import Scene, eventually

PATIENCE = 25  # seconds; a push that has not ended by then hangs
ROUND = 7  # customers, until each kind of them has come
MAIN = "git ls-remote git://forge/shop.git refs/heads/main"


class Standing(NamedTuple):
    """What is out: the branch's commit, and the release that answers customers."""

    main: str
    edition: str
    release: str

    def __str__(self) -> str:
        """As a reason says it."""
        return f"{self.release or '-'} (edition {self.edition or '-'}, main {self.main[:7] or '-'})"


class Push(NamedTuple):
    """A push, and what the customers met meanwhile."""

    edition: str
    code: int
    said: str
    asked: int
    failed: list[dict[str, Any]]
    before: Standing
    after: Standing
    page: dict[str, Any]


class Desk:
    """Where releases are drawn and pushed: none that anybody has seen, the same ones for the same attempt."""

    patience = PATIENCE

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.pushed: Counter[str] = Counter()

    def book(self, after: int | None = None) -> dict[str, Any]:
        """What the customers wrote down since a request of theirs."""
        answer = self.scene.get("desk", "/seen" if after is None else f"/seen?after={after}")
        return dict(json.loads(answer.text))

    def served(self, count: int, within: float = 8) -> dict[str, Any]:
        """So many customers in a row who all got what they wanted, as soon as they have come; else the last ones."""
        last = [self.book()["last"]]

        def customers() -> dict[str, Any]:
            seen = self.book(last[-1])
            last.append(seen["last"] if seen["failed"] else last[-1])
            return seen

        return eventually(customers, lambda found: found["asked"] >= count and not found["failed"], within=within)

    def page(self) -> tuple[dict[str, Any], str]:
        """The shop's page, and the release that it names."""
        answer = self.scene.get("shop")
        names = {name.lower(): value for name, value in answer.headers.items()}
        try:
            found = json.loads(answer.text) if answer.status == 200 else {}
        except ValueError:
            found = {}
        return found if isinstance(found, dict) else {}, names.get("x-release", "")

    def standing(self, edition: str = "") -> tuple[Standing, dict[str, Any]]:
        """What is out now, and its page; where an edition is waited for, as soon as it is there."""
        page, release = eventually(self.page, lambda found: not edition or found[0].get("edition") == edition, within=5)
        main = eventually(lambda: self.scene.host("desk").run(MAIN), lambda found: bool(found.stdout), within=12)
        return Standing(main.stdout[:40], str(page.get("edition", "")), release), page

    def push(self, kind: str) -> Push:
        """Push a release as a developer does, and look at how the customers fared until a little later."""
        self.pushed[kind] += 1
        edition, number = secrets.token_hex(3), self.scene.draw(f"{kind} {self.pushed[kind]}").getrandbits(48)
        if kind == "good":
            self.served(ROUND, within=4)  # what was broken before is not counted against it
        (before, _), first = self.standing(), self.book()["last"]
        done = self.scene.host("desk").run(f"SEED={number} timeout -k 1 {PATIENCE} release {kind} {edition}")
        ended = self.book()["last"]
        met = eventually(lambda: self.book(first), lambda seen: first + seen["asked"] >= ended + 3, within=6)
        after, page = self.standing(edition if kind == "good" else before.edition)
        return Push(edition, done.rc, done.stderr + done.stdout, met["asked"], met["failed"], before, after, page)

    def put_right(self) -> None:
        """A good release on top of whatever is there, unless all is well."""
        met = self.served(ROUND, within=4)
        if met["asked"] < ROUND or met["failed"]:
            self.push("good")


@pytest.fixture(scope="module")
def desk(scene: Scene) -> Desk:
    """The desk of this attempt."""
    return Desk(scene)


@pytest.fixture(scope="module")
def good(desk: Desk) -> Iterator[Push]:
    """A good release pushed once, for all that is asked about it; in the end a good one is out again.

    Where customers failed, another follows: those of a shop that an earlier pipeline left don't count against this one.
    """
    first = desk.push("good")
    yield desk.push("good") if first.code == 0 and first.failed else first
    desk.put_right()
