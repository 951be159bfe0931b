"""The box as it was drawn, what its callers wrote down, and the learner's inventory."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, NamedTuple

import look
import pytest
from inventory import Judged, Unreadable, in_network, judge, lines_of, may_be, read
from railway.box import Box
from railway.truth import Truth
from records import Counts, all_paths
from untouched import Running, still

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

SOON = 25
"""Seconds after a restart in which the box has played its past again, and its callers have called."""
PATIENCE = 60
"""Seconds for what takes one on a computer that has nothing else to do."""
SOURCE = Path(look.__file__).read_text(encoding="utf-8")
KINDS = {"gates": 3, "sensor": 1, "kiosks": 2, "bus": 0}
"""Who calls the box, and how many answers are waited for: one for each who calls more than once an hour."""


class Book(NamedTuple):
    """What the peers tell: since when they keep it, and what each kind of caller met."""

    begun: float
    kinds: dict[str, dict[str, Any]]


class Callers:
    """What callers met since the box last started."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    @property
    def silent(self) -> list[str]:
        """Kinds of callers that were not answered while it was waited for them."""
        return unanswered(self.first.kinds if self.first.begun == self.book.begun else {}, self.book.kinds)

    @cached_property
    def first(self) -> Book:
        """The first look."""
        return self._look()

    @cached_property
    def book(self) -> Book:
        """What each kind of caller met, once each of them was answered again and nobody was refused."""
        return eventually(self._look, partial(all_well, self.first), within=SOON)

    def _look(self) -> Book:
        answer = self.scene.get("peers", "/book", 7000)
        try:
            found = json.loads(answer.text)
            return Book(float(found["begun"]), dict(found["kinds"]))
        except (ValueError, KeyError, TypeError):
            return Book(0.0, {})


def all_well(first: Book, seen: Book) -> bool:
    """Whether every kind of caller was answered since a first look, and nobody was refused."""
    before = first.kinds if first.begun == seen.begun else {}
    return not unanswered(before, seen.kinds) and not any(one["bad"] for one in seen.kinds.values())


def unanswered(before: dict[str, Any], kinds: dict[str, Any]) -> list[str]:
    """Kinds of callers of which not all have had an answer since."""
    return [
        name
        for name, more in KINDS.items()
        if kinds.get(name, {}).get("good", 0) < max(1, before.get(name, {}).get("good", 0) + more)
    ]


class Journal(NamedTuple):
    """What the peers know of the box since it was handed out."""

    laid: int
    """When its files were."""
    done: tuple[float, float, float]
    """When hands had ended, on each clock by which a kernel dates: files, processes, addresses."""
    counts: Counts
    bank: list[tuple[float, str]]


class Seen(NamedTuple):
    """What was seen of the box from beside it."""

    first: int
    processes: list[Running]
    held: dict[str, bytes]
    """Files without a name, by the name that each had."""
    addresses: dict[str, float]
    """When the kernel got each."""
    rules: int
    routes: list[str]
    routes_wanted: list[str]
    dates: dict[str, tuple[float, float]]
    before: Counts
    after: Counts
    """What callers had done before the look and after it."""


