"""Would the same service stand as firmly in Kubernetes? The manifests are read, and nothing is applied."""

from __future__ import annotations

from typing import Any

import kubernetes_validate
import pytest
import yaml

from kikori.grading import Scene, say

VERSION = "1.37"
FOLDER = "kubernetes"
MOST = 20


def documents(scene: Scene) -> list[dict[str, Any]]:
    """Every object in the folder ``kubernetes`` of the workspace."""
    found: list[dict[str, Any]] = []
    for path in sorted(scene.workspace.glob(f"{FOLDER}/*.y*ml"))[:MOST]:
        try:
            read = list(yaml.safe_load_all(scene.text(f"{FOLDER}/{path.name}")))
        except yaml.YAMLError as problem:
            pytest.fail(say(f"{path.name} is no YAML: {problem}", f"{path.name} は YAML ではありません: {problem}"))
        found += [one for one in read if isinstance(one, dict)]
    return found


def of_kind(scene: Scene, *kinds: str) -> list[dict[str, Any]]:
    """The objects of a kind."""
    return [one for one in documents(scene) if one.get("kind") in kinds]


def workload(scene: Scene) -> dict[str, Any]:
    """What runs the service: its spec."""
    found = of_kind(scene, "Deployment", "StatefulSet")
    assert found, say(
        f"expected a Deployment or a StatefulSet in {FOLDER}/, saw none",
        f"{FOLDER}/ に Deployment か StatefulSet があるはずですが、見つかりません",
    )
    spec: dict[str, Any] = found[0]["spec"]
    return spec


def containers(scene: Scene) -> list[dict[str, Any]]:
    """Its containers."""
    found: list[dict[str, Any]] = workload(scene)["template"]["spec"]["containers"]
    return found


def test_manifests_fit_the_schemas(scene: Scene) -> None:
    """Every object has the form that Kubernetes publishes for its kind.

    ja: どのオブジェクトも、Kubernetes が公開しているスキーマに合っている。
    """
    for one in documents(scene):
        problem = misfit(one)
        assert not problem, say(
            f"the {one.get('kind', 'object')} does not fit the schema of Kubernetes {VERSION}: {problem}",
            f"{one.get('kind', 'オブジェクト')} が Kubernetes {VERSION} のスキーマに合いません: {problem}",
        )


def misfit(document: dict[str, Any]) -> str:
    """Where an object does not fit its schema; empty where it does."""
    try:
        kubernetes_validate.validate(document, VERSION, strict=True)
    except kubernetes_validate.ValidationError as problem:
        return f"{'.'.join(map(str, problem.path))}: {problem.message[:160]}"
    except kubernetes_validate.SchemaNotFoundError as problem:
        return str(problem.message)
    except (KeyError, kubernetes_validate.InvalidSchemaError) as problem:
        return f"no object of Kubernetes: {problem}"
    return ""


@pytest.mark.needs("test_manifests_fit_the_schemas")
def test_manifest_sends_nobody_to_a_pod_that_can_not_answer(scene: Scene) -> None:
    """A pod gets requests when it can make a forecast, and not before.

    ja: pod に要求が届くのは、予報を出せるようになってから。
    """
    asked = [one.get("readinessProbe", {}).get("httpGet", {}) for one in containers(scene)]
    assert any(str(get.get("path", "")).split("?")[0] in ("/health", "/forecast") for get in asked), say(
        "expected a probe that asks whether a pod can make forecasts, before anybody is sent to it",
        "pod に誰かを送る前に、予報を出せるかどうかを尋ねる probe があるはずです",
    )
    ports = {port["containerPort"] for one in containers(scene) for port in one.get("ports", [])} | {8080}
    assert all(get.get("port") in ports | {name(scene, get)} for get in asked if get), say(
        "the probe asks at a port at which nobody listens",
        "probe の尋ねるポートでは、誰も待ち受けていません",
    )


def name(scene: Scene, get: dict[str, Any]) -> object:
    """A port's name, where a container has a port of that name."""
    named = {port.get("name") for one in containers(scene) for port in one.get("ports", [])}
    return get.get("port") if get.get("port") in named else None


@pytest.mark.needs("test_manifests_fit_the_schemas")
def test_manifest_has_a_budget(scene: Scene) -> None:
    """Every container says what it needs and what it may have.

    ja: どのコンテナーも、必要な量と使ってよい量を述べている。
    """
    for one in containers(scene):
        said = one.get("resources", {})
        lacking = [
            f"{part}.{what}"
            for part, what in (("requests", "cpu"), ("requests", "memory"), ("limits", "memory"))
            if not said.get(part, {}).get(what)
        ]
        assert not lacking, say(
            f"the container {one['name']} lacks {', '.join(lacking)}: what is kept for it, and what stops it?",
            f"コンテナー {one['name']} に {', '.join(lacking)} がありません。どこに置かれ、何が歯止めになりますか",
        )


@pytest.mark.needs("test_manifests_fit_the_schemas")
def test_manifest_names_its_release(scene: Scene) -> None:
    """Anybody can tell which release runs.

    ja: どのリリースが動いているのか、誰でも分かる。
    """
    for one in containers(scene):
        last = one["image"].rsplit("/", 1)[-1]
        tag = last.partition("@")[2] or last.partition(":")[2]
        assert tag not in ("", "latest"), say(
            f"{one['image']} can be another image tomorrow: to what would you go back?",
            f"{one['image']} は、明日には別のイメージかもしれません。どこへ戻せばよいのでしょうか",
        )


@pytest.mark.needs("test_manifests_fit_the_schemas")
def test_manifest_outlives_a_node(scene: Scene) -> None:
    """When a node is drained, a pod goes on answering.

    ja: ノードを空にするときも、答え続ける pod がある。
    """
    replicas = workload(scene).get("replicas", 1)
    assert replicas >= 2, say(
        f"there is {replicas} pod: who answers while it moves?",
        f"pod は {replicas} 個です。それが移る間、誰が答えますか",
    )
    labels = workload(scene)["template"]["metadata"].get("labels", {})
    budgets = [one["spec"] for one in of_kind(scene, "PodDisruptionBudget") if selects(one["spec"], labels)]
    assert budgets, say(
        "nothing keeps a drain from ending all pods of the service at once",
        "ノードを空にする操作が、このサービスの pod を一度に全部終わらせるのを、何も止めません",
    )
    assert all(0 < away(budget, replicas) < replicas for budget in budgets), say(
        "the budget lets a drain end all pods at once, or none, so that no node could ever be drained",
        "この budget では、一度に全部終わらせてしまうか、一つも終わらせられずノードを空にできません",
    )


def selects(budget: dict[str, Any], labels: dict[str, str]) -> bool:
    """Whether a disruption budget is about these pods."""
    wanted = budget.get("selector", {}).get("matchLabels", {})
    return bool(wanted) and wanted.items() <= labels.items()


def away(budget: dict[str, Any], replicas: int) -> int:
    """How many pods may be away at once; Kubernetes rounds a percentage up."""

    def number(value: Any) -> int:
        text = str(value)
        return -(-int(text[:-1]) * replicas // 100) if text.endswith("%") else int(text)

    if "maxUnavailable" in budget:
        return number(budget["maxUnavailable"])
    return replicas - number(budget.get("minAvailable", 0))
