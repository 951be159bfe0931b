"""What keeps pods from being made or from starting although the server took their manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cluster import Object, Workload, image, runs_program
from placing import Site

from kikori.grading import reasons

reason = reasons(__file__)

PART = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
IMAGE = re.compile(
    rf"(?:(?:[a-zA-Z0-9.-]+\.[a-zA-Z0-9.-]+|localhost|[a-zA-Z0-9.-]+(?=:\d))(?::\d+)?/)?{PART}(?:/{PART})*"
    r"(?::[a-zA-Z0-9_][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?",
    re.ASCII,
)
LONGEST = 400
"""Letters of an image's name with its registry, tag and digest."""
GIVEN = {("ConfigMap", "kube-root-ca.crt"), ("ServiceAccount", "default")} | {
    ("PriorityClass", f"system-{name}-critical") for name in ("cluster", "node")
}
"""What every namespace and cluster has."""


def obstacle(workload: Workload) -> str:
    """Say the first thing in the way of its pods; empty where there is none."""
    return next(_obstacles(workload), "")


def _obstacles(workload: Workload) -> Iterator[str]:
    pod = workload.pod
    if workload.spec.get("paused"):
        yield reason("obstacles")
    for one in workload.everything:
        if len(image(one)) > LONGEST or not IMAGE.fullmatch(image(one)):
            yield reason("obstacles-2", image=image(one))
        if one.get("imagePullPolicy") == "Never":
            yield reason("obstacles-9", called=one["name"])
        yield from _refused_user(pod, one)
    for kind, name, where in _references(workload):
        if (kind, name) not in GIVEN and not workload.cluster.has(kind, name, where):
            yield reason("obstacles-3", kind=kind, called=name)
    for kind, name, key in _keys(workload):
        yield reason("obstacles-4", key=key, kind=kind, called=name)
    if pod.get("schedulerName", "default-scheduler") != "default-scheduler" or pod.get("schedulingGates"):
        yield reason("obstacles-5")
    for gate in pod.get("readinessGates", []):
        yield reason("obstacles-6", conditiontype=gate["conditionType"])
    least, site = workload.counts[0], Site(workload)
    if site.quota < least:
        yield reason("obstacles-8", least=least, most=site.quota)
    found = site.placed(least).total()
    if found < least:
        yield reason("obstacles-7", least=least, found=found)


def _refused_user(pod: Object, container: Object) -> Iterator[str]:
    context = {**pod.get("securityContext", {}), **container.get("securityContext", {})}
    if context.get("runAsNonRoot") and context.get("runAsUser") == 0:
        yield reason("refused-user", called=container["name"])
    if context.get("runAsNonRoot") and "runAsUser" not in context and runs_program(container):
        # The image says USER nobody. A kubelet has only that word, and looks into no image for its number.
        yield reason("refused-user-2", called=container["name"])


def _references(workload: Workload) -> Iterator[tuple[str, str, str]]:
    """What the pods name that must be there: its kind, its name, and its namespace if it is in one."""
    pod, where = workload.pod, workload.namespace
    for volume in pod.get("volumes", []):
        yield from _needed("ConfigMap", volume.get("configMap"), "name", where)
        yield from _needed("Secret", volume.get("secret"), "secretName", where)
        yield from _needed("PersistentVolumeClaim", volume.get("persistentVolumeClaim"), "claimName", where)
        for one in volume.get("projected", {}).get("sources", []):
            yield from _needed("ConfigMap", one.get("configMap"), "name", where)
            yield from _needed("Secret", one.get("secret"), "name", where)
    for container in workload.everything:
        sources = [*container.get("envFrom", []), *(one.get("valueFrom", {}) for one in container.get("env", []))]
        for one in sources:
            yield from _needed("ConfigMap", one.get("configMapRef", one.get("configMapKeyRef")), "name", where)
            yield from _needed("Secret", one.get("secretRef", one.get("secretKeyRef")), "name", where)
    yield from _needed("ServiceAccount", pod, "serviceAccountName", where)
    yield from _needed("PriorityClass", pod, "priorityClassName", "")
    yield from _needed("RuntimeClass", pod, "runtimeClassName", "")


def _keys(workload: Workload) -> Iterator[tuple[str, str, str]]:
    """What the pods' variables take from a ConfigMap or Secret that does not have it."""
    for one in (each for container in workload.everything for each in container.get("env", [])):
        for kind in ("ConfigMap", "Secret"):
            source = one.get("valueFrom", {}).get(f"{kind[0].lower()}{kind[1:]}KeyRef")
            if source and not source.get("optional") and source["key"] not in workload.told(kind, source):
                yield kind, source.get("name", ""), source["key"]


def _needed(kind: str, source: Object | None, key: str, where: str) -> Iterator[tuple[str, str, str]]:
    if source and key in source and not source.get("optional"):
        yield kind, source[key], where
