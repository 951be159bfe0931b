"""Makes minutes into seconds in what is deployed, so that a night can be rehearsed live while somebody waits for it."""

import re
from typing import Any

FASTER = 60
UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000}
QUOTED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`|#[^\n]*)""")
"""What is no part of a query's own words: strings and comments."""
SPELLED = re.compile(r"(?:\d+(?:ms|[smhdwy]))+")
DURATION = re.compile(rf"\[[^\]]*\]|(?<![\w:.]){SPELLED.pattern}(?![\w:.])")
"""A duration that is no part of a name; what stands in brackets, such as [30m:1m], is none."""
PART = re.compile(r"(\d+)(ms|[smhdwy])")
GROWTH = re.compile(r"(?<![\w:])(?:increase|delta)\s*\(")
TIMES = (
    "for", "keep_firing_for", "interval", "query_offset", "rule_query_offset", "group_wait", "group_interval",
    "repeat_interval", "scrape_interval", "scrape_timeout", "evaluation_interval",
)  # fmt: skip
"""Keys whose value is a duration."""


def duration(said: str) -> str:
    """5m as 5000ms."""
    spent = sum(int(count) * UNITS[unit] for count, unit in PART.findall(said))
    return f"{max(1, spent // FASTER)}ms" if spent else "0s"


def minutes(said: object) -> float:
    """1h5m30s as 65.5."""
    return sum(int(count) * UNITS[unit] for count, unit in PART.findall(str(said))) / UNITS["m"]


def expression(said: str) -> str:
    """A query that looks back over sixty times less.

    What grows in a window grows by less in a shorter one, so increase() and delta() are multiplied again.
    """
    said = wrapped(said, GROWTH, f"{FASTER} * ")
    parts = QUOTED.split(said)
    parts[::2] = [DURATION.sub(shorter, part) for part in parts[::2]]
    return "".join(parts)


def shorter(found: re.Match[str]) -> str:
    """A duration, or a range with the steps of a subquery, made short."""
    return SPELLED.sub(lambda one: duration(one[0]), found[0])


def wrapped(said: str, function: re.Pattern[str], before: str) -> str:
    """The query with each call of a function in parentheses, behind something."""
    bare = QUOTED.sub(lambda found: "_" * len(found[0]), said)
    for found in reversed(list(function.finditer(bare))):
        depth = 1
        place = found.end()
        while depth and place < len(bare):
            depth += {"(": 1, ")": -1}.get(bare[place], 0)
            place += 1
        said = f"{said[: found.start()]}({before}{said[found.start() : place]}){said[place:]}"
        bare = QUOTED.sub(lambda seen: "_" * len(seen[0]), said)
    return said


def hastened(node: Any) -> Any:
    """Any part of a configuration with its durations made short."""
    if isinstance(node, list):
        return [hastened(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {key: changed(key, value) for key, value in node.items()}


def changed(key: str, value: Any) -> Any:
    """One key's value."""
    if key in TIMES and isinstance(value, str):
        return duration(value)
    if key == "expr":
        return expression(str(value))
    return hastened(value) if key not in ("labels", "annotations", "matchers", "match", "match_re") else value
