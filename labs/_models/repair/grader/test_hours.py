"""Does the reading room's service answer as the sign at the door says?"""

import pytest

from kikori.grading import Scene, eventually, quoted, reasons

reason = reasons(__file__)

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
        assert not wrong, reason("weekdays", day=day, wrong=wrong)
    assert told(scene, "sun", 15) == "no", reason("weekdays-2")


def test_saturday_is_answered(scene: Scene) -> None:
    """Who asks about Saturday gets an answer.

    ja: 土曜日について尋ねると、答えが返る。
    """
    seen = told(scene, "sat", 15)
    assert seen in ("yes", "no"), reason("saturday-is-answered", seen=quoted(seen))


@pytest.mark.needs("test_saturday_is_answered")
def test_open_on_saturday(scene: Scene) -> None:
    """On Saturday, while the room is open, the answer is yes.

    ja: 土曜日の開いている時間には、yes と答える。
    """
    opens, closes = SATURDAY
    wrong = wrong_hours(scene, "sat", dict.fromkeys((opens, 15, closes - 1), "yes"))
    assert not wrong, reason("open-on-saturday", wrong=wrong)


@pytest.mark.needs("test_saturday_is_answered")
def test_closed_on_saturday(scene: Scene) -> None:
    """On Saturday, before and after, the answer is no.

    ja: 土曜日の前後の時間には、no と答える。
    """
    opens, closes = SATURDAY
    wrong = wrong_hours(scene, "sat", dict.fromkeys((opens - 1, closes, 19), "no"))
    assert not wrong, reason("closed-on-saturday", wrong=wrong)
