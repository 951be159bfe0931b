"""What a learner's own compose file may say, and nothing else.

It comes from a workspace, so in a review it is a stranger's file that runs on the instructor's machine:
what is not listed here is refused, before compose has read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kikori.model import Kind, Lab
from kikori.untrusted.allow_list import check_environment, check_patience, check_size, listed, mapping, read, refusal

HARMLESS = {
    "command", "depends_on", "entrypoint", "environment", "expose", "healthcheck", "init", "ports",
    "restart", "stop_grace_period", "stop_signal", "user", "working_dir",
}  # fmt: skip
"""Keys whose values can't reach outside the container."""
LIMITS = {"mem_limit": 1024, "memswap_limit": 1024, "pids_limit": 1024}
"""The most that a learner may ask for: MiB, MiB with swap, processes."""
DESCRIPTORS = 65536
"""The most open files that a learner may ask for, in each process."""
MOST_PORTS = 20
"""Of one service; each published one is a process of the engine's."""
SYSCTLS = re.compile(r"^net\.(ipv4|core)\.[a-z_.0-9]+$")
ALIAS = re.compile(r"^[a-z0-9]([a-z0-9.-]{0,62})$")
PORT = re.compile(r"^127\.0\.0\.1:(\d{0,5}):\d{1,5}(/(tcp|udp))?$")


def check_learner_compose(
    path: Path, lab: Lab, services: Mapping[str, Any], networks: Mapping[str, Any] | None = None
) -> None:
    """Refuse a compose file of a workspace that asks for more than the lab allows.

    ``services`` and ``networks`` are what the lab's own compose file declares; a learner adds none.

    Raises:
        WorkspaceProblem: names the service and the key, and says what is allowed.
    """
    document = read(path)
    for key in document.keys() - {"services"}:
        raise refusal(path, f"'{key}'", "only 'services' may stand here")
    for name, service in mapping(path, "services", document.get("services")).items():
        if name not in services:
            raise refusal(path, f"the service '{name}'", f"this lab has {', '.join(services)}")
        for key, value in mapping(path, f"services.{name}", service).items():
            if key == "networks":
                _check_networks(path, f"services.{name}.{key}", value, networks or {})
                continue
            _check_key(path, f"services.{name}.{key}", key, value, lab)


def _check_key(path: Path, where: str, key: str, value: object, lab: Lab) -> None:
    if key == "cap_add":
        _check_capabilities(path, where, value, lab)
    elif key == "sysctls":
        _check_sysctls(path, where, value)
    elif key == "ulimits":
        _check_ulimits(path, where, value)
    elif key in LIMITS:
        if lab.about.kind is Kind.TUNE:
            raise refusal(path, where, "in a lab to tune the limits stay: nobody wins with a larger machine")
        _check_limit(path, where, key, value)
    elif key not in HARMLESS:
        allowed = ", ".join(sorted(HARMLESS | LIMITS.keys() | {"cap_add", "networks", "sysctls", "ulimits"}))
        raise refusal(path, where, f"a learner's file may set {allowed}")
    if check := CHECKED.get(key):
        check(path, where, value)


def _check_capabilities(path: Path, where: str, value: object, lab: Lab) -> None:
    asked = value if isinstance(value, list) else [value]
    for name in asked:
        if name not in lab.about.capabilities:
            raise refusal(path, f"{where} {name}", f"this lab allows {', '.join(lab.about.capabilities) or 'none'}")


def _check_sysctls(path: Path, where: str, value: object) -> None:
    names = list(value) if isinstance(value, dict) else [str(line).split("=")[0] for line in listed(value)]
    for name in names:
        if not SYSCTLS.match(str(name)):
            raise refusal(path, f"{where} {name}", "net.ipv4.* and net.core.* of the container's own network")


def _check_ulimits(path: Path, where: str, value: object) -> None:
    for name, limit in mapping(path, where, value).items():
        pair = limit if isinstance(limit, dict) else {"soft": limit, "hard": limit}
        soft, hard = pair.get("soft"), pair.get("hard")
        if name != "nofile" or pair.keys() != {"soft", "hard"} or type(soft) is not int or type(hard) is not int:
            raise refusal(path, f"{where}.{name}", "only 'nofile' may stand here, with a number or soft and hard")
        if not 0 < soft <= hard <= DESCRIPTORS:
            raise refusal(path, f"{where}.{name} {limit}", f"soft is at most hard, and hard at most {DESCRIPTORS}")


def _check_ports(path: Path, where: str, value: object) -> None:
    _check_port_count(path, where, value)
    for port in listed(value):
        if not PORT.match(str(port)):
            raise refusal(path, f"{where} {port}", "write it as 127.0.0.1::PORT")


def _check_port_count(path: Path, where: str, value: object) -> None:
    if len(listed(value)) > MOST_PORTS or any("-" in str(port) for port in listed(value)):
        raise refusal(path, where, f"at most {MOST_PORTS} ports, each by its number")


def _check_limit(path: Path, where: str, key: str, value: object) -> None:
    check_size(path, where, value, LIMITS[key], memory=key.startswith("mem"))


def _check_networks(path: Path, where: str, value: object, declared: Mapping[str, Any]) -> None:
    """Only a network of the lab's own file may be joined, and nothing be said of it but what a service is called there.

    No address: it would be one of the instructor's network in a review. No driver's options: they reach the host.
    """
    joined = value if isinstance(value, dict) else dict.fromkeys(map(str, listed(value)))
    for name, options in joined.items():
        if name not in declared:
            raise refusal(path, f"{where} {name}", f"this lab has {', '.join(declared) or 'none'}")
        for key, aliases in mapping(path, f"{where}.{name}", options).items():
            if key != "aliases" or not all(ALIAS.match(str(alias)) for alias in listed(aliases)):
                raise refusal(path, f"{where}.{name}.{key}", "aliases: [NAME] is all that may stand below a network")


CHECKED = {
    "environment": check_environment,
    "expose": _check_port_count,
    "ports": _check_ports,
    "stop_grace_period": check_patience,
}
"""Harmless keys whose values have to be looked at all the same."""
