"""Does the pager ring when orders are lost, and only then?"""

from typing import Any

import pytest

from kikori.grading import Scene, eventually, say

pytestmark = pytest.mark.timeout(100)
BOUND = 25  # seconds until a loss has to be paged, as the task says
CALM = 16  # seconds in which the pages of what is over have to end
# The seconds that each look-alike lasts at least: a probe's walk lies within it from beginning to end.
SLOW, NIGHT, CLOSING = 7, 6, 5
TEST_ORDERS = """
SELECT COALESCE(SUM(payment = 'test'), 0), COALESCE(SUM(payment <> 'test' AND customer NOT REGEXP '^c[0-9]{8}$'), 0)
FROM shop.orders WHERE at > NOW() - INTERVAL 10 SECOND
"""


@pytest.mark.guard
def test_open(scene: Scene, drills: Any) -> None:
    """The shop is open: what customers order is completed.

    ja: 店は開いている。客の注文は最後まで処理される。
    """
    page = eventually(lambda: scene.get("front", "/", 8080), lambda seen: seen.status == 200, within=20)
    since = drills.truth(1 << 40)["last"]
    met = eventually(lambda: drills.truth(since), lambda seen: seen["completed"] > 0, within=20, every=0.4)
    assert page.status == 200, say(
        f"expected the front page, saw {page}", f"トップページが出るはずですが、{page} でした"
    )
    assert met["completed"], say(
        f"on an ordinary day orders come through; of {met['accepted']} none did. Is a drill still on?",
        f"普段の日なら注文は最後まで処理されますが、{met['accepted']} 件のうち一つもありません。訓練が続いていませんか",
    )


@pytest.mark.needs("test_open")
def test_watch(pager: Any) -> None:
    """On an ordinary day nobody is woken, though pages are defined and the pager is reached.

    ja: 普段の日には誰も起こされない。それでいて、呼び出しの規則はあり、呼び出しにもつながっている。
    """
    pages = pager.rules().pages
    reached = eventually(lambda: pager.asked("/api/v1/alertmanagers").get("activeAlertmanagers", []), bool, within=10)
    seen = (pages, len(reached))
    assert 0 not in seen, say(
        f"expected rules with severity page and a way to the pager, saw {seen[0]} and {seen[1]}",
        f"severity が page の規則と、呼び出しへの道があるはずですが、{seen[0]} と {seen[1]} でした",
    )
    ringing = pager.calm(CALM)
    assert not ringing, say(
        f"nothing is wrong with the shop, and {', '.join(ringing)} rings",
        f"店には何も起きていないのに、{', '.join(ringing)} が鳴っています",
    )


@pytest.mark.guard
@pytest.mark.needs("test_watch")
def test_books(scene: Scene) -> None:
    """Accounting can tell test orders from sales, and there are not too many of them.

    ja: 経理は試しの注文と売上を見分けられ、試しの注文は多すぎない。
    """
    seen = scene.host("database").run("mariadb -N -e %s", TEST_ORDERS)
    tests, strangers = (int(word) for word in [*seen.stdout.split(), "0", "0"][:2])
    assert not strangers, say(
        f"in the last 10 s {strangers} orders were booked as sales that no customer made: who pays for them?",
        f"この 10 秒に、客のものではない注文が {strangers} 件、売上として記録されました。誰が払うのでしょうか",
    )
    assert tests <= 30, say(
        f"{tests} test orders in 10 s; expected 30 at most: the shop is there for its customers",
        f"試しの注文が 10 秒に {tests} 件あります。30 件までのはずです。店は客のためにあります",
    )


@pytest.mark.needs("test_watch")
def test_slow(drills: Any) -> None:
    """Orders that are completed later than usual wake nobody.

    ja: 処理がいつもより遅れているだけなら、誰も起こされない。
    """
    ringing = drills.look_alike("slow", SLOW)
    assert not ringing, say(
        f"every order came through, each two minutes later than usual; {', '.join(ringing)} rang",
        f"どの注文も、いつもより 2 分遅れて処理されました。それなのに {', '.join(ringing)} が鳴りました",
    )


