"""Who gets through to pods at the second site: what NetworkPolicies let in."""

from __future__ import annotations

from cluster import Object, Workload, selects


def lets_in(workload: Workload, port: int) -> bool:
    """Whether everybody may ask the pods at a port: no policy chooses them, or a rule of one admits all."""
    policies = [one for one in workload.near("NetworkPolicy") if _shuts(one, workload)]
    return not policies or any(
        _admits(rule, workload, port) for policy in policies for rule in policy.get("ingress", [])
    )


def _shuts(policy: Object, workload: Workload) -> bool:
    """Whether a policy keeps from these pods what none admits; one that names no type is for what comes in, too."""
    chosen = selects(policy.get("podSelector", {}), workload.labels)
    return chosen and "Ingress" in (policy.get("policyTypes") or ["Ingress"])


def _admits(rule: Object, workload: Workload, port: int) -> bool:
    peers, ports = rule.get("from", []), rule.get("ports", [])
    return (not peers or any(map(_is_everybody, peers))) and (
        not ports or any(_holds(one, workload, port) for one in ports)
    )


def _is_everybody(peer: Object) -> bool:
    """Whether a peer is all addresses, or all pods of all namespaces."""
    block = peer.get("ipBlock")
    if block:
        return str(block.get("cidr", "")).endswith("/0") and not block.get("except")
    return "namespaceSelector" in peer and not any((*peer["namespaceSelector"].values(), *_chosen(peer)))


def _chosen(peer: Object) -> list[object]:
    return list(peer.get("podSelector", {}).values())


def _holds(one: Object, workload: Workload, port: int) -> bool:
    """Whether an entry of a rule's ports means this one."""
    if one.get("protocol", "TCP") != "TCP":
        return False
    first = workload.port(one["port"]) if "port" in one else None
    if first is None:
        return "port" not in one
    return first <= port <= int(one.get("endPort", first))
