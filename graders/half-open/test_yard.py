"""Can handhelds come and go, and does a board that hangs stop nobody else?"""

from typing import Any

import pytest

from kikori.grading import say

PROMPT = 2.0  # seconds; far longer than a scan needs, with room for a busy computer
pytestmark = pytest.mark.timeout(60)  # a working day is lived by the first check that asks for it


@pytest.mark.needs("test_services_are_up")
def test_scans(day: Any) -> None:
    """A handheld's scan is taken at once, whatever the boards do.

    ja: 掲示板がどんな様子でも、ハンディー端末の読み取りはすぐに受け付けられる。
    """
    in_time = day.yard["scans"] == day.scans and day.yard["longest"] < PROMPT
    assert in_time, say(
        f"while one board hung, {day.yard['scans']} of {day.scans} scans were taken, and the slowest answer took "
        f"{day.yard['longest']:.1f} s. Of the desk's connections at 9000 and 9001, which row does not move?",
        f"掲示板が1枚固まっている間に、読み取り {day.scans} 回のうち {day.yard['scans']} 回が受け付けられ、"
        f"いちばん遅い返事は {day.yard['longest']:.1f} 秒でした。窓口の 9000 と 9001 の接続で、動かない行はどれですか",
    )


@pytest.mark.needs("test_scans")
def test_boards(day: Any) -> None:
    """The boards that read get the newest picture.

    ja: きちんと読んでいる掲示板には、最新の絵が届く。
    """
    assert day.yard["pictures"] == [True, True], say(
        f"of two boards that read all they get, {sum(day.yard['pictures'])} saw the last scan",
        f"届いたものをすべて読む2枚の掲示板のうち、最後の読み取りが映ったのは {sum(day.yard['pictures'])} 枚でした",
    )


@pytest.mark.needs("test_services_are_up")
def test_visits(day: Any) -> None:
    """Handhelds can come and go all day.

    ja: ハンディー端末は、一日じゅう来ては去ることができる。
    """
    assert day.yard["visits"] == day.visits, say(
        f"of {day.visits} handhelds that came one after the other, {day.yard['visits']} were served. "
        "Count the desk's connections at 9000 by state.",
        f"順に来た {day.visits} 台のハンディー端末のうち、応対されたのは {day.yard['visits']} 台でした。"
        "窓口の 9000 の接続を、状態ごとに数えてみましょう",
    )


@pytest.mark.needs("test_visits")
def test_nothing_stays_behind(day: Any) -> None:
    """Nothing stays behind of a handheld that has gone.

    ja: 去ったハンディー端末のものは、何も残らない。
    """
    assert max(day.close_wait, day.left_open) < day.few, say(
        f"{day.visits} handhelds came and hung up; {day.close_wait} connections still wait for the desk's end, "
        f"and the desk holds {day.left_open} sockets more than before. Whose turn is it?",
        f"{day.visits} 台の端末が来て、去りました。窓口の終わりを待つ接続が {day.close_wait} 本残り、"
        f"窓口が持つソケットは前より {day.left_open} 個多くなっています。次は誰の番でしょうか",
    )


@pytest.mark.needs("test_scans")
def test_patient_handheld(day: Any) -> None:
    """A handheld that thinks between two scans is not cut off.

    ja: 二つの読み取りの間に考え込む端末が、切られることはない。
    """
    assert day.yard["patient"] == ["TAKEN", "TAKEN"], say(
        f"a handheld scanned, waited, and scanned again on the same connection; it was told {day.yard['patient']}",
        f"端末が同じ接続で読み取り、待って、もう一度読み取りました。返事は {day.yard['patient']} でした",
    )