@pytest.mark.needs("test_watch")
def test_loss(drills: Any) -> None:
    """When a release loses every order, somebody is woken within 25 seconds.

    ja: リリースのせいで注文がすべて失われたとき、25 秒以内に誰かが起こされる。
    """
    drills.pager.silent(CALM)
    drills.drill("loss")
    since = drills.truth(1 << 40)["last"]
    ringing = drills.pager.ringing(BOUND)
    met = drills.truth(since)
    assert ringing, say(
        f"for {BOUND} s {met['accepted']} orders were accepted and none came through, and the pager was silent. "
        "Which of your measurements knows of it?",
        f"{BOUND} 秒の間に {met['accepted']} 件の注文が受け付けられ、一つも処理されなかったのに、"
        "呼び出しは鳴りませんでした。それを知っている測定値はどれでしょうか",
    )


@pytest.mark.needs("test_loss")
def test_over(drills: Any) -> None:
    """Once orders come through again, the page ends.

    ja: 注文がまた処理されるようになれば、呼び出しは止む。
    """
    drills.drill("end")
    ringing = drills.pager.silent(CALM)
    assert not ringing, say(
        f"the loss has been over for {CALM} s, and {', '.join(ringing)} still rings: whom does it call now?",
        f"失われなくなって {CALM} 秒たっても、{', '.join(ringing)} が鳴っています。いまは誰を呼んでいるのでしょうか",
    )


@pytest.mark.needs("test_watch")
def test_stall(drills: Any) -> None:
    """When orders stop coming through on an ordinary day, without a release, somebody is woken as well.

    ja: リリースがなくても、普段の日に注文が処理されなくなれば、やはり誰かが起こされる。
    """
    drills.pager.calm(CALM)  # what the loss still has in it would be taken for a page of the stall
    drills.drill("stall")
    since = drills.truth(1 << 40)["last"]
    ringing = drills.pager.ringing(BOUND)
    met = drills.truth(since)
    drills.drill("end")
    drills.pager.calm(CALM)  # the same for the night: of two pages one may end while the other is about to ring
    assert ringing, say(
        f"the shop had completed its orders until then; of {met['accepted']} accepted in these {BOUND} s none came "
        "through, and the pager was silent. Nothing restarted, no counter was gone: which of your measurements "
        "changed?",
        f"店はそれまで注文を処理していました。ところがこの {BOUND} 秒に受け付けた {met['accepted']} 件は"
        "一つも処理されず、呼び出しは鳴りませんでした。再起動はなく、消えたカウンターもありません。値の変わった測定値はどれでしょうか",
    )


@pytest.mark.needs("test_watch")
def test_night(drills: Any) -> None:
    """A quiet hour at night, with hardly an order and a release, wakes nobody.

    ja: 注文がほとんどない静かな夜にリリースがあっても、誰も起こされない。
    """
    ringing = drills.look_alike("night", NIGHT)
    assert not ringing, say(
        f"it is night, hardly anybody orders, and nothing is lost; {', '.join(ringing)} rang",
        f"夜で、注文はほとんどなく、失われたものもありません。それなのに {', '.join(ringing)} が鳴りました",
    )


@pytest.mark.needs("test_watch")
def test_closing(drills: Any) -> None:
    """While the shop is closed on purpose nobody is woken.

    ja: 予定された休業の間は、誰も起こされない。
    """
    ringing = drills.look_alike("closing", CLOSING)
    assert not ringing, say(
        f"the shop takes stock, and says so to everybody who orders; {', '.join(ringing)} rang all the same",
        f"店は棚卸し中で、注文する人にはそう伝えています。それなのに {', '.join(ringing)} が鳴りました",
    )
