"""Does the plan move the orders to the new server, back, forward again, and off the old one, while offices order?"""

from __future__ import annotations

import pytest
from calm import Calm
from judging import Failure, commonest
from plays import LIMITS, SOON, Move

from kikori.grading import Scene, assert_running, quoted, reasons

reason = reasons(__file__)
pytestmark = pytest.mark.timeout(300)

LONGEST = 10
"""Seconds of waiting that are borne: twice as many as the task says, for a busy machine."""
AWAY = ("old-off", "old-on", "new-off", "new-on", "gone")


def named(part: str) -> str:
    """A part of the play, in the learner's language."""
    return {
        "before": reason("part-before"), "prepare": "prepare", "forward": "forward", "back": "back",
        "again": reason("part-again"), "finish": "finish", "gone": reason("part-gone"),
        "old-off": reason("part-old-off"), "old-on": reason("part-old-on"), "new-off": reason("part-new-off"),
        "new-on": reason("part-new-on"), "prepared": reason("part-prepared"),
    }[part]  # fmt: skip


def kinds_left() -> dict[str, str]:
    """What a move may leave behind, in the learner's language."""
    return {
        "follows": reason("kind-follows"), "followers": reason("kind-followers"), "accounts": reason("kind-accounts"),
        "rights": reason("kind-rights"), "tables": reason("kind-tables"), "columns": reason("kind-columns"),
        "routines": reason("kind-routines"), "triggers": reason("kind-triggers"), "events": reason("kind-events"),
    }  # fmt: skip


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


def seen(failures: list[Failure]) -> dict[str, str | int]:
    """What a reason says of failures: how many, where the first was, and what was seen most often."""
    if not failures:
        return {"count": 0, "part": "", "why": ""}
    return {"count": len(failures), "part": named(failures[0].part), "why": quoted(commonest(failures))}


@pytest.mark.needs("test_steps")
def test_served(move: Move) -> None:
    """No request is refused, fails, or waits for more than five seconds.

    ja: どのリクエストも、断られず、失敗せず、5秒を超えて待たされない。
    """
    found = [one for one in move.failures if one.kind != "late" and one.what != "look" and one.part not in AWAY]
    what = seen(found)
    assert not found, reason("failed", count=what["count"], part=what["part"], why=what["why"])
    assert move.book["longest"] <= LONGEST, reason("waited", seconds=round(move.book["longest"], 1))


@pytest.mark.needs("test_steps")
def test_late(move: Move) -> None:
    """Whoever still comes to the old address is served, until nobody does.

    ja: 古い宛先に来る人も、来なくなるまで、注文できる。
    """
    found = [one for one in move.failures if one.kind == "late" and one.what != "look" and one.part not in AWAY]
    what = seen(found)
    assert not found, reason("late", count=what["count"], part=what["part"], why=what["why"])


@pytest.mark.needs("test_steps")
def test_seen(move: Move) -> None:
    """Whoever looks at an order sees it as it was confirmed three seconds ago or more.

    ja: 注文を見れば、3秒以上前に確認されたとおりになっている。
    """
    found = [one for one in move.failures if one.what == "look" and one.part not in AWAY]
    what = seen(found)
    assert not found, reason("not-seen", count=what["count"], part=what["part"], why=what["why"])


@pytest.mark.needs("test_steps")
def test_one_is_enough(move: Move) -> None:
    """After each move, the side that was left can be away, and nobody notices.

    ja: 移すたびに、移す前の側のデータベースがいなくなっても、誰も気づかない。
    """
    found = [one for one in move.failures if one.part in AWAY]
    what = seen(found)
    assert not found, reason("needs-both", count=what["count"], part=what["part"], why=what["why"])


@pytest.mark.needs("test_steps")
def test_way_back(move: Move) -> None:
    """After the way back, the old server has all that was confirmed meanwhile.

    ja: 戻ったとき、古いサーバーには、その間に確認された注文がすべてある。
    """
    missed = move.missed.get("back", [])
    assert not missed, reason("back-lost", count=len(missed))


