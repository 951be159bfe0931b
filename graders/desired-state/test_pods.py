"""Are pods at the second site asked the right questions? The program is started as the manifests say, and asked."""

from __future__ import annotations

from typing import Any

import pytest
from beside import obstacle
from cluster import Object, Workload, label, quantity
from pod_trial import Trials
from reach import lets_in

from kikori.grading import reasons

reason = reasons(__file__)

pytestmark = pytest.mark.timeout(90)
SLOW = 3
"""Seconds for which any pod may be slow now and then."""
LATEST = 120
"""Seconds for which a pod that has stopped answering may still get requests."""
SMALLEST = 4
"""A request of less than a fourth of what the program holds is a number whose unit was forgotten."""
DEFAULTS = {
    "failureThreshold": 3, "initialDelaySeconds": 0, "periodSeconds": 10, "successThreshold": 1, "timeoutSeconds": 1,
}  # fmt: skip
"""Of a probe; a server puts them in the place of 0, too."""


@pytest.mark.needs("test_manifest_starts_pods")
def test_manifest_lets_the_program_begin(workloads: list[Workload], pods: Trials) -> None:
    """What comes before the program in its pod ends well, and what runs beside it keeps running.

    ja: pod でプログラムより先に動くものは無事に終わり、並んで動くものは動き続ける。
    """
    for one in workloads:
        problem = obstacle(pods, one)
        assert not problem, reason("manifest-lets-the-program-begin", label=label(one.document), problem=problem)


@pytest.mark.needs("test_manifest_lets_the_program_begin")
def test_manifest_leads_to_the_pods(workloads: list[Workload], pods: Trials) -> None:
    """A request at the second site reaches a pod that makes forecasts.

    ja: 二つ目のサイトで尋ねると、予報を出す pod に届く。
    """
    for one in workloads:
        pod, name = pods.good(one), label(one.document)
        seen = pod.begun()
        assert seen == 200, reason("manifest-leads-to-the-pods", called=name, answered=answered(seen))
        assert pod.is_told(), reason("manifest-leads-to-the-pods-5", called=name)
        ports = {port for each in one.services for port in map(one.port, aims(each)) if port}
        ports_that_answer = [port for port in ports if pod.status("/forecast", port) == 200]
        assert ports_that_answer, reason(
            "manifest-leads-to-the-pods-2", called=name, count=len(one.services), in_words=in_words(ports)
        )
        assert any(lets_in(one, port) for port in ports_that_answer), reason(
            "manifest-leads-to-the-pods-3", called=name
        )
        assert not any(
            each.get("internalTrafficPolicy") == "Local" and not is_headless(each) for each in one.services
        ), reason("manifest-leads-to-the-pods-4")


def answered(status: int) -> str:
    """What came back, as a reason says it."""
    return reason("answered", status=status) if status else reason("answered-2")


def aims(service: Object) -> list[Any]:
    """The ports of pods, by number or name, to which a Service leads."""
    ports = [port for port in service.get("ports", []) if port.get("protocol", "TCP") == "TCP"]
    if is_headless(service):  # who asks has a pod's own address, and nothing turns one port into another
        return [port["port"] for port in ports]
    return [port.get("targetPort", port["port"]) for port in ports]


def in_words(ports: set[int]) -> str:
    """Ports as a reason says them."""
    return ", ".join(map(str, sorted(ports))) or reason("in-words")


