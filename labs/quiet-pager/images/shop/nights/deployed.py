"""What is deployed in this container: the rules that Prometheus loads, and where Alertmanager sends what they say."""

import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from hasten import PART, UNITS

HOME = Path(os.environ.get("DEPLOYED", "/etc/prometheus"))
ROUTING = HOME / "alertmanager.yml"
PAGE = "page"
"""The receiver that wakes somebody."""


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


@cache
def receivers(labels: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """To whom Alertmanager sends an alert with these labels."""
    pairs = [f"{name}={value}" for name, value in labels]
    command = ["amtool", "config", "routes", "test", f"--config.file={ROUTING}", *pairs]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return tuple(sorted(said.split(","))) if said else ()


def to(labels: dict[str, str]) -> tuple[str, ...]:
    """To whom an alert goes, whatever its state."""
    return receivers(tuple(sorted((key, value) for key, value in labels.items() if key != "alertstate")))


def paging() -> list[dict[str, Any]]:
    """The alerts that wake somebody, by what their rules say of them."""
    return [rule for rule in alerts() if PAGE in to({"alertname": rule["alert"], **named(rule)})]


def named(rule: dict[str, Any]) -> dict[str, str]:
    """The labels that a rule adds, but for those which only show when it fires."""
    labels = {name: str(value) for name, value in (rule.get("labels") or {}).items()}
    return {name: value for name, value in labels.items() if "{{" not in value}


def page_routes() -> list[dict[str, Any]]:
    """Every route that ends at the pager, with what it has from the routes above it."""
    found, routes = [], [load(ROUTING).get("route") or {}]
    while routes:
        route = routes.pop()
        inherited = {key: route[key] for key in ("receiver", "group_wait") if key in route}
        routes += [inherited | below for below in route.get("routes") or []]
        if route.get("receiver") == PAGE:
            found.append(route)
    return found


def muted_by_the_clock() -> bool:
    """Whether the pager is left alone at certain hours."""
    return any(route.get("mute_time_intervals") or route.get("active_time_intervals") for route in page_routes())


def waits() -> float:
    """Minutes that Alertmanager waits at most before it rings for something new."""
    said = [PART.findall(str(route.get("group_wait", "30s"))) for route in page_routes()]
    return max((sum(int(count) * UNITS[unit] for count, unit in parts) / UNITS["m"] for parts in said), default=0.0)
