"""Whether pods find a node, and whether a drain of a node ends, by what the scheduler and the eviction do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from cluster import HIGHEST, Object, Workload, every, quantity, selects, share

ROOM = {"cpu": Decimal(2), "memory": Decimal(4 * 2**30)}
"""What pods may have of each node of the second site."""
NODES = {
    name: {"kubernetes.io/hostname": name, "kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64"}
    for name in ("node-1", "node-2", "node-3")
}
HOSTNAME = "kubernetes.io/hostname"
RELEASE = "pod-template-hash"
"""The label by which a Deployment tells the pods of its releases apart."""
MOST_PODS = 110
"""Of a node, as every cluster has it."""
NEEDED = "requiredDuringSchedulingIgnoredDuringExecution"


class Site:
    """Where the pods of a workload may run; with ``releases``, those of an old and a new release at a time."""

    def __init__(self, workload: Workload, *, releases: bool = False) -> None:
        self.workload = workload
        self.releases = releases
        self.pod = workload.pod
        self.nodes = [name for name, labels in NODES.items() if self._may_run_on(name, labels)]
        self.most = min(self._by_resources(), 1 if self._alone() else MOST_PODS)
        self.skew = min((one["maxSkew"] for one in self._spread()), default=MOST_PODS)
        self.quota = min(self._by_quota(), default=MOST_PODS * len(NODES))
        """Pods that the namespace may have; what else counts against its quotas is not known here."""

    def _may_run_on(self, name: str, labels: dict[str, str]) -> bool:
        affinity = self.pod.get("affinity", {}).get("nodeAffinity", {})
        terms = affinity.get(NEEDED, {}).get("nodeSelectorTerms")
        wanted = self.pod.get("nodeSelector", {}).items() <= labels.items()
        chosen = terms is None or any(self._fits_term(one, name, labels) for one in terms)
        spread = all(one["topologyKey"] in labels for one in self._strictly_spread())
        beside = all(one["topologyKey"] in labels and self._is_there(one) for one in self._neighbours())
        return wanted and chosen and spread and beside and self.pod.get("nodeName", name) == name

    def _neighbours(self) -> list[Object]:
        """Give the terms of its pod affinity that have to hold."""
        found: list[Object] = self.pod.get("affinity", {}).get("podAffinity", {}).get(NEEDED, [])
        return found

    def _is_there(self, term: Object) -> bool:
        """Tell whether a term means pods of these files, its own among them."""
        templates = [one.get("spec", {}).get("template", {}) for one in self.workload.cluster.objects]
        labels = [one.get("metadata", {}).get("labels", {}) for one in templates if one]
        return "labelSelector" in term and any(selects(term["labelSelector"], one) for one in labels)

    @staticmethod
    def _fits_term(term: Object, name: str, labels: dict[str, str]) -> bool:
        fields = every(term.get("matchFields", ()), {"metadata.name": name})
        return bool(term) and fields and every(term.get("matchExpressions", ()), labels)

    def _by_resources(self) -> int:
        asked = {what: self.workload.of_whole_pod("requests", what) for what in ROOM}
        return min((int(ROOM[what] // amount) for what, amount in asked.items() if amount), default=MOST_PODS)

    def _by_quota(self) -> Iterator[int]:
        """Give how many pods each line of a ResourceQuota allows.

        A pod with a container that does not say what it counts is refused.
        """
        quotas = self.workload.near("ResourceQuota")
        for_all = [one.get("hard", {}) for one in quotas if not one.keys() & {"scopes", "scopeSelector"}]
        for key, value in (line for hard in for_all for line in hard.items()):
            part, _, what = key.rpartition(".")
            most = quantity(value) or Decimal()
            if key in ("pods", "count/pods"):
                yield int(most)
            elif what in ROOM and part in ("", "requests", "limits"):
                amounts = [self.workload.resources(one, part or "requests") for one in self.workload.everything]
                amount = self.workload.of_whole_pod(part or "requests", what)
                yield int(most // amount) if amount and all(what in one for one in amounts) else 0

    def _alone(self) -> bool:
        """Whether two of its pods can't be on one node."""
        on_host = any(port.get("hostPort") for one in self.workload.containers for port in one.get("ports", []))
        apart = self.pod.get("affinity", {}).get("podAntiAffinity", {})
        terms = apart.get(NEEDED, [])
        return (
            on_host
            or bool(self.pod.get("hostNetwork"))
            or any(one["topologyKey"] == HOSTNAME and self._is_own(one) for one in terms)
        )

    def _strictly_spread(self) -> list[Object]:
        said = self.pod.get("topologySpreadConstraints", [])
        return [one for one in said if one["whenUnsatisfiable"] == "DoNotSchedule"]

    def _spread(self) -> Iterator[Object]:
        for one in self._strictly_spread():
            if one["topologyKey"] == HOSTNAME and self._is_own(one):
                yield one

    def _is_own(self, term: Object) -> bool:
        if self.releases and RELEASE in term.get("matchLabelKeys", []):
            return False  # it holds among the pods of one release
        return "labelSelector" in term and selects(term["labelSelector"], self.workload.labels)

    def may_share(self, count: int) -> bool:
        """Whether so many pods may all be on one node."""
        return count <= self.most and (count <= self.skew or len(self.nodes) == 1)

    def place(self, pods: Counter[str], closed: str = "") -> bool:
        """Put one more pod on a node, not on that which is being drained; False where there is room on none."""
        if pods.total() >= self.quota:
            return False
        near = any(one["topologyKey"] == HOSTNAME and self._is_own(one) for one in self._neighbours())
        where = [one for one in self.nodes if pods[one]] if near and pods.total() else self.nodes
        for node in sorted((one for one in where if one != closed), key=lambda one: pods[one]):
            least = min(pods[one] for one in self.nodes)
            if pods[node] < self.most and pods[node] + 1 - least <= self.skew:
                pods[node] += 1
                return True
        return False

    def placed(self, count: int) -> Counter[str]:
        """So many pods on their nodes, as far as there is room for them."""
        pods = Counter[str]()
        for _ in range(count):
            if not self.place(pods):
                break
        return pods


def kept(budget: Object, count: int) -> int:
    """How many pods of so many have to be healthy after an eviction; a percentage is rounded up."""
    if "maxUnavailable" in budget:
        return count - share(budget["maxUnavailable"], count, up=True)
    return share(budget.get("minAvailable", 1), count, up=True)


def stuck(site: Site, budget: Object, count: int) -> bool:
    """Whether a drain of some node comes to an eviction that is never allowed."""
    for node in site.nodes:
        pods = site.placed(count)
        while pods[node]:
            if pods.total() <= kept(budget, count):
                return True
            pods[node] -= 1
            site.place(pods, closed=node)
    return False


def counts(workload: Workload) -> range:
    """How many pods there may be: by its own word one number, by an autoscaler's several."""
    least, most = workload.counts
    return range(least, min(most, max(least, HIGHEST)) + 1)
