"""What an API server refuses although it fits the schema: the rules of Kubernetes' validation that this service meets.

Each function gives what is wrong, one after the other, as a server would say it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from cluster import Cluster, Object, about, decoded, label, namespace, quantity, selects, share

from kikori.grading import reasons

reason = reasons(__file__)

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
NODE_PORTS = range(30000, 32768)
"""Of a cluster that was not told others."""
SERVICES = ("ClusterIP", "ExternalName", "LoadBalancer", "NodePort")
WORDS = {
    "protocol": ("TCP", "UDP", "SCTP"),
    "imagePullPolicy": ("Always", "IfNotPresent", "Never"),
    "scheme": ("HTTP", "HTTPS"),
    "whenUnsatisfiable": ("DoNotSchedule", "ScheduleAnyway"),
    "podManagementPolicy": ("OrderedReady", "Parallel"),
    "unhealthyPodEvictionPolicy": ("AlwaysAllow", "IfHealthyBudget"),
    "internalTrafficPolicy": ("Cluster", "Local"),
    "externalTrafficPolicy": ("Cluster", "Local"),
    "sessionAffinity": ("ClientIP", "None"),
}
"""What a field may say; the schemas call it a text."""
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
        yield from of_kind(spec.get("updateStrategy", {}), "OnDelete")
        yield from of_word(spec, "podManagementPolicy")
    if kind == "PodDisruptionBudget":
        yield from of_budget(spec)
    if kind == "HorizontalPodAutoscaler" and not 1 <= spec.get("minReplicas", 1) <= spec.get("maxReplicas", 0):
        yield reason("of-object")
    if kind == "Service":
        yield from of_service(spec)
    if kind == "Secret":
        for name in (each for each, value in one.get("data", {}).items() if decoded(value) is None):
            yield reason("of-object-2", called=name)


def of_names(cluster: Cluster, one: Object) -> Iterator[str]:
    """What is wrong with its name, its namespace and its labels."""
    name = str(about(one).get("name", ""))
    form = WORD if one.get("kind") in ("Service", "Namespace") else SUBDOMAIN
    free = str(one.get("apiVersion")).startswith("rbac.")  # names of roles may hold more
    if not free and (len(name) > LONGEST or not form.fullmatch(name)):
        yield reason("of-names", called=name)
    where = namespace(one)
    if where not in SERVER and not cluster.has("Namespace", where):
        yield reason("of-names-2", where=where)
    spec = one.get("spec", {})
    found = [about(one).get("labels", {}), about(spec.get("template", {})).get("labels", {})]
    selector = spec.get("selector", {})
    found.append(selector.get("matchLabels", {}) if "template" in spec or "matchLabels" in selector else selector)
    for labels in found:
        for key, value in labels.items():
            if isinstance(value, str) and not (VALUE.fullmatch(value) and VALUE.fullmatch(key.rpartition("/")[2])):
                yield reason("of-names-3", key=key, value=value)


def of_workload(spec: Object) -> Iterator[str]:
    """What is wrong with a Deployment or StatefulSet."""
    labels = about(spec["template"]).get("labels", {})
    if not any(spec["selector"].get(part) for part in ("matchLabels", "matchExpressions")):
        yield reason("of-workload")
    elif not selects(spec["selector"], labels):
        yield reason("of-workload-2")
    if spec.get("replicas", 1) < 0:
        yield reason("of-workload-3")
    yield from of_pod(spec["template"].get("spec", {}), {about(one)["name"] for one in claims(spec)})


def claims(spec: Object) -> list[Object]:
    """The volumes that a StatefulSet claims for each of its pods."""
    return [one for one in spec.get("volumeClaimTemplates", []) if "name" in about(one)]


def of_pod(pod: Object, claimed: set[str]) -> Iterator[str]:
    """What is wrong with a pod."""
    if pod.get("restartPolicy", "Always") != "Always":
        yield reason("of-pod")
    grace = pod.get("terminationGracePeriodSeconds", 30)
    if grace < 0:
        yield reason("of-pod-2")
    every_one = [*pod.get("initContainers", []), *pod.get("containers", [])]
    yield from of_words([one["name"] for one in every_one], WORD)
    ports = [port for one in pod.get("containers", []) for port in one.get("ports", [])]
    yield from of_words([port["name"] for port in ports if "name" in port], PORT_NAME)
    yield from of_resources("pod", pod.get("resources", {}))
    for one in pod.get("topologySpreadConstraints", []):
        yield from of_word(one, "whenUnsatisfiable")
    for one in every_one:
        yield from of_container(one, claimed | {volume["name"] for volume in pod.get("volumes", [])}, grace)


def of_words(names: Iterable[str], form: re.Pattern[str]) -> Iterator[str]:
    """Which names of containers or of ports are given twice, or are none."""
    for name, count in Counter(names).items():
        if count > 1:
            yield reason("of-words", called=name, count=count)
        if not form.fullmatch(name):
            yield reason("of-words-2", called=name)


def of_container(one: Object, volumes: set[str], grace: int) -> Iterator[str]:
    """What is wrong with a container."""
    yield from of_word(one, "imagePullPolicy")
    for port in one.get("ports", []):
        yield from of_port(port["containerPort"])
        yield from of_word(port, "protocol")
    for mount in one.get("volumeMounts", []):
        if mount["name"] not in volumes:
            yield reason("of-container", called=mount["name"])
    yield from of_resources(one["name"], one.get("resources", {}))
    for name in PROBES:
        if name in one:
            yield from of_probe(name, one[name])
    pause = one.get("lifecycle", {}).get("preStop", {}).get("sleep", {}).get("seconds", 0)
    if not 0 <= pause <= grace:
        yield reason("of-container-2", pause=pause, grace=grace)


def of_port(value: object) -> Iterator[str]:
    """Whether a port has a number that ports have, or a name."""
    if not (1 <= value <= 65535 if isinstance(value, int) else PORT_NAME.fullmatch(str(value))):
        yield reason("of-port", value=value)


def of_resources(name: str, resources: Object) -> Iterator[str]:
    """What is wrong with requests and limits."""
    for part in ("requests", "limits"):
        for what, value in resources.get(part, {}).items():
            amount = quantity(value)
            if amount is None or amount < 0:
                yield reason("of-resources", called=name, part=part, what=what, value=value)
            if what not in PLAIN and "/" not in what and not what.startswith("hugepages-"):
                yield reason("of-resources-2", called=name, what=what)
    for what in resources.get("requests", {}).keys() & resources.get("limits", {}).keys():
        asked, most = quantity(resources["requests"][what]), quantity(resources["limits"][what])
        if asked is not None and most is not None and asked > most:
            yield reason(
                "of-resources-3",
                called=name,
                what=what,
                requests=resources["requests"][what],
                limits=resources["limits"][what],
            )


def of_probe(name: str, probe: Object) -> Iterator[str]:
    """What is wrong with a probe."""
    handlers = [one for one in HANDLERS if one in probe]
    if len(handlers) != 1:
        yield reason("of-probe", called=name, count=len(handlers))
    for handler in ("httpGet", "tcpSocket"):
        if handler in probe:
            yield from of_port(probe[handler].get("port", 0))
            yield from of_word(probe[handler], "scheme")
    if name != "readinessProbe" and probe.get("successThreshold", 1) > 1:
        yield reason("of-probe-2", called=name)
    for key, value in probe.items():
        if isinstance(value, int) and value < 0:
            yield reason("of-probe-3", called=name, key=key)


def of_strategy(spec: Object) -> Iterator[str]:
    """What is wrong with the way in which a Deployment replaces its pods."""
    strategy = spec.get("strategy", {})
    yield from of_kind(strategy, "Recreate")
    rolling = strategy.get("rollingUpdate", {})
    if strategy.get("type") == "Recreate" and rolling:
        yield reason("of-strategy")
    yield from of_shares(rolling)
    said = [rolling.get(one) for one in ("maxUnavailable", "maxSurge")]
    if all(whole(one) and share(one, 100, up=True) == 0 for one in said):
        yield reason("of-strategy-2")
    if spec.get("minReadySeconds", 0) >= spec.get("progressDeadlineSeconds", 600):
        yield reason("of-strategy-3")


def of_kind(strategy: Object, other: str) -> Iterator[str]:
    """Whether a strategy is one that there is."""
    if strategy.get("type", other) not in ("RollingUpdate", other):
        yield reason("of-word", key="type", value=strategy["type"], words=f"RollingUpdate, {other}")


def whole(value: object) -> bool:
    """Whether it is a number of pods, or a percentage of them."""
    return (isinstance(value, int) and value >= 0) or PERCENT.fullmatch(str(value)) is not None


def of_shares(said: Object) -> Iterator[str]:
    """What is neither a number of pods nor a percentage."""
    for key in ("maxUnavailable", "maxSurge", "minAvailable"):
        if key in said and not whole(said[key]):
            yield reason("of-shares", key=key, said=said[key])


def of_budget(spec: Object) -> Iterator[str]:
    """What is wrong with a disruption budget."""
    if {"minAvailable", "maxUnavailable"} <= spec.keys():
        yield reason("of-budget")
    yield from of_shares(spec)
    yield from of_word(spec, "unhealthyPodEvictionPolicy")


def of_word(said: Object, key: str) -> Iterator[str]:
    """Whether a field says one of the words that there are for it: small letters count."""
    if key in said and said[key] not in WORDS[key]:
        yield reason("of-word", key=key, value=said[key], words=", ".join(WORDS[key]))


def of_service(spec: Object) -> Iterator[str]:
    """What is wrong with a Service."""
    for key in ("internalTrafficPolicy", "externalTrafficPolicy", "sessionAffinity"):
        yield from of_word(spec, key)
    kind = spec.get("type", "ClusterIP")
    if kind not in SERVICES:
        yield reason("of-word", key="type", value=kind, words=", ".join(SERVICES))
    ports: list[dict[str, Any]] = spec.get("ports", [])
    if not ports and spec.get("type") != "ExternalName" and spec.get("clusterIP") != "None":
        yield reason("of-service")
    if len(ports) > 1 and not all("name" in one for one in ports):
        yield reason("of-service-2")
    for one in ports:
        yield from of_port(one["port"])
        yield from of_port(one.get("targetPort", one["port"]))
        yield from of_word(one, "protocol")
        if "nodePort" in one and kind == "ClusterIP":
            yield reason("of-service-3", number=one["nodePort"])
        elif one.get("nodePort", NODE_PORTS[0]) not in NODE_PORTS:
            yield reason("of-service-4", number=one["nodePort"], first=NODE_PORTS[0], last=NODE_PORTS[-1])