class Beside:
    """Looks at the box from beside it, and asks its peers."""

    def __init__(self, scene: Scene, box: Box) -> None:
        self.scene, self.box = scene, box

    @cached_property
    def seen(self) -> Seen:
        """The first look."""
        return self.look()

    def look(self) -> Seen:
        """Look once, by a program of ours."""
        before, told, after = self.journal().counts, self._told(), self.journal().counts
        held = {path: base64.b64decode(text) for path, text in told.pop("held").items()}
        processes = [Running(**one) for one in told.pop("processes")]
        addresses = dict(told.pop("addresses"))
        return Seen(processes=processes, held=held, addresses=addresses, before=before, after=after, **told)

    def _told(self) -> dict[str, Any]:
        """What that program tells.

        Raises:
            OurFault: it can't be started, or saw nothing.
        """
        pids = [str(self.scene.inspect(service)["State"]["Pid"]) for service in ("box", "peers")]
        paths = [*(one.path for one in still(self.box)), str(Path(self.box.memory).parent)]
        made = self.scene.engine.containers.create(
            "kikori/read-the-box-peers", ["-I", "-c", SOURCE, *pids, *paths],
            entrypoint=["python3"], user="root", pid_mode="host", read_only=True, cap_drop=["ALL"],
            network_mode=f"container:{self.scene.inspect('box')['Id']}", cap_add=["DAC_READ_SEARCH", "SYS_PTRACE"],
            security_opt=["no-new-privileges"], mem_limit="128m", pids_limit=8, labels=self.scene.labels,
            healthcheck={"test": ["NONE"]}, name=f"{self.scene.attempt.project}-look-{secrets.token_hex(3)}",
        )  # fmt: skip
        try:
            made.start()
            made.wait(timeout=PATIENCE)
            return dict(json.loads(made.logs(stderr=False)))
        except ValueError:
            raise OurFault(f"what looks at the box saw nothing: {made.logs()[-160:]!r}", "kikori check") from None
        finally:
            made.remove(force=True)

    def journal(self) -> Journal:
        """What the peers know.

        Raises:
            OurFault: they don't answer, or know nothing of the box's start.
        """
        asked = f"/{self.scene.params['word']}/journal"
        answer = eventually(
            lambda: self.scene.get("peers", asked, 7000), lambda one: one.status == 200, within=PATIENCE
        )
        told = json.loads(answer.text) if answer.status == 200 else {}
        if not told.get("done"):
            raise OurFault("the box's peers know nothing of its start", "kikori reset")
        counts = {who: (one[0], one[1], one[2]) for who, one in told["counts"].items()}
        bank = [(float(at), str(said)) for at, said in told["bank"]]
        return Journal(int(told["laid"]), tuple(told["done"]), counts, bank)

    def files(self) -> dict[str, bytes | None]:
        """All records and logs that have a name."""
        near = self.scene.sidecar("box")
        return {path: near.read(path, look.MOST) for path in all_paths(self.box) if path != self.box.gate_log}


class Work:
    """The learner's inventory, held against the truth."""

    def __init__(self, text: str, unread: int, box: Box, owned: Callable[[], set[str]]) -> None:
        self.text = text
        self.unread = unread
        """Bytes of a file that is there and was not read."""
        self.box = box
        self._owned = owned
        self.truth = Truth(box).parts()

    @cached_property
    def problem(self) -> Unreadable | None:
        """Where the inventory has another form than was agreed on, if it has."""
        try:
            read(self.text)
        except Unreadable as problem:
            return problem
        return None

    @cached_property
    def parts(self) -> dict[str, Any]:
        """The inventory's parts, as they stand there."""
        return in_network(read(self.text), self.box)

    def judged(self, name: str) -> Judged:
        """What came of a part; that a file belongs to no package is asked of the box, too."""
        lines, part = lines_of(name, self.parts[name], self.box), self.truth[name]
        found = judge(name, lines, part)
        if name == "unowned" and len(lines) > found.right:
            owned = self._owned()
            found = found._replace(
                beside=found.beside + sum(line.key in owned and may_be(line, part) for line in lines)
            )
        return found


@pytest.fixture(scope="module")
def box(scene: Scene) -> Box:
    """The box of this attempt, in the network that Docker has given it."""
    given = next(iter(scene.inspect("box")["NetworkSettings"]["Networks"].values()))
    near = f"{given['IPAddress']}/{given['IPPrefixLen']}"
    return Box(str(scene.params["past"]), str(scene.params["box"]), near)


@pytest.fixture(scope="module")
def beside(scene: Scene, box: Box) -> Beside:
    """Whoever looks from beside the box."""
    return Beside(scene, box)


@pytest.fixture(scope="module")
def callers(scene: Scene) -> Callers:
    """What its callers wrote down."""
    return Callers(scene)


@pytest.fixture(scope="module")
def work(scene: Scene, box: Box) -> Work:
    """What the learner wrote."""
    text, path = scene.text("inventory.yaml"), scene.workspace / "inventory.yaml"
    unread = path.stat().st_size if not text and path.is_file() else 0
    return Work(text, unread, box, partial(owned_by_packages, scene))


def owned_by_packages(scene: Scene) -> set[str]:
    """Read the paths of all packages of the box."""
    beside = scene.sidecar("box")
    lists = [one.path for one in beside.files("/var/lib/dpkg/info", names=("*.list",)) if one.kind == "file"]
    return {line for one in lists for line in (beside.read(one) or b"").decode("utf-8", "replace").splitlines()}
