"""Rules run over the month, as Prometheus would have run them: what they record, and when their alerts fire.

Recording rules are filled into blocks, those that stand on others after them, for a Prometheus that lives as long as
the question. Alerts are asked of it at each of their group's turns; for and keep_firing_for are kept as it keeps them.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml
from store import SCRATCH, Refused, ask, prometheus, promtool

POINTS = 10_000
"""Prometheus answers at most 11,000 points of a series at once."""
NAME = re.compile(r"[A-Za-z_:][A-Za-z0-9_:]*")
UNITS = {"ms": 0.001, "s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800, "y": 31536000}
AT_ONCE = 2


def seconds(duration: str) -> float:
    """A duration such as 1h30m."""
    return sum(int(number) * UNITS[unit] for number, unit in re.findall(r"(\d+)(ms|[smhdwy])", str(duration)))


class Rules:
    """A rule file, taken apart."""

    def __init__(self, text: str) -> None:
        try:
            self.groups = list((yaml.safe_load(text) or {}).get("groups") or [])
            self.rules = [
                rule | {"interval": seconds(group.get("interval") or "0s")}
                for group in self.groups
                for rule in group.get("rules") or []
            ]
            self.records = [rule for rule in self.rules if "record" in rule]
            self.alerts = [rule for rule in self.rules if "alert" in rule]
        except (yaml.YAMLError, AttributeError, TypeError) as problem:
            raise Refused(f"no rule file: {problem}") from None

    def layers(self) -> Iterator[list[dict[str, Any]]]:
        """Recording rules in the order in which they can be filled: first those that stand on none of the others."""
        left = list(self.records)
        while left:
            names = {rule["record"] for rule in left}
            ready = [rule for rule in left if not names & set(NAME.findall(str(rule["expr"])))]
            if not ready:
                raise Refused(f"rules stand on each other in a circle: {', '.join(sorted(names))}")
            yield ready
            left = [rule for rule in left if rule not in ready]


def checked(text: str, folder: Path) -> Rules:
    """A rule file that promtool has nothing against.

    Raises:
        Refused: it has.
    """
    file = folder / "rules.yml"
    file.write_text(text)
    promtool("check", "rules", "--lint=none", file)
    return Rules(text)


def backfill(url: str, rules: list[dict[str, Any]], span: tuple[int, int], step: int, data: Path) -> None:
    """Fill what recording rules would have recorded into a block, each at the pace of its group.

    Raises:
        Refused: Prometheus, or promtool, says why.
    """
    text = data.parent / "recorded.om"
    with text.open("w") as to, ThreadPoolExecutor(AT_ONCE) as pool:
        family = ""
        for rule in sorted(rules, key=lambda one: str(one["record"])):  # several may record one family, by labels
            if rule["record"] != family:
                family = rule["record"]
                to.write(f"# TYPE {family} gauge\n")
            for part in pool.map(lambda asked: ask(url, "query_range", **asked), parts(rule, span, step)):
                for one in part:
                    name = rule["record"] + labelled({**one["metric"], **(rule.get("labels") or {})})
                    to.write("".join([f"{name} {value} {at}\n" for at, value in one["values"]]))
        to.write("# EOF\n")
    promtool("tsdb", "create-blocks-from", "openmetrics", "--quiet", "--max-block-duration=2000h", text, data)


def pace_of(rule: dict[str, Any], step: int) -> int:
    """Give the seconds between two evaluations of a rule, whole ones."""
    return max(1, int(rule.get("interval") or step))


def parts(rule: dict[str, Any], span: tuple[int, int], step: int) -> list[dict[str, str]]:
    """The questions that a rule's expression takes over a span: an answer has only so many points."""
    pace = pace_of(rule, step)
    pieces = range(span[0], span[1] + 1, pace * POINTS)
    ends = [min(begin + pace * (POINTS - 1), span[1]) for begin in pieces]
    asked = {"query": str(rule["expr"]), "step": str(pace)}
    return [asked | {"start": str(begin), "end": str(end)} for begin, end in zip(pieces, ends, strict=True)]


def labelled(labels: dict[str, str]) -> str:
    """Labels as they are written behind a name, without the name of what they come from."""
    kept = {name: str(value) for name, value in labels.items() if name != "__name__"}
    return "{" + ",".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in kept.items()) + "}"


def series(url: str, rule: dict[str, Any], span: tuple[int, int], step: int) -> dict[str, set[int]]:
    """At which moments a rule's expression has which series."""
    found: dict[str, set[int]] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for part in pool.map(lambda asked: ask(url, "query_range", **asked), parts(rule, span, step)):
            for one in part:
                name = json.dumps(one["metric"], sort_keys=True)
                found.setdefault(name, set()).update(int(float(at)) for at, _ in one["values"])
    return found


def firing(times: set[int], span: tuple[int, int], step: int, wait_for: float, keep: float) -> list[list[int]]:
    """From when to when an alert fires whose expression is true at some moments."""
    found: list[list[int]] = []
    since = last = None
    fires = False
    for now in range(span[0], span[1] + 1, step):
        if now in times:
            since, last = (now if since is None else since), now
            if not fires and now - since >= wait_for:
                fires = True
                found.append([now, span[1]])
        elif fires and last is not None and now - last < keep:
            continue
        else:
            if fires:
                found[-1][1] = now
            since, fires = None, False
    return found


def alerts(url: str, rules: Rules, span: tuple[int, int], step: int) -> list[dict[str, Any]]:
    """When each alert would have fired."""
    found = []
    for rule in rules.alerts:
        waits = seconds(rule.get("for", "0s")), seconds(rule.get("keep_firing_for", "0s"))
        pace = pace_of(rule, step)
        for times in series(url, rule, span, step).values():
            for begin, end in firing(times, span, pace, *waits):
                found.append({"alert": rule["alert"], "labels": rule.get("labels") or {}, "begin": begin, "end": end})
    return sorted(found, key=lambda one: (one["begin"], one["alert"]))


def replay(text: str, instant: list[dict[str, Any]], blocks: Path, span: tuple[int, int], step: int) -> dict[str, Any]:
    """Run a rule file over the month; then ask what is to be asked at single moments.

    Raises:
        Refused: promtool or Prometheus has something against a rule.
    """
    with tempfile.TemporaryDirectory(dir=SCRATCH) as place:
        rules = checked(text, Path(place)) if text.strip() else Rules("")
        data = Path(place) / "data"
        shutil.copytree(blocks, data, ignore=shutil.ignore_patterns("wal", "chunks_head", "lock", "queries.active"))
        port = 9100
        for layer in rules.layers():
            with prometheus(data, port) as url:
                backfill(url, layer, span, step, data)
            port += 1
        with prometheus(data, port) as url:
            return {"alerts": alerts(url, rules, span, step), "instant": [_one(url, one) for one in instant]}


def _one(url: str, asked: dict[str, Any]) -> dict[str, Any]:
    """The value of an expression at one moment: a number, or what is wrong with it."""
    try:
        found = ask(url, "query", query=asked["query"], time=str(asked["time"]))
    except Refused as problem:
        return {"error": str(problem)}
    values = [one.get("value") for one in found] if found and isinstance(found[0], dict) else [found] if found else []
    try:
        return {"values": [float(value[1]) for value in values]}
    except (TypeError, ValueError):
        return {"error": "no number for each series, but a range of values or a text"}
