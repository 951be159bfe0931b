"""compose.yaml: the wall between a service and the host."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kikori.errors import KikoriError
from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.compose_file import listed
from kikori.lint.subjects.source_tree import LabSource
from kikori.untrusted.compose_file import check_learner_compose

NAMESPACES = ("network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup")
DEVICES = ("devices", "device_cgroup_rules", "gpus", "volumes_from", "use_api_socket")
OWN_RULES = {*NAMESPACES, *DEVICES, "privileged"}
KNOWN = {
    "build", "cap_add", "cap_drop", "command", "cpus", "depends_on", "entrypoint", "environment", "expose",
    "healthcheck", "hostname", "image", "init", "mem_limit", "mem_reservation", "memswap_limit", "networks",
    "pids_limit", "ports", "read_only", "restart", "security_opt", "shm_size", "stop_grace_period", "stop_signal",
    "sysctls", "tmpfs", "ulimits", "user", "volumes", "working_dir",
}  # fmt: skip
"""Keys whose values stay in the container, or have a rule of their own."""
KNOWN_AT_TOP = {"services", "networks", "volumes"}
NAMED_VOLUME = re.compile(r"^[A-Za-z0-9][\w.-]*:/")


@rule
def own_namespaces(source: LabSource) -> Iterator[Location]:
    """No service shares the host's network, processes, IPC, names or users, or those of a container outside the lab."""
    for name, service in source.services.items():
        for key in NAMESPACES:
            value = str(service.get(key, ""))
            if value == "host" or value.startswith("container:"):
                line = source.compose.line("services", name, key)
                message = f"the service {name} leaves its walls: {key}: {value}"
                yield Location(source.compose.path, line, message, "take the line out; `networks:` joins services")


@rule
def no_devices(source: LabSource) -> Iterator[Location]:
    """No service gets devices, the engine's socket or another container's mounts."""
    for name, service in source.services.items():
        for key in DEVICES:
            if service.get(key):
                line = source.compose.line("services", name, key)
                yield Location(source.compose.path, line, f"the service {name} reaches out: {key}", f"take {key} out")


@rule
def no_host_mounts(source: LabSource) -> Iterator[Location]:
    """Nothing of the host is mounted, docker.sock least of all.

    Files reach a service through its image (docs/adr/0002), data is kept in named volumes.
    """
    for keys, place in _mounts(source):
        line = source.compose.line(*keys)
        message = f"{keys[1]} mounts {place} of the host"
        mend = "COPY files in the Dockerfile; keep data in a named volume, such as `volumes: [data:/var/lib/app]`"
        yield Location(source.compose.path, line, message, mend)


def _mounts(source: LabSource) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, service in source.services.items():
        for number, volume in enumerate(listed(service.get("volumes"))):
            keys = ("services", name, "volumes", number)
            if isinstance(volume, dict):
                if volume.get("type") not in ("volume", "tmpfs"):
                    yield keys, str(volume.get("source", "a folder"))
            elif ":" in str(volume) and not NAMED_VOLUME.match(str(volume)):
                yield keys, str(volume).rpartition(":/")[0]
    for name, volume in source.compose.part("volumes").items():
        options = volume.get("driver_opts") or {}
        if "device" in options or volume.get("driver", "local") != "local" or volume.get("external"):
            yield ("volumes", name), str(options.get("device", "what is not the lab's"))


@rule
def known_compose_keys(source: LabSource) -> Iterator[Location]:
    """compose.yaml has only keys that keep a service in its container: what this list does not know is asked about."""
    used: list[tuple[tuple[str, ...], set[str]]] = [((key,), KNOWN_AT_TOP) for key in source.compose.document]
    used += [(("services", name, key), KNOWN | OWN_RULES) for name, one in source.services.items() for key in one]
    for keys, known in used:
        if keys[-1] not in known and not keys[-1].startswith("x-"):
            message = f"`{keys[-1]}` is a key that no lab has needed yet"
            mend = f"do it with one of: {', '.join(sorted(known - OWN_RULES))}"
            yield Location(source.compose.path, source.compose.line(*keys), message, mend)


@rule
def learners_compose(source: LabSource) -> Iterator[Location]:
    """The workspace's compose.yaml asks for nothing that the platform refuses a learner."""
    path = source.folder / "workspace" / "compose.yaml"
    if not path.is_file():
        return
    try:
        check_learner_compose(path, source.lab, source.services, source.compose.part("networks"))
    except KikoriError as problem:
        message = problem.message.removeprefix(f"{path}: ")
        yield Location(path, None, message, problem.hint or "write it as the message says, or move it to compose.yaml")
