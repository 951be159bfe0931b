"""What is deployed in this container: the rules that Prometheus loads."""

import os
import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hasten import minutes

HOME = Path(os.environ.get("DEPLOYED", "/etc/prometheus"))
NAME = re.compile(r"[a-zA-Z_:][\w:]*")
"""A word of a query, such as the name of what another rule records."""


class Paced(NamedTuple):
    """A rule: the minutes between two evaluations, and the words of its query."""

    every: float
    names: set[str]


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


def paces() -> dict[str, float]:
    """The minutes between two looks at what each alert asks for: its own, or of a recording that it rests on."""
    usual = (load(HOME / "prometheus.yml").get("global") or {}).get("evaluation_interval", "1m")
    found: dict[str, list[Paced]] = {}
    for path in rule_files():
        for group in load(path).get("groups") or []:
            every = minutes(group.get("interval") or usual)
            for rule in group.get("rules") or []:
                name = str(rule.get("alert") or rule.get("record"))
                found.setdefault(name, []).append(Paced(every, set(NAME.findall(str(rule.get("expr", ""))))))
    return {str(rule["alert"]): slowest(str(rule["alert"]), found, frozenset()) for rule in alerts()}


def slowest(name: str, rules: dict[str, list[Paced]], above: frozenset[str]) -> float:
    """How seldom a rule looks, or a rule that it names; of several of one name the quickest counts."""
    known = above | {name}
    return min(
        max([rule.every, *(slowest(other, rules, known) for other in sorted(rule.names & rules.keys() - known))])
        for rule in rules[name]
    )
