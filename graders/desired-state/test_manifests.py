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

from kikori.grading import say

VERSION = "1.37"
READING = 4
"""Seconds that a report takes until it is read and filed."""
HEARD = (None, "SIGINT", "SIGTERM")
"""Signals at which the program ends after what it has in hand; the first is the image's own."""


def test_manifests_fit_the_schemas(cluster: Cluster) -> None:
    """Every object has the form that Kubernetes publishes for its kind.

    ja: どのオブジェクトも、Kubernetes が公開しているスキーマに合っている。
    """
    for one in cluster.objects:
        problem = misfit(one)
        assert not problem, say(
            f"the {one.get('kind', 'object')} does not fit the schema of Kubernetes {VERSION}: {problem}",
            f"{one.get('kind', 'オブジェクト')} が Kubernetes {VERSION} のスキーマに合いません: {problem}",
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
    assert not problem, say(f"a cluster would refuse {problem}", f"クラスターに拒まれます。{problem}")


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_starts_pods(workloads: list[Workload]) -> None:
    """Its pods are made, find a node, and can be started.

    ja: pod が作られ、ノードが見つかり、起動できる。
    """
    for one in workloads:
        problem = obstacle(one)
        assert not problem, say(
            f"{label(one.document)} would not get its pods to run: {problem}",
            f"{label(one.document)} の pod は動きません。{problem}",
        )


@pytest.mark.needs("test_manifest_starts_pods")
def test_manifest_has_a_budget(workloads: list[Workload]) -> None:
    """Every container says what it needs and what it may have.

    ja: どのコンテナーも、必要な量と使ってよい量を述べている。
    """
    for one in workloads:
        for each in one.containers:
            lacking = [
                f"{part}.{what}"
                for part, what in (("requests", "cpu"), ("requests", "memory"), ("limits", "memory"))
                if not quantity(one.resources(each, part).get(what, 0))
            ]
            assert not lacking, say(
                f"the container {each['name']} lacks {', '.join(lacking)}: what is kept for it, and what stops it?",
                f"コンテナー {each['name']} に {', '.join(lacking)} がありません。どこに置かれ、何が歯止めになりますか",
            )
            most = one.resources(each, "limits")["memory"]
            assert (quantity(most) or 0) < ROOM["memory"], say(
                f"the container {each['name']} may have {most} of memory, and that is no less than all pods of a node "
                "may have together: what stops it before its neighbours suffer?",
                f"コンテナー {each['name']} はメモリーを {most} まで使えますが、これはノードの pod すべてが使える量に"
                "達しています。隣の pod が困る前に、何が歯止めになりますか",
            )


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_names_its_release(workloads: list[Workload]) -> None:
    """Anybody can tell which release runs.

    ja: どのリリースが動いているのか、誰でも分かる。
    """
    for one in (each for work in workloads for each in work.everything):
        name, _, digest = image(one).rpartition("/")[2].partition("@")
        assert digest or re.search(r"\d", name.partition(":")[2]), say(
            f"{image(one)} can be another image tomorrow: to what would you go back?",
            f"{image(one)} は、明日には別のイメージかもしれません。どこへ戻せばよいのでしょうか",
        )
    for work in workloads:
        assert work.spec.get("revisionHistoryLimit", 10), say(
            f"{label(work.document)} keeps none of the releases before: of what would a rollback know?",
            f"{label(work.document)} は、前のリリースを一つも残しません。どこへ戻せばよいのでしょうか",
        )


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_gives_no_rights(workloads: list[Workload]) -> None:
    """The program does not run as root, and has no rights but those of every pod.

    ja: プログラムは root で動かず、どの pod にもある権限のほかは持たない。
    """
    for one in workloads:
        problem = excess(one)
        assert not problem, say(
            f"{label(one.document)} gives its pods rights that the program needs for nothing: {problem}",
            f"{label(one.document)} は、プログラムに要らない権限を pod に与えています。{problem}",
        )


@pytest.mark.needs("test_manifest_starts_pods")
def test_manifest_outlives_a_node(workloads: list[Workload]) -> None:
    """When a node is drained, a pod goes on answering.

    ja: ノードを空にするときも、答え続ける pod がある。
    """
    for one in workloads:
        least = one.counts[0]
        assert least >= 2, say(
            f"there may be as few pods as {least}: who answers while one moves?",
            f"pod が {least} 個のときがあります。それが移る間、誰が答えますか",
        )
        assert len(one.budgets) <= 1, say(
            f"{len(one.budgets)} disruption budgets speak of the same pods, and no pod of two budgets is ever evicted",
            f"同じ pod に disruption budget が {len(one.budgets)} 個あり、二つに属する pod は決して退去できません",
        )
        site = Site(one)
        for count in counts(one):
            if site.placed(count).total() < count:
                break  # no more than there is room for
            if site.may_share(count):
                assert one.budgets, say(
                    "all pods of the service may be on one node, and nothing keeps a drain from ending them at once",
                    "サービスの pod が全部同じノードにあるかもしれず、そのノードを空にする操作が一度に全部を"
                    "終わらせるのを、何も止めません",
                )
                assert kept(one.budgets[0], count) >= 1, say(
                    f"{count} pods may be on one node, and the budget lets a drain end all at once",
                    f"{count} 個の pod が同じノードにあるかもしれず、この budget では、一度に全部"
                    "終わらされることがあります",
                )
            assert not one.budgets or not stuck(site, one.budgets[0], count), say(
                f"with {count} pods a drain comes to one that the budget never lets go: the node is never empty",
                f"pod が {count} 個のとき、この budget が決して手放さない pod が残り、ノードは空になりません",
            )


@pytest.mark.needs("test_a_cluster_accepts_the_manifests")
def test_manifest_loses_nothing_in_a_release(workloads: list[Workload]) -> None:
    """A release reaches every pod, some answer meanwhile, and what is in hand is finished.

    ja: リリースはすべての pod に行き渡り、その間も答える pod があり、手元の要求は最後まで処理される。
    """
    for one in workloads:
        least = one.counts[0]
        assert least == 0 or staying(one) > 0, say(
            f"with {least} pods a release may end all of them before another is there",
            f"pod が {least} 個のとき、リリースは、代わりができる前に全部を終わらせることがあります",
        )
        assert reaches_all(one), say(
            "a release does not reach every pod by itself",
            "リリースが、ひとりでにすべての pod に行き渡ることはありません",
        )
        tight = cramped(one)
        assert not tight, say(
            f"with {tight} pods a release waits for ever: none may go before another is there, and no node has a place "
            "for one more",
            f"pod が {tight} 個のとき、リリースは永遠に待ち続けます。代わりができるまで一つも終わらせてはならないのに、"
            "もう一つ置けるノードがありません",
        )
        for each in one.programs:
            lifecycle = each.get("lifecycle", {})
            assert lifecycle.get("stopSignal") in HEARD, say(
                f"a pod is ended with {lifecycle.get('stopSignal')}: what becomes of the reports it has in hand?",
                f"pod は {lifecycle.get('stopSignal')} で終わらされます。手元の報告はどうなりますか",
            )
            time = one.pod.get("terminationGracePeriodSeconds", 30) - pause(lifecycle.get("preStop", {}))
            assert time > READING, say(
                f"a pod has {time} s to finish what it has in hand, and a report takes {READING} s",
                f"pod が手元の仕事を終える時間は {time} 秒で、報告ひとつには {READING} 秒かかります",
            )


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
    command = before.get("exec", {}).get("command", [])
    if command[:1] == ["sleep"] and command[1:] and str(command[1]).isdigit():
        return int(command[1])
    return int(before.get("sleep", {}).get("seconds", 0))
