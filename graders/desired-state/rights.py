"""What pods of the second site may do that the service may not on this one."""

from __future__ import annotations

from collections.abc import Iterator

from cluster import Object, Workload

from kikori.grading import say

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
        yield say(f"{name} shows them what is the node's own", f"{name} により、ノード自身のものが見えます")
    for volume in (one for one in pod.get("volumes", []) if "hostPath" in one):
        yield say(
            f"the volume {volume['name']} is a folder of the node's own",
            f"ボリューム {volume['name']} は、ノード自身のフォルダーです",
        )
    for one in workload.everything:
        yield from _of_container(pod, one)


def _of_container(pod: Object, one: Object) -> Iterator[str]:
    context = {**pod.get("securityContext", {}), **one.get("securityContext", {})}
    if context.get("runAsUser") == 0:
        yield say(f"{one['name']} runs as root", f"{one['name']} は root で動きます")
    if context.get("privileged"):
        yield say(
            f"{one['name']} is privileged, so the node is open to it",
            f"{one['name']} は privileged で、ノードを操れます",
        )
    added = {str(name).removeprefix("CAP_") for name in context.get("capabilities", {}).get("add", [])} - USUAL
    if added:
        names = ", ".join(sorted(added))
        yield say(f"{one['name']} is given {names}", f"{one['name']} に {names} が与えられています")
