"""Would the same service stand as firmly in Kubernetes? What a cluster would do with the manifests is computed."""

from __future__ import annotations

import re

import kubernetes_validate
import pytest
from admission import refusal
from cluster import Cluster, Object, Workload, image, label, quantity, share
from placing import ROOM, Site, counts, kept, stuck
from rights import excess
from starting import obstacle

from kikori.grading import reasons, say

reason = reasons(__file__)

pytestmark = pytest.mark.static
VERSION = "1.37"
READING = 4
"""Seconds that a report takes until it is read and filed."""
HEARD = (None, "SIGINT", "SIGTERM")
"""Signals at which the program ends after what it has in hand; the first is the image's own."""
SLEEP = re.compile(r"\bsleep\s+(\d+)(?:\.\d+)?([smh]?)\b", re.ASCII)
UNITS = {"": 1, "s": 1, "m": 60, "h": 3600}


def test_manifests_fit_the_schemas(cluster: Cluster) -> None:
    """Every object has the form that Kubernetes publishes for its kind.

    ja: どのオブジェクトも、Kubernetes が公開しているスキーマに合っている。
    """
    for one in cluster.objects:
        problem = misfit(one)
        assert not problem, reason(
            "manifests-fit-the-schemas",
            kind=one.get("kind", say("object", "オブジェクト")),
            version=VERSION,
            problem=problem,
        )


def misfit(document: Object) -> str:
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
def test_a_cluster_accepts_the_manifests(cluster: Cluster) -> None:
    """A cluster accepts every object.

    ja: どのオブジェクトも、クラスターに受け入れられる。
    """
    problem = refusal(cluster)
    assert not problem, reason("a-cluster-accepts-the-manifests", problem=problem)


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_starts_pods(workloads: list[Workload]) -> None:
    """Its pods are made, find a node, and can be started.

    ja: pod が作られ、ノードが見つかり、起動できる。
    """
    for one in workloads:
        problem = obstacle(one)
        assert not problem, reason("manifest-starts-pods", label=label(one.document), problem=problem)


@pytest.mark.needs("test_manifest_starts_pods")
def test_manifest_has_a_budget(workloads: list[Workload]) -> None:
    """Every container says how much it needs and how much it may use.

    ja: どのコンテナにも、必要な量と使ってよい量が書かれている。
    """
    for one in workloads:
        for each in one.containers:
            lacking = [
                f"{part}.{what}"
                for part, what in (("requests", "cpu"), ("requests", "memory"), ("limits", "memory"))
                if not quantity(one.resources(each, part).get(what, 0))
            ]
            assert not lacking, reason("manifest-has-a-budget", called=each["name"], lacking=lacking)
            most = one.resources(each, "limits")["memory"]
            assert (quantity(most) or 0) < ROOM["memory"], reason(
                "manifest-has-a-budget-2", called=each["name"], most=most
            )


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_names_its_release(workloads: list[Workload]) -> None:
    """Anybody can tell which release runs.

    ja: どのリリースが動いているのか、誰でも分かる。
    """
    for one in (each for work in workloads for each in work.everything):
        name, _, digest = image(one).rpartition("/")[2].partition("@")
        assert digest or re.search(r"\d", name.partition(":")[2]), reason(
            "manifest-names-its-release", image=image(one)
        )
    for work in workloads:
        assert work.spec.get("revisionHistoryLimit", 10), reason(
            "manifest-names-its-release-2", label=label(work.document)
        )


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_gives_no_rights(workloads: list[Workload]) -> None:
    """The program does not run as root, and has no rights but those of every pod.

    ja: プログラムは root で動かず、どの pod にもある権限のほかは持たない。
    """
    for one in workloads:
        problem = excess(one)
        assert not problem, reason("manifest-gives-no-rights", label=label(one.document), problem=problem)


