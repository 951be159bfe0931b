"""The month and other weeks as the grader knows them, and the learner's rules run over them."""

from __future__ import annotations

import json
import re
import urllib.request
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import pytest
import yaml
from month import judge
from month.burn_rate import BurnRate, Incident
from weeks.drawn import Weeks

from kikori.errors import OurFault
from kikori.grading import Scene, eventually, reasons, say

reason = reasons(__file__)

PATIENCE = 150  # other weeks have to be made first, on a full machine
LONGEST = 120
"""Seconds of processor that unit tests may take: a minute of two processors, as the task says."""
WAITS, STOPPED, SPENT = 300, 124, 152
"""Seconds that they may take on a busy computer; exit codes where those are over, and where LONGEST is spent."""
MADE = 45  # seconds after a restart in which a full machine makes a month
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))
QUOTED = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`|#[^\n]*")
"""What is text or a remark in an expression."""
ELSEWHERE = {
    "ahead": re.compile(r"\boffset\s*-\s*\w+", re.IGNORECASE),
    "at": re.compile(r"@\s*[\w.+-]+"),
    "alerts": re.compile(r"\bALERTS(?:_FOR_STATE)?\b"),
    "calendar": re.compile(
        r"\b(?:hour|minute|month|year|time|timestamp|day_of_(?:week|month|year)|days_in_month)\s*\(", re.IGNORECASE
    ),
}
"""What a month that is over can't show: it knows the future, a moment that is no longer now, and no other alerts.

Nor can some weeks show an hour of the night or a day of the year at which a rule is silent.
"""
UNHEARD = ("no answer to", "Prometheus does not become ready", "query timed out")
"""How it is said that Prometheus gave no answer, which tells nothing of the rules."""

# Each of some rule files, in a copy of the workspace of its own, three at a time; then what was said of each, with its
# exit code. Tests that name the rules by their place at the desk are led to the copy. What is bounded is the time of
# the processors: on a busy computer promtool waits for it.
SIDE_BY_SIDE = """
export GOMAXPROCS=2 GOMEMLIMIT=140MiB
d=$(mktemp -d); n=0; limit=$1; patience=$2; shift 2
for rules in "$@"; do
  n=$((n + 1)); cp -r /srv/rules "$d/$n"; printf %s "$rules" > "$d/$n/rules.yml"
  sed -i 's#/srv/rules/##g' "$d/$n/tests.yml"
  (cd "$d/$n"; ulimit -t "$limit"
   timeout "$patience" promtool test rules tests.yml > "$d/said.$n" 2>&1; code=$?; times > "$d/times.$n"
   spent=$(tail -1 "$d/times.$n" | tr ms '  ' | awk '{print int(60 * ($1 + $3) + $2 + $4 + 1)}')
   [ $code -ne 137 ] || [ "$spent" -lt "$limit" ] || code=152
   printf '\\n%s' $code >> "$d/said.$n") &
  [ $((n % 3)) -ne 0 ] || wait
done
wait
for i in $(seq $n); do cat "$d/said.$i"; printf '\\0'; done
rm -rf "$d"
"""


class Replay:
    """What the learner's rules would have done in a month, and what that is worth."""

    def __init__(self, month: BurnRate, found: dict[str, Any]) -> None:
        self.month = month
        self.error = str(found.get("error", ""))
        if self.error.startswith(UNHEARD):
            raise OurFault(f"the history gave no answer: {self.error[:200]}")
        alerts = list(found.get("alerts", ()))
        self.pages = judge.judge(month, alerts, "page")
        self.tickets = judge.judge(month, alerts, "ticket")

    def called_for(self, kind: str) -> list[judge.Met]:
        """What the incidents met with that call for somebody in one way."""
        met = (*self.pages.met, *self.tickets.met)
        return [one for one in met if one.incident.calls_for == kind]

    def left_open(self) -> list[judge.Met]:
        """What paged, with when its ticket stopped; not where more begins before it has to."""
        after, every = judge.STOPS["ticket"], (*self.pages.met, *self.tickets.met)
        found = []
        for one in self.pages.met:
            if any(one.begin < other.begin <= one.end + after for other in every):
                continue
            ends = [end for begin, end in self.tickets.fired if begin <= one.end + after and end > one.begin]
            if ends:
                found.append(one._replace(stopped=max(0, max(ends) - one.end)))
        return found

    def said(self, at: int) -> str:
        """A moment, as a person writes it."""
        clock = self.month.clock
        return clock.said((at - clock.start) // clock.tick)[:16].replace("T", " ")

    @property
    def where(self) -> str:
        """Which weeks a reason is about, where the learner can't look at them."""
        return reason("where") if isinstance(self.month, Weeks) else ""

    def about(self, incident: Incident) -> str:
        """An incident as a reason names it: by its beginning, and by what it was where the learner can't look."""
        trouble, began = incident.trouble, self.said(self.month.clock.time(incident.trouble.begin))
        if not self.where:
            return say(began, f"{began} ")
        minutes, rests = (
            trouble.ticks * self.month.clock.tick // 60,
            reason("about") * bool(trouble.pause),
        )
        share, routes = f"{trouble.share:.2%}", ", ".join(trouble.routes)
        agents = {"person": reason("about-2"), "bot": reason("about-3")}
        whose = reason("about-4") if trouble.routes == ("/healthz",) else agents[trouble.agents[0]]
        return reason(
            "about-5",
            began=began,
            code=trouble.code,
            share=share,
            whose=whose,
            routes=routes,
            minutes=minutes,
            rests=rests,
        )

    def first(self, noise: Sequence[judge.Span]) -> str:
        """When the first calls for nothing came, and after what, where the learner can't look."""
        when = ", ".join(self.said(begin) for begin, _ in noise[:3])
        gone = [one for one in self.month.diary if self.month.clock.time(one.trouble.begin) <= noise[0][0]]
        if not gone or not self.where:
            return when
        last = self.about(gone[-1])
        return when + reason("first", last=last)


class Replays:
    """The learner's rules, run over the month that is known and over other weeks."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.rules = scene.text("rules.yml")
        eventually(lambda: scene.get("history", "/month.json", 9091), lambda seen: seen.status == 200, MADE)

    def severities(self) -> list[tuple[str, str]]:
        """The name of each alert, and what it says that it is; several may have one name."""
        return [named(rule) for rule in _alerts(yaml.safe_load(self.rules) or {})]

    def elsewhere(self) -> Iterator[tuple[str, str, str]]:
        """What a live Prometheus would answer otherwise than a month that is over: how, which rule, and where in it."""
        for group in (yaml.safe_load(self.rules) or {}).get("groups") or ():
            if group.get("query_offset"):
                yield "late", str(group.get("name")), f"query_offset: {group['query_offset']}"
            for rule in group.get("rules") or ():
                asked = QUOTED.sub(" ", str(rule["expr"]))
                found = [(how, form.search(asked)) for how, form in ELSEWHERE.items()]
                yield from (
                    (how, str(rule.get("alert") or rule.get("record")), one.group()) for how, one in found if one
                )

    def __iter__(self) -> Iterator[Replay]:
        """The known month first; the others are drawn when they are asked for."""
        yield self.known
        yield self.others

    @cached_property
    def known(self) -> Replay:
        """The month at which the learner can look."""
        params = self.scene.params
        return Replay(BurnRate(params["past"], params["month"]), self._run())

    @cached_property
    def others(self) -> Replay:
        """Weeks at which nobody could look."""
        seed = str(self.scene.draw("weeks").getrandbits(64))
        return Replay(Weeks(seed), self._run(drawn=seed))

    def _run(self, **more: str) -> dict[str, Any]:
        asked = json.dumps({"rules": self.rules, **more}).encode()
        address = self.scene.address("history", 9091)
        with DIRECT.open(f"http://{address}/replay", asked, timeout=PATIENCE) as answer:
            return dict(json.load(answer))


@pytest.fixture(scope="module")
def replays(scene: Scene) -> Replays:
    """The learner's rules, run once over each month for all checks."""
    return Replays(scene)


class Tests:
    """The learner's unit tests, run on rules of the learner and on others."""

    def __init__(self, scene: Scene) -> None:
        self.beside = scene.debug("desk", "kikori/prometheus", holding="/srv/rules")
        self.rules = scene.text("rules.yml")

    def run(self, *versions: str) -> list[tuple[int, str]]:
        """The exit code and what promtool says, with each of some rules in the place of the learner's, side by side.

        Raises:
            OurFault: promtool got too little of the processors to say anything.
        """
        bounds = (str(LONGEST), str(WAITS))
        done = self.beside.run("sh -c %s tests %s %s" + " %s" * len(versions), SIDE_BY_SIDE, *bounds, *versions)
        parts = [part.rpartition("\n") for part in done.stdout.split("\0")[:-1]]
        found = [(int(code), said.strip()) for said, _, code in parts]
        codes = {code for code, _ in found}
        assert SPENT not in codes, reason("unit-tests-take-long", limit=LONGEST)
        if STOPPED in codes:
            raise OurFault(f"promtool did not get {LONGEST} s of the processors within {WAITS} s")
        return found

    def alerts(self) -> list[tuple[str, str]]:
        """Each alert once, with its severity; rules of one name and severity are one alert."""
        return sorted({named(rule) for rule in _alerts(yaml.safe_load(self.rules) or {})})

    def changed(self, alerts: Collection[tuple[str, str]], form: str) -> str:
        """Replace the expressions of some alerts; EXPR in the new one is the old."""
        document = yaml.safe_load(self.rules) or {}
        for rule in _alerts(document):
            if named(rule) in alerts:
                rule["expr"] = form.replace("EXPR", str(rule["expr"]))
                rule.pop("for", None)
        return str(yaml.safe_dump(document))

    def blamed(self, said: str) -> set[tuple[str, str]]:
        """The alerts of which promtool says that they were not as a test expects, where no other has the name."""
        names = [name for name, _ in self.alerts()]
        return {one for one in self.alerts() if names.count(one[0]) == 1 and f"alertname: {one[0]}, time:" in said}


def named(rule: dict[str, Any]) -> tuple[str, str]:
    """The name of an alert and its severity."""
    return str(rule["alert"]), str((rule.get("labels") or {}).get("severity", ""))


def _alerts(document: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for group in document.get("groups") or ():
        yield from (rule for rule in group.get("rules") or () if "alert" in rule)


@pytest.fixture(scope="module")
def tests(scene: Scene) -> Tests:
    """The learner's unit tests."""
    return Tests(scene)
