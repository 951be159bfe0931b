"""Do the turnstiles open at once: when the doors open, all evening, and after a while in which nobody came?"""

from typing import Any

import pytest

from kikori.grading import Scene, eventually, quoted, say

SERVICES = ("tickets", "front", "office", "stadium")
PROMPT = 1.0  # seconds; a ticket needs a hundredth of it
pytestmark = pytest.mark.timeout(60)


def wrong(seen: list[tuple[int, float]]) -> str:
    """What those saw who were not let in, for a reason."""
    kinds = sorted({status for status, _ in seen if status != 200})
    names = {0: say("no answer", "応答なし"), -1: say("another ticket's answer", "ほかの券への応答")}
    return ", ".join(f"{sum(s == kind for s, _ in seen)} × {names.get(kind, kind)}" for kind in kinds)


def slowest(seen: list[tuple[int, float]]) -> float:
    """The longest that anybody stood there."""
    return max((took for _, took in seen), default=0.0)


@pytest.mark.guard
def test_page(scene: Scene) -> None:
    """The ticket service answers at the front, under the stadium's name.

    ja: 券のサービスが、球場の名前で front から応答する。
    """
    down = [name for name in SERVICES if scene.state(name) != "running"]
    assert not down, say(
        f"not running: {', '.join(down)}; `kikori resume` starts them again",
        f"動いていないもの: {', '.join(down)}。`kikori resume` で起動できます",
    )
    name = scene.params["stadium"]
    answer = eventually(lambda: scene.get("front", "/"), lambda seen: name in seen.text, within=8)
    assert name in answer.text, say(
        f"expected {name} to answer at the front, saw {answer}: {quoted(answer.text, 60)}",
        f"front から {name} が応答するはずですが、{answer}: {quoted(answer.text, 60)} でした",
    )


@pytest.mark.needs("test_page")
def test_doors_open(evening: Any) -> None:
    """When the doors open, every turnstile is let through at its first knock.

    ja: 開門の瞬間、どの改札も最初のノックで通れる。
    """
    seen, dropped = evening.part("doors")
    assert not wrong(seen), say(
        f"the doors opened, {len(seen)} turnstiles asked within a quarter of a second, and some were not let through: "
        f"{wrong(seen)}. Who said no, and what did the log say of it?",
        f"開門で {len(seen)} 台の改札が4分の1秒のうちに尋ね、通れないものがありました: {wrong(seen)}。"
        "断ったのは誰で、ログには何とありましたか",
    )
    assert dropped <= 0, say(
        f"of {len(seen)} turnstiles all got through, the slowest after {slowest(seen):.1f} s; but {dropped} times the "
        "kernel of the ticket service threw a knock away. Which counter tells of it, and what was full?",
        f"改札 {len(seen)} 台はすべて通れ、いちばん遅いもので {slowest(seen):.1f} 秒でした。しかし、券のサービスの"
        f"カーネルはノックを {dropped} 回捨てています。それを示すカウンターはどれで、何がいっぱいだったのでしょうか",
    )
    assert slowest(seen) < evening.long, say(
        f"nothing was dropped, and yet a turnstile waited {slowest(seen):.1f} s: a line is no help where nobody serves",
        f"何も捨てられていないのに、{slowest(seen):.1f} 秒待った改札があります。"
        "応対が追いつかなければ、列は役に立ちません",
    )


@pytest.mark.needs("test_page")
def test_all_evening(evening: Any) -> None:
    """All evening long every ticket is let in, at the rate that was promised.

    ja: 約束した速さで、ひと晩じゅう、どの券も通れる。
    """
    seen, counted = evening.part("evening")
    assert not wrong(seen), say(
        f"of {len(seen)} tickets in a row, not all were let in: {wrong(seen)}. What does the ticket service's log say, "
        "and what had it used up?",
        f"続けて来た券 {len(seen)} 枚に、通れないものがありました: {wrong(seen)}。券のサービスのログには何とあり、"
        "何を使い切ったのでしょうか",
    )
    assert slowest(seen) < evening.long, say(
        f"of {len(seen)} tickets in a row, the slowest waited {slowest(seen):.1f} s: for what?",
        f"続けて来た券 {len(seen)} 枚のうち、いちばん遅いものは {slowest(seen):.1f} 秒待ちました。"
        "何を待ったのでしょうか",
    )
    assert counted["TcpExtTCPTimeWaitOverflow"] <= 0, say(
        "every ticket was let in, but the kernel had to forget connections that it should remember for a minute, "
        f"{counted['TcpExtTCPTimeWaitOverflow']} times. What are those notes for?",
        "どの券も通れましたが、カーネルは1分は覚えておくはずの接続を、"
        f"{counted['TcpExtTCPTimeWaitOverflow']} 回、忘れさせられました。あの控えは何のためにあるのでしょうか",
    )
    needed, there = evening.ports(counted["TcpActiveOpens"] / len(seen))
    assert needed < there, say(
        f"this time every ticket was let in. At {evening.promised} tickets a second, though, {needed:.0f} ports are in "
        f"use or in TIME-WAIT at any moment, and there are {there}. After how many seconds is none left?",
        f"今回はどの券も通れました。しかし毎秒 {evening.promised} 枚なら、使用中か TIME-WAIT のポートはつねに "
        f"{needed:.0f} 個になり、あるのは {there} 個です。何秒で尽きるでしょうか",
    )