@pytest.mark.needs("test_steps")
def test_nothing_lost(move: Move) -> None:
    """In the end the new server has every order as it was last confirmed, and none that was cancelled.

    ja: 最後に、新しいサーバーには、どの注文も最後に確認されたとおりにあり、取り消されたものはない。
    """
    found = move.found
    assert not found["lost"], reason("lost", count=len(found["lost"]), all=len(move.book["orders"]))
    assert not found["changed"], reason("changed", count=len(found["changed"]))
    assert not found["back"], reason("cancelled", count=len(found["back"]))


@pytest.mark.needs("test_steps")
def test_nothing_doubled(move: Move) -> None:
    """No order is there twice, and each has the number that its office was told, which no other has.

    ja: 二重の注文はない。番号はオフィスに伝えたとおりで、ほかの注文と重ならない。
    """
    found = move.found
    assert not found["doubled"], reason("doubled", count=len(found["doubled"]))
    assert not found["twice"], reason("number-twice", count=len(found["twice"]))
    assert not found["number"], reason("number-other", count=len(found["number"]))
    assert not found["strange"], reason("strange", count=len(found["strange"]))


@pytest.mark.needs("test_steps")
def test_old_is_off(move: Move) -> None:
    """After finish the old server takes nothing any more: neither its door, nor its shop, nor its database.

    ja: finish の後、古いサーバーは何も受け取らない。入り口も、店のプログラムも、データベースも。
    """
    assert not move.doors, reason("still-open", ports=", ".join(map(str, move.doors)))
    assert not move.listening, reason("still-listens", where=quoted(", ".join(move.listening), 90))
    assert not move.running, reason("still-runs", some=quoted(", ".join(move.running), 90))


@pytest.mark.static
@pytest.mark.needs("test_steps")
def test_nothing_left(move: Move) -> None:
    """Nothing of the move is left behind on the new server.

    ja: 新しいサーバーに、引っ越しのためのものが残っていない。
    """
    before, after = move.before, move.after
    for what, words in kinds_left().items():
        added = [one for one in after[what] if one not in before[what]]
        assert not added, reason("left-behind", what=words, some=quoted(", ".join(added), 60))
        gone = [one for one in before[what] if one not in after[what]]
        assert not gone, reason("left-out", what=words, some=quoted(", ".join(gone), 60))


@pytest.mark.needs("test_steps")
def test_prepared(calm: Calm) -> None:
    """After prepare the old server takes the orders, and nobody needs the new one yet.

    ja: prepare の後、注文を受けるのは古いサーバーで、新しいサーバーはまだ誰にも要らない。
    """
    found = [one for one in calm.failures if one.part == "prepared"]
    assert not found, reason("prepared", count=len(found), why=seen(found)["why"])


@pytest.mark.static
@pytest.mark.needs("test_steps")
def test_behind(calm: Calm) -> None:
    """A side that is behind when a step begins takes over nothing before it has everything.

    ja: 手順が始まるときに遅れている側も、すべてがそろってから引き受ける。
    """
    for name, count in calm.behind.items():
        assert not count, reason("behind", step=named(name), count=count)


@pytest.mark.static
@pytest.mark.needs("test_steps")
def test_numbers(calm: Calm) -> None:
    """No move gives a number again, that of a cancelled order neither.

    ja: どの移動の後も、同じ番号は二度付かない。取り消された注文の番号も付かない。
    """
    for name, number in calm.again.items():
        assert not number, reason("number-again", step=named(name), number=number)


@pytest.mark.needs("test_steps", "test_prepared")
def test_soon(calm: Calm) -> None:
    """In a calm town the plan does the same, and finish ends soon, since nobody comes late.

    ja: 静かな街でも計画どおりに進む。遅れて来る人がいないので、finish はまもなく終わる。
    """
    assert calm.front_runs, reason("front-gone")
    for name, ended in calm.steps.items():
        assert ended.code is not None, reason("calm-endless", step=named(name), seconds=LIMITS[name])
        assert ended.code == 0, reason("calm-step", step=named(name), code=ended.code, said=quoted(ended.said, 120))
    found = [one for one in calm.failures if one.part != "prepared"]
    what = seen(found)
    assert not found, reason("calm-failed", count=what["count"], part=what["part"], why=what["why"])
    took = calm.steps["finish"].seconds
    assert took <= calm.quiet + SOON, reason("not-soon", seconds=round(took), quiet=calm.quiet)
