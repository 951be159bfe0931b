"""Is what wakes somebody worth waking up for: its words, its runbook, its tests, and the way to the pager?"""

from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

from kikori.grading import Scene, eventually, reasons

if TYPE_CHECKING:
    from conftest import Tool

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(90)
CUSTOMERS = (
    "customer",
    "user",
    "shop",
    "buyer",
    "visitor",
    "people",
    "客",
    "利用者",
    "ユーザー",
    "買い手",
    "来訪者",
    "client",
    "guest",
    "nobody",
    "no one",
    "anybody",
    "anyone",
    "everybody",
    "everyone",
    "cannot",
    "can't",
    "can’t",
    "unable",
    "誰",
    "だれ",
    "できない",
    "できません",
    "できなく",
    "できず",
    "買え",
    "待た",
    "店",
    "注文",
    "つながら",
    "届か",
    "開け",
    "見られ",
    "orders fail",
    "orders are",
)
"""Words for those who feel it, or for what somebody can't do."""
CONFIGURATION = PurePosixPath("/etc/prometheus/prometheus.yml")
LEAST = 40  # letters of a runbook that says something


def some(names: list[str]) -> str:
    """The first few names, for a reason; what stands for none."""
    more = reason("some", count=len(names) - 3) if len(names) > 3 else ""
    return ", ".join(names[:3]) + more


def nobody() -> str:
    """The reason where nothing could wake anybody."""
    return reason("nobody")


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
        return reason("watching", missing=missing[0])
    managers = api(scene, "prometheus", "/api/v1/alertmanagers")
    if not managers or not managers["data"]["activeAlertmanagers"]:
        return reason("watching-2")
    rules = api(scene, "prometheus", "/api/v1/rules?type=alert")
    if not rules or not any(group["rules"] for group in rules["data"]["groups"]):
        return reason("watching-3")
    return ""


@pytest.mark.guard
def test_watching(scene: Scene) -> None:
    """Prometheus watches the shop and can reach Alertmanager.

    ja: Prometheus は店を見ていて、Alertmanager に伝えられる。
    """
    missing = eventually(lambda: watching(scene), lambda found: not found, within=20, every=0.5)
    assert not missing, reason("watching-4", missing=missing)


def loaded(scene: Scene) -> set[str]:
    """The names of the alerts that Prometheus has loaded."""
    rules = api(scene, "prometheus", "/api/v1/rules?type=alert") or {"data": {"groups": []}}
    return {rule["name"] for group in rules["data"]["groups"] for rule in group["rules"]}


@pytest.mark.needs("test_watching")
def test_loaded(scene: Scene, pages: list[dict[str, Any]]) -> None:
    """Prometheus has loaded every alert that pages.

    ja: Prometheus は、人を起こすアラートをすべて読み込んでいる。
    """
    wanted = {str(page["alert"]) for page in pages}
    missing = eventually(lambda: sorted(wanted - loaded(scene)), lambda found: not found, within=10, every=0.5)
    assert not missing, reason("loaded", some=some(missing))
    flags = (api(scene, "prometheus", "/api/v1/status/flags") or {"data": {}})["data"]
    begun = CONFIGURATION.parent / str(flags.get("config.file", CONFIGURATION))
    assert begun == CONFIGURATION, reason("loaded-2", begun=begun, wanted=CONFIGURATION)


@pytest.mark.static
def test_names_the_pain(pages: list[dict[str, Any]]) -> None:
    """Every page says what customers notice.

    ja: 人を起こすどのアラートも、客に何が起きているかを伝える。
    """
    assert pages, nobody()
    mute = [page["alert"] for page in pages if not any(word in page["words"].lower() for word in CUSTOMERS)]
    assert not mute, reason("names-the-pain", some=some(mute))


@pytest.mark.static
def test_runbooks(pages: list[dict[str, Any]]) -> None:
    """Every page leads to a runbook that is there.

    ja: 人を起こすどのアラートからも、実在するランブックにたどり着ける。
    """
    assert pages, nobody()
    lost = [f"{page['alert']} ({page['link'] or '-'})" for page in pages if page["runbook"] < 0]
    assert not lost, reason("runbooks", some=some(lost))
    bare = [f"{page['alert']} ({page['link']})" for page in pages if page["runbook"] < LEAST]
    assert not bare, reason("runbooks-2", some=some(bare))


@pytest.mark.static
@pytest.mark.timeout(300)  # promtool runs all tests three times at least, each for up to a minute of a processor
@pytest.mark.needs("test_watching")
def test_own_tests(tool: Tool) -> None:
    """The rules' own tests pass, and would notice a broken alert.

    ja: ルール自身のテストが通り、壊れたアラートに気づく。
    """
    seen = tool("prove-tests")
    assert not isinstance(seen, str), reason("own-tests", seen=seen)
    assert not seen["ended"], reason("own-tests-5", limit=seen["ended"])
    assert seen["passed"], reason("own-tests-2", said=seen["said"][:300])
    bare = sorted({*seen["unfired"], *seen["unsilenced"]})
    assert not bare, reason("own-tests-3", some=some(bare))
    assert not seen["unnoticed"], reason("own-tests-4", some=some(seen["unnoticed"]))


def test_nothing_silenced(scene: Scene) -> None:
    """No silence in Alertmanager keeps the pager quiet.

    ja: Alertmanager のサイレンスで黙らせていない。
    """
    found = eventually(
        lambda: api(scene, "alertmanager", "/api/v2/silences"), lambda seen: seen is not None, within=10, every=0.5
    )
    assert found is not None, reason("nothing-silenced-2")
    kept = [one for one in found if one["status"]["state"] != "expired"]
    told = ", ".join(f"{m['name']}={m['value']}" for one in kept for m in one["matchers"])
    assert not kept, reason("nothing-silenced", count=len(kept), told=told)
