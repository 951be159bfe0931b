"""Fresh boxes, one for each night: the robot types into them through the town, and nobody else does."""

from __future__ import annotations

import io
import json
import tarfile
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from threading import Event
from typing import Any

from docker.errors import APIError
from nights import EARLIER, NIGHTS
from robot.page import Page
from robot.walk import End, Seen, follow
from verdict import Facts, Files, facts

from kikori.errors import OurFault
from kikori.grading import Scene, archive_of, eventually

IMAGE, TOWN = "kikori/others-can-run-it-box", "http://town:9000"
PLACES = ("/srv/lockers", "/tmp", "/var/tmp")  # noqa: S108 - of a box, and read alone
"""Where a page may have left something."""
SENDER = "/srv/sv/sender"
STATE = f"{SENDER}/supervise/stat"
"""What runit keeps of the sender: run, or down."""
WORD = {"X-Town": "fifty-two-without-an-error"}
READY, SETTLED, MOMENT = 90, 15, 3
"""Seconds until a box is there, until the last codes are sent, and for what a page has set going at its end."""
AT_ONCE = 6
LARGEST = 16 * 2**20
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
MENDED = {"one", "incomplete", "apart", "three"}
Found = dict[str, Any]


class Closed(Exception):
    """Nobody waits for the night any more."""


class Boxes:
    """Carries nights out, several at once."""

    def __init__(self, scene: Scene, page: Page, nights: Iterable[str]) -> None:
        self.scene, self.page, self.closed = scene, page, Event()
        self.engine, self.labels = scene.engine, scene.labels
        self.network = next(iter(scene.inspect("town")["NetworkSettings"]["Networks"]))
        self.address = scene.address("town", 9000)
        self.pool = ThreadPoolExecutor(AT_ONCE)
        self.nights: dict[str, Future[Facts]] = {name: self.pool.submit(self.met, name) for name in nights}

    def __getitem__(self, night: str) -> Facts:
        """How a night was left behind."""
        if night not in self.nights:
            self.nights[night] = self.pool.submit(self.met, night)
        return self.nights[night].result()

    def close(self) -> None:
        """Begin no further night, and end those that are on their way."""
        self.closed.set()
        self.pool.shutdown(cancel_futures=True)

    def town(self, path: str, words: Found | None = None, within: float = 20) -> Found:
        """Ask the town.

        Raises:
            OurFault: it can't be asked, so nothing can be said.
        """
        asked = urllib.request.Request(f"http://{self.address}{path}", json.dumps(words or {}).encode(), WORD)
        try:
            with DIRECT.open(asked, timeout=within) as answer:
                found: Found = json.loads(answer.read(LARGEST))
        except (OSError, ValueError, HTTPException) as problem:
            raise OurFault(f"the town could not be asked for {path}: {type(problem).__name__}") from None
        return found

    def met(self, night: str) -> Facts:
        """Have the robot follow the page on one night, on a box of its own."""
        drawn = NIGHTS[night](self.scene.draw(f"night {night}"))
        earlier = EARLIER.get(night)
        first = earlier(self.scene.draw(f"before night {night}")) if earlier else drawn
        account = first["account"]
        self.town("/prepare", first)
        box = self.engine.containers.run(
            IMAGE, detach=True, network=self.network, labels=self.labels, cap_drop=["ALL"], mem_limit="96m",
            security_opt=["no-new-privileges"], pids_limit=96, nano_cpus=10**9,
            environment={"TOWN": TOWN, "SCENE": f"/scene/{account}"},
        )  # fmt: skip
        try:
            before = self.ready(first)
            if first is not drawn:
                follow(self.page, lambda command, values: self.typed(account, command, values))
                before = self.next_night(account, drawn)
            end = follow(self.page, lambda command, values: self.typed(account, command, values))
            self.settle(drawn, night in MENDED)
            is_up = content_of(box, STATE).startswith(b"run")
            with suppress(APIError):  # where a page has ended it
                box.kill()
            after = self.town(f"/truth/{drawn['account']}")
            return facts(drawn, end, after["sent"], left(box), started=after["starts"] > before, is_up=is_up)
        except Closed:
            return facts(drawn, End("lost", "", 0), [], {}, started=False, is_up=False)
        finally:
            box.remove(force=True)

    def ready(self, drawn: Found) -> int:
        """Wait until a box is there; gives how often its sender has been started.

        Raises:
            OurFault: it came too late.
        """
        path = f"/truth/{drawn['account']}"
        seen = eventually(
            lambda: self.town(path),
            lambda found: found["address"] and (drawn["down"] or found["starts"]),
            within=READY,
            every=0.2,
        )
        if not seen["address"]:
            raise OurFault("a box was not there in time: the machine is too busy to say anything")
        return int(seen["starts"])

    def next_night(self, account: str, drawn: Found) -> int:
        """Lay out another night on the same box, as ``play`` does; gives how often the sender has been started in it.

        Raises:
            OurFault: the box does not do so, and nothing can be said of that night.
        """
        self.town("/prepare", drawn)
        lay_out = f"python3 /opt/box/layout.py {TOWN} /scene/{drawn['account']}"
        found = self.typed(account, f"sv -w 10 stop {SENDER}; {lay_out} && rm down-at-first && echo evening", {})
        if "evening" not in found.text:
            raise OurFault("a second night could not be laid out on a box")
        return int(self.town(f"/truth/{drawn['account']}")["starts"])

    def typed(self, account: str, command: str, values: dict[str, str]) -> Seen:
        """Type a block into a box; what can't be typed has shown nothing."""
        if self.closed.is_set():
            raise Closed
        try:
            found = self.town(f"/type/{account}", {"command": command, "values": values}, within=60)
        except OurFault:
            return Seen("", 124)
        return Seen(str(found.get("text", "")), int(found.get("exit", 124)))

    def settle(self, drawn: Found, is_mended: bool) -> None:
        """Give the last codes their time, and what a page has set going at its end."""
        readable = {one["name"] for one in drawn["messages"] if one["folder"] == "waiting"} - set(drawn["bad"])
        path = f"/truth/{drawn['account']}"
        if is_mended:
            eventually(
                lambda: {one["name"] for one in self.town(path)["sent"]}, readable.issubset, within=SETTLED, every=0.5
            )
        else:
            eventually(lambda: None, lambda _: False, within=MOMENT, every=0.5)


def archive(box: Any, path: str) -> Iterator[tuple[str, bytes]]:
    """The plain files at a path of a box, as the engine hands them out; none where it is more than there can be."""
    try:
        whole = archive_of(box, path, LARGEST)
    except OurFault:
        return
    if not whole:
        return
    with tarfile.open(fileobj=io.BytesIO(whole)) as packed:
        for member in packed:
            if member.isfile() and (file := packed.extractfile(member)):
                yield member.name, file.read()


def content_of(box: Any, path: str) -> bytes:
    """What one file holds."""
    return next((content for _, content in archive(box, path)), b"")


def left(box: Any) -> Files:
    """The plain files that lie where a page may have left something, by their paths."""
    return {f"{path.rpartition('/')[0]}/{name}": content for path in PLACES for name, content in archive(box, path)}
