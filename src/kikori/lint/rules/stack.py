"""stack.yaml: what a lab runs in Swarm mode, as closely walled in as its compose.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.compose_file import ComposeFile
from kikori.lint.subjects.source_tree import LabSource

KNOWN = {
    "cap_add", "cap_drop", "command", "deploy", "entrypoint", "environment", "healthcheck", "image", "init", "networks",
    "read_only", "stop_grace_period", "stop_signal", "user",
}  # fmt: skip
KNOWN_AT_TOP = {"services", "networks"}
LIMITS = ("memory", "cpus", "pids")


def _services(source: LabSource) -> Iterator[tuple[ComposeFile, str, dict[str, Any]]]:
    if source.stack:
        for name, service in source.stack.services.items():
            yield source.stack, name, service


@rule
def stack_limits(source: LabSource) -> Iterator[Location]:
    """Every service of a stack has limits of memory, cpus and pids under `deploy.resources.limits`."""
    for file, name, service in _services(source):
        limits: object = service
        for key in ("deploy", "resources", "limits"):
            limits = limits.get(key) if isinstance(limits, dict) else None
        lacking = [key for key in LIMITS if not isinstance(limits, dict) or not limits.get(key)]
        if lacking:
            line = file.line("services", name, "deploy", "resources", "limits")
            mend = 'write `deploy: { resources: { limits: { memory: 64M, cpus: "0.2", pids: 64 } } }`'
            yield Location(file.path, line, f"the service {name} has no limit of {', '.join(lacking)}", mend)


@rule
def stack_cap_drop(source: LabSource) -> Iterator[Location]:
    """Every service of a stack has `cap_drop: [ALL]` and a `user` of its own.

    A stack can't ask for `no-new-privileges`, so nobody in it may begin as root.
    """
    for file, name, service in _services(source):
        if service.get("cap_drop") != ["ALL"] or str(service.get("user", "root")).split(":")[0] in ("root", "0"):
            line = file.line("services", name, "cap_drop")
            mend = "write `cap_drop: [ALL]` and `user: nobody`, or another that is not root"
            yield Location(file.path, line, f"the service {name} has rights that it was not given", mend)


@rule
def stack_known_keys(source: LabSource) -> Iterator[Location]:
    """stack.yaml has only keys that keep a service in its container: no ports, mounts, secrets or configs."""
    for file, name, service in _services(source):
        strange: list[tuple[str, ...]] = [(key,) for key in file.document if key not in KNOWN_AT_TOP]
        strange += [("services", name, key) for key in service if key not in KNOWN]
        for keys in strange:
            mend = f"take {keys[-1]} out; what users reach is a service of compose.yaml"
            yield Location(file.path, file.line(*keys), f"'{keys[-1]}' is not known here", mend)


@rule
def stack_networks_internal(source: LabSource) -> Iterator[Location]:
    """Every network of a stack is an internal overlay to which compose.yaml can attach."""
    if not source.stack:
        return
    for name, network in source.stack.part("networks").items():
        if not (network.get("driver") == "overlay" and network.get("internal") and network.get("attachable")):
            line = source.stack.line("networks", name)
            mend = "driver: overlay, attachable: true, internal: true"
            yield Location(source.stack.path, line, f"the network {name} is another kind", mend)
