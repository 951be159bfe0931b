"""Nights replayed with the rules that are deployed, last week's and others: who would have been woken, and when?"""

from typing import Any

import pytest

from kikori.grading import say

pytestmark = pytest.mark.timeout(90)
Night = dict[str, Any]


def night(week: dict[str, Night] | str, name: str) -> Night:
    """One replayed night."""
    assert not isinstance(week, str), say(
        f"expected rules that Prometheus can evaluate over a night, it said: {week}",
        f"一晩ぶんを評価できるルールのはずですが、Prometheus の返事は次のとおりでした: {week}",
    )
    return week[name]


def rang(pages: list[dict[str, Any]]) -> str:
    """Who rang, for a reason."""
    return ", ".join(list(dict.fromkeys(ring["alert"] for ring in pages))[:4])


def quiet(seen: Night, en: str, ja: str) -> None:
    """Nobody was woken."""
    assert not seen["pages"], say(
        f"{en}: no customer was hurt; expected a silent pager, and it rang: {rang(seen['pages'])}",
        f"{ja}。困った客はいません。ポケベルは黙っているはずですが、鳴りました: {rang(seen['pages'])}",
    )


def in_time(seen: Night, en: str, ja: str, hint: str = "") -> None:
    """Somebody was woken while customers were hurt, and soon enough."""
    late = [ring["minutes"][0] - seen["began"] for ring in seen["pages"]]
    early = [ring for ring in seen["pages"] if ring["minutes"][0] < seen["began"]]
    assert not early, say(
        f"{en}: the pager rang before any customer was hurt: {rang(early)}",
        f"{ja}。困った客がまだいないうちに鳴りました: {rang(early)}",
    )
    first = min(late) + seen["waits"] if late else float("inf")
    came = say(f"it came after {first:.0f}", f"{first:.0f} 分後でした") if late else never(seen)
    assert first <= seen["within"] + 1, say(  # a ring is told by the minute in which it came
        f"{en}: expected a page within {seen['within']} minutes, {came}{hint}",
        f"{ja}。{seen['within']} 分以内に鳴るはずですが、{came}{hint}",
    )


def never(seen: Night) -> str:
    """That nobody was woken, and where that is known, why."""
    if seen["muted"]:
        return say("it never came: a route mutes the pager by the clock", "鳴りません。時刻で黙らせるルートがあります")
    return say("it never came", "鳴りませんでした")


def test_batch_is_quiet(week: dict[str, Night] | str) -> None:
    """A batch job at 95 % CPU wakes nobody.

    ja: CPU 95% のバッチでは誰も起こされない。
    """
    quiet(night(week, "batch"), "a batch job took 95 % of the processors", "バッチが CPU の 95% を使いました")


def test_deploy_is_quiet(week: dict[str, Night] | str) -> None:
    """Forty seconds of a deploy wake nobody.

    ja: 40 秒のデプロイでは誰も起こされない。
    """
    quiet(night(week, "deploy"), "a deploy, over after 40 s", "40 秒で終わるデプロイがありました")


def test_cache_is_quiet(week: dict[str, Night] | str) -> None:
    """A cache that customers do not miss wakes nobody.

    ja: 客が困らないキャッシュの停止では誰も起こされない。
    """
    quiet(
        night(week, "cache"),
        "memcached was away and pages came all the same",
        "memcached が止まっても、ページは出ていました",
    )


def test_leak(week: dict[str, Night] | str) -> None:
    """A leak wakes somebody when customers wait, and not before.

    ja: メモリーリークでは、客が待たされてから起こされ、それより前には起こされない。
    """
    in_time(
        night(week, "leak"),
        "memory leaked all night, and in the end some customers waited for seconds",
        "一晩じゅうメモリーが漏れ、終わりには一部の客が何秒も待たされました",
    )


def test_orders(week: dict[str, Night] | str) -> None:
    """Orders that fail wake somebody within ten minutes.

    ja: 注文が失敗すると、10 分以内に起こされる。
    """
    in_time(
        night(week, "dependency"),
        "the database was away, and of those who wanted to buy nine in ten were refused",
        "データベースが止まり、買おうとした客の十人に九人が断られました",
    )


def test_outage(week: dict[str, Night] | str) -> None:
    """A shop that is gone wakes somebody within five minutes.

    ja: 店が消えると、5 分以内に起こされる。
    """
    in_time(
        night(week, "outage"),
        "the front's machine was gone, and with it its numbers",
        "入り口のマシンが、その数字もろとも消えました",
    )


@pytest.mark.needs("test_leak", "test_orders")
def test_other_causes(unseen: dict[str, Night] | str) -> None:
    """Customers who are hurt in another way than last week wake somebody, too.

    ja: 先週とは違う原因で客が困っても、起こされる。
    """
    hint = say(
        ". Which numbers tell what customers met, whatever the cause was?",
        "。原因が何であれ、客に起きたことを示すのは、どの数字ですか",
    )
    in_time(
        night(unseen, "refusals"),
        "a night that is not in the diary. Customers were hurt in another way than last week, machines and database "
        "were well, and nine in ten orders were refused",
        "日誌にない夜、客は先週とは違う原因で困りました。マシンもデータベースも元気なのに、注文の十件に九件が断られました",
        hint,
    )
    in_time(
        night(unseen, "waiting"),
        "a night that is not in the diary. Customers were hurt in another way than last week, memory was plentiful, "
        "and some of those who buy waited for seconds",
        "日誌にない夜、客は先週とは違う原因で困りました。メモリーは足りているのに、買う客の一部が何秒も待たされました",
        hint,
    )


def test_other_alarms(unseen: dict[str, Night] | str) -> None:
    """Numbers of a machine that look bad, and hurt nobody, wake nobody.

    ja: 見かけの悪いマシンの数字だけでは、誰も起こされない。
    """
    quiet(
        night(unseen, "spared"),
        "a night that is not in the diary: memory was full, the database's exporter said that it was down, and every "
        "page came as usual",
        "日誌にない夜、メモリーは埋まり、エクスポーターはデータベースが止まったと言いましたが、どのページもいつもどおり出ました",
    )
