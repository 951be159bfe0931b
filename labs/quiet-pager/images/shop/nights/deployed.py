"""What is deployed in this container: the rules that Prometheus loads."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hasten import QUOTED, minutes

HOME = Path(os.environ.get("DEPLOYED", "/etc/prometheus"))
NAME = re.compile(r"[a-zA-Z_:][\w:]*")
"""A word of a query, such as the name of what another rule records."""

AHEAD = re.compile(r"\boffset\s*-\s*\w+|@\s*[\w.+-]+", re.IGNORECASE)
"""What a Prometheus at work can't answer as a replay does, which has all of the night."""


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


def ahead() -> list[str]:
    """What rules ask of another moment than the one in which they are evaluated, or of one that is still to come."""
    groups = [group for path in rule_files() for group in load(path).get("groups") or []]
    rules = [rule for group in groups for rule in group.get("rules") or []]
    asked = [(str(rule.get("alert") or rule.get("record")), str(rule.get("expr", ""))) for rule in rules]
    return [f"{name}: {found[0]}" for name, expr in asked if (found := AHEAD.search(" ".join(QUOTED.split(expr)[::2])))]


def paces() -> dict[str, float]:
    """The minutes between two looks at what each alert asks for: its own, or of a recording that it rests on."""
    found = paced()
    return {str(rule["alert"]): slowest(str(rule["alert"]), found, frozenset()) for rule in alerts()}


def paced() -> dict[str, list[Paced]]:
    """The rules by their names."""
    usual = (load(HOME / "prometheus.yml").get("global") or {}).get("evaluation_interval", "1m")
    found: dict[str, list[Paced]] = {}
    for path in rule_files():
        for group in load(path).get("groups") or []:
            every = minutes(group.get("interval") or usual)
            for rule in group.get("rules") or []:
                name = str(rule.get("alert") or rule.get("record"))
                found.setdefault(name, []).append(Paced(every, set(NAME.findall(str(rule.get("expr", ""))))))
    return found


@cache
def looks_at(alert: str) -> set[str]:
    """The words of an alert's query, and of the queries of all that it rests on."""
    rules, found, new = paced(), set[str](), {alert}
    while new:
        names = {name for one in new for rule in rules.get(one, []) for name in rule.names}
        new = names - found
        found |= names
    return found


def slowest(name: str, rules: dict[str, list[Paced]], above: frozenset[str]) -> float:
    """How seldom a rule looks, or a rule that it names; of several of one name the quickest counts."""
    known = above | {name}
    return min(
        max([rule.every, *(slowest(other, rules, known) for other in sorted(rule.names & rules.keys() - known))])
        for rule in rules[name]
    )
