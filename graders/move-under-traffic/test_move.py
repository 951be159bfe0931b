"""Does the plan move the orders to the new server, back, forward again, and off the old one, while offices order?"""

from __future__ import annotations

import pytest
from judging import commonest
from plays import LIMITS, Move

from kikori.grading import Scene, assert_running, quoted, reasons, say

reason = reasons(__file__)
pytestmark = pytest.mark.timeout(300)

PARTS = {
    "before": ("before the first step", "最初の手順の前"), "prepare": ("prepare", "prepare"),
    "forward": ("forward", "forward"), "back": ("back", "back"), "again": ("the second forward", "2回目の forward"),
    "finish": ("finish", "finish"), "gone": ("after the old server was unplugged", "古いサーバーの電源を切った後"),
    "old-off": ("the old database's absence after forward", "forward の後の、古いデータベースの不在"),
    "old-on": ("the old database's return", "古いデータベースの復帰"),
    "new-off": ("the new database's absence after back", "back の後の、新しいデータベースの不在"),
    "new-on": ("the new database's return", "新しいデータベースの復帰"),
}  # fmt: skip
AWAY = ("old-off", "old-on", "new-off", "new-on", "gone")


def named(part: str) -> str:
    """A part of the play, in the learner's language."""
    return say(*PARTS[part])


@pytest.mark.guard
def test_town(scene: Scene) -> None:
    """Your own town stands: both servers, the front and the street run.

    ja: あなたの街は立っている。二つのサーバー、フロント、オフィスの通りが動いている。
    """
    assert_running(scene, "old", "new", "front", "street")


def test_steps(move: Move) -> None:
    """Each step of the plan ends well, in its time.

    ja: 計画のどの手順も、時間内に成功して終わる。
    """
    assert move.front_runs, reason("front-gone")
    for name, ended in move.steps.items():
        assert ended.code is not None, reason("step-endless", step=named(name), seconds=LIMITS[name])
        assert ended.code == 0, reason("step-failed", step=named(name), code=ended.code, said=quoted(ended.said, 120))


@pytest.mark.needs("test_steps")
def test_served(move: Move) -> None:
    """No request is refused, fails or waits for more than five seconds.

    ja: どのリクエストも、断られず、失敗せず、5秒を超えて待たされない。
    """
    found = [one for one in move.failures if one.kind != "late" and one.what != "look" and one.part not in AWAY]
    assert not found, reason("failed", count=len(found), part=named(found[0].part), why=quoted(commonest(found)))
    assert move.book["longest"] <= 8, reason("waited", seconds=round(move.book["longest"], 1))
