"""The second site as the manifests make it: its objects, and what chooses, counts and guards what."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import count
from typing import Any

import pytest
import yaml

from kikori.grading import Scene, reasons

reason = reasons(__file__)

FOLDER = "kubernetes"
MOST = 20
DEFAULT = "default"
PROGRAM = "forecast"
"""The last part of the name of the image that holds the service."""
LARGEST, DEEPEST = 20_000, 40
"""Values in a file, counted with those that an alias repeats, and how deep they lie in each other."""
HIGHEST = 50
"""More pods than any site of this service will have."""
QUANTITY = re.compile(r"([+-]?\d+(?:\.\d*)?|[+-]?\.\d+)(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?\d{1,2}))?", re.ASCII)
SMALL = {"n": Decimal("1e-9"), "u": Decimal("1e-6"), "m": Decimal("0.001"), "k": Decimal(1000)}
SUFFIXES = (
    {"": Decimal(1)}
    | SMALL
    | {unit: Decimal(1000) ** power for power, unit in enumerate("MGTPE", 2)}
    | {f"{unit}i": Decimal(1024) ** power for power, unit in enumerate("KMGTPE", 1)}
)
Object = dict[str, Any]


def quantity(value: object) -> Decimal | None:
    """An amount of a resource as Kubernetes reads it; None where it can't."""
    found = QUANTITY.fullmatch(str(value))
    if not found:
        return None
    number = Decimal(found[1])
    return number * (Decimal(10) ** int(found[3]) if found[3] else SUFFIXES[found[2] or ""])


