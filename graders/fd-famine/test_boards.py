"""Do all boards of the harbour show the plan, at the load that was promised, and go on doing so?"""

import json
import secrets
from functools import partial
from typing import Any

import pytest

from kikori.grading import Answer, Scene, eventually, say

GONE = ("exited", "dead", "created")
ROUND = 15
"""Sheets that are printed before each count of descriptors."""

# Open descriptors of the service and of all that it has started; what the healthcheck and the grader run has another
# ancestor. Connections come and go with the harbour's boards, pipes with each sheet: they are not counted.
COUNT = """
import os
def parent(pid):
    return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
def ours(pid):
    while pid > 1:
        pid = parent(pid)
    return pid == 1
count = 0
for pid in filter(str.isdigit, os.listdir("/proc")):
    try:
        names = [os.readlink(f"/proc/{pid}/fd/{n}") for n in os.listdir(f"/proc/{pid}/fd")] if ours(int(pid)) else []
    except OSError:
        continue
    count += sum(not name.startswith(("socket:", "pipe:")) for name in names)
print(count)
"""


def promised(scene: Scene) -> int:
    """As many phones as the harbour has boards."""
    return int(scene.params["boards"])


def announce(scene: Scene, sailing: int, delay: int) -> Answer:
    """Announce a delay, as the office would."""
    return scene.ask("POST", "edge", f"/sailings/{sailing}", data=json.dumps({"delay": delay}))


def print_sheet(scene: Scene, delay: int) -> str:
    """Announce a delay and print its sheet; gives what went wrong."""
    announce(scene, 63, delay)
    sheet = scene.get("edge", "/sheet/63")
    if sheet.status == 200 and f"delay {delay} " in sheet.text:
        return ""
    return str(sheet) + (f": {sheet.text.strip()[:80]!r}" if sheet.status else "")


def print_sheets(scene: Scene, count: int) -> str:
    """Print sheets, each of them new, as a printer that asks again; gives what went wrong with the first that did."""
    wrong = ""
    for _ in range(count):
        delay = 1 + secrets.randbelow(9000)
        wrong = eventually(partial(print_sheet, scene, delay), lambda wrong: not wrong, within=4)
        if wrong:
            break
    announce(scene, 63, 0)
    return wrong


def descriptors(scene: Scene) -> int:
    """What the desk holds, the connections in use left out."""
    counted = scene.host("desk").run("python3 -c %s", COUNT)
    assert counted.rc == 0, say(
        f"the desk's descriptors could not be counted: {counted.stderr[-80:]}",
        f"desk のディスクリプターを数えられませんでした: {counted.stderr[-80:]}",
    )
    return int(counted.stdout)


def overflows(scene: Scene) -> int:
    """How often a connection met a full queue at the desk, since its network is there."""
    lines = [line.split() for line in scene.host("desk").file("/proc/net/netstat").content_string.splitlines()]
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
        f"something answers, but not as this harbour: {answer.text[:80]!r}",
        f"応答はありますが、この港の名前ではありません: {answer.text[:80]!r}",
    )


@pytest.mark.timeout(45)
def test_boards(scene: Scene, phones: Any) -> None:
    """The harbour's boards and as many phones see the plan at once, and hear of a delay while they are held.

    ja: 港の案内板と、それと同じ数のスマートフォンが同時に時刻表を見られ、つながったまま遅れの知らせを受け取る。
    """
    count = promised(scene)
    bright = phones.gather(count)
    assert bright == count, say(
        f"expected {count} phones to be shown the plan beside {count} boards; after {bright} no more were "
        f"(the next: {phones.answers()}). Which process has met a limit, and how many does it hold?",
        f"{count} 台の案内板に加えて {count} 台のスマートフォンに時刻表が出るはずですが、{bright} 台で止まりました"
        f"（次の数台: {phones.answers()}）。上限に当たったのはどのプロセスで、いくつ持っているのでしょうか",
    )
    answer = announce(scene, 7, 25)
    told = phones.hear(b'"delay": 25')
    announce(scene, 7, 0)
    assert told == count, say(
        f"{count} phones came, and only {told} of them heard of the next delay ({answer}): what became of the others?",
        f"{count} 台がつながったのに、次の遅れの知らせを受け取ったのは {told} 台だけです（{answer}）。"
        "残りはどうなったのでしょうか",
    )


@pytest.mark.timeout(45)
@pytest.mark.needs("test_page")
def test_sheet(scene: Scene) -> None:
    """The printers get a sheet that shows the latest delay.

    ja: プリンターが、最新の遅れの入った紙面を受け取る。
    """
    wrong = print_sheets(scene, 1)
    assert not wrong, say(
        f"expected a sheet with the delay that was announced last, saw {wrong}",
        f"直前に知らせた遅れの入った紙面が返るはずですが、{wrong} でした",
    )


