"""Are the customers served, now and when the same thing happens again, and is all the money where it belongs?"""

import json

import pytest

from conftest import Town, trigger_troubles, troubles
from kikori.grading import Scene, eventually, reasons

reason = reasons(__file__)

DRAIN = 10
"""Seconds in which what was accepted has to be finished."""
UNDER_WAY = 3
"""Orders that may be under way at any moment."""
STILL = 30
"""Seconds without a new part after which the year's list is called late: it may be slow, and behind another list."""
TAKEN = 0.95
"""The share of the agency's pages that has to be taken."""
RULES = "/srv/rules"
SILENCES = "/api/v2/silences"
DRILL = """
rule_files: [{files}]
evaluation_interval: 1s
tests: [{drills}]
"""
ONE = """{{interval: 1s, input_series: [
  {{series: 'front_answers_total{{front="front-1",service="catalog",status="200"}}', values: '0+4x40'}},
  {{series: 'front_answers_total{{front="front-1",service="checkout",status="201"}}', values: '0+{orders}x40'}},
  {{series: 'front_answers_total{{front="front-2",service="checkout",status="504"}}', values: '0+{errors}x40'}},
  {{series: 'front_seconds_total{{front="front-2",service="catalog"}}', values: '0+{seconds}x40'}}],
  promql_expr_test: [{{expr: '(count(ALERTS{{alertstate="firing",severity="page"}}) or vector(0)) > bool 0',
    eval_time: 35s, exp_samples: [{{labels: '{{}}', value: {rings}}}]}}]}}"""
DRILLS = ", ".join(
    ONE.format(orders=orders, errors=errors, seconds=seconds, rings=rings)
    for orders, errors, seconds, rings in ((1, 0, 0.5, 0), (1, 2, 0.5, 1), (0, 0, 0.5, 1), (1, 0, 20, 1))
)
"""An ordinary day, and three on which customers get errors, do not order, or wait."""


@pytest.mark.users
@pytest.mark.timeout(40)
def test_customers(town: Town) -> None:
    """Customers get what they ask for: pages, carts, and their orders.

    ja: 客は求めたものを受け取っている。ページも、カートも、注文も。
    """
    found: dict[str, str] = {}

    def served() -> bool:
        nonlocal found
        found = trigger_troubles(town.watch()["trigger"])
        return not found

    eventually(served, bool, within=DRAIN)
    assert not found, reason("customers", bad=in_words(found))


def in_words(found: dict[str, str]) -> str:
    """Troubles as a reason says them."""
    return "; ".join(f"{kind} {how}" for kind, how in found.items())


@pytest.mark.timeout(210)
def test_next_time(town: Town) -> None:
    """When the robot has made its round and the same thing happens again, customers are served all the same.

    ja: ロボットが配備を行い、同じことがもう一度起きても、客は求めたものを受け取る。
    """
    found = town.twice(town.play, spells=("trigger", "after"))
    assert found["rolled"], reason("not-rolled")
    bad = trigger_troubles(found["trigger"])
    assert not bad, reason("next-time", bad=in_words(bad))
    bad = troubles(found["after"])
    assert not bad, reason("after", bad=in_words(bad))
    assert found["after"]["order"]["taken"], reason("no-orders")


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.timeout(80)
def test_orders(town: Town) -> None:
    """No order is lost, and none is paid for twice or not at all.

    ja: 注文は失われず、二重に支払われることも、支払われずに済むこともない。
    """
    found = town.audit()
    assert not found.get("lost"), reason("lost", count=found.get("lost"), thanked=found.get("thanked"))
    assert not found.get("twice"), reason("twice", count=found.get("twice"))
    assert not found.get("given away"), reason("given-away", count=found.get("given away"))


@pytest.mark.needs("test_next_time")
@pytest.mark.timeout(40)
def test_finished(town: Town) -> None:
    """What was accepted or charged is finished before long.

    ja: 受け付けた注文と課金した注文は、ほどなく処理を終える。
    """
    found = eventually(lambda: town.audit()["unfinished"], lambda left: left <= UNDER_WAY, within=DRAIN, every=0.5)
    assert found <= UNDER_WAY, reason("unfinished", count=found, bound=DRAIN)


@pytest.mark.needs("test_next_time")
@pytest.mark.timeout(60)
def test_report(town: Town) -> None:
    """After an ordinary night accounting has its report, and every paid order is in one.

    ja: 普段どおりの夜のあと、経理に報告が届き、支払いの済んだ注文はどれもいずれかの報告に入っている。
    """
    found = town.act("night?within=8", 20)["report"] or town.act("night?within=8", 20)["report"]  # once it may be busy
    assert found, reason("no-report")
    assert not found["nowhere"], reason("report-nowhere", count=found["nowhere"])
    assert not found["left"], reason("report-left", count=found["left"])


