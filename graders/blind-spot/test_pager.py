"""Does the pager ring when orders are lost, and only then?"""

from typing import Any

import pytest

from kikori.grading import Scene, eventually, reasons

reason = reasons(__file__)

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
    assert page.status == 200, reason("open", page=page)
    assert met["completed"], reason("open-2", accepted=met["accepted"])


@pytest.mark.needs("test_open")
def test_watch(pager: Any) -> None:
    """On an ordinary day nobody is woken, though pages are defined and the pager is reached.

    ja: 普段の日には誰も起こされない。それでいて、呼び出しの規則はあり、呼び出しにもつながっている。
    """
    pages = pager.rules().pages
    reached = eventually(lambda: pager.asked("/api/v1/alertmanagers").get("activeAlertmanagers", []), bool, within=10)
    seen = (pages, len(reached))
    assert 0 not in seen, reason("watch", seen=seen[0], seen_2=seen[1])
    ringing = pager.calm(CALM)
    assert not ringing, reason("watch-2", ringing=ringing)


@pytest.mark.guard
@pytest.mark.needs("test_watch")
def test_books(scene: Scene) -> None:
    """Accounting can tell test orders from sales, and there are not too many of them.

    ja: 経理は試しの注文と売上を見分けられ、試しの注文は多すぎない。
    """
    seen = scene.host("database").run("mariadb -N -e %s", TEST_ORDERS)
    tests, strangers = (int(word) for word in [*seen.stdout.split(), "0", "0"][:2])
    assert not strangers, reason("books", strangers=strangers)
    assert tests <= 30, reason("books-2", tests=tests)


@pytest.mark.needs("test_watch")
def test_slow(drills: Any) -> None:
    """Orders that are completed later than usual wake nobody.

    ja: 処理がいつもより遅れているだけなら、誰も起こされない。
    """
    ringing = drills.look_alike("slow", SLOW)
    assert not ringing, reason("slow", ringing=ringing)


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
    assert ringing, reason("loss", bound=BOUND, accepted=met["accepted"])


@pytest.mark.needs("test_loss")
def test_over(drills: Any) -> None:
    """Once orders come through again, the page ends.

    ja: 注文がまた処理されるようになれば、呼び出しは止む。
    """
    drills.drill("end")
    ringing = drills.pager.silent(CALM)
    assert not ringing, reason("over", calm=CALM, ringing=ringing)


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
    assert ringing, reason("stall", accepted=met["accepted"], bound=BOUND)


@pytest.mark.needs("test_watch")
def test_night(drills: Any) -> None:
    """A quiet hour at night, with hardly an order and a release, wakes nobody.

    ja: 注文がほとんどない静かな夜にリリースがあっても、誰も起こされない。
    """
    ringing = drills.look_alike("night", NIGHT)
    assert not ringing, reason("night", ringing=ringing)


@pytest.mark.needs("test_watch")
def test_closing(drills: Any) -> None:
    """While the shop is closed on purpose nobody is woken.

    ja: 予定された休業の間は、誰も起こされない。
    """
    ringing = drills.look_alike("closing", CLOSING)
    assert not ringing, reason("closing", ringing=ringing)
