"""The developers' desk, at which releases are pushed, and the customers, who write down how they fare."""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any, NamedTuple

import pytest
from harms import OURS, PUSH, unseen
from orders import Orders
from slow_customers import slow_customers

from kikori.errors import OurFault
from kikori.grading import Answer, Scene, eventually

PATIENCE = 25  # seconds; a push that has not ended by then hangs
ROUND = 7  # customers, until each kind of them has come
MAIN_REF = "refs/heads/main"
MAIN = f"git ls-remote git://forge/shop.git {MAIN_REF}"
TEAS = "curl -fs --fail-early -m 2 'http://shop:8080/tea/Sencha?visit=[1-6]'"
ANYWHERE = "GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=core.hooksPath GIT_CONFIG_VALUE_0=/dev/null"
"""What this desk's own hooks and settings say of a push counts for nothing: developers push from anywhere."""
EDITION = re.compile(r'"edition": "(\w+)"')


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
    cut: list[str]
    """What went wrong for those who were still sending their request."""
    order: Answer | None
    """How an order is found that was confirmed before a good release."""
    ordered: int
    """Orders that were looked up, all of them confirmed before."""
    lost: list[str]
    """Those of them that are not found any more."""
    before: Standing
    after: Standing
    page: dict[str, Any]

    @property
    def hung(self) -> bool:
        """Whether it had to be ended: these are the exit codes of timeout(1)."""
        return self.code in (124, 137)


def facts(answer: Answer, status: int = 200) -> dict[str, Any]:
    """What an answer of that status tells; nothing where it is another one, or no JSON."""
    try:
        found = json.loads(answer.text) if answer.status == status else {}
    except ValueError:
        found = {}
    return found if isinstance(found, dict) else {}


class Desk:
    """Where releases are drawn and pushed: none that anybody has seen, the same ones for the same attempt."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.pushed: Counter[str] = Counter()
        self.running: dict[str, int] = {}
        self.orders = Orders(scene)

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
        return facts(answer), names.get("x-release", "")

    def editions(self) -> set[str]:
        """The editions that customers of all kinds see, at the page and at a tea; an empty one once nothing is seen."""
        found: set[str] = set()
        for _ in range(self.scene.clients.kinds):
            found.add(str(self.page()[0].get("edition", "")))
            if "" in found:
                return found  # each that hangs takes seconds
        return found | set(EDITION.findall(self.scene.host("desk").run(TEAS).stdout) or [""])

    def standing(self, edition: str = "", within: float = 5) -> tuple[Standing, dict[str, Any]]:
        """What is out now, and its page; where an edition is waited for, as soon as all see it and no other."""
        seen = eventually(self.editions, lambda found: found == {edition}, within=within) if edition else set()
        page, release = self.page()
        main = eventually(lambda: self.scene.host("desk").run(MAIN), lambda found: bool(found.stdout), within=12)
        shown = " / ".join(sorted(one or "-" for one in seen)) or str(page.get("edition", ""))
        return Standing(main.stdout[:40], shown, release), page

    def order(self) -> tuple[str, Answer]:
        """Order some tea: the order's number, empty where it was not confirmed, and the answer."""
        count = self.scene.draw(f"order {self.pushed}").randint(2, 9)
        answer = self.scene.ask("POST", "shop", f"/orders?tea=Sencha&count={count}")
        return str(facts(answer, 201).get("order", "")), answer

    def look_up(self, number: str) -> Answer:
        """Look an order up."""
        return self.scene.get("shop", f"/orders/{number}")

    def processes(self) -> dict[str, int]:
        """How many processes the two servers have that releases go through."""
        return {service: len(self.scene.processes(service)) for service in ("forge", "shop")}

    def release(self, kind: str, edition: str, ref: str = MAIN_REF) -> Any:
        """Push a release as a developer does: one of the desk's, or one of the same kind that no desk knows.

        Raises:
            OurFault: it could not be written, so that nothing was pushed.
        """
        self.pushed[kind] += 1
        what = f"{kind} {self.pushed[kind]}"
        number = self.scene.draw(what).getrandbits(48)
        base, changes = unseen(kind, self.scene.draw(f"harm of {what}"))
        desk, begin = self.scene.host("desk"), f"{ANYWHERE} SEED={number} timeout -k 1 {PATIENCE}"
        if not changes and ref == MAIN_REF:
            return desk.run(f"{begin} release {kind} {edition}")
        arguments = (PUSH, base, edition, ref, json.dumps(changes))
        done = desk.run(f"{begin} python3 -c %s %s %s %s %s", *arguments)
        if done.rc == OURS:
            raise OurFault(f"a release of the kind {kind} could not be written: {done.stderr.strip()[-160:]}")
        return done

    def kept(self) -> set[str]:
        """The branches and tags that the forge has, by their full names."""
        found = self.scene.host("desk").run("git ls-remote git://forge/shop.git").stdout
        return {line.split()[-1] for line in found.splitlines() if line.strip()}

    def forget(self, refs: list[str]) -> None:
        """Take branches and tags away again; where that is refused, they stay."""
        for ref in refs:
            self.scene.host("desk").run("timeout 10 git push -q git://forge/shop.git %s", f":{ref}")

    def push(self, kind: str) -> Push:
        """Push a release, and look at how the customers fared until a little later."""
        edition, is_good = secrets.token_hex(3), kind == "good"
        if is_good:
            self.served(ROUND, within=4)  # what was broken before is not counted against it
        number = self.order()[0] if is_good else ""
        ordered = self.orders.before(rush=is_good)
        (before, _), first = self.standing(), self.book()["last"]
        with slow_customers(self.scene) if is_good else nullcontext(list[str]()) as cut:
            done = self.release(kind, edition)
        ended = self.book()["last"]
        met = eventually(lambda: self.book(first), lambda seen: first + seen["asked"] >= ended + 3, within=6)
        after, page = self.standing(edition if is_good else before.edition)
        found = self.look_up(number) if number else None
        said, lost = done.stderr + done.stdout, self.orders.missing(ordered)
        fared = (met["asked"], met["failed"], cut, found, len(ordered), lost)
        return Push(edition, done.rc, said, *fared, before, after, page)

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
    found = desk.push("good") if first.code == 0 and (first.failed or first.cut) else first
    desk.running = desk.processes()
    yield found
    desk.put_right()
