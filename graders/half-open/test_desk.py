"""Are customers and drivers answered at once, also after a quiet while, and with what the depot knows now?"""

import random
import statistics
from typing import Any

import pytest
from depot_scales import facts, labelled, weighed

from kikori.grading import Answer, Scene, assert_running, assert_unprivileged, eventually, quoted, say

SERVICES = ("desk", "gate", "depot", "yard")
OTHERS = SERVICES[1:]
STALL = 0.040  # Linux's delayed acknowledgement, in seconds
GREETING = 0.2  # how long the depot looks at a badge
PROMPT = 2.5  # the task page says two seconds; the rest is for a busy computer
chance = random.SystemRandom()  # what was asked for once stands in the desk's log
pytestmark = pytest.mark.timeout(60)  # a working day is lived by the first check that asks for it


def seconds(scene: Scene, pages: str) -> list[float]:
    """Time the pages of curl's pattern, one after the other, from the yard."""
    asked = scene.host("yard").run(
        "curl -s -m 4 -o /dev/null -w '%%{http_code} %%{time_total}\\n' %s", f"http://desk:8080{pages}"
    )
    rows = [row.split() for row in asked.stdout.splitlines()]
    return [float(took) if status == "200" else 9.0 for status, took in rows] or [9.0]


def moment(told: dict[str, Any]) -> float:
    """Read as of when a page tells something; 0 where it does not say."""
    found = told.get("as_of")
    return float(found) if isinstance(found, (int, float)) else 0.0


def shown(grams: object) -> str:
    """Quote a parcel's weight as a page has it."""
    return say("nothing", "なし") if grams is None else quoted(str(grams))


def new_parcels(scene: Scene, count: int) -> str:
    """Write curl's pattern for the pages of parcels that nobody has asked for."""
    numbers = ",".join(f"{number:04}" for number in chance.sample(range(2000, 10000), count))
    return f"/parcels/{scene.params['letters']}-{{{numbers}}}"


def new_rounds(count: int) -> str:
    """Write curl's pattern for the pages of some rounds."""
    return f"/rounds/{{{','.join(map(str, chance.sample(range(20, 100), count)))}}}"


@pytest.mark.guard
def test_services_are_up(scene: Scene) -> None:
    """The containers of the desk and of all it talks to are running.

    ja: 窓口と、その相手のコンテナーがすべて動いている。
    """
    assert_running(scene, *SERVICES)


def changed(scene: Scene) -> str:
    """Name the first file of the others that differs from their image's."""
    fresh = scene.debug("yard", str(scene.inspect("yard")["Config"]["Image"]))
    for service in OTHERS:
        for path in (f"/srv/far/{service}.py", f"/etc/roles/{service}/{service}/run"):
            if scene.read(service, path) != fresh.run("cat %s", path).stdout:
                return f"{service}:{path}"
    rule = [line for line in scene.read("gate", "/etc/gate.conf").splitlines() if not line.startswith("#")]
    given = ["[gate]", "listen = 7000", "to = depot:7000", f"forget = {scene.params['forget']}"]
    return "" if rule == given else "gate:/etc/gate.conf"


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_others_are_untouched(scene: Scene) -> None:
    """The gate, the depot and the yard have the programs and the rule that they came with.

    ja: ゲート、集配所、ヤードのプログラムと規則は、もとのままである。
    """
    seen = changed(scene)
    assert not seen, say(
        f"{seen} is not as it was given. Those who run the gate, the depot and the yard have not been asked; "
        "what can the desk do by itself?",
        f"{seen} が最初の内容と違います。ゲートも集配所もヤードも、ほかの人が動かしているものです。"
        "窓口だけでできることは何でしょうか",
    )


@pytest.mark.needs("test_services_are_up")
def test_page(scene: Scene) -> None:
    """A customer who asks for a parcel is told what the depot knows of it now.

    ja: 荷物を尋ねた客に、集配所がいま知っていることが伝わる。
    """
    parcel = f"{scene.params['letters']}-{chance.randrange(2000, 10000)}"
    label, scales = labelled(scene, parcel), chance.randrange(20000, 30000)

    def asked() -> Answer:
        return scene.get("desk", f"/parcels/{parcel}")

    first = eventually(asked, lambda seen: seen.status == 200, within=5)
    with weighed(scene, {parcel: scales}):
        second = asked()
    assert first.status == second.status == 200, say(
        f"expected status 200 for a parcel's page, saw {first}, and then {second}. "
        "On which connection does the desk wait?",
        f"荷物のページには 200 が返るはずですが、1回目は {first}、2回目は {second} でした。"
        "窓口はどの接続で待っているのでしょうか",
    )
    told, later = facts(first.text), facts(second.text)
    assert (told.get("for"), told.get("grams")) == (scene.params["town"], label), say(
        f"the page says other things about {parcel} than the depot does: {quoted(first.text)}",
        f"{parcel} について、ページと集配所の言うことが違います: {quoted(first.text)}",
    )
    assert later.get("grams") == scales, say(
        f"the depot weighed {parcel} again, {scales} g, and the customer who asked next was told "
        f"{shown(later.get('grams'))}. Who did the desk ask?",
        f"集配所が {parcel} を量り直し、{scales} g になりました。次に尋ねた客に伝わったのは "
        f"{shown(later.get('grams'))} です。窓口は誰に尋ねたのでしょうか",
    )
    before, after = moment(told), moment(later)
    assert after > before, say(
        f"asked twice, the page gave the depot's word as of {before}, and then as of {after}: "
        "each customer wants to know how it is now",
        f"2回尋ねると、返ってきたのは {before} 時点と {after} 時点の集配所の答えでした。"
        "客が知りたいのは、それぞれが尋ねたときのことです",
    )


