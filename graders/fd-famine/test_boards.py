"""Do all boards of the harbour show the plan, at the load that was promised, and go on doing so?"""

import secrets
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from kikori.grading import Answer, Scene, eventually, quoted, say, unkept

GONE = ("exited", "dead", "created")
PLAN = b"event: plan"
NEWS = (b"event: reload", PLAN)
"""How a board may be told that the plan was published anew."""


def promised(scene: Scene) -> int:
    """As many phones as the harbour has boards."""
    return int(scene.params["boards"])


def delayed(minutes: int) -> bytes:
    """How a board is told of a delay, in the plan or later."""
    return f'"delay": {minutes}'.encode()


def overflows(scene: Scene) -> int:
    """How often a connection met a full queue at the desk, since its network is there."""
    lines = [line.split() for line in scene.sidecar("desk").network("netstat").splitlines()]
    names, values = lines[0], lines[1]
    return int(dict(zip(names, values, strict=True))["ListenOverflows"])


@pytest.mark.timeout(20)
def test_page(scene: Scene) -> None:
    """The timetable answers at the edge, under the harbour's name.

    ja: 時刻表が、港の名前で edge から応答する。
    """

    def visit() -> tuple[Answer, str]:
        return scene.get("edge", "/"), scene.state("desk")

    answer, state = eventually(visit, lambda seen: seen[0].status == 200 or seen[1] in GONE, within=6)
    assert answer.status == 200, say(
        f"expected status 200 for /, saw {answer}; the container of the desk is {state}",
        f"/ には 200 が返るはずですが、{answer} でした。desk のコンテナーは {state} です",
    )
    assert scene.params["harbour"] in answer.text, say(
        f"something answers, but not as this harbour: {quoted(answer.text)}",
        f"応答はありますが、この港の名前ではありません: {quoted(answer.text)}",
    )


@pytest.mark.timeout(45)
def test_boards(
    scene: Scene, phones: Any, announce: Callable[[int, int], Answer], harbour: Callable[[str], Any]
) -> None:
    """The harbour's boards and as many phones see the plan at once, and hear of a delay while they are held.

    ja: 港の案内板と、それと同じ数のスマートフォンが同時に時刻表を見られ、つながったまま遅れの知らせを受け取る。
    """
    count, (known, new) = promised(scene), (200 + secrets.randbelow(300), 500 + secrets.randbelow(300))
    one, other = scene.draw("boards").sample(range(64), 2)
    announce(one, known)
    bright = phones.gather(count)
    asks = say("Who answers them so, if anybody does?", "応答しているのは、いるとすれば、誰なのでしょうか")
    if bright:
        asks = say(
            "Which process has met a limit, and how many does it hold?",
            "上限に当たったのはどのプロセスで、いくつ持っているのでしょうか",
        )
    assert bright == count, say(
        f"expected {count} phones to be shown the plan beside {count} boards; after {bright} no more were "
        f"(the next: {phones.answers()}). {asks}",
        f"{count} 台の案内板に加えて {count} 台のスマートフォンに時刻表が出るはずですが、{bright} 台で止まりました"
        f"（次の数台: {phones.answers()}）。{asks}",
    )
    late = count - phones.hear(delayed(known), silence=1)
    answer = announce(other, new)
    told = phones.hear(delayed(new))
    quays = eventually(lambda: harbour("quays"), lambda seen: seen["bright"] == seen["boards"], within=8)
    held = phones.held()
    for sailing in (one, other):
        announce(sailing, 0)
    assert not late, say(
        f"a delay of {known} minutes was announced before {count} phones came; the plan that {late} of them are shown "
        "does not have it",
        f"{known} 分の遅れが知らされた後に {count} 台が来ましたが、うち {late} 台の時刻表にはその遅れが出ていません",
    )
    assert told == count, say(
        f"{count} phones came, and only {told} of them heard of the next delay ({answer}): what became of the others?",
        f"{count} 台がつながったのに、次の遅れの知らせを受け取ったのは {told} 台だけです（{answer}）。"
        "残りはどうなったのでしょうか",
    )
    check_room(quays, held, count)


def check_room(quays: dict[str, int], held: int, count: int) -> None:
    """Nobody had to go, or to stay out, for the others."""
    assert quays["bright"] == quays["boards"], say(
        f"while {count} phones are shown the plan, of the harbour's {quays['boards']} boards only "
        f"{quays['bright']} are",
        f"{count} 台のスマートフォンに時刻表が出ている間、港の案内板 {quays['boards']} 台のうち"
        f"時刻表が出ているのは {quays['bright']} 台だけです",
    )
    assert held == count, say(
        f"once all of the harbour's boards were shown the plan, {count - held} of {count} phones had been cut off",
        f"港の案内板の全部に時刻表が出たとき、{count} 台のスマートフォンのうち {count - held} 台の接続が切れていました",
    )