@pytest.mark.needs("test_manifest_starts_pods")
def test_manifest_outlives_a_node(workloads: list[Workload]) -> None:
    """When a node is drained, a pod goes on answering.

    ja: ノードを空にするときも、答え続ける pod がある。
    """
    for one in workloads:
        least = one.counts[0]
        assert least >= 2, reason("manifest-outlives-a-node", least=least)
        assert len(one.budgets) <= 1, reason("manifest-outlives-a-node-2", count=len(one.budgets))
        site = Site(one)
        for count in counts(one):
            if site.placed(count).total() < count:
                break  # no more than there is room for
            if site.may_share(count):
                assert one.budgets, reason("manifest-outlives-a-node-3")
                assert kept(one.budgets[0], count) >= 1, reason("manifest-outlives-a-node-4", count=count)
            assert not one.budgets or not stuck(site, one.budgets[0], count), reason(
                "manifest-outlives-a-node-5", count=count
            )


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_loses_nothing_in_a_release(workloads: list[Workload]) -> None:
    """A release reaches every pod, some pods answer meanwhile, and requests under way are finished.

    ja: リリースはすべての pod に行き渡り、その間も答える pod があり、処理中のリクエストは最後まで処理される。
    """
    for one in workloads:
        least = one.counts[0]
        assert least == 0 or staying(one) > 0, reason("manifest-loses-nothing-in-a-release", least=least)
        assert reaches_all(one), reason("manifest-loses-nothing-in-a-release-2")
        tight = cramped(one)
        assert not tight, reason("manifest-loses-nothing-in-a-release-3", tight=tight)
        for each in one.programs:
            lifecycle = each.get("lifecycle", {})
            assert lifecycle.get("stopSignal") in HEARD, reason(
                "manifest-loses-nothing-in-a-release-4", get=lifecycle.get("stopSignal")
            )
            time = max(0, one.pod.get("terminationGracePeriodSeconds", 30) - pause(lifecycle.get("preStop", {})))
            assert time > READING, reason("manifest-loses-nothing-in-a-release-5", time=time, reading=READING)


def staying(one: Workload) -> int:
    """How many pods answer at the worst moment of a release, when there are as few as there may be."""
    least = one.counts[0]
    if one.kind == "StatefulSet":
        most = one.spec.get("updateStrategy", {}).get("rollingUpdate", {}).get("maxUnavailable", 1)
        return least - max(1, share(most, least, up=False))
    if one.spec.get("strategy", {}).get("type") == "Recreate":
        return 0
    return least - away(one, least)


def away(one: Workload, count: int) -> int:
    """How many of so many pods of a Deployment may be missing during a release."""
    rolling = one.spec.get("strategy", {}).get("rollingUpdate", {})
    fewer = share(rolling.get("maxUnavailable", "25%"), count, up=False)
    if not fewer and not share(rolling.get("maxSurge", "25%"), count, up=True):
        return 1  # so Kubernetes resolves two percentages that come to nothing
    return fewer


def cramped(one: Workload) -> int:
    """The number of pods with which a release has no place for the first new one; 0 where it always has one."""
    if one.kind == "StatefulSet" or one.spec.get("strategy", {}).get("type") == "Recreate":
        return 0
    alone, both = Site(one), Site(one, releases=True)
    for count in counts(one):
        if alone.placed(count).total() < count:
            return 0
        if not away(one, count) and both.placed(count + 1).total() <= count:
            return count
    return 0


def reaches_all(one: Workload) -> bool:
    """Whether the controller replaces every pod by itself."""
    strategy = one.spec.get("updateStrategy", {})
    return strategy.get("type") != "OnDelete" and not strategy.get("rollingUpdate", {}).get("partition")


def pause(before: Object) -> int:
    """Seconds for which a preStop hook holds the signal up, as far as it says so."""
    command = " ".join(map(str, before.get("exec", {}).get("command", [])))
    asleep = sum(int(number) * UNITS[unit] for number, unit in SLEEP.findall(command))
    return asleep + int(before.get("sleep", {}).get("seconds", 0))