@pytest.mark.static
@pytest.mark.needs("test_report")
@pytest.mark.timeout(40)
def test_reports_are_true(town: Town) -> None:
    """Whatever report there is, of a bad night or a good one, says what was paid and what the provider has charged.

    ja: ひどい夜のものでも普段の夜のものでも、報告があるなら、支払われた額と決済会社の課金額をそのとおりに述べている。
    """
    found = town.wrong_report()
    night, said, right = found["night"], found["said"], found["right"]
    assert found["known"], reason("report-not-told", night=night, charged=said["charged"])
    assert said == right, reason("report-wrong", night=night, said=json.dumps(said), right=json.dumps(right))


@pytest.mark.needs("test_next_time")
@pytest.mark.timeout(50)
def test_pages(town: Town) -> None:
    """Pages show what is so now, or was so a moment ago.

    ja: ページは、いまの、またはついさっきまでの、本当の内容を見せる。
    """
    found = town.act("fresh", 30)["old"]
    assert not found, reason("pages", pages=found)


@pytest.mark.needs("test_next_time")
@pytest.mark.timeout(220)
def test_year_list(town: Town) -> None:
    """Accounting's list of the year comes about when it is wanted.

    ja: 経理の年間一覧は、求められれば出来上がっていく。
    """
    found = town.act(f"list?within={STILL}", 200)
    assert found["parts"] == found["all"], reason("no-list", parts=found["parts"], all=found["all"], still=STILL)
    assert not found["wrong"], reason("list-wrong", wrong=found["wrong"], parts=found["parts"])


@pytest.mark.needs("test_next_time")
@pytest.mark.timeout(40)
def test_texts(town: Town) -> None:
    """What the agency has sent for the catalog is taken, and all of it is there.

    ja: 代理店の送った文章がすべて受け取られ、残っている。
    """
    found = eventually(town.texts, lambda seen: not seen["missing"], within=DRAIN, every=0.5)
    if not found["wanted"]:
        return
    sent, taken = found["sent"], found["accepted"]
    assert taken >= TAKEN * sent, reason("texts-refused", taken=taken, sent=sent)
    assert not found["missing"], reason("texts-missing", count=found["missing"])


@pytest.mark.needs("test_next_time")
@pytest.mark.timeout(40)
def test_vault(town: Town) -> None:
    """Every binary log stays until the vault has copied it, so all that was written can be restored.

    ja: バイナリログは、金庫が写し取るまで残る。だから、書き込まれたものはすべて復元できる。
    """
    path = f"/vault?since={town.began}"
    found = eventually(lambda: town.ask("GET", path), lambda seen: seen["ago"] < DRAIN, within=DRAIN, every=0.5)
    if not found["wanted"]:
        return
    assert found["ago"] < DRAIN, reason("vault-waits", ago=found["ago"])
    assert not found["gaps"], reason("vault-gaps", count=found["gaps"])


@pytest.mark.guard
@pytest.mark.static
@pytest.mark.timeout(40)
@pytest.mark.usefixtures("town")
def test_pager(scene: Scene) -> None:
    """The pager would ring if customers got errors: its rules hold, and nothing is silenced.

    ja: 客にエラーが出ればページャーが鳴る。ルールがあり、黙らせたものもない。
    """
    watch = scene.debug("watch", "kikori/prometheus", holding=RULES)
    names = watch.run("ls %s", RULES).stdout.split()
    drill = DRILL.format(files=", ".join(f"{RULES}/{name}" for name in names), drills=DRILLS)
    done = watch.run("printf '%%s' %s > /tmp/drill.yml && promtool test rules /tmp/drill.yml", drill)
    assert names, reason("pager-silent")
    assert done.rc == 0, reason("pager-silent")
    told = scene.get("pager", SILENCES, 9093)
    silences = [one for one in json.loads(told.text or "[]") if one["status"]["state"] != "expired"]
    assert not silences, reason("silenced", count=len(silences))


@pytest.mark.guard
@pytest.mark.timeout(40)
@pytest.mark.usefixtures("town")
def test_counted(scene: Scene) -> None:
    """Prometheus counts what the fronts answer, so the pager hears of it.

    ja: 入口の応答を Prometheus が数えているので、ページャーに伝わる。
    """
    counted = eventually(lambda: counted_by(scene), bool, within=DRAIN, every=0.5)
    assert counted, reason("not-counted")


def counted_by(scene: Scene) -> bool:
    """Whether Prometheus counts the fronts' answers."""
    asked = {"query": "sum(rate(front_answers_total[10s])) > 1"}
    told = scene.get("watch", "/api/v1/query", 9090, params=asked)
    return told.status == 200 and bool(json.loads(told.text)["data"]["result"])
