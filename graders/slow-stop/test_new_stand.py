"""Does a stand that opens for the first time take orders, and who can read what it writes?"""

import json
import shlex
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import pytest
from stove import says_served

from kikori.grading import File, Replica, Scene, eventually, quoted, reasons, replica

reason = reasons(__file__)

FOLDER = "/var/lib/kitchen"
COLD, HOT = "pickles", "nabeyaki"
"""A dish that needs no cooking, and the one that needs most."""
NAMES = ("Hashimoto", "Kobayashi", "Matsushita", "Nakagawa", "Yoshikawa")
"""Names that stand in no file by chance."""
WITHIN = 4.0
"""Seconds in which a cold dish is served and its slip printed."""
READ, ENTER = 0o004, 0o001
"""What everybody may do with a file, and with a folder."""


class Opening(NamedTuple):
    """What became of the first order at a new stand."""

    last: str
    """The last line of its log."""
    is_open: bool = False
    told: str = ""
    """What it said to the order."""
    ticket: str = ""
    served: bool = False
    slip: bool = False
    exposed: tuple[str, ...] = ()
    """Files with the customer's name that everybody on the computer could read."""


@pytest.fixture(scope="module")
def opening(scene: Scene, counter: Any) -> Opening:
    """Open a stand like this one with an empty folder, and order."""
    signal = scene.inspect("kitchen")["Config"].get("StopSignal")
    with replica(scene, "kitchen", stop_signal=signal) as stand:
        found = first_order(stand, counter.chance.choice(NAMES))
        return found._replace(last=(stand.log().splitlines() or [""])[-1])


def first_order(stand: Replica, name: str) -> Opening:
    """Order a cold dish, and look for it, its slip and the name; then stop with a hot one on the stove."""
    if not (url := stand.base_url()):
        return Opening("")
    told = ordered(stand, url, name, COLD)
    ticket = ticket_in(told)
    if not ticket:
        return Opening("", is_open=True, told=told)
    served = eventually(lambda: says_served(stand.get(f"/orders/{ticket}", within=1)), bool, within=WITHIN)
    slip = eventually(lambda: name in stand.get(f"/slips/{ticket}", within=1), bool, within=WITHIN)
    exposed = names_in(stand, name)
    ordered(stand, url, name, HOT)
    exposed += names_in(stand, name)
    stand.stop()
    exposed += names_in(stand, name)
    return Opening("", True, told, ticket, served, slip, (*exposed,))


def ordered(stand: Replica, url: str, name: str, dish: str) -> str:
    """Order a dish, and give what the stand says."""
    order = shlex.quote(json.dumps({"name": name, "dish": dish}))
    return str(stand.host.run(f"curl -s -m 5 -d {order} {url}/orders").stdout)


def names_in(stand: Replica, name: str) -> list[str]:
    """Give the paths of files that everybody may read and in which a name stands."""
    return [path for path in open_to_all(stand.files(FOLDER)) if name in stand.read(path)]


def ticket_in(told: str) -> str:
    """Find the ticket in the answer to an order; empty where there is none."""
    try:
        found = json.loads(told)
    except ValueError:
        return ""
    return str(found.get("ticket", "")) if isinstance(found, dict) else ""


def open_to_all(files: tuple[File, ...]) -> list[str]:
    """Give the paths of files that everybody may read and reach."""
    closed = {file.path for file in files if file.kind == "folder" and not file.mode & ENTER}
    return [
        file.path
        for file in files
        if file.kind == "file" and file.mode & READ and closed.isdisjoint(map(str, PurePosixPath(file.path).parents))
    ]


@pytest.mark.timeout(60)
@pytest.mark.needs("test_order")
def test_new_stand(opening: Opening) -> None:
    """A new stand, whose folder is empty, takes orders as well.

    ja: フォルダーが空の新しい店でも、注文を受けられる。
    """
    assert opening.is_open, reason("new-stand", last=quoted(opening.last, 120))
    assert opening.ticket, reason(
        "new-stand-2", cold=COLD, told=quoted(opening.told, 120), last=quoted(opening.last, 120)
    )
    assert opening.served, reason("new-stand-3", cold=COLD, ticket=opening.ticket, within=WITHIN)
    assert opening.slip, reason("new-stand-4", cold=COLD, ticket=opening.ticket)


@pytest.mark.static
@pytest.mark.needs("test_new_stand")
def test_names_are_private(opening: Opening) -> None:
    """What the stand writes of its customers is not for everybody to read.

    ja: 店が書き留めた客の名前は、誰でも読める状態にない。
    """
    assert not opening.exposed, reason("names-are-private", path=quoted(opening.exposed[0]))
