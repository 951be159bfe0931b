"""Are customers and drivers answered at once, also after a quiet while, and with what the depot knows now?"""

import json
import statistics
import zlib
from secrets import randbelow
from typing import Any

import pytest

from kikori.grading import Scene, assert_unprivileged, eventually, say

SERVICES = ("desk", "gate", "depot", "yard")
STALL = 0.040  # Linux's delayed acknowledgement, in seconds
GREETING = 0.2  # how long the depot looks at a badge
PROMPT = 2.5  # less than the desk waits for an answer that does not come, with room for a busy computer
pytestmark = pytest.mark.timeout(60)  # a working day is lived by the first check that asks for it


def seconds(scene: Scene, pages: str) -> list[float]:
    """How long each page takes that curl makes of a pattern, one after the other, seen from the next desk."""
    asked = scene.host("yard").run(
        "curl -s -m 4 -o /dev/null -w '%%{http_code} %%{time_total}\\n' %s", f"http://desk:8080{pages}"
    )
    rows = [row.split() for row in asked.stdout.splitlines()]
    return [float(took) if status == "200" else 9.0 for status, took in rows] or [9.0]


@pytest.mark.guard
def test_services_are_up(scene: Scene) -> None:
    """The containers of the desk and of all it talks to are running.

    ja: 窓口と、その相手のコンテナーがすべて動いている。
    """
    down = [name for name in SERVICES if scene.state(name) != "running"]
    assert not down, say(
        f"not running: {', '.join(down)}; `kikori resume` starts them again",
        f"動いていないもの: {', '.join(down)}。`kikori resume` で起動できます",
    )


@pytest.mark.needs("test_services_are_up")
def test_page(scene: Scene) -> None:
    """A customer who asks for a parcel is told what the depot knows of it now.

    ja: 荷物を尋ねた客に、集配所がいま知っていることが伝わる。
    """
    parcel = f"{scene.params['letters']}-{4000 + randbelow(1000)}"
    first = eventually(lambda: scene.get("desk", f"/parcels/{parcel}"), lambda seen: seen.status == 200, within=5)
    assert first.status == 200, say(
        f"expected status 200 for a parcel's page, saw {first}. On which connection does the desk wait?",
        f"荷物のページには 200 が返るはずですが、{first} でした。窓口はどの接続で待っているのでしょうか",
    )
    facts, later = json.loads(first.text), json.loads(scene.get("desk", f"/parcels/{parcel}").text)
    town = scene.params["town"]
    grams = 100 + zlib.crc32(f"{town}/{parcel}".encode()) % 19900
    assert (facts["for"], facts["grams"]) == (town, grams), say(
        f"the page says other things about {parcel} than the depot does",
        f"{parcel} について、ページと集配所の言うことが違います",
    )
    assert later["as_of"] > facts["as_of"], say(
        f"asked twice, the page gave the depot's word of the same moment ({facts['as_of']}): customers want today's",
        f"2回尋ねても、同じ時点（{facts['as_of']}）の集配所の答えが返りました。客が知りたいのはいまのことです",
    )


@pytest.mark.needs("test_page")
def test_round(scene: Scene) -> None:
    """A driver gets the list of a whole round in a moment.

    ja: ドライバーに、ひと回り分の荷物の一覧がすぐに届く。
    """
    stops = int(scene.params["round"])
    bound = stops * STALL / 2
    best = eventually(lambda: min(seconds(scene, "/rounds/[1-4]")), lambda took: took < bound, within=4)
    assert best < bound, say(
        f"{stops} questions to the depot took {best * 1000:.0f} ms at best, expected under {bound * 1000:.0f} ms: "
        f"{best / stops * 1000:.0f} ms each. Who waits for whom between two packets?",
        f"集配所への質問 {stops} 件に、いちばん速くても {best * 1000:.0f} ms かかりました。{bound * 1000:.0f} ms "
        f"未満のはずです。1件あたり {best / stops * 1000:.0f} ms。パケットとパケットの間で、誰が誰を待っていますか",
    )


@pytest.mark.needs("test_page")
def test_single_question(scene: Scene) -> None:
    """A single question to the depot does not wait on the line.

    ja: 集配所への1件の質問が、途中で待たされない。
    """
    parcels = f"/parcels/{scene.params['letters']}-33[10-25]"

    def quick_third() -> float:
        warm = sorted(seconds(scene, parcels)[4:]) or [9.0]
        return warm[len(warm) // 3]  # a busy computer makes some questions slow; a stall makes all of them slow

    usual = eventually(quick_third, lambda took: took < STALL * 0.8, within=8)
    assert usual < STALL * 0.8, say(
        f"one parcel takes {usual * 1000:.0f} ms, and it is alike most times; the depot itself needs 1. "
        "Look at the time stamps on the wire",
        f"荷物1件に {usual * 1000:.0f} ms、しかもたいてい同じくらいです。集配所自身は 1 ms しか使いません。"
        "通信路のタイムスタンプを見てください",
    )


@pytest.mark.needs("test_page")
def test_lines_are_kept(scene: Scene) -> None:
    """Customers who come one after the other do not each pay for a greeting.

    ja: 続けて来る客が、そのたびに集配所のあいさつを待たされることはない。
    """
    parcels = f"/parcels/{scene.params['letters']}-34[10-18]"
    usual = eventually(
        lambda: statistics.median(seconds(scene, parcels)), lambda took: took < GREETING * 0.75, within=3
    )
    assert usual < GREETING * 0.75, say(
        f"of nine customers in a row the usual one waits {usual * 1000:.0f} ms; a greeting takes {GREETING * 1000:.0f}",
        f"続けて来た9人の客は、ふつう {usual * 1000:.0f} ms 待ちます。あいさつには {GREETING * 1000:.0f} ms かかります",
    )


@pytest.mark.needs("test_page")
def test_after_a_quiet_while(day: Any) -> None:
    """The first customers after a quiet while are answered at once.

    ja: しばらく静かだったあとの最初の客にも、すぐに答えが返る。
    """
    pages = day.yard["pages"]
    slow = [(status, took) for status, took in pages if status != 200 or took > PROMPT]
    assert not slow, say(
        f"of {len(pages)} customers after a quiet while {len(slow)} were let down: status {slow[0][0]} after "
        f"{slow[0][1]:.1f} s. What did the desk's end believe of its connection, and what the other?",
        f"静かだったあとの客 {len(pages)} 人のうち {len(slow)} 人が困りました: {slow[0][1]:.1f} 秒後に "
        f"ステータス {slow[0][0]}。窓口側はその接続をどう思っていて、相手側はどう思っていたのでしょうか",
    )


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_gate_keeps_its_rule(day: Any) -> None:
    """The gate still forgets what is quiet: it is not ours, and other firms count on its rule.

    ja: ゲートは今も静かな接続を忘れる。ゲートは他社も使うもので、その規則は変えない。
    """
    assert day.yard["gate"] == "silent", say(
        "a connection of another firm, quiet for as long as the rule says, should be forgotten; "
        f"it is {day.yard['gate']}",
        f"規則の時間だけ静かだった他社の接続は忘れられるはずですが、{day.yard['gate']} でした",
    )


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_desk_is_not_root(scene: Scene) -> None:
    """The desk does not run as root, and only root can change what it runs.

    ja: 窓口は root で動かず、実行するものを変えられるのは root だけ。
    """
    assert_unprivileged(scene, "desk", "/srv/desk", "/etc/desk", "/etc/service")