def share(value: object, of: int, *, up: bool) -> int:
    """A number of pods, or a percentage of them, which is rounded up or down."""
    text = str(value)
    if not text.endswith("%"):
        return int(text)
    exact = int(text[:-1]) * of
    return -(-exact // 100) if up else exact // 100


def selects(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Whether a label selector chooses what has these labels; an empty one chooses all."""
    return selector.get("matchLabels", {}).items() <= labels.items() and every(
        selector.get("matchExpressions", ()), labels
    )


def every(expressions: Iterable[Mapping[str, Any]], labels: Mapping[str, str]) -> bool:
    """Whether all of a selector's expressions hold for some labels."""
    for one in expressions:
        value, among = labels.get(one["key"]), one.get("values", [])
        holds = {
            "In": value in among,
            "NotIn": value not in among,
            "Exists": value is not None,
            "DoesNotExist": value is None,
        }
        if not holds.get(one["operator"], False):
            return False
    return True


def about(one: Object) -> Object:
    """An object's metadata; nothing where it has none."""
    found = one.get("metadata")
    return found if isinstance(found, dict) else {}


def label(one: Object) -> str:
    """Name an object as people do."""
    return f"{one.get('kind', '?')} {about(one).get('name', '?')}"


def namespace(one: Object) -> str:
    """The namespace of an object."""
    return str(about(one).get("namespace", DEFAULT))


def image(container: Object) -> str:
    """The image of a container; empty where it has none."""
    return str(container.get("image", ""))


def runs_program(container: Object) -> bool:
    """Whether a container runs the image that holds the service."""
    return re.split("[:@]", image(container).rpartition("/")[2])[0] == PROGRAM


def data(one: Object) -> dict[str, str]:
    """What a ConfigMap or Secret holds."""
    hidden = one.get("kind") == "Secret"
    held = {name: revealed(value) if hidden else str(value) for name, value in one.get("data", {}).items()}
    held |= {name: revealed(value) for name, value in one.get("binaryData", {}).items()}
    return held | {name: str(value) for name, value in one.get("stringData", {}).items()}


def revealed(value: object) -> str:
    """What a Secret's value says; nothing where it is no base64, which a server refuses."""
    return (decoded(value) or b"").decode(errors="replace")


def decoded(value: object) -> bytes | None:
    """What is written in base64, perhaps on several lines; None where it is none."""
    try:
        return base64.b64decode("".join(str(value).split()), validate=True)
    except ValueError:
        return None


class Workload:
    """A Deployment or StatefulSet that runs the service."""

    def __init__(self, cluster: Cluster, document: Object) -> None:
        self.cluster = cluster
        self.document = document
        self.kind, self.name, self.namespace = document["kind"], document["metadata"]["name"], namespace(document)
        self.spec: Object = document["spec"]
        self.labels: dict[str, str] = self.spec["template"].get("metadata", {}).get("labels", {})
        self.pod: Object = self.spec["template"].get("spec", {})
        self.containers: list[Object] = self.pod.get("containers", [])

    @property
    def everything(self) -> list[Object]:
        """All its containers, with those that run before the others."""
        return [*self.pod.get("initContainers", []), *self.containers]

    def told(self, kind: str, reference: Object) -> dict[str, str]:
        """What a ConfigMap or Secret that its pods name has to tell."""
        one = self.cluster.has(kind, reference.get("name", ""), self.namespace) or {}
        return data(one)

    @property
    def programs(self) -> list[Object]:
        """The containers that run the service itself."""
        return [one for one in self.containers if runs_program(one)]

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many pods there are at the least and at the most, by its own word and by an autoscaler's."""
        replicas = self.spec.get("replicas", 1)
        scaling = [one for one in self.near("HorizontalPodAutoscaler") if self._scaled_by(one)]
        if not scaling or replicas == 0:  # an autoscaler leaves alone what is scaled to nothing
            return replicas, replicas
        return min(one.get("minReplicas", 1) for one in scaling), max(one["maxReplicas"] for one in scaling)

    def _scaled_by(self, autoscaler: Object) -> bool:
        target = autoscaler.get("scaleTargetRef", {})
        return [target.get(part) for part in ("apiVersion", "kind", "name")] == ["apps/v1", self.kind, self.name]

    @property
    def budgets(self) -> list[Object]:
        """The disruption budgets that speak of its pods."""
        near = self.near("PodDisruptionBudget")
        return [one for one in near if "selector" in one and selects(one["selector"], self.labels)]

    @property
    def services(self) -> list[Object]:
        """The Services that choose its pods; one that is another name for a name chooses none."""
        near = [one for one in self.near("Service") if one.get("type") != "ExternalName"]
        return [one for one in near if one.get("selector") and one["selector"].items() <= self.labels.items()]

    def near(self, kind: str) -> list[Object]:
        """What the objects of a kind in its namespace ask for."""
        found = (one for one in self.cluster.objects if one.get("kind") == kind and namespace(one) == self.namespace)
        return [one.get("spec", {}) for one in found]

    def port(self, value: object) -> int | None:
        """The number of a port that is called by number or by name; None where no container has that name."""
        if isinstance(value, int):
            return value
        named = {one.get("name"): one["containerPort"] for each in self.containers for one in each.get("ports", [])}
        return named.get(value)

    def resources(self, container: Object, part: str) -> Object:
        """Give what a container requests, or its limits, by its own word, its pod's or the namespace's.

        A limit stands for a request.
        """
        own, whole = container.get("resources", {}), self.pod.get("resources", {})
        said = [whole.get("limits", {}), whole.get("requests", {}), own.get("limits", {}), own.get("requests", {})]
        found = self._by_default(part)
        for one in said if part == "requests" else said[::2]:
            found |= one
        return found

    def _by_default(self, part: str) -> Object:
        """Give what LimitRanges say for containers that say nothing."""
        parts = ("max", "default") if part == "limits" else ("min", "max", "default", "defaultRequest")
        ranges = [each for one in self.near("LimitRange") for each in one.get("limits", [])]
        found: Object = {}
        for one in (each for each in ranges if each.get("type") == "Container"):
            for name in parts:
                found |= one.get(name, {})
        return found

    def of_whole_pod(self, part: str, what: str) -> Decimal:
        """Add up what a pod requests of a resource, or its limits."""
        whole = self.pod.get("resources", {})
        of_pod = whole.get("limits", {}) | (whole.get("requests", {}) if part == "requests" else {})
        if what in of_pod:
            return quantity(of_pod[what]) or Decimal()
        before: list[Object] = self.pod.get("initContainers", [])
        beside = [one for one in before if one.get("restartPolicy") == "Always"]
        amounts = [self._amount(one, part, what) for one in (*self.containers, *beside)]
        return max(sum(amounts, Decimal()), *(self._amount(one, part, what) for one in before), Decimal())

    def _amount(self, container: Object, part: str, what: str) -> Decimal:
        return quantity(self.resources(container, part).get(what, 0)) or Decimal()


class Cluster:
    """All objects of the folder ``kubernetes``, as one apply of it leaves them."""

    def __init__(self, scene: Scene) -> None:
        named: dict[tuple[str, str, str], Object] = {}
        for one in documents(scene):
            key = (str(one.get("kind")), namespace(one), str(about(one).get("name", len(named))))
            named[key] = one  # the last of a name is what stays
        self.objects = list(named.values())

    def has(self, kind: str, name: str, where: str = "") -> Object | None:
        """An object by its name; ``where`` is the namespace of what is in one."""
        for one in self.objects:
            if (one.get("kind"), one["metadata"]["name"]) == (kind, name) and where in ("", namespace(one)):
                return one
        return None

    @property
    def workloads(self) -> list[Workload]:
        """Whatever runs the service."""
        kinds = ("Deployment", "StatefulSet")
        found = [Workload(self, one) for one in self.objects if one.get("kind") in kinds]
        return [one for one in found if one.programs]


def documents(scene: Scene) -> list[Object]:
    """Every document in the folder ``kubernetes`` of the workspace, those of a List one by one."""
    found: list[Object] = []
    for path in sorted(scene.workspace.glob(f"{FOLDER}/*.y*ml"))[:MOST]:
        try:
            read = list(yaml.safe_load_all(scene.text(f"{FOLDER}/{path.name}")))
        except yaml.YAMLError as problem:
            pytest.fail(reason("documents", called=path.name, problem=problem))
        size = count()
        for one in (said(document, size) for document in read):
            listed = one.get("items") if isinstance(one, dict) and one.get("kind") == "List" else [one]
            found += [each for each in listed or [] if isinstance(each, dict)]
    return found


def said(value: Any, size: Iterator[int], depth: int = 0) -> Any:
    """What a document says, without what it says nothing for: a server leaves that out."""
    if next(size) > LARGEST or depth > DEEPEST:
        pytest.fail(reason("said"))
    if isinstance(value, dict):
        return {key: said(one, size, depth + 1) for key, one in value.items() if one is not None}
    return [said(one, size, depth + 1) for one in value] if isinstance(value, list) else value
