"""Does the reading room's service tell its visitors the truth?"""

import pytest

from kikori.grading import Scene, eventually, quoted, reasons

reason = reasons(__file__)


def told(scene: Scene, hour: int) -> str:
    """What the service says of an hour."""
    answer = scene.get("hours", f"/open?hour={hour}")
    return answer.text.strip() if answer.status == 200 else str(answer)


@pytest.mark.guard
def test_front_page(scene: Scene) -> None:
    """The front page names the room and its hours.

    ja: トップページに、部屋の名前と時間が出ている。
    """
    page = eventually(lambda: scene.get("hours"), lambda seen: seen.status == 200).text
    assert all(scene.params[name] in page for name in ("room", "opens", "closes")), reason(
        "front-page", page=quoted(page)
    )


def test_open_during_the_day(scene: Scene) -> None:
    """From the opening hour to the last one the answer is yes.

    ja: 開く時刻から最後の1時間まで、答えは yes。
    """
    opens, closes = int(scene.params["opens"]), int(scene.params["closes"])
    wrong = [hour for hour in (opens, 12, closes - 1) if told(scene, hour) != "yes"]
    assert not wrong, reason("open-during-the-day", wrong=wrong[0])


def test_closed_in_the_morning(scene: Scene) -> None:
    """Before the opening hour the answer is no.

    ja: 開く前の答えは no。
    """
    hour = int(scene.params["opens"]) - 1
    assert told(scene, hour) == "no", reason("closed-in-the-morning", hour=hour, told=told(scene, hour))


def test_closed_in_the_evening(scene: Scene) -> None:
    """From the closing hour on the answer is no.

    ja: 閉まる時刻からあとの答えは no。
    """
    closes = int(scene.params["closes"])
    wrong = [hour for hour in (closes, 23) if told(scene, hour) != "no"]
    assert not wrong, reason("closed-in-the-evening", wrong=wrong[0])