@pytest.mark.needs("test_page")
def test_lines_are_kept(scene: Scene) -> None:
    """Customers who come one after the other do not each pay for a greeting.

    ja: 続けて来る客が、そのたびに集配所のあいさつを待たされることはない。
    """
    usual = eventually(
        lambda: statistics.median(seconds(scene, new_parcels(scene, 9))),
        lambda took: took < GREETING * 0.75,
        within=3,
    )
    assert usual < GREETING * 0.75, say(
        f"of nine customers in a row the usual one waits {usual * 1000:.0f} ms; a greeting takes {GREETING * 1000:.0f}",
        f"続けて来た9人の客は、ふつう {usual * 1000:.0f} ms 待ちます。あいさつには {GREETING * 1000:.0f} ms かかります",
    )


@pytest.mark.needs("test_lines_are_kept")
def test_round(scene: Scene) -> None:
    """A driver gets the list of a whole round in a moment.

    ja: ドライバーに、ひと回り分の荷物の一覧がすぐに届く。
    """
    stops = int(scene.params["round"])
    bound = stops * STALL / 2
    best = eventually(lambda: min(seconds(scene, new_rounds(4))), lambda took: took < bound, within=4)
    assert best < bound, say(
        f"{stops} questions to the depot took {best * 1000:.0f} ms at best, expected under {bound * 1000:.0f} ms: "
        f"{best / stops * 1000:.0f} ms each. Who waits for whom between two packets?",
        f"集配所への質問 {stops} 件に、いちばん速くても {best * 1000:.0f} ms かかりました。{bound * 1000:.0f} ms "
        f"未満のはずです。1件あたり {best / stops * 1000:.0f} ms。パケットとパケットの間で、誰が誰を待っていますか",
    )


@pytest.mark.needs("test_lines_are_kept")
def test_single_question(scene: Scene) -> None:
    """A single question to the depot does not wait on the line.

    ja: 集配所への1件の質問が、途中で待たされない。
    """

    def quick_third() -> float:
        warm = sorted(seconds(scene, new_parcels(scene, 16))[4:]) or [9.0]
        return warm[len(warm) // 3]  # a busy computer makes some questions slow; a stall makes all of them slow

    usual = eventually(quick_third, lambda took: took < STALL * 0.8, within=8)
    assert usual < STALL * 0.8, say(
        f"one parcel takes {usual * 1000:.0f} ms, and it is alike most times; the depot itself needs 1. "
        "Look at the time stamps on the wire",
        f"荷物1件に {usual * 1000:.0f} ms、しかもたいてい同じくらいです。集配所自身は 1 ms しか使いません。"
        "通信路のタイムスタンプを見てください",
    )


@pytest.mark.needs("test_page")
def test_after_a_quiet_while(day: Any) -> None:
    """The first customers after a quiet while are answered at once, and with what the depot knows.

    ja: しばらく静かだったあとの最初の客にも、すぐに、集配所がいま知っていることが返る。
    """
    pages = day.yard["pages"]
    slow = [(one["status"], one["took"]) for one in pages if one["status"] != 200 or one["took"] > PROMPT]
    assert not slow, say(
        f"of {len(pages)} customers after a quiet while {len(slow)} were let down: status {slow[0][0]} after "
        f"{slow[0][1]:.1f} s. What did the desk's end believe of its connection, and what the other?",
        f"静かだったあとの客 {len(pages)} 人のうち {len(slow)} 人が困りました: {slow[0][1]:.1f} 秒後に "
        f"ステータス {slow[0][0]}。窓口側はその接続をどう思っていて、相手側はどう思っていたのでしょうか",
    )
    parcel, told, known = day.wrong[0] if day.wrong else ("", None, 0)
    assert not day.wrong, say(
        f"after a quiet while customers were answered, and of {len(day.wrong)} parcels the pages did not tell what the "
        f"depot knew: {parcel} had {known} g at the depot, and on the page {shown(told)}",
        f"静かだったあとの客に答えは返りましたが、荷物 {len(day.wrong)} 個について、集配所の知っていることと"
        f"違いました。{parcel} は、集配所では {known} g、ページでは {shown(told)} です",
    )


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_gate_keeps_its_rule(day: Any) -> None:
    """The gate still forgets what is quiet: it is not ours, and other firms count on its rule.

    ja: ゲートは今も静かな接続を忘れる。ゲートは他社も使うもので、その規則は変えない。
    """
    seen = day.yard["gate"]
    said = {
        "silent": "",
        "closed": say("it was closed", "閉じられました"),
        "not reached": say("the gate could not be reached", "ゲートにつながりませんでした"),
    }.get(seen, say(f"the answer {quoted(seen)} came back on it", f"{quoted(seen)} という返事が来ました"))
    assert seen == "silent", say(
        "a connection of another firm that is quiet for longer than the rule says should be forgotten without a word; "
        f"{said}",
        f"規則の時間より長く静かだった他社の接続は、何も告げずに忘れられるはずですが、{said}",
    )


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_desk_is_not_root(scene: Scene) -> None:
    """The desk does not run as root, and only root can change what it runs.

    ja: 窓口は root で動かず、実行するものを変えられるのは root だけ。
    """
    assert_unprivileged(scene, "desk", "/srv/desk", "/etc/desk", "/etc/service")
