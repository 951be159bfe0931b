"""Can handhelds come and go, and does a board that hangs stop nobody else?"""

from typing import Any

import pytest
from leftovers import kept
from yard_programs import SCAN, hanging_boards, in_the_yard

from kikori.grading import Scene, growth, quoted, say

PROMPT = 2.0  # seconds, as the task page has it; far longer than a scan needs
HANGING, SCANS = 2, 100
MOST = {"bytes": 3 * 2**20, "processes": 12}
"""What so many scans may leave in the desk beside boards that hang: a picture has 54 KB."""
pytestmark = pytest.mark.timeout(60)  # a working day is lived by the first check that asks for it


@pytest.mark.needs("test_services_are_up")
def test_scans(day: Any) -> None:
    """A handheld's scan is taken at once, whatever boards and other handhelds do.

    ja: 掲示板やほかの端末がどんな様子でも、ハンディー端末の読み取りはすぐに受け付けられる。
    """
    in_time = day.yard["scans"] == day.scans and day.yard["longest"] < PROMPT
    assert in_time, say(
        f"while one board hung and another handheld was silent between two scans, {day.yard['scans']} of {day.scans} "
        f"scans were taken, and the slowest answer took {day.yard['longest']:.1f} s. Of the desk's connections at 9000 "
        "and 9001, which row does not move?",
        f"掲示板が1枚固まり、別の端末が次の読み取りまで黙っている間に、読み取り {day.scans} 回のうち "
        f"{day.yard['scans']} 回が受け付けられ、いちばん遅い返事は {day.yard['longest']:.1f} 秒でした。"
        "窓口の 9000 と 9001 の接続で、動かない行はどれですか",
    )


@pytest.mark.needs("test_scans")
def test_boards(day: Any) -> None:
    """The boards that read, be it slowly, get whole pictures, and the newest in the end.

    ja: きちんと読んでいる掲示板には、ゆっくり読むものにも、欠けのない絵が届き、最後には最新の絵が届く。
    """
    boards = day.yard["pictures"]
    torn, shown = sum(one["torn"] for one in boards), sum(one["all"] for one in boards)
    newest = sum(one["newest"] for one in boards)
    assert not torn, say(
        f"of {shown} pictures on {len(boards)} boards that read all they get, one of them slowly, {torn} do not have "
        "each bay once and in order. Who writes into a board's connection, and is a picture always written to its end?",
        f"届いたものをすべて読む掲示板 {len(boards)} 枚（1枚はゆっくり読みます）に映った絵 {shown} 枚のうち "
        f"{torn} 枚で、区画が欠けたり混ざったりしています。"
        "掲示板の接続に書き込むのは誰で、絵はいつも最後まで書かれているのでしょうか",
    )
    assert newest == len(boards), say(
        f"of {len(boards)} boards that read all they get, one of them slowly, {newest} saw the last scan",
        f"届いたものをすべて読む掲示板 {len(boards)} 枚（1枚はゆっくり読みます）のうち、"
        f"最後の読み取りが映ったのは {newest} 枚でした",
    )


