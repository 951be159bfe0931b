"""Do the turnstiles open at once: when the doors open, all evening, and after a while in which nobody came?"""

from typing import Any

import pytest

from kikori.grading import Scene, assert_running, eventually, in_words, quoted, say

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
    assert_running(scene, *SERVICES)
    name = scene.params["stadium"]
    answer = eventually(lambda: scene.get("front", "/"), lambda seen: name in seen.text, within=8)
    assert name in answer.text, say(
        f"expected {name} to answer at the front, saw {answer}: {quoted(answer.text, 60)}",
        f"front から {name} が応答するはずですが、{answer}: {quoted(answer.text, 60)} でした",
    )
    page = f"/gate-{scene.draw('gate').randrange(10**6)}"
    none = eventually(lambda: scene.get("front", page), lambda seen: seen.status == 404, within=8)
    assert none.status == 404, say(
        f"nobody knows the page {page}, so its status should be 404; saw {none}: {quoted(none.text, 60)}",
        f"{page} というページはないので、ステータスは 404 のはずですが、{none}: {quoted(none.text, 60)} でした",
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
    needed, there = evening.ports(counted["TcpActiveOpens"] / len(seen) * evening.promised)
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
        f"{names[part]} {let_in} tickets were let in, and the office's book has {booked} entries for those who came. "
        "What does the ticket service know of the office when it says yes, and when it says no?",
        f"{names[part]}、通れた券は {let_in} 枚、office の帳簿にあるその人たちの記帳は {booked} 件です。"
        "券のサービスは、通すとき、または断るとき、office の何を知っているのでしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_page")
def test_office_decides(evening: Any) -> None:
    """Nobody is let in before the office has booked the ticket; it books each once, and none that nobody showed.

    ja: office が記帳するまでは誰も通れない。記帳は1枚につき1度で、誰も見せていない券の記帳はない。
    """
    seen = evening.part("shut")
    assert not seen["early"], say(
        f"for a second the office gave no answer and booked nothing, and {seen['early']} turnstiles opened meanwhile. "
        "On whose word?",
        f"office は1秒のあいだ、答えも記帳もしませんでした。その間に {seen['early']} 台の改札が開いています。"
        "誰の言葉で開いたのでしょうか",
    )
    assert not seen["twice"], say(
        f"the office took a second to answer, and then booked {seen['twice']} tickets more than once. "
        "How often were they asked for, and what was known of the first time?",
        f"office は答えるまでに1秒かかり、その後 {seen['twice']} 枚の券を2回以上記帳しました。"
        "何度頼まれ、最初の1回について何が分かっていたのでしょうか",
    )
    unasked = evening.part("quiet")["unasked"]
    assert unasked <= 0, say(
        f"nobody came for a while, and the office booked {unasked} tickets meanwhile. Whose are they?",
        f"誰も来ない間に、office は {unasked} 枚の券を記帳しました。誰の券でしょうか",
    )


@pytest.mark.needs("test_page")
def test_after_a_quiet_while(evening: Any) -> None:
    """The first who come after a quiet while are let in at once.

    ja: しばらく誰も来なかったあとの最初の人たちも、すぐに通れる。
    """
    quiet = evening.part("quiet")
    seen = quiet["seen"]
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
    needed, there = quiet["ports"]
    assert needed < there, say(
        f"nobody came for a while, and the next {len(seen)} people were let in at once, over {quiet['opened']} new "
        f"lines to the office. If it goes on like this, lull after lull, {needed:.0f} ports are in use or in TIME-WAIT "
        f"at any moment, and there are {there}. After how many lulls is none left?",
        f"しばらく誰も来ず、次の {len(seen)} 人はすぐに通れ、office への新しい接続が {quiet['opened']} 本開かれました。"
        f"途切れるたびにこうなら、使用中か TIME-WAIT のポートはつねに {needed:.0f} 個になり、あるのは {there} 個です。"
        "何度目の途切れで尽きるでしょうか",
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
    assert seen["early"] <= seen["could"], say(
        f"{seen['early']} reports were in the book at a moment when it can't have had more than {seen['could']}, with "
        "4 ms for each, one after the other. The time for writing is not ours to leave out",
        f"1件に 4 ミリ秒、1件ずつなら、記録に載せられるのは多くて {seen['could']} 件という時点で、"
        f"{seen['early']} 件が載っていました。書くための時間を省くことはできません",
    )
    assert seen["again"] == seen["told"], say(
        f"the page about one staircase said {seen['told']}; after another staircase had reported, it says "
        f"{quoted(seen['again'])}. What became of the reports?",
        f"ある階段のページには {seen['told']} とありました。別の階段が報告したあと、同じページは"
        f"{quoted(seen['again'])} になっています。報告はどうなったのでしょうか",
    )
    quiet = evening.part("quiet")
    assert quiet["after"] == quiet["before"], say(
        f"before a while in which nobody came, the page about a staircase said {quoted(quiet['before'])}; after it, "
        f"{quoted(quiet['after'])}. Nobody had passed there. What happened in the lull?",
        f"人が途切れる前、ある階段のページは{quoted(quiet['before'])} でした。そのあとは{quoted(quiet['after'])} です。"
        "誰もそこを通っていません。途切れている間に、何があったのでしょうか",
    )


@pytest.mark.needs("test_stairs")
def test_garbled_reports(evening: Any) -> None:
    """A report that nobody can read stands in the log, and those after it arrive in the book.

    ja: 読めない報告はログに残り、そのあとの報告は記録に載る。
    """
    seen = evening.part("garbled")
    assert seen["sent"] == seen["told"], say(
        f"a counter sent four reports that nobody can read. Then another one sent {seen['sent']}; the page says "
        f"{seen['told']}. What does a bad report do to those after it?",
        f"ある計数器が、読めない報告を四つ送りました。続けて別の計数器が送ったのは {seen['sent']}、ページにあるのは "
        f"{seen['told']} です。悪い報告は、あとの報告に何をするのでしょうか",
    )
    assert eventually(evening.named_in_log, bool, within=2), say(
        "a counter sent four reports that nobody can read, and nothing of them is in the ticket service's log. "
        "Who would know which counter to repair?",
        "ある計数器が、読めない報告を四つ送りましたが、券のサービスのログには何も残っていません。"
        "どの計数器を修理すればよいか、誰に分かるでしょうか",
    )


@pytest.mark.needs("test_page")
def test_leaves_nothing_behind(evening: Any) -> None:
    """Tickets, reports and lines that were hung up leave nothing behind in the ticket service.

    ja: 券、報告、切られた接続は、券のサービスに何も残さない。
    """
    left = evening.part("left")
    assert not left, say(
        "80 tickets, 60 reports, some garbled ones, and the office hung up five times: in the ticket service that "
        f"leaves {in_words(left)} behind, each time again. What does an evening leave?",
        "券 80 枚、報告 60 件、読めない報告がいくつか、office が接続を切ること5回。"
        f"そのたびに、券のサービスには {in_words(left)} が残ります。"
        "ひと晩では、どれだけになるでしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_page")
def test_firewall_keeps_its_rule(evening: Any) -> None:
    """The office's firewall still forgets quiet connections: it is another company's.

    ja: office のファイアウォールは、今も静かな接続を忘れる。あれは他社のものである。
    """
    own = evening.part("quiet")["own"]
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
