"""What an API server refuses although it fits the schema: the rules of Kubernetes' validation that this service meets.

Each function gives what is wrong, one after the other, as a server would say it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from cluster import Cluster, Object, about, decoded, label, namespace, quantity, selects, share

from kikori.grading import say

SUBDOMAIN = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")
WORD = re.compile(r"[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
VALUE = re.compile(r"([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?")
PORT_NAME = re.compile(r"(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?")
LONGEST = 253
"""Letters of a name."""
PERCENT = re.compile(r"[0-9]{1,6}%")
HANDLERS = ("exec", "grpc", "httpGet", "tcpSocket")
PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
SERVER = {"default", "kube-system", "kube-public", "kube-node-lease"}
"""The namespaces of every cluster."""
PLAIN = {"cpu", "memory", "ephemeral-storage"}


def refusal(cluster: Cluster) -> str:
    """Say the first thing that the server refuses; empty where it takes all."""
    for one in cluster.objects:
        for problem in of_object(cluster, one):
            return f"{label(one)}: {problem}"
    return ""


def of_object(cluster: Cluster, one: Object) -> Iterator[str]:
    """What is wrong with an object."""
    yield from of_names(cluster, one)
    spec = one.get("spec", {})
    kind = one.get("kind")
    if kind in ("Deployment", "StatefulSet"):
        yield from of_workload(spec)
    if kind == "Deployment":
        yield from of_strategy(spec)
    if kind == "StatefulSet":
        yield from of_shares(spec.get("updateStrategy", {}).get("rollingUpdate", {}))
    if kind == "PodDisruptionBudget":
        yield from of_budget(spec)
    if kind == "HorizontalPodAutoscaler" and not 1 <= spec.get("minReplicas", 1) <= spec.get("maxReplicas", 0):
        yield say(
            "minReplicas must be 1 at least, and maxReplicas no less than that",
            "minReplicas は 1 以上、maxReplicas はそれ以上でなければなりません",
        )
    if kind == "Service":
        yield from of_service(spec)
    if kind == "Secret":
        for name in (each for each, value in one.get("data", {}).items() if decoded(value) is None):
            yield say(f"data.{name} is no base64", f"data.{name} は base64 ではありません")


def of_names(cluster: Cluster, one: Object) -> Iterator[str]:
    """What is wrong with its name, its namespace and its labels."""
    name = str(about(one).get("name", ""))
    form = WORD if one.get("kind") in ("Service", "Namespace") else SUBDOMAIN
    free = str(one.get("apiVersion")).startswith("rbac.")  # names of roles may hold more
    if not free and (len(name) > LONGEST or not form.fullmatch(name)):
        yield say(f"'{name}' is no name for an object", f"「{name}」はオブジェクトの名前になりません")
    where = namespace(one)
    if where not in SERVER and not cluster.has("Namespace", where):
        yield say(f"there is no namespace {where}", f"名前空間 {where} がありません")
    spec = one.get("spec", {})
    found = [about(one).get("labels", {}), about(spec.get("template", {})).get("labels", {})]
    selector = spec.get("selector", {})
    found.append(selector.get("matchLabels", {}) if "template" in spec or "matchLabels" in selector else selector)
    for labels in found:
        for key, value in labels.items():
            if isinstance(value, str) and not (VALUE.fullmatch(value) and VALUE.fullmatch(key.rpartition("/")[2])):
                yield say(f"'{key}: {value}' is no label", f"「{key}: {value}」はラベルになりません")


def of_workload(spec: Object) -> Iterator[str]:
    """What is wrong with a Deployment or StatefulSet."""
    labels = about(spec["template"]).get("labels", {})
    if not any(spec["selector"].get(part) for part in ("matchLabels", "matchExpressions")):
        yield say("the selector is empty", "selector が空です")
    elif not selects(spec["selector"], labels):
        yield say(
            "the selector does not choose the pods of its own template",
            "selector が、自分のテンプレートの pod を選んでいません",
        )
    if spec.get("replicas", 1) < 0:
        yield say("replicas is less than 0", "replicas が 0 未満です")
    yield from of_pod(spec["template"].get("spec", {}), {about(one)["name"] for one in claims(spec)})


def claims(spec: Object) -> list[Object]:
    """The volumes that a StatefulSet claims for each of its pods."""
    return [one for one in spec.get("volumeClaimTemplates", []) if "name" in about(one)]


def of_pod(pod: Object, claimed: set[str]) -> Iterator[str]:
    """What is wrong with a pod."""
    if pod.get("restartPolicy", "Always") != "Always":
        yield say("its pods must have restartPolicy Always", "pod の restartPolicy は Always でなければなりません")
    grace = pod.get("terminationGracePeriodSeconds", 30)
    if grace < 0:
        yield say("terminationGracePeriodSeconds is less than 0", "terminationGracePeriodSeconds が 0 未満です")
    every_one = [*pod.get("initContainers", []), *pod.get("containers", [])]
    yield from of_words([one["name"] for one in every_one], WORD)
    ports = [port for one in pod.get("containers", []) for port in one.get("ports", [])]
    yield from of_words([port["name"] for port in ports if "name" in port], PORT_NAME)
    yield from of_resources("pod", pod.get("resources", {}))
    for one in every_one:
        yield from of_container(one, claimed | {volume["name"] for volume in pod.get("volumes", [])}, grace)


def of_words(names: Iterable[str], form: re.Pattern[str]) -> Iterator[str]:
    """Which names of containers or of ports are given twice, or are none."""
    for name, count in Counter(names).items():
        if count > 1:
            yield say(f"the name {name} is given {count} times", f"名前 {name} が {count} 回使われています")
        if not form.fullmatch(name):
            yield say(f"'{name}' is no name", f"「{name}」は名前になりません")


def of_container(one: Object, volumes: set[str], grace: int) -> Iterator[str]:
    """What is wrong with a container."""
    for port in one.get("ports", []):
        yield from of_port(port["containerPort"])
    for mount in one.get("volumeMounts", []):
        if mount["name"] not in volumes:
            yield say(f"there is no volume {mount['name']}", f"ボリューム {mount['name']} がありません")
    yield from of_resources(one["name"], one.get("resources", {}))
    for name in PROBES:
        if name in one:
            yield from of_probe(name, one[name])
    pause = one.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    if not 0 <= pause <= grace:
        yield say(
            f"preStop sleeps {pause} s of {grace} s until the pod is killed",
            f"preStop の sleep は {pause} 秒で、pod が終わらされるまでの {grace} 秒に収まりません",
        )


def of_port(value: object) -> Iterator[str]:
    """Whether a port has a number that ports have, or a name."""
    if not (1 <= value <= 65535 if isinstance(value, int) else PORT_NAME.fullmatch(str(value))):
        yield say(f"{value} is no port", f"{value} はポートになりません")


def of_resources(name: str, resources: Object) -> Iterator[str]:
    """What is wrong with requests and limits."""
    for part in ("requests", "limits"):
        for what, value in resources.get(part, {}).items():
            amount = quantity(value)
            if amount is None or amount < 0:
                yield say(
                    f"{name}: {part}.{what}: '{value}' is no amount",
                    f"{name} の {part}.{what} の「{value}」は量になりません",
                )
            if what not in PLAIN and "/" not in what and not what.startswith("hugepages-"):
                yield say(f"{name}: there is no resource {what}", f"{name}: {what} という資源はありません")
    for what in resources.get("requests", {}).keys() & resources.get("limits", {}).keys():
        asked, most = quantity(resources["requests"][what]), quantity(resources["limits"][what])
        if asked is not None and most is not None and asked > most:
            yield say(
                f"{name}: requests.{what} {resources['requests'][what]} is more than limits.{what} "
                f"{resources['limits'][what]}",
                f"{name} の requests.{what} {resources['requests'][what]} が limits.{what} "
                f"{resources['limits'][what]} を超えています",
            )


def of_probe(name: str, probe: Object) -> Iterator[str]:
    """What is wrong with a probe."""
    handlers = [one for one in HANDLERS if one in probe]
    if len(handlers) != 1:
        yield say(
            f"{name} asks in {len(handlers)} ways, and must in one",
            f"{name} の尋ね方は一つでなければなりませんが、{len(handlers)} つあります",
        )
    for handler in ("httpGet", "tcpSocket"):
        if handler in probe:
            yield from of_port(probe[handler].get("port", 0))
    if name != "readinessProbe" and probe.get("successThreshold", 1) > 1:
        yield say(f"successThreshold of {name} must be 1", f"{name} の successThreshold は 1 でなければなりません")
    for key, value in probe.items():
        if isinstance(value, int) and value < 0:
            yield say(f"{name}.{key} is less than 0", f"{name}.{key} が 0 未満です")


def of_strategy(spec: Object) -> Iterator[str]:
    """What is wrong with the way in which a Deployment replaces its pods."""
    strategy = spec.get("strategy", {})
    rolling = strategy.get("rollingUpdate", {})
    if strategy.get("type") == "Recreate" and rolling:
        yield say("Recreate has no rollingUpdate", "Recreate に rollingUpdate は書けません")
    yield from of_shares(rolling)
    said = [rolling.get(one) for one in ("maxUnavailable", "maxSurge")]
    if all(whole(one) and share(one, 100, up=True) == 0 for one in said):
        yield say(
            "maxUnavailable and maxSurge are both 0: nothing could ever be replaced",
            "maxUnavailable も maxSurge も 0 では、何も入れ替えられません",
        )
    if spec.get("minReadySeconds", 0) >= spec.get("progressDeadlineSeconds", 600):
        yield say(
            "progressDeadlineSeconds must be more than minReadySeconds",
            "progressDeadlineSeconds は minReadySeconds より大きくなければなりません",
        )


def whole(value: object) -> bool:
    """Whether it is a number of pods, or a percentage of them."""
    return (isinstance(value, int) and value >= 0) or PERCENT.fullmatch(str(value)) is not None


def of_shares(said: Object) -> Iterator[str]:
    """What is neither a number of pods nor a percentage."""
    for key in ("maxUnavailable", "maxSurge", "minAvailable"):
        if key in said and not whole(said[key]):
            yield say(f"{key}: '{said[key]}' is no number of pods", f"{key} の「{said[key]}」は pod の数になりません")


def of_budget(spec: Object) -> Iterator[str]:
    """What is wrong with a disruption budget."""
    if {"minAvailable", "maxUnavailable"} <= spec.keys():
        yield say(
            "minAvailable and maxUnavailable exclude each other", "minAvailable と maxUnavailable は同時に書けません"
        )
    yield from of_shares(spec)


def of_service(spec: Object) -> Iterator[str]:
    """What is wrong with a Service."""
    ports: list[dict[str, Any]] = spec.get("ports", [])
    if not ports and spec.get("type") != "ExternalName" and spec.get("clusterIP") != "None":
        yield say("it has no port", "ポートがありません")
    if len(ports) > 1 and not all("name" in one for one in ports):
        yield say("with several ports, each needs a name", "ポートがいくつもあるなら、それぞれに名前が要ります")
    for one in ports:
        yield from of_port(one["port"])
        yield from of_port(one.get("targetPort", one["port"]))
