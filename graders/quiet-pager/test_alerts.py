"""Is what wakes somebody worth waking up for: its words, its runbook, its tests, and the way to the pager?"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import Scene, eventually, say

if TYPE_CHECKING:
    from conftest import Tool

pytestmark = pytest.mark.timeout(90)
CUSTOMERS = (
    "customer",
    "user",
    "shopper",
    "buyer",
    "visitor",
    "people",
    "客",
    "利用者",
    "ユーザー",
    "買い手",
    "来訪者",
)
LEAST = 80  # letters of a runbook that says something


def some(names: list[str]) -> str:
    """The first few names, for a reason; what stands for none."""
    more = say(f" and {len(names) - 3} more", f" ほか {len(names) - 3} 件") if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def nobody() -> str:
    """The reason where nothing could wake anybody."""
    return say(
        "expected alerts whose route ends at the receiver 'page'; there is none",
        "ルートをたどると受け手 page に着くアラートがあるはずですが、一つもありません",
    )


def api(scene: Scene, service: str, path: str) -> Any:
    """What an API says; nothing where it does not answer."""
    answer = scene.get(service, path)
    return json.loads(answer.text) if answer.status == 200 else None


def watching(scene: Scene) -> str:
    """What is missing between the shop and Alertmanager."""
    targets = (api(scene, "prometheus", "/api/v1/targets?state=active") or {"data": {"activeTargets": []}})["data"]
    seen = {target["labels"]["job"] for target in targets["activeTargets"] if target["health"] != "down"}
    missing = sorted({"front", "catalog", "checkout"} - seen)
    if missing:
        return say(f"it scrapes no {missing[0]}", f"{missing[0]} を見ていない")
    managers = api(scene, "prometheus", "/api/v1/alertmanagers")
    if not managers or not managers["data"]["activeAlertmanagers"]:
        return say("it knows no Alertmanager", "Alertmanager を知らない")
    rules = api(scene, "prometheus", "/api/v1/rules?type=alert")
    if not rules or not any(group["rules"] for group in rules["data"]["groups"]):
        return say("it has loaded no alert", "アラートを一つも読み込んでいない")
    return ""


@pytest.mark.guard
def test_watching(scene: Scene) -> None:
    """Prometheus watches the shop and can reach Alertmanager.

    ja: Prometheus は店を見ていて、Alertmanager に伝えられる。
    """
    missing = eventually(lambda: watching(scene), lambda found: not found, within=20, every=0.5)
    assert not missing, say(
        f"expected a Prometheus that watches the shop, loads rules and knows Alertmanager; {missing}",
        f"Prometheus は店を見て、ルールを読み、Alertmanager を知っているはずですが、{missing}ようです",
    )


def test_names_the_pain(pages: list[dict[str, Any]]) -> None:
    """Every page says what customers feel.

    ja: どのページも、客に何が起きているかを伝える。
    """
    assert pages, nobody()
    mute = [page["alert"] for page in pages if not any(word in page["words"].lower() for word in CUSTOMERS)]
    assert not mute, say(
        f"expected summaries that say what customers can't do; these speak of something else: {some(mute)}",
        f"summary は、客が何をできないかを言うはずですが、別のことを言っています: {some(mute)}",
    )


def test_runbooks(pages: list[dict[str, Any]]) -> None:
    """Every page leads to a runbook that is there.

    ja: どのページからも、実在する手順書にたどり着ける。
    """
    assert pages, nobody()
    lost = [f"{page['alert']} ({page['link'] or '-'})" for page in pages if page["runbook"] < LEAST]
    assert not lost, say(
        f"expected runbook_url to name a file of runbooks/ that says what to do; these lead nowhere: {some(lost)}",
        f"runbook_url は runbooks/ の、やることを書いたファイルを指すはずですが、行き先がありません: {some(lost)}",
    )


@pytest.mark.needs("test_watching")
def test_own_tests(tool: Tool) -> None:
    """The rules' own tests pass, and would notice a broken alert.

    ja: ルール自身のテストが通り、壊れたアラートに気づく。
    """
    seen = tool("prove-tests")
    assert not isinstance(seen, str), say(
        f"expected tests/ to hold promtool's tests, and found something else: {seen}",
        f"tests/ には promtool のテストがあるはずですが、別のものでした: {seen}",
    )
    assert seen["passed"], say(
        f"expected tests/ to hold cases, and promtool to pass them; it said: {seen['said'][:300]}",
        f"tests/ にはテストがあり、promtool で通るはずですが、返事は次のとおりでした: {seen['said'][:300]}",
    )
    bare = sorted({*seen["unfired"], *seen["unsilenced"]})
    assert not bare, say(
        f"expected, for each alert that pages, a case in which it fires and one in which it is silent; "
        f"not so for {some(bare)}",
        f"起こすアラートには、鳴る場合と黙る場合のテストが一つずつあるはずですが、次のものにありません: {some(bare)}",
    )
    assert not seen["unnoticed"], say(
        f"rules were spoiled on purpose, and no test failed: {some(seen['unnoticed'])}",
        f"わざとルールを壊しましたが、どのテストも失敗しませんでした: {some(seen['unnoticed'])}",
    )


def test_nothing_silenced(scene: Scene) -> None:
    """No silence in Alertmanager keeps the pager quiet.

    ja: Alertmanager のサイレンスで黙らせていない。
    """
    found = api(scene, "alertmanager", "/api/v2/silences") or []
    kept = [one for one in found if one["status"]["state"] != "expired"]
    told = ", ".join(f"{m['name']}={m['value']}" for one in kept for m in one["matchers"])
    assert not kept, say(
        f"expected an Alertmanager without silences, now or later; there are {len(kept)}, for {told}",
        f"Alertmanager にサイレンスは、これから始まるものも含めてないはずですが、{len(kept)} 件あります（{told}）",
    )