@pytest.mark.timeout(45)
def test_burst(scene: Scene, phones: Any, office: Any, harbour: Callable[[str], Any]) -> None:
    """When the plan is published, all boards that come back at once get it at the first try, and it is stamped.

    ja: 時刻表が発行されて全部の案内板が一斉に戻ってきても、どれも一度で表示でき、その時刻表には印が押されている。
    """
    count = promised(scene)
    gathered = phones.gather(count)
    assert gathered == count, say(
        f"the plan was not published: only {gathered} of {count} phones had come in before ({phones.answers()})",
        f"時刻表の発行まで進めません。その前に入れたのは {count} 台のうち {gathered} 台だけです（{phones.answers()}）",
    )
    phones.forget()
    before, stamps = overflows(scene), len(harbour("book"))
    office.publish()
    phones.hear(*NEWS, enough=1)
    told = phones.hear(*NEWS, silence=1)
    phones.leave()
    phones.come(count)
    bright = phones.hear(PLAN)
    office.hear(b'"stamp"')
    crowd = Crowd(count, told, bright, phones.answers(), overflows(scene) - before)
    version = check_stamp(office, lambda: harbour("book")[stamps:])
    check_crowd(crowd)
    behind = phones.behind(version)
    assert not behind, say(
        f"version {version} of the plan was published, and {behind} of the {count} phones that came back for it are "
        "shown one before it",
        f"時刻表の第 {version} 版が発行されましたが、そのために戻ってきた {count} 台のうち {behind} 台には、"
        "それより前の版が出ています",
    )


class Crowd(NamedTuple):
    """What became of those to whom the plan was shown when it was published anew."""

    phones: int
    told: int
    bright: int
    others: str
    """What those saw who do not see the plan."""
    dropped: int


def check_crowd(crowd: Crowd) -> None:
    """All of them were told, and let in at the first try."""
    count, untold = crowd.phones, crowd.phones - crowd.told
    assert not untold, say(
        f"the plan was published anew, and {untold} of the {count} phones that showed the old one were not told",
        f"時刻表が発行し直されましたが、前の時刻表が出ていた {count} 台のうち {untold} 台には知らされていません",
    )
    asks = say(
        "How far did those get, and what do the logs say there?",
        "残りはどこまで届いたのでしょうか。そこのログは何と言っているでしょうか",
    )
    if crowd.dropped > 0:
        asks = say(
            "Where does a connection wait while nobody takes it, and how many can?",
            "誰も受け取らない間、接続はどこで待ち、いくつまで待てるのでしょうか",
        )
    assert crowd.bright == count, say(
        f"the plan was published, {count} phones came back in that moment, and {crowd.bright} of them show it (the "
        f"others: {crowd.others}). {asks}",
        f"時刻表が発行され、その瞬間に {count} 台が戻りましたが、表示できたのは {crowd.bright} 台でした"
        f"（残り: {crowd.others}）。{asks}",
    )
    assert crowd.dropped <= 0, say(
        f"all phones show the plan in the end, but {crowd.dropped} times the desk's kernel dropped a connection that "
        "wanted to come in: people waited for the second try. Which counter says so, and what was full?",
        f"最後には全部に表示されましたが、desk のカーネルは入ろうとした接続を {crowd.dropped} 回捨てています。"
        "利用者は2度目の試みを待たされました。それを示すカウンターはどれで、何がいっぱいだったのでしょうか",
    )


def check_stamp(office: Any, book: Callable[[], list[list[Any]]]) -> int:
    """What whoever published the plan was told is what the office did; gives the version that they were told."""
    version: int
    version, stamp = office.stamp()
    assert stamp, say(
        f"expected a stamped plan, saw {office.answers()}: {office.said()}",
        f"印の押された時刻表が返るはずですが、{office.answers()} でした: {office.said()}",
    )
    assert not unkept({(version, stamp): True}, lambda told: [*told] in book(), within=1), say(
        f"whoever published version {version} of the plan was told “{stamp}”, but the office's book has no such "
        "stamp on that version since then",
        f"第 {version} 版の時刻表を発行した人には「{stamp}」と返っていますが、事務所の台帳には、"
        f"発行の後に第 {version} 版へ押されたその印の記録がありません",
    )
    return version
