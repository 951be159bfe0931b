"""What a learner's own stack file may say, and nothing else: see ``learner_compose``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kikori.untrusted.allow_list import check_environment, check_patience, check_size, mapping, read, refusal

HARMLESS = {
    "command", "entrypoint", "environment", "healthcheck", "init", "stop_grace_period", "stop_signal", "user",
}  # fmt: skip
"""Keys of a service whose values can't reach outside the container."""
ROLLOUT = {"parallelism", "delay", "failure_action", "monitor", "max_failure_ratio", "order"}
DEPLOY = {
    "update_config": ROLLOUT,
    "rollback_config": ROLLOUT,
    "restart_policy": {"condition", "delay", "max_attempts", "window"},
}
MOST_REPLICAS = 6
MOST = {"memory": 256, "cpus": 1, "pids": 256}
"""The most that a learner may ask for: MiB, processors, processes."""


def check_learner_stack(path: Path, services: Mapping[str, Any]) -> None:
    """Refuse a stack file of a workspace that asks for more than a lab allows.

    Raises:
        WorkspaceProblem: names the service and the key, and says what is allowed.
    """
    document = read(path)
    _known(path, "", document, {"services", "version"})
    for name, service in mapping(path, "services", document.get("services")).items():
        if name not in services:
            raise refusal(path, f"the service '{name}'", f"this lab has {', '.join(services)}")
        where = f"services.{name}."
        keys = mapping(path, f"services.{name}", service)
        _known(path, where, keys, HARMLESS | {"deploy"})
        check_environment(path, f"{where}environment", keys.get("environment"))
        if "stop_grace_period" in keys:
            check_patience(path, f"{where}stop_grace_period", keys["stop_grace_period"])
        _check_deploy(path, f"{where}deploy.", mapping(path, f"{where}deploy", keys.get("deploy")))


def _known(path: Path, where: str, keys: Iterable[str], allowed: Iterable[str]) -> None:
    for key in keys:
        if key not in allowed:
            raise refusal(path, f"'{where}{key}'", f"there may stand {', '.join(sorted(allowed))}")


def _check_deploy(path: Path, where: str, deploy: Mapping[str, Any]) -> None:
    _known(path, where, deploy, {*DEPLOY, "replicas", "resources", "endpoint_mode", "mode"})
    if deploy.get("mode", "replicated") != "replicated":
        raise refusal(path, f"{where}mode {deploy['mode']}", "write replicated")
    replicas = deploy.get("replicas", 1)
    if type(replicas) is not int or not 0 <= replicas <= MOST_REPLICAS:
        raise refusal(path, f"{where}replicas {replicas}", f"a whole number up to {MOST_REPLICAS}")
    for key, known in DEPLOY.items():
        _known(path, f"{where}{key}.", mapping(path, f"{where}{key}", deploy.get(key)), known)
    _check_resources(path, f"{where}resources.", mapping(path, f"{where}resources", deploy.get("resources")))


def _check_resources(path: Path, where: str, resources: Mapping[str, Any]) -> None:
    _known(path, where, resources, {"limits", "reservations"})
    for part in resources:
        asked = mapping(path, f"{where}{part}", resources[part])
        _known(path, f"{where}{part}.", asked, MOST)
        for key, value in asked.items():
            check_size(path, f"{where}{part}.{key}", value, MOST[key], memory=key == "memory")
