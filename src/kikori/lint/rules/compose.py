"""compose.yaml, what a service may take, do, reach and see of the host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kikori.engine.lab_compose import HARDENED, NO_ROUTE
from kikori.errors import KikoriError
from kikori.lint.finding import Location
from kikori.lint.rule import rule, warning
from kikori.lint.subjects.compose_file import listed
from kikori.lint.subjects.source_tree import LabSource
from kikori.model import Kind
from kikori.untrusted.compose_file import check_learner_compose

SIZE = re.compile(r"^(\d+(?:\.\d+)?)([kmg]?)b?$", re.IGNORECASE)
SCALE = {"": 2.0**-20, "k": 2.0**-10, "m": 1.0, "g": 1024.0}
BUDGET = {Kind.TUNE: 2048}
"""MiB of a lab's services together, where it is not 1024."""
PORT = re.compile(r"^127\.0\.0\.1::(\d{1,5}|\$\{KIKORI_[A-Z0-9_]+\})(/(tcp|udp))?$")
HARMLESS = {
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETGID", "SETPCAP",
    "SETUID", "SYS_CHROOT",
}  # fmt: skip
"""Of what Docker itself grants: capabilities over a container's own files, users and ports."""
NAMESPACES = ("network_mode", "pid", "ipc", "uts", "userns_mode", "cgroup")
DEVICES = ("devices", "device_cgroup_rules", "gpus", "volumes_from", "use_api_socket")
OWN_RULES = {*NAMESPACES, *DEVICES, "privileged", "cap_drop", "security_opt"}
KNOWN = {
    "build", "cap_add", "command", "cpus", "depends_on", "entrypoint", "environment", "expose",
    "healthcheck", "hostname", "image", "init", "mem_limit", "mem_reservation", "memswap_limit", "networks",
    "pids_limit", "ports", "read_only", "restart", "shm_size", "stop_grace_period", "stop_signal",
    "sysctls", "tmpfs", "ulimits", "user", "volumes", "working_dir",
}  # fmt: skip
"""Keys whose values stay in the container, or have a rule of their own."""
ROUTINE = {"cap_drop", "security_opt"}
"""What Kikori writes for every service."""
OF_NETWORKS = {"external", "internal", "name"}
"""What a lab may say of a network."""
KIKORIS = HARDENED | NO_ROUTE
"""Values that a lab of an earlier day may still have of its own."""
KNOWN_AT_TOP = {"services", "networks", "volumes"}
NAMED_VOLUME = re.compile(r"^[A-Za-z0-9][\w.-]*:/")


def mebibytes(value: object) -> float | None:
    """A size as compose writes it; ``None`` for what is none."""
    match = SIZE.match(str(value))
    return float(match[1]) * SCALE[match[2].lower()] if match else None


@rule
def memory_limit(source: LabSource) -> Iterator[Location]:
    """Every service has a `mem_limit`: a leak in one lab must not take the learner's computer down."""
    for name, service in source.services.items():
        if not mebibytes(service.get("mem_limit")):
            line = source.compose.line("services", name, "mem_limit")
            message = f"the service {name} has no mem_limit that can be read"
            yield Location(source.compose.path, line, message, "write `mem_limit: 64m`, or as much as it needs")


@rule
def memory_budget(source: LabSource) -> Iterator[Location]:
    """All services of a lab together may take 1 GiB of memory, those of a tune lab 2 GiB: it must run on 8 GB."""
    total = sum(mebibytes(service.get("mem_limit")) or 0 for service in source.services.values())
    most = BUDGET.get(source.lab.about.kind, 1024)
    if total > most:
        message = f"the services may take {total:.0f} MiB together; a {source.lab.about.kind} lab has {most}"
        yield Location(source.compose.path, source.compose.line("services"), message, "lower a mem_limit")


@rule
def cpu_limit(source: LabSource) -> Iterator[Location]:
    """Every service has `cpus`: a busy loop in a lab must leave the learner's editor usable."""
    for name, service in source.services.items():
        if not re.fullmatch(r"\d*\.?\d+", str(service.get("cpus", ""))):
            line = source.compose.line("services", name, "cpus")
            yield Location(source.compose.path, line, f"the service {name} has no limit of cpus", "write `cpus: 0.5`")


@rule
def pids_limit(source: LabSource) -> Iterator[Location]:
    """Every service has a `pids_limit`: a fork bomb stays in its container."""
    for name, service in source.services.items():
        limit = service.get("pids_limit")
        if not isinstance(limit, int) or limit <= 0:
            line = source.compose.line("services", name, "pids_limit")
            yield Location(source.compose.path, line, f"the service {name} has no pids_limit", "write `pids_limit: 64`")


@rule
def healthcheck(source: LabSource) -> Iterator[Location]:
    """Every service has a healthcheck with a test, in compose.yaml or in the workspace's: `start` waits for it.

    What a learner of a build lab makes an image of may have it there.
    """
    learners = source.learners_compose.services if source.learners_compose else {}
    for name, service in source.services.items():
        if source.lab.about.kind is Kind.BUILD and "image" not in service:
            continue
        known: dict[str, object] = {}
        for one in (service, learners.get(name, {})):
            check = one.get("healthcheck")
            known |= check if isinstance(check, dict) else {}
        if known.get("disable") or known.get("test") in (None, [], "NONE", ["NONE"]):
            line = source.compose.line("services", name, "healthcheck")
            fix = 'write `healthcheck: { test: ["CMD", ...], interval: 1s, timeout: 2s, retries: 5 }`'
            yield Location(source.compose.path, line, f"the service {name} has no healthcheck with a test", fix)


