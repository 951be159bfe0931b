"""Does the reading room's service answer as the sign at the door says?"""

import pytest

from kikori.grading import Scene, eventually, quoted, say

WEEK = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), (10, 20))
SATURDAY = (9, 17)


def told(scene: Scene, day: str, hour: int) -> str:
    """What the service says of an hour."""
    answer = eventually(lambda: scene.get("hours", f"/open?day={day}&hour={hour}"), lambda seen: seen.status != 0)
    return answer.text.strip() if answer.status == 200 else str(answer)


def wrong_hours(scene: Scene, day: str, hours: dict[int, str]) -> list[str]:
    """Each hour of which the service says something else, with what it says."""
    said = {hour: told(scene, day, hour) for hour in hours}
    return [f"{hour}: {quoted(said[hour])}" for hour, right in hours.items() if said[hour] != right]


@pytest.mark.guard
def test_weekdays(scene: Scene) -> None:
    """From Monday to Friday, and on Sunday, the service answers as the sign says.

    ja: 月曜日から金曜日までと日曜日は、案内どおりに答える。
    """
    for day, (opens, closes) in WEEK.items():
        wrong = wrong_hours(scene, day, {opens - 1: "no", opens: "yes", closes - 1: "yes", closes: "no"})
        assert not wrong, say(
            f"expected the hours of {day} to be those of the sign, saw {', '.join(wrong)}",
            f"{day} の時刻は案内どおりのはずですが、{'、'.join(wrong)} でした",
        )
    assert told(scene, "sun", 15) == "no", say(
        "expected the room to be closed on Sunday", "日曜日は閉館のはずですが、そう答えませんでした"
    )


def test_saturday_is_answered(scene: Scene) -> None:
    """Who asks about Saturday gets an answer.

    ja: 土曜日について尋ねると、答えが返る。
    """
    seen = told(scene, "sat", 15)
    assert seen in ("yes", "no"), say(
        f"expected yes or no for Saturday at 15, saw {quoted(seen)}. What does the service write when it is asked?",
        f"土曜日の15時には yes か no が返るはずですが、{quoted(seen)} でした。"
        "尋ねられたとき、サービスは何を書き残しますか",
    )


@pytest.mark.needs("test_saturday_is_answered")
def test_open_on_saturday(scene: Scene) -> None:
    """On Saturday, while the room is open, the answer is yes.

    ja: 土曜日の開いている時間には、yes と答える。
    """
    opens, closes = SATURDAY
    wrong = wrong_hours(scene, "sat", dict.fromkeys((opens, 15, closes - 1), "yes"))
    assert not wrong, say(
        f"expected yes for these hours of Saturday, saw {', '.join(wrong)}. From what does the service know its hours?",
        f"土曜日のこれらの時刻には yes のはずですが、{'、'.join(wrong)} でした。サービスは、開館時間を何から知りますか",
    )


@pytest.mark.needs("test_saturday_is_answered")
def test_closed_on_saturday(scene: Scene) -> None:
    """On Saturday, before and after, the answer is no.

    ja: 土曜日の前後の時間には、no と答える。
    """
    opens, closes = SATURDAY
    wrong = wrong_hours(scene, "sat", dict.fromkeys((opens - 1, closes, 19), "no"))
    assert not wrong, say(
        f"expected no for these hours of Saturday, saw {', '.join(wrong)}. What does the sign at the door say?",
        f"土曜日のこれらの時刻には no のはずですが、{'、'.join(wrong)} でした。入口の案内には何とありますか",
    )
