"""What pods of the second site may do that the service may not on this one."""

from __future__ import annotations

from collections.abc import Iterator

from cluster import Object, Workload, about, label, namespace

from kikori.grading import reasons

reason = reasons(__file__)

HOST = ("hostIPC", "hostNetwork", "hostPID")
USUAL = {
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "NET_RAW",
    "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}  # fmt: skip
"""Capabilities that a container engine leaves to each container anyway: to name one of these adds nothing."""


def excess(workload: Workload) -> str:
    """Say the first right that is too much; empty where there is none."""
    return next(_excess(workload), "")


def _excess(workload: Workload) -> Iterator[str]:
    pod = workload.pod
    for name in (one for one in HOST if pod.get(one)):
        yield reason("excess", called=name)
    for volume in (one for one in pod.get("volumes", []) if "hostPath" in one):
        yield reason("excess-2", called=volume["name"])
    for name in _folders_of_nodes(workload):
        yield reason("excess-2", called=name)
    for one in _bindings(workload):
        yield reason("excess-3", called=label(one))
    for one in workload.everything:
        yield from _of_container(pod, one)


def _folders_of_nodes(workload: Workload) -> Iterator[str]:
    """Give the volumes of the cluster that lie on a node, where its pods claim any."""
    claims = [one for one in workload.pod.get("volumes", []) if {"persistentVolumeClaim", "ephemeral"} & one.keys()]
    if claims or workload.spec.get("volumeClaimTemplates"):
        for one in workload.cluster.objects:
            if one.get("kind") == "PersistentVolume" and {"hostPath", "local"} & one.get("spec", {}).keys():
                yield str(about(one)["name"])


def _bindings(workload: Workload) -> Iterator[Object]:
    """Give what lets its pods ask more of the cluster than others may."""
    where = workload.namespace
    account = workload.pod.get("serviceAccountName", "default")
    groups = {"system:authenticated", "system:serviceaccounts", f"system:serviceaccounts:{where}"}
    for one in workload.cluster.objects:
        if one.get("kind") not in ("RoleBinding", "ClusterRoleBinding"):
            continue
        for subject in one.get("subjects", []):
            name = subject.get("name")
            if {
                "ServiceAccount": (name, subject.get("namespace", namespace(one))) == (account, where),
                "Group": name in groups,
                "User": name == f"system:serviceaccount:{where}:{account}",
            }.get(subject.get("kind"), False):
                yield one


def _of_container(pod: Object, one: Object) -> Iterator[str]:
    context = {**pod.get("securityContext", {}), **one.get("securityContext", {})}
    if context.get("runAsUser") == 0:
        yield reason("of-container-3", called=one["name"])
    if context.get("privileged"):
        yield reason("of-container-4", called=one["name"])
    added = {str(name).removeprefix("CAP_") for name in context.get("capabilities", {}).get("add", [])} - USUAL
    if added:
        names = ", ".join(sorted(added))
        yield reason("of-container-5", called=one["name"], names=names)