@rule
def ports_on_loopback(source: LabSource) -> Iterator[Location]:
    """Ports are published as `127.0.0.1::PORT`: for this computer alone, on a free port that stays with the attempt."""
    for name, service in source.services.items():
        for number, port in enumerate(listed(service.get("ports"))):
            if not PORT.match(str(port)):
                line = source.compose.line("services", name, "ports", number)
                message = f"the service {name} publishes {port}"
                yield Location(source.compose.path, line, message, 'write `ports: ["127.0.0.1::PORT"]`')


@rule
def no_route_outside(source: LabSource) -> Iterator[Location]:
    """A lab has no route to the outside unless `outside` in lab.toml says why: its networks are its own.

    Kikori switches masquerading off in each of them, which still lets the learner's computer reach its ports.
    """
    for keys, what in () if source.lab.about.outside else _foreign_networks(source):
        fix = "name a network of the lab's own, or say in lab.toml why: [outside]"
        yield Location(source.compose.path, source.compose.line(*keys), f"{what} leads to the outside", fix)


def _foreign_networks(source: LabSource) -> Iterator[tuple[tuple[str, str, str], str]]:
    for name, network in source.compose.part("networks").items():
        if network.get("external") and not source.stack:  # a network of the stack has rules of its own
            yield ("networks", name, "external"), f"the network {name}"
    for name, service in source.services.items():
        mode = str(service.get("network_mode", "none"))
        if mode not in ("none", "host") and not mode.startswith(("service:", "container:")):
            yield ("services", name, "network_mode"), f"network_mode: {mode}"


@rule
def hardening_is_kikoris(source: LabSource) -> Iterator[Location]:
    """compose.yaml has no `cap_drop` or `security_opt`, and of networks no driver or options: Kikori writes them.

    A service begins without capabilities, gains no privileges, and reaches nobody outside. What it needs is added by
    name, with `cap_add`, and `outside` in lab.toml. What `lint LAB` prints of each service has Kikori's lines in it.
    """
    for part, name, key, value in _routine(source):
        if value != KIKORIS.get(key):
            line = source.compose.line(part, name, key)
            yield Location(source.compose.path, line, f"{name} has {key} of its own", f"take {key} out")


@warning
def hardening_written_twice(source: LabSource) -> Iterator[Location]:
    """compose.yaml leaves out the lines of hardening that Kikori writes itself."""
    for part, name, key, value in _routine(source):
        if value == KIKORIS.get(key):
            line = source.compose.line(part, name, key)
            yield Location(source.compose.path, line, f"{name} has {key} as Kikori writes it", f"take {key} out")


def _routine(source: LabSource) -> Iterator[tuple[str, str, str, object]]:
    """Name what a lab writes of hardening, by part and name, with its value."""
    for name, one in source.services.items():
        yield from (("services", name, key, one[key]) for key in sorted(ROUTINE & one.keys()))
    for name, one in source.compose.part("networks").items():
        yield from (("networks", name, key, one[key]) for key in sorted(one.keys() - OF_NETWORKS))


@rule
def not_privileged(source: LabSource) -> Iterator[Location]:
    """No service is `privileged`: it would be root of the learner's computer."""
    for name, service in source.services.items():
        if service.get("privileged") not in (None, False):
            line = source.compose.line("services", name, "privileged")
            fix = "take the line out; cap_add names the one capability that is needed"
            yield Location(source.compose.path, line, f"the service {name} is privileged", fix)


@rule
def capability_explained(source: LabSource) -> Iterator[Location]:
    """A capability that can reach further (SYS_PTRACE, NET_ADMIN, SYS_ADMIN, ...) is explained.

    Those over a container's own files, users and ports are not. The comment stands on the capability's line or on the
    line above; the same holds for `capabilities` in lab.toml.
    """
    for file, line, name in _asked(source):
        comment = _comment(source, file, line)
        if name not in HARMLESS and (len(comment.split()) < 2 or name == "ALL"):
            message = f"nothing says why {name} is needed"
            fix = "name the ones that are needed" if name == "ALL" else f"write `# {name}: why` at the end of the line"
            yield Location(file, line, message, fix)


def _asked(source: LabSource) -> Iterator[tuple[Path, int, str]]:
    for name, service in source.services.items():
        for number, capability in enumerate(listed(service.get("cap_add"))):
            line = source.compose.line("services", name, "cap_add", number) or 1
            yield source.compose.path, line, str(capability).removeprefix("CAP_")
    for capability in source.lab.about.capabilities:
        yield source.toml, source.line_of(source.toml, f'"{capability}"') or 1, capability.removeprefix("CAP_")


def _comment(source: LabSource, file: Path, line: int) -> str:
    lines = source.text(file).splitlines()
    above = lines[line - 2].strip() if line > 1 else ""
    own = lines[line - 1].partition(" #")[2]
    return (own or (above if above.startswith("#") else "")).strip("# ")


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
        fix = "COPY files in the Dockerfile; keep data in a named volume, such as `volumes: [data:/var/lib/app]`"
        yield Location(source.compose.path, line, message, fix)


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
            fix = f"do it with one of: {', '.join(sorted(known - OWN_RULES))}"
            yield Location(source.compose.path, source.compose.line(*keys), message, fix)


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
