"""Sets the clock of rules: promtool evaluates them from the epoch on, and are told another time."""

import re
from typing import Any

from hasten import QUOTED, wrapped

NOW = re.compile(r"(?<![\w:])time\s*\(\s*\)")
PART = re.compile(r"(?<![\w:])(minute|hour|day_of_week|day_of_month|day_of_year|days_in_month|month|year)\s*\(\s*\)")
"""Those that look at the moment of the evaluation, if they are given nothing else to look at."""
SAMPLED = re.compile(r"(?<![\w:])timestamp\s*\(")


def expression(said: str, start: int) -> str:
    """A query that is told, at the epoch, that it is a moment so many seconds later."""
    said = wrapped(said, SAMPLED, f"{start} + ")
    parts = QUOTED.split(said)
    for place in range(0, len(parts), 2):
        parts[place] = NOW.sub(f"({start} + time())", parts[place])
        parts[place] = PART.sub(lambda found: f"{found[1]}(vector({start} + time()))", parts[place])
    return "".join(parts)


def moved(rules: dict[str, Any], start: int) -> dict[str, Any]:
    """A rule file whose minute 0 is at another time."""
    groups = [
        group | {"rules": [at(rule, start) for rule in group.get("rules") or []]} for group in rules.get("groups") or []
    ]
    return rules | {"groups": groups}


def at(rule: dict[str, Any], start: int) -> dict[str, Any]:
    """A rule at another time."""
    return rule | {"expr": expression(str(rule.get("expr", "")), start)}