@pytest.mark.needs("test_page")
def test_booked(evening: Any) -> None:
    """What was let in stands in the ticket office's book.

    ja: 通れた券は、すべて office の帳簿に載っている。
    """
    differing = evening.part("booked")
    names = {
        "doors": say("when the doors opened", "開門のとき"),
        "evening": say("in the course of the evening", "ひと晩のあいだ"),
        "quiet": say("after a quiet while", "しばらく誰も来なかったあと"),
    }
    part, (let_in, booked) = next(iter(differing.items()), ("evening", (0, 0)))
    assert not differing, say(
        f"{names[part]} {let_in} tickets were let in, and the office has {booked} of them in its book. "
        "What does the ticket service know of the office when it says yes?",
        f"{names[part]}、通れた券は {let_in} 枚、office の帳簿にあるのは {booked} 枚です。"
        "券のサービスは、通してよいと答えるとき、office の何を知っているのでしょうか",
    )


@pytest.mark.needs("test_page")
def test_after_a_quiet_while(evening: Any) -> None:
    """The first who come after a quiet while are let in at once.

    ja: しばらく誰も来なかったあとの最初の人たちも、すぐに通れる。
    """
    seen, _ = evening.part("quiet")
    assert not wrong(seen), say(
        f"nobody came for a while, then {len(seen)} people did, and some were sent away: {wrong(seen)}. "
        "What did our kernel believe of its lines to the office?",
        f"しばらく誰も来ず、それから {len(seen)} 人が来て、通れない人がいました: {wrong(seen)}。"
        "こちらのカーネルは、office への接続をどう思っていたのでしょうか",
    )
    assert slowest(seen) < PROMPT, say(
        f"nobody came for a while, and of the next {len(seen)} people one waited {slowest(seen):.1f} s. "
        "What was asked on which line, and when was that last used?",
        f"しばらく誰も来ず、次の {len(seen)} 人のうち、いちばん遅い人は {slowest(seen):.1f} 秒待ちました。"
        "どの接続で尋ね、その接続が最後に使われたのはいつでしょうか",
    )


@pytest.mark.needs("test_page")
def test_stairs(evening: Any) -> None:
    """Every report of a counter at the stairs arrives in the book.

    ja: 階段の計数器の報告は、すべて記録に載る。
    """
    seen = evening.part("stairs")
    assert seen["sent"] == seen["told"], say(
        f"the counter sent {seen['sent']}; the page says {seen['told']}. The kernel of the ticket service dropped "
        f"{seen['dropped']}. Where had they been waiting?",
        f"計数器が送ったのは {seen['sent']}、ページにあるのは {seen['told']} です。券のサービスのカーネルは "
        f"{seen['dropped']} 個を捨てました。それまで、どこで待っていたのでしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_page")
def test_firewall_keeps_its_rule(evening: Any) -> None:
    """The office's firewall still forgets quiet connections: it is another company's.

    ja: office のファイアウォールは、今も静かな接続を忘れる。あれは他社のものである。
    """
    _, own = evening.part("quiet")
    assert own == "silent", say(
        f"a line of somebody else's, quiet for as long as the rule says, should be forgotten; it is {own}",
        f"規則の時間だけ静かだった、よその接続は忘れられるはずですが、{own} でした",
    )


@pytest.mark.guard
def test_tickets_is_not_root(scene: Scene) -> None:
    """The ticket service is started for a user who is not root.

    ja: 券のサービスは root ではないユーザーで起動されている。
    """
    user = str(scene.inspect("tickets")["Config"]["User"])
    assert scene.uid("tickets") != 0, say(
        f"expected a user of its own, the container runs as {user or 'root'}: no setting here needs root",
        f"専用のユーザーで動くはずが、{user or 'root'} で動いています。root が要る設定はここにはありません",
    )
