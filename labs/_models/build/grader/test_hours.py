"""Does the reading room's service tell its visitors the truth?"""

import pytest

from kikori.grading import Scene, eventually, quoted, say


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
    assert all(scene.params[name] in page for name in ("room", "opens", "closes")), say(
        f"expected the room's name and its hours on the front page, saw {quoted(page)}",
        f"トップページには部屋の名前と時間が出るはずですが、{quoted(page)} でした",
    )


def test_open_during_the_day(scene: Scene) -> None:
    """From the opening hour to the last one the answer is yes.

    ja: 開く時刻から最後の1時間まで、答えは yes。
    """
    opens, closes = int(scene.params["opens"]), int(scene.params["closes"])
    wrong = [hour for hour in (opens, 12, closes - 1) if told(scene, hour) != "yes"]
    assert not wrong, say(
        f"a visitor at {wrong[0]} o'clock is sent away; what does the service compare?",
        f"{wrong[0]} 時の来館者が追い返されます。サービスは何と何を比べているのでしょうか",
    )


def test_closed_in_the_morning(scene: Scene) -> None:
    """Before the opening hour the answer is no.

    ja: 開く前の答えは no。
    """
    hour = int(scene.params["opens"]) - 1
    assert told(scene, hour) == "no", say(
        f"expected no for {hour} o'clock, saw {told(scene, hour)}",
        f"{hour} 時には no のはずですが、{told(scene, hour)} でした",
    )


def test_closed_in_the_evening(scene: Scene) -> None:
    """From the closing hour on the answer is no.

    ja: 閉まる時刻からあとの答えは no。
    """
    closes = int(scene.params["closes"])
    wrong = [hour for hour in (closes, 23) if told(scene, hour) != "no"]
    assert not wrong, say(
        f"a visitor at {wrong[0]} o'clock stands before a closed door",
        f"{wrong[0]} 時の来館者が、閉まった扉の前に立つことになります",
    )
