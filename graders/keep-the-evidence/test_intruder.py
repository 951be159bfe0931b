"""Is the intruder out, and does he stay out?"""

import time
from typing import Any

import pytest
from beginners import beginners
from conditions import conditions

from conftest import Outside, clock
from kikori.grading import Scene, eventually, reasons, say

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(150)  # containers of our own, and logins, on a busy machine

BACK = 4
"""Seconds within which what watches over the process would have begun it again: it looks each second."""


def words(ways: set[str]) -> list[str]:
    """Where he came in, in words; which door it was stands in the logs."""
    doors = {"upload": "web", "page": "web", "root": "ssh", "site": "ssh"}
    told = {
        "web": say(
            "through the web server, where something of his ran", "ウェブサーバー経由で、侵入者のものが動きました"
        ),
        "ssh": say("over SSH, where a key of his was taken", "SSH で、侵入者の鍵が通りました"),
    }
    return [told[door] for door in sorted({doors[way] for way in ways}, reverse=True)]


@pytest.fixture(scope="module")
def begun() -> float:
    """When this look at the intruder began."""
    return time.monotonic()


@pytest.mark.usefixtures("begun")
def test_ways_are_shut(scene: Scene, outside: Outside) -> None:
    """The intruder tries everything again, from his address and from others, and gets in nowhere.

    ja: 侵入者が、自分のアドレスからも別のアドレスからも、すべてをもう一度試し、どこからも入れない。
    """
    found = outside.open_ways()
    assert not found, reason("open", ways=words(found))
    hidden = outside.hidden()
    assert not hidden, reason("hidden", user=hidden[0])
    strange = conditions(scene)
    assert not strange, reason("condition", called=strange[0])


def test_nobody_is_inside(scene: Scene, outside: Outside, first: dict[str, Any] | None, begun: float) -> None:
    """No process of the intruder runs there, none comes back, and nothing of his can be started there again.

    ja: 侵入者のプロセスは一つも動いておらず、戻っても来ない。また起動できるものも残っていない。
    """
    left = max(1.0, begun + BACK - time.monotonic())
    seen = eventually(outside.inside, bool, within=left, every=0.3)
    assert not seen, reason("inside", pid=seen[-1]["pid"], since=clock(seen[-1]["began"]))
    alive = outside.alive()
    assert not alive, reason("alive", pid=alive[-1])
    still = beginners(scene, outside.record) if first else []
    assert not still, reason("begins", count=len(still))
