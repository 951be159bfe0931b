"""What a learner's own compose file may say, and nothing else.

It comes from a workspace, so in a review it is a stranger's file that runs on the instructor's machine:
what is not listed here is refused, before compose has read it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from kikori.errors import KikoriError, WorkspaceProblem
from kikori.model import Lab

HARMLESS = {
    "command", "depends_on", "entrypoint", "environment", "expose", "healthcheck", "init", "ports",
    "restart", "stop_grace_period", "stop_signal", "user", "working_dir",
}  # fmt: skip
"""Keys whose values can't reach outside the container."""
LIMITS = {"mem_limit": 1024, "memswap_limit": 1024, "pids_limit": 1024}
"""The most that a learner may ask for: MiB, MiB with swap, processes."""
SYSCTLS = re.compile(r"^net\.(ipv4|core)\.[a-z_.0-9]+$")
ALIAS = re.compile(r"^[a-z0-9]([a-z0-9.-]{0,62})$")
PORT = re.compile(r"^127\.0\.0\.1:(\d{0,5}):\d{1,5}(/(tcp|udp))?$")
SIZE = re.compile(r"^(\d{1,12})([kmg]?)b?$", re.IGNORECASE)
LARGEST = 64 * 1024
DEEPEST = 16
SHORTHAND = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)
BEGIN = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
END = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def check_learner_compose(
    path: Path, lab: Lab, services: Mapping[str, Any], networks: Mapping[str, Any] | None = None
) -> None:
    """Refuse a compose file of a workspace that asks for more than the lab allows.

    ``services`` and ``networks`` are what the lab's own compose file declares; a learner adds none.

    Raises:
        WorkspaceProblem: names the service and the key, and says what is allowed.
    """
    document = _read(path)
    for key in document.keys() - {"services"}:
        raise _refusal(path, f"'{key}'", "only 'services' may stand here")
    for name, service in _mapping(path, "services", document.get("services")).items():
        if name not in services:
            raise _refusal(path, f"the service '{name}'", f"this lab has {', '.join(services)}")
        for key, value in _mapping(path, f"services.{name}", service).items():
            if key == "networks":
                _check_networks(path, f"services.{name}.{key}", value, networks or {})
                continue
            _check_key(path, f"services.{name}.{key}", key, value, lab)


def _read(path: Path) -> dict[str, Any]:
    if path.is_symlink() or path.stat().st_size > LARGEST:
        raise _refusal(path, "a link or a file over 64 KiB", "write a small plain file")
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_shorthand(path, text)
        if "$" in text.replace("$$", ""):
            raise _refusal(path, "a variable", "write $$ for a dollar sign, and values as they are")
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as problem:  # ValueError: no UTF-8, or the 32nd of a month
        raise WorkspaceProblem(f"{path}: not valid YAML: {problem}") from None
    if not isinstance(document, dict):
        raise WorkspaceProblem(f"{path}: not a compose file: it has no 'services'.")
    return document


def _refuse_shorthand(path: Path, text: str) -> None:
    """Refuse what lets a small file become a large one, or take minutes to read."""
    depth = 0
    for token in yaml.scan(text):
        depth += isinstance(token, BEGIN) - isinstance(token, END)
        if depth > DEEPEST:
            raise _refusal(path, f"a value nested deeper than {DEEPEST}", "write it flat")
        if isinstance(token, SHORTHAND):
            raise _refusal(path, "an anchor, alias or tag", "write the values out")


def _mapping(path: Path, where: str, value: object) -> dict[str, Any]:
    if value is not None and not isinstance(value, dict):
        raise WorkspaceProblem(f"{path}: not a compose file: '{where}' must hold names with values.")
    return value or {}


def _check_key(path: Path, where: str, key: str, value: object, lab: Lab) -> None:
    if key == "cap_add":
        _check_capabilities(path, where, value, lab)
    elif key == "sysctls":
        _check_sysctls(path, where, value)
    elif key in LIMITS:
        _check_limit(path, where, key, value)
    elif key not in HARMLESS:
        allowed = ", ".join(sorted(HARMLESS | LIMITS.keys() | {"cap_add", "networks", "sysctls"}))
        raise _refusal(path, where, f"a learner's file may set {allowed}")
    if key == "ports":
        _check_ports(path, where, value)


def _check_capabilities(path: Path, where: str, value: object, lab: Lab) -> None:
    asked = value if isinstance(value, list) else [value]
    for name in asked:
        if name not in lab.about.capabilities:
            raise _refusal(path, f"{where} {name}", f"this lab allows {', '.join(lab.about.capabilities) or 'none'}")


def _check_sysctls(path: Path, where: str, value: object) -> None:
    names = list(value) if isinstance(value, dict) else [str(line).split("=")[0] for line in _list(value)]
    for name in names:
        if not SYSCTLS.match(str(name)):
            raise _refusal(path, f"{where} {name}", "net.ipv4.* and net.core.* of the container's own network")


def _check_ports(path: Path, where: str, value: object) -> None:
    for port in _list(value):
        if not PORT.match(str(port)):
            raise _refusal(path, f"{where} {port}", "write it as 127.0.0.1::PORT")


def _check_limit(path: Path, where: str, key: str, value: object) -> None:
    match = SIZE.match(str(value))
    if not match:
        raise _refusal(path, f"{where} {value}", "write a number such as 256m")
    memory = key.startswith("mem")
    scale = {"": 1 / 2**20 if memory else 1, "k": 1 / 1024, "m": 1, "g": 1024}[match[2].lower()]
    if not 0 < int(match[1]) * scale <= LIMITS[key]:
        raise _refusal(path, f"{where} {value}", f"at most {LIMITS[key]}{'m' if memory else ''}")


def _check_networks(path: Path, where: str, value: object, declared: Mapping[str, Any]) -> None:
    """Only a network of the lab's own file may be joined, and nothing be said of it but what a service is called there.

    No address: it would be one of the instructor's network in a review. No driver's options: they reach the host.
    """
    joined = value if isinstance(value, dict) else dict.fromkeys(map(str, _list(value)))
    for name, options in joined.items():
        if name not in declared:
            raise _refusal(path, f"{where} {name}", f"this lab has {', '.join(declared) or 'none'}")
        for key, aliases in _mapping(path, f"{where}.{name}", options).items():
            if key != "aliases" or not all(ALIAS.match(str(alias)) for alias in _list(aliases)):
                raise _refusal(path, f"{where}.{name}.{key}", "aliases: [NAME] is all that may stand below a network")


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _refusal(path: Path, what: str, instead: str) -> KikoriError:
    return WorkspaceProblem(f"{path}: {what} is not allowed in a workspace's compose file: {instead}.")
