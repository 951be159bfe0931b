"""Are customers and drivers answered at once, also after a quiet while, and with what the depot knows now?"""

import random
import statistics
from typing import Any

import pytest
from depot_scales import facts, labelled, parcels_of, weighed, weights

from kikori.grading import Answer, Scene, assert_running, assert_unprivileged, eventually, quoted, reasons

reason = reasons(__file__)

SERVICES = ("desk", "gate", "depot", "yard")
OTHERS = SERVICES[1:]
STALL = 0.040  # Linux's delayed acknowledgement, in seconds
GREETING = 0.2  # how long the depot looks at a badge
PACE = 150  # customers in a minute: less than the half second between two of them that the task page speaks of
PROMPT = 2.5  # the task page says two seconds; the rest is for a busy computer
chance = random.SystemRandom()  # what was asked for once stands in the desk's log
pytestmark = pytest.mark.timeout(120)  # a working day, or two, are lived by the first check that asks


def seconds(scene: Scene, pages: str, in_a_minute: int = 0) -> list[float]:
    """Time the pages of curl's pattern, one after the other or so many in a minute, from the yard."""
    paced = f"--rate {in_a_minute}/m " if in_a_minute else ""
    asked = scene.host("yard").run(
        f"curl -s -m 4 {paced}-o /dev/null -w '%%{{http_code}} %%{{time_total}}\\n' %s", f"http://desk:8080{pages}"
    )
    rows = [row.split() for row in asked.stdout.splitlines()]
    return [float(took) if status == "200" else 9.0 for status, took in rows] or [9.0]


def moment(told: dict[str, Any]) -> float:
    """Read as of when a page tells something; 0 where it does not say."""
    found = told.get("as_of")
    return float(found) if isinstance(found, (int, float)) else 0.0


def shown(grams: object) -> str:
    """Quote a parcel's weight as a page has it."""
    return reason("shown") if grams is None else quoted(str(grams))


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

    ja: 窓口と、その相手のコンテナがすべて動いている。
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
    assert not seen, reason("others-are-untouched", seen=seen)


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
    assert first.status == second.status == 200, reason("page", first=first, second=second)
    told, later = facts(first.text), facts(second.text)
    assert (told.get("for"), told.get("grams")) == (scene.params["town"], label), reason(
        "page-2", parcel=parcel, text=quoted(first.text)
    )
    assert later.get("grams") == scales, reason("page-3", parcel=parcel, scales=scales, shown=shown(later.get("grams")))
    before, after = moment(told), moment(later)
    assert after > before, reason("page-4", before=before, after=after)


@pytest.mark.needs("test_page")
def test_list(scene: Scene) -> None:
    """A driver's list has what the depot knows now.

    ja: ドライバーの一覧に、集配所がいま知っていることが載っている。
    """
    number = chance.randrange(20, 100)
    parcel, scales = chance.choice(parcels_of(scene, number)), chance.randrange(20000, 30000)
    label = labelled(scene, parcel)

    def asked() -> Answer:
        return scene.get("desk", f"/rounds/{number}")

    first = eventually(asked, lambda seen: seen.status == 200, within=5)
    with weighed(scene, {parcel: scales}):
        second = asked()
    assert first.status == second.status == 200, reason("list", first=first, second=second)
    told = [weights(seen.text).get(parcel) for seen in (first, second)]
    before, after = map(shown, told)
    assert told == [label, scales], reason(
        "list-2", parcel=parcel, label=label, scales=scales, before=before, after=after
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
    assert usual < GREETING * 0.75, reason("lines-are-kept", usual=usual * 1000, greeting=GREETING * 1000)
    paced = eventually(
        lambda: statistics.median(seconds(scene, new_parcels(scene, 5), PACE)),
        lambda took: took < GREETING * 0.75,
        within=3,
    )
    assert paced < GREETING * 0.75, reason("lines-are-kept-2", usual=paced * 1000, greeting=GREETING * 1000)


@pytest.mark.needs("test_lines_are_kept")
def test_round(scene: Scene) -> None:
    """A driver gets the list of a whole round in a moment.

    ja: ドライバーに、ひと回り分の荷物の一覧がすぐに届く。
    """
    stops = int(scene.params["round"])
    bound = stops * STALL / 2
    best = eventually(lambda: min(seconds(scene, new_rounds(4))), lambda took: took < bound, within=4)
    assert best < bound, reason("round", stops=stops, best=best * 1000, bound=bound * 1000, best_2=best / stops * 1000)


@pytest.mark.needs("test_lines_are_kept")
def test_single_question(scene: Scene) -> None:
    """A single question to the depot does not wait on the line.

    ja: 集配所への1件の質問が、途中で待たされない。
    """

    def quick_third() -> float:
        warm = sorted(seconds(scene, new_parcels(scene, 16))[4:]) or [9.0]
        return warm[len(warm) // 3]  # a busy computer makes some questions slow; a stall makes all of them slow

    usual = eventually(quick_third, lambda took: took < STALL * 0.8, within=8)
    assert usual < STALL * 0.8, reason("single-question", usual=usual * 1000)


@pytest.mark.needs("test_page")
def test_after_a_quiet_while(day: Any) -> None:
    """The first customers after a quiet while are answered at once, and with what the depot knows.

    ja: しばらく静かだったあとの最初の客にも、すぐに、集配所がいま知っていることが返る。
    """
    pages = day.yard["pages"]
    slow = [(one["status"], one["took"]) for one in pages if one["status"] != 200 or one["took"] > PROMPT]
    assert not slow, reason(
        "after-a-quiet-while", count=len(pages), count_2=len(slow), slow=slow[0][0], slow_2=slow[0][1]
    )
    parcel, told, known = day.wrong[0] if day.wrong else ("", None, 0)
    assert not day.wrong, reason(
        "after-a-quiet-while-2", count=len(day.wrong), parcel=parcel, known=known, shown=shown(told)
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
        "closed": reason("gate-keeps-its-rule"),
        "not reached": reason("gate-keeps-its-rule-2"),
        "not greeted": reason("gate-keeps-its-rule-5"),
    }.get(seen, reason("gate-keeps-its-rule-3", seen=quoted(seen)))
    assert seen == "silent", reason("gate-keeps-its-rule-4", said=said)


@pytest.mark.guard
@pytest.mark.needs("test_services_are_up")
def test_desk_is_not_root(scene: Scene) -> None:
    """The desk does not run as root, and only root can change what it runs.

    ja: 窓口は root で動かず、実行するものを変えられるのは root だけ。
    """
    assert_unprivileged(scene, "desk", "/srv/desk", "/etc/desk", "/etc/service")