@pytest.mark.needs("test_manifest_leads_to_the_pods")
def test_manifest_sends_nobody_to_a_pod_that_can_not_answer(workloads: list[Workload], pods: Trials) -> None:
    """A pod gets requests when it can make a forecast, and not before.

    ja: pod にリクエストが届くのは、予報を出せるようになってからである。
    """
    for one in workloads:
        probes = [each["readinessProbe"] for each in one.programs if "readinessProbe" in each]
        assert probes, reason("manifest-sends-nobody-to-a-pod-that-can-not-answer")
        assert all(map(pods.good(one).answers, probes)), reason("manifest-sends-nobody-to-a-pod-that-can-not-answer-2")
        bad = pods.bad(one)
        bad.begun()
        assert not all(map(bad.answers, probes)), reason("manifest-sends-nobody-to-a-pod-that-can-not-answer-3")
        assert not all(map(pods.good(one).answers_in_vain, probes)), reason(
            "manifest-sends-nobody-to-a-pod-that-can-not-answer-5"
        )
        assert not any(each.get("publishNotReadyAddresses") and not is_headless(each) for each in one.services), reason(
            "manifest-sends-nobody-to-a-pod-that-can-not-answer-4"
        )


def is_headless(service: Object) -> bool:
    """Whether a Service has no address of its own, as that by which the pods of a StatefulSet find each other."""
    return bool(service.get("clusterIP") == "None")


@pytest.mark.static
@pytest.mark.needs("test_manifest_leads_to_the_pods")
def test_manifest_asks_soon_enough(workloads: list[Workload]) -> None:
    """A pod is found ready, or no longer ready, soon enough.

    ja: pod が ready であること、もう ready でないことが、間に合ううちに分かる。
    """
    found = [(work, each["readinessProbe"]) for work in workloads for each in work.programs if "readinessProbe" in each]
    for one, probe in found:
        first, deadline = until_ready(probe), one.spec.get("progressDeadlineSeconds", 600)
        assert first < deadline or one.kind == "StatefulSet", reason(
            "manifest-asks-soon-enough", first=first, deadline=deadline
        )
        last = until_left(probe)
        assert last <= LATEST, reason("manifest-asks-soon-enough-2", last=last)


def until_ready(probe: Object) -> int:
    """Seconds after which a pod can be ready at the earliest."""
    again = said(probe, "periodSeconds") * (said(probe, "successThreshold") - 1)
    return said(probe, "initialDelaySeconds") + again


def said(probe: Object, key: str) -> int:
    """Read a number of a probe, or what a server puts in its place."""
    return int(probe.get(key) or DEFAULTS[key])


def until_left(probe: Object) -> int:
    """Seconds for which a pod that has stopped answering is still thought ready."""
    return max(said(probe, "periodSeconds"), said(probe, "timeoutSeconds")) * said(probe, "failureThreshold")


@pytest.mark.needs("test_manifest_leads_to_the_pods")
def test_manifest_leaves_a_good_pod_alone(workloads: list[Workload], pods: Trials) -> None:
    """A pod that does its work is not ended for its answers or its memory.

    ja: 働いている pod は、返事やメモリを理由に終わらされない。
    """
    for one in workloads:
        pod = pods.good(one)
        for name in ("startupProbe", "livenessProbe"):
            assert all(pod.answers(each[name]) for each in one.programs if name in each), reason(
                "manifest-leaves-a-good-pod-alone", called=name
            )
            hasty = [each for each in one.programs if name in each and silence(name, each[name]) < SLOW]
            assert not hasty, reason("manifest-leaves-a-good-pod-alone-2", slow=SLOW, called=name)
        used, limit = pod.memory(), one.resources(one.programs[0], "limits").get("memory")
        assert limit is None or used <= (quantity(limit) or 0), reason(
            "manifest-leaves-a-good-pod-alone-3", used=used // 1024, limit=limit
        )
        asked = one.resources(one.programs[0], "requests").get("memory")
        assert asked is None or used <= SMALLEST * (quantity(asked) or 0), reason(
            "manifest-leaves-a-good-pod-alone-4", used=used // 1024, asked=asked
        )


def silence(name: str, probe: Object) -> int:
    """Seconds without an answer after which a probe ends a pod; at its start, those before it is asked count, too."""
    asked = said(probe, "periodSeconds") * (said(probe, "failureThreshold") - 1) + said(probe, "timeoutSeconds")
    return asked + (said(probe, "initialDelaySeconds") if name == "startupProbe" else 0)
