"""The month as the grader knows it, and the learner's rules run over it."""

from __future__ import annotations

import json
import sys
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from kikori.grading import Scene, eventually

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "labs" / "_images" / "month"))
from month import judge
from month.burn_rate import BurnRate

PATIENCE = 60
MADE = 45  # seconds after a restart in which a full machine makes a month
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))

# Each of some rule files, in a copy of the workspace of its own; then what was said of each, with its exit code.
SIDE_BY_SIDE = """
d=$(mktemp -d); n=0
for rules in "$@"; do
  n=$((n + 1)); cp -r /srv/rules "$d/$n"; printf %s "$rules" > "$d/$n/rules.yml"
  (cd "$d/$n"; timeout 80 promtool test rules tests.yml > "$d/said.$n" 2>&1; printf '\\n%s' $? >> "$d/said.$n") &
done
wait
for i in $(seq $n); do cat "$d/said.$i"; printf '\\0'; done
rm -rf "$d"
"""


class Replay:
    """What the learner's rules would have done in the month, and what that is worth."""

    def __init__(self, scene: Scene) -> None:
        self.month = BurnRate(scene.params["past"], scene.params["month"])
        self.rules = scene.text("rules.yml")
        found = self._run(scene)
        self.error = str(found.get("error", ""))
        self.alerts = list(found.get("alerts", ()))
        self.pages = judge.judge(self.month, self.alerts, "page")
        self.tickets = judge.judge(self.month, self.alerts, "ticket")

    def _run(self, scene: Scene) -> dict[str, Any]:
        eventually(lambda: scene.get("history", "/month.json", 9091), lambda seen: seen.status == 200, MADE)
        address = scene.address("history", 9091)
        asked = json.dumps({"rules": self.rules}).encode()
        with DIRECT.open(f"http://{address}/replay", asked, timeout=PATIENCE) as answer:
            return dict(json.load(answer))

    def severities(self) -> list[tuple[str, str]]:
        """The name of each alert, and what it says that it is; several may have one name."""
        found = _alerts(yaml.safe_load(self.rules) or {})
        return [(str(rule["alert"]), str((rule.get("labels") or {}).get("severity", ""))) for rule in found]

    def called_for(self, kind: str) -> list[judge.Met]:
        """What the incidents met with that call for somebody in one way."""
        met = (*self.pages.met, *self.tickets.met)
        return [one for one in met if one.incident.calls_for == kind]

    def said(self, at: int) -> str:
        """A moment, as a person writes it."""
        clock = self.month.clock
        return clock.said((at - clock.start) // clock.tick)[:16].replace("T", " ")


@pytest.fixture(scope="module")
def replay(scene: Scene) -> Replay:
    """The learner's rules, run over the month once for all checks."""
    return Replay(scene)


class Tests:
    """The learner's unit tests, run on rules of the learner and on others."""

    def __init__(self, scene: Scene) -> None:
        self.desk = scene.host("desk")
        self.rules = scene.text("rules.yml")

    def run(self, *versions: str) -> list[tuple[int, str]]:
        """The exit code and what promtool says, with each of some rules in the place of the learner's, side by side."""
        done = self.desk.run("sh -c %s tests" + " %s" * len(versions), SIDE_BY_SIDE, *versions)
        parts = [part.rpartition("\n") for part in done.stdout.split("\0")[:-1]]
        return [(int(code), said.strip()) for said, _, code in parts]

    def changed(self, severity: str, expr: str) -> str:
        """The learner's rules, with alerts of one severity that never fire, or always."""
        document = yaml.safe_load(self.rules) or {}
        for rule in _alerts(document):
            if (rule.get("labels") or {}).get("severity") == severity:
                rule["expr"] = expr
                rule.pop("for", None)
        return str(yaml.safe_dump(document))


def _alerts(document: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for group in document.get("groups") or ():
        yield from (rule for rule in group.get("rules") or () if "alert" in rule)


@pytest.fixture(scope="module")
def tests(scene: Scene) -> Tests:
    """The learner's unit tests."""
    return Tests(scene)