def added(left: dict[str, int]) -> list[str]:
    """Say what scans have left in the desk."""
    words = {
        "bytes": say("{} KiB in its memory or on its disk", "メモリーかディスクに {} KiB"),
        "processes": say("{} threads", "スレッド {} 個"),
    }
    return [words[name].format(count // 1024 if name == "bytes" else count) for name, count in left.items()]


@pytest.mark.needs("test_services_are_up")
def test_pictures_do_not_pile_up(scene: Scene) -> None:
    """What boards that hang have not read does not pile up in the desk.

    ja: 固まった掲示板が読まなかったものが、窓口にたまっていかない。
    """
    taken, scans = SCANS, 0

    def work() -> None:
        nonlocal taken, scans
        if taken == SCANS:
            taken = in_the_yard(scene, SCAN, 2000 + scans, scans=SCANS)["scans"]
            scans += SCANS

    with hanging_boards(scene, HANGING) as called:
        left = growth(lambda: kept(scene), work, MOST, rounds=3, rest=1.5) if called else {}
    assert called, say(
        "no board could call the desk at port 9001",
        "掲示板が窓口のポート 9001 に接続できませんでした",
    )
    assert taken == SCANS, say(
        f"beside {HANGING} boards that read nothing, of {SCANS} scans in a row {taken} were taken; what does the desk "
        "wait for, or what has it run out of?",
        f"何も読まない掲示板 {HANGING} 枚があると、続けて {SCANS} 回の読み取りのうち {taken} 回しか受け付けられません"
        "でした。窓口は何を待っているのか、または何を使い果たしたのでしょうか",
    )
    assert not left, say(
        f"beside {HANGING} boards that read nothing, the desk keeps more and more: of {scans} scans the last {SCANS} "
        f"have added {' and '.join(added(left))}. For whom does it keep them, and until when?",
        f"何も読まない掲示板 {HANGING} 枚があると、{scans} 回読み取っても窓口の持つものは増え続けています。"
        f"最後の {SCANS} 回で増えたもの: {'、'.join(added(left))}。それは誰のためで、いつまで持っているのでしょうか",
    )


@pytest.mark.needs("test_services_are_up")
def test_visits(day: Any) -> None:
    """Handhelds can come and go all day.

    ja: ハンディー端末は、一日じゅう来ては去ることができる。
    """
    assert day.yard["visits"] == day.visits, say(
        f"{day.visits} handhelds should have come one after the other, some of them out of order; after "
        f"{day.yard['visits']} of them the next was not served. Count the desk's connections at 9000 by state.",
        f"{day.visits} 台の端末（調子の悪いものも混ざっています）が順に来るはずでしたが、"
        f"{day.yard['visits']} 台のあと、次の端末は応対されませんでした。"
        "窓口の 9000 の接続を、状態ごとに数えてみましょう",
    )


@pytest.mark.needs("test_visits")
def test_nothing_stays_behind(day: Any) -> None:
    """Nothing stays behind of a handheld that has gone, however it went.

    ja: どんな去り方をした端末のものも、何も残らない。
    """
    assert max(day.close_wait, day.left_open) < day.few, say(
        f"{day.visits} handhelds came and went: some hung up in good order, some were cut off, some had sent what is "
        f"no scan. {day.close_wait} connections still wait for the desk's end, and the desk holds {day.left_open} "
        "sockets more than before. Whose turn is it?",
        f"{day.visits} 台の端末が来て、去りました。きちんと切ったもの、途中で切れたもの、読み取りではない行を送った"
        f"ものがあります。窓口の終わりを待つ接続が {day.close_wait} 本残り、窓口が持つソケットは前より "
        f"{day.left_open} 個多くなっています。次は誰の番でしょうか",
    )


@pytest.mark.needs("test_services_are_up")
def test_desk_stays(day: Any) -> None:
    """The desk works through the day without being started anew.

    ja: 窓口は、起動し直されることなく一日働き続ける。
    """
    assert day.stays, say(
        "no program that listened at the desk's ports when the day began was still there at its end: whoever was "
        "connected was cut off. What would have become of it otherwise?",
        "一日の始まりに窓口のポートで待ち受けていたプログラムが、終わりには一つも残っていません。つながっていた"
        "人は切られました。起動し直されなければ、どうなっていたのでしょうか",
    )


@pytest.mark.needs("test_scans")
def test_patient_handheld(day: Any) -> None:
    """A handheld that thinks between two scans is not cut off.

    ja: 二つの読み取りの間に考え込む端末が、切られることはない。
    """
    heard = day.yard["patient"]
    first, second = (quoted(said) if said else say("nothing", "なし") for said in (*heard, "", "")[:2])
    assert heard == ["TAKEN", "TAKEN"], say(
        f"a handheld scanned, waited for three seconds, and scanned again on the same connection; the answers were "
        f"{first} and {second}",
        f"端末が読み取り、3秒待って、同じ接続でもう一度読み取りました。返事は1回目が {first}、2回目が {second} でした",
    )
