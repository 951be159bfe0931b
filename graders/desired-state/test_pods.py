"""Are pods at the second site asked the right questions? The program is started as the manifests say, and asked."""

from __future__ import annotations

from typing import Any

import pytest
from beside import obstacle
from cluster import Object, Workload, label, quantity
from pod_trial import Trials
from reach import lets_in

from kikori.grading import say

pytestmark = pytest.mark.timeout(90)
SLOW = 3
"""Seconds for which any pod may be slow now and then."""
LATEST = 120
"""Seconds for which a pod that has stopped answering may still get requests."""


@pytest.mark.needs("test_manifest_starts_pods")
def test_manifest_lets_the_program_begin(workloads: list[Workload], pods: Trials) -> None:
    """What comes before the program in its pod ends well, and what runs beside it stays.

    ja: pod でプログラムより先に動くものは無事に終わり、並んで動くものは動き続ける。
    """
    for one in workloads:
        problem = obstacle(pods, one)
        assert not problem, say(
            f"a pod was started as {label(one.document)} says, and does not become ready: {problem}",
            f"{label(one.document)} のとおりに pod を起動しましたが、ready になりません。{problem}",
        )


@pytest.mark.needs("test_manifest_lets_the_program_begin")
def test_manifest_leads_to_the_pods(workloads: list[Workload], pods: Trials) -> None:
    """Who asks at the second site is led to a pod that makes forecasts.

    ja: 二つ目のサイトで尋ねると、予報を出す pod に届く。
    """
    for one in workloads:
        pod, name = pods.good(one), label(one.document)
        seen = pod.begun()
        assert seen == 200, say(
            f"the program was started as {name} says, and makes no forecast: {answered(seen)}",
            f"プログラムを {name} のとおりに起動しても、予報は返りません。{answered(seen)}",
        )
        ports = {port for each in one.services for port in map(one.port, aims(each)) if port}
        ports_that_answer = [port for port in ports if pod.status("/forecast", port) == 200]
        assert ports_that_answer, say(
            f"expected a Service that leads to the pods of {name}, at a port where they answer; Services that choose "
            f"these pods: {len(one.services)}, ports of the pods to which they lead: {in_words(ports)}",
            f"{name} の pod が答えるポートへ導く Service があるはずですが、この pod を選ぶ Service は "
            f"{len(one.services)} 個、導く先の pod のポート: {in_words(ports)}",
        )
        assert any(lets_in(one, port) for port in ports_that_answer), say(
            f"a NetworkPolicy chooses the pods of {name}, and no rule lets everybody in at the port where they answer: "
            "whoever else asks is not heard",
            f"{name} の pod は NetworkPolicy の対象で、答えるポートに誰でも届くようにする規則がありません。"
            "規則にない者の要求は届きません",
        )
        assert not any(
            each.get("internalTrafficPolicy") == "Local" and not is_headless(each) for each in one.services
        ), say(
            "a Service leads who asks from a node to the pods of that node alone: who answers there when it has none, "
            "as after each drain?",
            "尋ねた者を、同じノードの pod にだけ導く Service があります。ノードを空にしたあとのように、そこに"
            "pod がないとき、誰が答えますか",
        )


def answered(status: int) -> str:
    """What came back, as a reason says it."""
    return say(f"status {status}", f"ステータス {status}") if status else say("no answer", "応答なし")


def aims(service: Object) -> list[Any]:
    """The ports of pods, by number or name, to which a Service leads."""
    return [port.get("targetPort", port["port"]) for port in service.get("ports", [])]


def in_words(ports: set[int]) -> str:
    """Ports as a reason says them."""
    return ", ".join(map(str, sorted(ports))) or say("none", "ありません")


