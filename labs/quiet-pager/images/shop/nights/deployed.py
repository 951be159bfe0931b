"""What is deployed in this container: the rules that Prometheus loads."""

import os
from pathlib import Path
from typing import Any

import yaml
from hasten import minutes

HOME = Path(os.environ.get("DEPLOYED", "/etc/prometheus"))


def load(path: Path) -> dict[str, Any]:
    """A YAML file's mapping; an empty one where it holds none."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else {}


def rule_files() -> list[Path]:
    """The files that prometheus.yml names."""
    patterns = load(HOME / "prometheus.yml").get("rule_files") or []
    inside = [pattern.removeprefix(f"{HOME}/") for pattern in patterns]
    return sorted({path for pattern in inside for path in HOME.glob(pattern.removeprefix("./"))})


def alerts() -> list[dict[str, Any]]:
    """Every alert of these files."""
    groups = [group for path in rule_files() for group in load(path).get("groups") or []]
    return [rule for group in groups for rule in group.get("rules") or [] if "alert" in rule]


def paces() -> list[tuple[float, set[str]]]:
    """The minutes between two evaluations of each group, with the names of its alerts."""
    usual = (load(HOME / "prometheus.yml").get("global") or {}).get("evaluation_interval", "1m")
    groups = [group for path in rule_files() for group in load(path).get("groups") or []]
    return [(minutes(one.get("interval") or usual), names(one)) for one in groups]


def names(group: dict[str, Any]) -> set[str]:
    """The names of a group's alerts."""
    return {str(rule["alert"]) for rule in group.get("rules") or [] if "alert" in rule}
