"""Nights replayed with what is deployed, last week's and others that the seed draws: who would have been woken?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import reasons

if TYPE_CHECKING:
    from conftest import Nights

reason = reasons(__file__)

pytestmark = [pytest.mark.timeout(240), pytest.mark.static]  # the first that asks for nights waits for all of them
TOLD = {
    "refused": ("failed, while machines and database were well", "が失敗しました。マシンもデータベースも元気でした"),
    "unheard": (
        "failed, while machines and database were well and several exporters gave no answer",
        "が失敗しました。マシンもデータベースも元気でしたが、いくつかのエクスポーターは答えませんでした",
    ),
    "waiting": (
        "took longer than a second, while memory was plentiful",
        "は1秒より長くかかりました。メモリは足りていました",
    ),
    "both": (
        "failed or took longer than a second, about half of them each",
        "が失敗するか、1秒より長くかかりました。失敗と遅れは、およそ半分ずつです",
    ),
}
"""What customers met, where the diary has nothing like it."""
BUSY = (
    ("{percent} % of the requests to {route} failed", "{route} へのリクエストの {percent}% が失敗しました"),
    (
        "{percent} % of the requests to {route} took longer than a second",
        "{route} へのリクエストの {percent}% は1秒より長くかかりました",
    ),
    ("no customer got through to the shop", "客は誰も店にたどり着けませんでした"),
)


def test_batch_is_quiet(week: Nights) -> None:
    """A batch job at 95 % CPU wakes nobody.

    ja: CPU 95% のバッチでは誰も起こされない。
    """
    week["batch"].quiet("a batch job took 95 % of the processors", "バッチが CPU の 95% を使いました")


def test_deploy_is_quiet(week: Nights, unseen: Nights) -> None:
    """Forty seconds of a deploy wake nobody.

    ja: 40秒のデプロイでは誰も起こされない。
    """
    week["deploy"].quiet("a deploy, over after 40 s", "40秒で終わるデプロイがありました")
    unseen["blip"].quiet(
        "not in the diary: a deploy that every route felt, over after 40 s as well",
        "日誌にない夜、すべての route に響くデプロイがありました。これも40秒で終わりました",
    )


def test_cache_is_quiet(week: Nights) -> None:
    """A cache that customers do not miss wakes nobody.

    ja: 客が困らないキャッシュの停止では誰も起こされない。
    """
    week["cache"].quiet(
        "memcached was away and pages came all the same", "memcached が止まっても、ページは出ていました"
    )


def test_leak(week: Nights) -> None:
    """A leak wakes somebody when customers wait, and not before.

    ja: メモリリークでは、客が待たされてから起こされ、それより前には起こされない。
    """
    week["leak"].in_time(
        "memory leaked all night, and in the end some customers waited for seconds",
        "一晩じゅうメモリが漏れ、終わりには一部の客が何秒も待たされました",
    )


def test_orders(week: Nights) -> None:
    """Orders that fail wake somebody within ten minutes.

    ja: 注文が失敗すると、10分以内に起こされる。
    """
    week["dependency"].in_time(
        "the database was away, and of those who wanted to buy nine in ten were refused",
        "データベースが止まり、買おうとした客の十人に九人が断られました",
    )


def test_outage(week: Nights) -> None:
    """A shop that is gone wakes somebody within five minutes.

    ja: 店が消えると、5分以内に起こされる。
    """
    week["outage"].in_time(
        "the front's machine was gone, and with it its numbers",
        "入り口のマシンが、その数字もろとも消えました",
    )


@pytest.mark.needs("test_leak", "test_orders", "test_outage")
def test_other_causes(unseen: Nights) -> None:
    """Customers who are hurt in another way or at another hour than last week wake somebody, too.

    ja: 先週とは違う原因や時刻で客が困っても、起こされる。
    """
    hint = reason("other-causes")
    many = [f"{kind}-{number}" for kind in ("refused", "waiting") for number in range(5)]
    for name in [*many, "together", "opened"]:
        night = unseen[name]
        at, what = night.clock(night.hurts[0]["began"]), night.hurts[0]["what"]
        en, ja = TOLD[what["how"]]
        night.in_time(
            f"not in the diary: from {at} on {what['percent']} % of the requests to {what['route']} {en}",
            f"日誌にない夜、{at} から、{what['route']} へのリクエストの {what['percent']}% {ja}",
            hint,
        )
    night = unseen["unreachable"]
    at = night.clock(night.began)
    night.in_time(
        f"not in the diary: from {at} on no customer got through to the shop, and every machine was well",
        f"日誌にない夜、{at} から、客は誰も店にたどり着けませんでした。マシンはどれも元気でした",
        hint,
    )


@pytest.mark.needs("test_orders", "test_outage")
def test_again(unseen: Nights) -> None:
    """A trouble that comes back later on the same day wakes somebody again.

    ja: 同じ日に同じ障害がまた起きれば、また起こされる。
    """
    night = unseen["again"]
    for hurt in night.hurts:
        at, what = night.clock(hurt["began"]), hurt["what"]
        some = _met(what)
        more = reason("again-3") if what["again"] else ""
        night.woken(hurt, f"not in the diary: from {at} on {some}{more}", f"日誌にない夜、{at} から、{some}{more}")


def _met(what: dict[str, Any]) -> str:
    """What customers met."""
    if what["how"] == "gone":
        return reason("again-2")
    if what["how"] == "waiting":
        return reason("again-4", percent=what["percent"], route=what["route"])
    return reason("again", percent=what["percent"], route=what["route"])


@pytest.mark.needs("test_batch_is_quiet", "test_leak", "test_orders")
def test_hurt_while_busy(unseen: Nights) -> None:
    """Customers who are hurt while the machines are busy wake somebody.

    ja: マシンが忙しいあいだに客が困っても、起こされる。
    """
    night = unseen["busy"]
    for hurt, (en, ja) in zip(night.hurts, BUSY, strict=True):
        at, what = night.clock(hurt["began"]), hurt["what"]
        night.woken(
            hurt,
            f"not in the diary: processors had been busy for long, an exporter gave no answer, and from {at} on "
            f"{en.format(**what)}",
            f"日誌にない夜、CPU が長く忙しく、答えないエクスポーターもあるなか、{at} から、{ja.format(**what)}",
        )


def test_other_alarms(unseen: Nights, pages: list[dict[str, Any]]) -> None:
    """Numbers of a machine that look bad, and hurt nobody, wake nobody, however long they do.

    ja: 見かけの悪いマシンの数字だけでは、どれほど続いても、誰も起こされない。
    """
    en = (
        "not in the diary: memory was full, one exporter gave no answer, others said that database and cache were "
        "down, later disks were full and processors busy too, with many customers; of 100 requests 99 were answered as "
        "promised"
    )
    ja = (
        "日誌にない夜、メモリは埋まり、エクスポーターの一つは答えず、ほかはデータベースやキャッシュが止まったと言いました。"
        "後にはディスクも埋まり、客も増えて CPU も忙しくなりました。"
        "それでも、リクエスト100件のうち99件には約束どおり答えました"
    )
    night = unseen["busy"]
    night.quiet(en, ja)
    night.idle(60, en, ja)
    blind = [f"{page['alert']} ({page['machines'][0]})" for page in pages if page["machines"]]
    assert not blind, reason("other-alarms", some=", ".join(blind[:3]))


def test_within_the_promise(unseen: Nights) -> None:
    """Answers that keep the promise, just so, wake nobody.

    ja: 約束ぎりぎりでも、守れていれば、誰も起こされない。
    """
    unseen["kept"].quiet(
        "not in the diary: many requests took nearly a second, and later a few in a thousand failed; of 100 requests "
        "to each route 99 were answered as promised",
        "日誌にない夜、多くのリクエストに1秒近くかかり、後には1000件に数件が失敗しました。それでも、どの route でも、"
        "リクエスト100件のうち99件には約束どおり答えました",
    )


def test_unscraped(unseen: Nights) -> None:
    """An exporter that gives no answer, and hurts nobody, wakes nobody.

    ja: エクスポーターが答えないだけで客が困らなければ、誰も起こされない。
    """
    en = "not in the diary: exporters gave no answer, by turns, and customers were served as ever"
    ja = "日誌にない夜、エクスポーターが代わる代わる答えなくなりましたが、客にはいつもどおり答えていました"
    unseen["unscraped"].quiet(en, ja)
    unseen["unscraped"].idle(15, en, ja)


def test_inside(unseen: Nights) -> None:
    """What fails inside the shop, and no customer meets, wakes nobody.

    ja: 店の中で失敗しても、客に届かなければ、誰も起こされない。
    """
    en = (
        "not in the diary: services behind the front refused many calls and answered others late, and the front asked "
        "again; jobs of the shop called a service in vain; of 100 requests of customers to each route 99 were answered "
        "as promised"
    )
    ja = (
        "日誌にない夜、入り口の奥のサービスが、呼び出しの多くを断り、ほかにも遅れて答えました。入り口は呼び直しました。"
        "店のジョブも、サービスを呼んで断られました。それでも、どの route でも、客のリクエスト100件のうち99件には"
        "約束どおり答えました"
    )
    unseen["inside"].quiet(en, ja)