@pytest.mark.needs("test_manifest_leads_to_the_pods")
def test_manifest_sends_nobody_to_a_pod_that_can_not_answer(workloads: list[Workload], pods: Trials) -> None:
    """A pod gets requests when it can make a forecast, and not before.

    ja: pod に要求が届くのは、予報を出せるようになってから。
    """
    for one in workloads:
        probes = [each["readinessProbe"] for each in one.programs if "readinessProbe" in each]
        assert probes, say(
            "expected something that asks whether a pod can make forecasts, before anybody is sent to it; saw nothing",
            "pod に誰かを送る前に、予報を出せるかどうかを尋ねるものがあるはずですが、ありません",
        )
        assert all(map(pods.good(one).answers, probes)), say(
            "a pod that makes forecasts was asked as its readinessProbe asks, and was not found ready",
            "予報を出せる pod に readinessProbe のとおりに尋ねても、ready とは見なされませんでした",
        )
        bad = pods.bad(one)
        bad.begun()
        assert not all(map(bad.answers, probes)), say(
            "a pod that can make no forecast was asked as its readinessProbe asks, and was found ready",
            "予報を出せない pod に readinessProbe のとおりに尋ねると、ready と見なされました",
        )
        assert not any(each.get("publishNotReadyAddresses") and not is_headless(each) for each in one.services), say(
            "a Service sends requests to pods that are not ready, too",
            "ready でない pod にも要求を送る Service があります",
        )


def is_headless(service: Object) -> bool:
    """Whether a Service has no address of its own, as that by which the pods of a StatefulSet find each other."""
    return bool(service.get("clusterIP") == "None")


@pytest.mark.needs("test_manifest_leads_to_the_pods")
def test_manifest_asks_soon_enough(workloads: list[Workload]) -> None:
    """A pod is found ready, or not ready any more, while it still matters.

    ja: pod が ready であること、もう ready でないことが、間に合ううちに分かる。
    """
    found = [(work, each["readinessProbe"]) for work in workloads for each in work.programs if "readinessProbe" in each]
    for one, probe in found:
        first, deadline = until_ready(probe), one.spec.get("progressDeadlineSeconds", 600)
        assert first < deadline or one.kind == "StatefulSet", say(
            f"a pod is ready after {first} s at the earliest, and a rollout counts as failed after {deadline} s",
            f"pod が ready になるのは早くても {first} 秒後で、ロールアウトは {deadline} 秒で失敗と見なされます",
        )
        last = until_left(probe)
        assert last <= LATEST, say(
            f"a pod that has stopped answering would be sent requests for another {last} s",
            f"答えられなくなった pod に、あと {last} 秒も要求が送られます",
        )


def until_ready(probe: Object) -> int:
    """Seconds after which a pod can be ready at the earliest."""
    again = probe.get("periodSeconds", 10) * (probe.get("successThreshold", 1) - 1)
    return int(probe.get("initialDelaySeconds", 0) + again)


def until_left(probe: Object) -> int:
    """Seconds for which a pod that has stopped answering is still thought ready."""
    return int(probe.get("periodSeconds", 10) * probe.get("failureThreshold", 3))


@pytest.mark.needs("test_manifest_leads_to_the_pods")
def test_manifest_leaves_a_good_pod_alone(workloads: list[Workload], pods: Trials) -> None:
    """A pod that does its work is not ended, for what it answers or for its memory.

    ja: 働いている pod は、返事やメモリーのことで終わらされない。
    """
    for one in workloads:
        pod = pods.good(one)
        for name in ("startupProbe", "livenessProbe"):
            assert all(pod.answers(each[name]) for each in one.programs if name in each), say(
                f"a pod that makes forecasts was asked as its {name} asks, and failed: it would be restarted for ever",
                f"予報を出せる pod に {name} のとおりに尋ねると、失敗しました。再起動が果てしなく続きます",
            )
            hasty = [each for each in one.programs if name in each and silence(name, each[name]) < SLOW]
            assert not hasty, say(
                f"a pod that is slow for {SLOW} s would be ended by its {name} and started again",
                f"{SLOW} 秒のあいだ遅いだけの pod が、{name} によって終わらされ、起動し直されます",
            )
        used, limit = pod.memory(), one.resources(one.programs[0], "limits").get("memory")
        assert limit is None or used <= (quantity(limit) or 0), say(
            f"the program holds {used // 1024} KiB of memory, and is killed when it has more than {limit}",
            f"プログラムはメモリーを {used // 1024} KiB 使っており、{limit} を超えると終わらされます",
        )


def silence(name: str, probe: Object) -> int:
    """Seconds without an answer after which a probe ends a pod; at its start, those before it is asked count, too."""
    asked = probe.get("periodSeconds", 10) * (probe.get("failureThreshold", 3) - 1) + probe.get("timeoutSeconds", 1)
    return int(asked + (probe.get("initialDelaySeconds", 0) if name == "startupProbe" else 0))
