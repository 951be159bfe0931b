"""Evaluates the deployed rules over nights with Prometheus's own rule engine, and says what would have rung when.

Each night becomes the input of a `promtool test rules`, which is asked every minute what fires. Nothing is expected
of it, so what it reports as unexpected is what fires.
"""

import json
import os
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from clock import moved
from deployed import HOME, ahead, load, paces, rule_files
from hasten import minutes
from nights import STEP, Night
from ringing import Alert, Alertmanager, Spans
from routing import paging
from scraped import scrape, stored

STATES = "max_over_time(ALERTS[{}s])"
AT = re.compile(r"time: (\S+),$")
GOT = re.compile(r"(\{[^{}]*alertstate=[^{}]*\}) \S+")
LABEL = re.compile(r'([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"')


THRIFTY = {"GOMAXPROCS": "1", "GOGC": "400"}
"""How promtool is told to spend less on itself: there are nights enough for every processor, and none is large."""
ENDED = 3
"""The exit code where promtool was ended by somebody else, which says nothing about the rules."""


class Unusable(Exception):
    """The rules could not be evaluated."""


def pace() -> dict[int, set[str]]:
    """The alerts that are evaluated every so many seconds; those that wake nobody, as the quickest that do."""
    wanted, found = {rule["alert"] for rule in paging()}, dict[int, set[str]]()
    for name, every in paces().items():
        if name in wanted:
            found.setdefault(max(1, round(60 * every)), set()).add(name)
    quickest = min(found, default=STEP)
    found.setdefault(quickest, set()).update(paces().keys() - wanted)
    return found


def inputs(night: Night) -> list[dict[str, str]]:
    """What was scraped in a night, as promtool is told it."""
    values: dict[str, list[str]] = {}
    steps = night.length * 60 // STEP + 1
    keys: dict[object, tuple[list[str], int]] = {}
    for step, seen in enumerate(night.series()):
        for key, value in seen.items():
            found = keys.get(key)
            if found is None:
                found = keys[key] = (values.setdefault(stored(key), ["_"] * steps), scrape(key[0]).every)
            row, every = found
            if step % every == 0:
                row[step] = f"{value:g}" if isinstance(value, float) and value < 1e5 else str(value)
    values.pop("", None)
    for row, every in keys.values():
        for step in range(every, steps, every):
            if row[step] == "_" and row[step - every] not in ("_", "stale"):
                row[step] = "stale"
    return [{"series": name, "values": " ".join(row)} for name, row in values.items()]


def written(night: Night, series: list[dict[str, str]], files: list[str], every: int) -> str:
    """The night as an input of promtool: JSON, which is YAML too."""
    states = STATES.format(max(60, every) - 1)
    asked = [{"expr": states, "eval_time": f"{minute}m"} for minute in range(1, night.length + 1)]
    test = {"interval": f"{STEP}s", "input_series": series, "promql_expr_test": asked}
    return json.dumps({"rule_files": files, "evaluation_interval": f"{every}s", "tests": [test]})


def heard(night: Night, paced: dict[int, set[str]]) -> list[Alert]:
    """What was pending and fired in a night: promtool evaluates all rules alike often, so each pace is asked for."""
    series = inputs(night)
    return [one for every, names in paced.items() for one in evaluated(night, series, every) if one.name in names]


def evaluated(night: Night, series: list[dict[str, str]], every: int) -> list[Alert]:
    """What was pending and fired if all rules are evaluated every so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for number, path in enumerate(rule_files()):
            file = Path(folder, f"rules-{number}.yml")
            file.write_text(json.dumps(behind(moved(load(path), night.start))), encoding="utf-8")
            files.append(str(file))
        path = Path(folder, "night.yml")
        path.write_text(written(night, series, files, every), encoding="utf-8")
        asked = ["promtool", "test", "rules", str(path)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False, env=os.environ | THRIFTY)
    if done.returncode < 0:
        raise SystemExit(ENDED)
    said = done.stdout + done.stderr
    if done.returncode and "max_over_time(ALERTS[" not in said:
        raise Unusable(said.strip().replace(f"{folder}/", "")[-400:])
    return gathered(said)


def behind(rules: dict[str, Any]) -> dict[str, Any]:
    """Rules that look at what was some time ago, where the configuration says so for all of them."""
    usual = (load(HOME / "prometheus.yml").get("global") or {}).get("rule_query_offset")
    late = {"query_offset": usual} if usual else {}
    return rules | {"groups": [late | group for group in rules["groups"]]}


def gathered(said: str) -> list[Alert]:
    """The alerts in what promtool says."""
    found: dict[tuple, Alert] = {}
    minute = 0
    for line in said.splitlines():
        at = AT.search(line.strip())
        minute = round(minutes(at[1])) if at else minute
        for text in GOT.findall(line):
            labels = dict(LABEL.findall(text))
            state = labels.pop("alertstate")
            alert = found.setdefault(tuple(sorted(labels.items())), Alert(labels))
            lengthen(alert.firing if state == "firing" else alert.pending, minute)
    return list(found.values())


def lengthen(spans: Spans, minute: int) -> None:
    """Add a minute."""
    if spans and spans[-1][1] == minute:
        spans[-1][1] = minute + 1
    else:
        spans.append([minute, minute + 1])


def told(night: Night, paced: dict[int, set[str]]) -> dict[str, object]:
    """A night, what rang in it, and what customers felt, as plain data."""
    alerts = sorted((one for one in heard(night, paced) if one.firing or one.pages), key=first)
    rings = Alertmanager(alerts).night(night.length)
    return {
        "night": night.name,
        "clock": night.start // 60 % 1440,
        "began": night.begins,
        "ended": night.ends,
        "hurt": [hurt._asdict() for hurt in night.hurt],
        "rings": [ring._asdict() for ring in rings],
        "bound": [plain(one) for one in alerts if one.pages],
        "others": [plain(one) for one in alerts if not one.pages],
    }


def first(alert: Alert) -> int:
    """The minute in which an alert was first seen."""
    return (alert.firing or alert.pending)[0][0]


def plain(alert: Alert) -> dict[str, object]:
    """An alert as plain data."""
    return {
        "alert": alert.name,
        "labels": alert.labels,
        "to": sorted({route.receiver for route in alert.routes}),
        "pending": alert.pending,
        "firing": alert.firing,
        "held": sorted(alert.held),
    }


def replayed(nights: list[Night]) -> list[dict[str, object]]:
    """All nights, two at a time."""
    if found := ahead():
        raise Unusable(f"nobody knows at night what comes later, or asks for one fixed moment: {found[0]}")
    paced = pace()
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda night: told(night, paced), nights))