@pytest.mark.timeout(45)
@pytest.mark.needs("test_sheet")
def test_descriptors(scene: Scene, phones: Any) -> None:
    """The desk holds no more after many sheets than after a few, and cuts nobody off meanwhile.

    ja: 紙面を何枚刷っても desk の持つディスクリプターは増えず、その間に誰の接続も切られない。
    """
    phones.gather(5)
    wrong = print_sheets(scene, ROUND)
    few = descriptors(scene)
    wrong = wrong or print_sheets(scene, ROUND)
    grown = eventually(lambda: descriptors(scene) - few, lambda more: more < ROUND // 2, within=1)
    held = phones.held()
    assert not wrong, say(
        f"expected {2 * ROUND} sheets, one failed: {wrong}", f"{2 * ROUND} 枚のうち失敗した紙面があります: {wrong}"
    )
    assert grown < ROUND // 2, say(
        f"{ROUND} sheets more, and the desk holds {grown} descriptors more than before: what are they, and since when?",
        f"紙面を {ROUND} 枚刷ると、desk の持つディスクリプターが {grown} 個増えています。何が、いつ増えるのでしょうか",
    )
    assert held == 5, say(
        f"while sheets were printed, {5 - held} of 5 phones were cut off: who let go of them?",
        f"紙面を刷っている間に、5 台のうち {5 - held} 台の接続が切られました。切ったのは誰でしょうか",
    )


@pytest.mark.timeout(45)
def test_burst(scene: Scene, phones: Any, office: Any) -> None:
    """When the plan is published and all boards come back at once, each gets it, and none is turned away first.

    ja: 時刻表が発行されて全部の案内板が一斉に戻ってきても、どれにも時刻表が出て、いったん追い返されるものもない。
    """
    count = promised(scene)
    gathered = phones.gather(count)
    assert gathered == count, say(
        f"the plan was not published: only {gathered} of {count} phones had come in before ({phones.answers()})",
        f"時刻表の発行まで進めません。その前に入れたのは {count} 台のうち {gathered} 台だけです（{phones.answers()}）",
    )
    phones.forget()
    before = overflows(scene)
    office.publish()
    phones.hear(b"event: reload", enough=1)
    phones.leave()
    phones.come(count)
    bright = phones.hear(b"event: plan")
    published = office.hear(b"stamped")
    dropped = overflows(scene) - before
    seen = phones.answers()
    assert bright == count, say(
        f"the plan was published, {count} phones came back in that moment, and {bright} of them show it (the others: "
        f"{seen}). Where does a connection wait while nobody takes it, and how many can?",
        f"時刻表が発行され、その瞬間に {count} 台が戻りましたが、表示できたのは {bright} 台でした（残り: {seen}）。"
        "誰も受け取らない間、接続はどこで待ち、いくつまで待てるのでしょうか",
    )
    assert dropped <= 0, say(
        f"all phones show the plan in the end, but {dropped} times the desk's kernel dropped a connection that wanted "
        "to come in: people waited for the second try. Which counter says so, and what was full?",
        f"最後には全部に表示されましたが、desk のカーネルは入ろうとした接続を {dropped} 回捨てています。"
        "利用者は2度目の試みを待たされました。それを示すカウンターはどれで、何がいっぱいだったのでしょうか",
    )
    assert published, say(
        f"expected a stamped plan, saw {office.answers()}: {office.said()}",
        f"印の押された時刻表が返るはずですが、{office.answers()} でした: {office.said()}",
    )


@pytest.mark.guard
def test_desk_is_not_root(scene: Scene) -> None:
    """The desk is started for a user who is not root.

    ja: desk は root ではないユーザーで起動されている。
    """
    user = str(scene.inspect("desk")["Config"]["User"])
    assert user.split(":")[0] not in ("", "root", "0"), say(
        f"expected a user of the desk's own, the container runs as {user or 'root'}: a limit is no reason for root",
        f"desk は専用のユーザーで動くはずが、{user or 'root'} で動いています。上限は root にする理由になりません",
    )


@pytest.mark.guard
def test_no_restart_loop(scene: Scene) -> None:
    """No service is started over and over.

    ja: 何度も起動し直されているサービスはない。
    """
    counts = {name: int(scene.inspect(name)["RestartCount"]) for name in ("desk", "edge", "harbour")}
    worst = max(counts, key=lambda name: counts[name])
    assert counts[worst] < 2, say(
        f"expected the services to stay, but the engine has started {worst} again {counts[worst]} times",
        f"サービスは動き続けるはずが、Docker が {worst} を {counts[worst]} 回起動し直しています",
    )
