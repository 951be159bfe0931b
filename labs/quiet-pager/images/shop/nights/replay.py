"""Evaluates the deployed rules over the past week's nights with Prometheus's own rule engine, and says what rang when.

Each night becomes the input of a `promtool test rules`, which is asked every minute what fires. Nothing is expected
of it, so what it reports as unexpected is what fires.
"""

import json
import re
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from deployed import PAGE, muted_by_the_clock, rule_files, to, waits
from hasten import PART, UNITS
from nights import STEP, WITHIN, Night

FIRING = 'max_over_time(ALERTS{alertstate="firing"}[59s])'
AT = re.compile(r"time: (\S+),$")
GOT = re.compile(r"(\{[^{}]*alertstate=[^{}]*\}) \S+")
LABEL = re.compile(r'([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"')


@dataclass
class Ring:
    """An alert that fired in a night, and at which minutes."""

    alert: str
    labels: dict[str, str]
    to: tuple[str, ...]
    minutes: list[int] = field(default_factory=list)


class Unusable(Exception):
    """The rules could not be evaluated."""


def written(night: Night) -> str:
    """The night as an input of promtool: JSON, which is YAML too."""
    values: dict[str, list[str]] = {}
    steps = night.length * 60 // STEP + 1
    for step, seen in enumerate(night.series()):
        for ((job, instance), name, labels), value in seen.items():
            told = "".join(f',{key}="{text}"' for key, text in labels)
            row = values.setdefault(f'{name}{{job="{job}",instance="{instance}"{told}}}', ["_"] * steps)
            row[step] = f"{value:g}" if isinstance(value, float) and value < 1e5 else str(value)
    for row in values.values():
        for step in range(1, steps):
            if row[step] == "_" and row[step - 1] not in ("_", "stale"):
                row[step] = "stale"
    asked = [{"expr": FIRING, "eval_time": f"{minute}m"} for minute in range(1, night.length + 1)]
    series = [{"series": name, "values": " ".join(row)} for name, row in values.items()]
    test = {"interval": f"{STEP}s", "input_series": series, "promql_expr_test": asked}
    return json.dumps({"rule_files": list(map(str, rule_files())), "evaluation_interval": f"{STEP}s", "tests": [test]})


def minutes(said: str) -> int:
    """Prometheus's 1h5m as minutes."""
    return sum(int(count) * UNITS[unit] for count, unit in PART.findall(said)) // UNITS["m"]


def rings(night: Night) -> list[Ring]:
    """What fired in a night, the first first."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "night.yml")
        path.write_text(written(night), encoding="utf-8")
        done = subprocess.run(["promtool", "test", "rules", str(path)], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    if done.returncode and FIRING.replace('"', '\\"') not in said:
        raise Unusable(said.strip()[-400:])
    return sorted(gathered(said), key=lambda ring: ring.minutes[0])


def gathered(said: str) -> list[Ring]:
    """The rings in what promtool says."""
    found: dict[str, Ring] = {}
    minute = 0
    for line in said.splitlines():
        at = AT.search(line.strip())
        minute = minutes(at[1]) if at else minute
        for text in GOT.findall(line):
            labels = dict(LABEL.findall(text))
            ring = found.setdefault(text, Ring(labels.get("alertname", ""), labels, to(labels)))
            ring.minutes.append(minute)
    return list(found.values())


def told(night: Night) -> dict[str, object]:
    """A night, what rang in it, and what customers felt, as plain data."""
    rang = rings(night)
    muted = muted_by_the_clock()
    pages = [] if muted else [ring for ring in rang if PAGE in ring.to]
    return {
        "night": night.name,
        "began": night.begins,
        "ended": night.ends,
        "hurt": night.hurts,
        "within": WITHIN.get(night.name),
        "muted": muted,
        "waits": waits(),
        "pages": [vars(ring) for ring in pages],
        "others": [vars(ring) for ring in rang if ring not in pages],
    }


def replayed(nights: list[Night]) -> list[dict[str, object]]:
    """All nights, two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(told, nights))
