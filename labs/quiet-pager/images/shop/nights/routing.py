"""What Alertmanager is told to do with an alert: amtool says where it goes, and what may hold it back."""

import json
import subprocess
import tempfile
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from deployed import HOME, alerts, load
from hasten import minutes
from relabel import sent

ROUTING = HOME / "alertmanager.yml"
PAGE = "page"
"""The receiver that wakes somebody, and the address at which it does so."""
DEFAULTS = {"group_wait": "30s", "group_interval": "5m", "repeat_interval": "4h"}
"""Alertmanager's own."""
INHERITED = ("receiver", "group_by", *DEFAULTS)
MATCHING = ("matchers", "match", "match_re")
SIDES = ("source", "target")
NOBODY = "nobody"


class Route(NamedTuple):
    """A route, with what it has from those above it; the times are minutes."""

    receiver: str
    pages: bool
    by_the_clock: bool
    """Whether it is left alone at certain hours."""
    group_by: tuple[str, ...]
    wait: float
    interval: float
    repeat: float


class Way(NamedTuple):
    """What becomes of an alert: the numbers of its routes, and those of the inhibit rules of which it is a side."""

    routes: tuple[int, ...] = ()
    source: frozenset[int] = frozenset()
    target: frozenset[int] = frozenset()


class Routing:
    """alertmanager.yml, with a receiver of its own for each route and each side of an inhibit rule, for amtool."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.rung = {PAGE} | {one.get("name") for one in config.get("receivers") or [] if PAGE in called(one)}
        self.routes: list[Route] = []
        self.inhibit = list(config.get("inhibit_rules") or [])
        routes = [self._numbered(config.get("route") or {}, DEFAULTS) | {"continue": True}]
        for number, rule in enumerate(self.inhibit):
            for side in SIDES:
                of = {key: rule[f"{side}_{key}"] for key in MATCHING if rule.get(f"{side}_{key}")}
                routes.append(of | {"receiver": f"{side} {number}", "continue": True})
        names = [NOBODY, *map(str, range(len(self.routes))), *(route["receiver"] for route in routes[1:])]
        self.asked = {"route": {"receiver": NOBODY, "routes": routes}, "receivers": [{"name": name} for name in names]}

    def _numbered(self, route: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
        """A route that goes to its own number."""
        has = above | {key: route[key] for key in INHERITED if route.get(key)}
        number = len(self.routes)
        self.routes.append(
            Route(
                receiver=str(has.get("receiver")),
                pages=has.get("receiver") in self.rung,
                by_the_clock=bool(route.get("mute_time_intervals") or route.get("active_time_intervals")),
                group_by=tuple(map(str, has.get("group_by") or ())),
                wait=minutes(has["group_wait"]),
                interval=minutes(has["group_interval"]),
                repeat=minutes(has["repeat_interval"]),
            )
        )
        kept = {key: route[key] for key in (*MATCHING, "continue") if key in route}
        return kept | {
            "receiver": str(number),
            "routes": [self._numbered(one, has) for one in route.get("routes") or []],
        }

    def way(self, labels: dict[str, str]) -> Way:
        """What becomes of an alert with these labels."""
        with tempfile.NamedTemporaryFile("w", suffix=".yml", encoding="utf-8") as file:
            json.dump(self.asked, file)
            file.flush()
            said = amtool("config", "routes", "test", f"--config.file={file.name}", *map("=".join, labels.items()))
        found = said.split(",") if said else []
        sides = [frozenset(int(one.split()[1]) for one in found if one.startswith(side)) for side in SIDES]
        return Way(tuple(int(one) for one in found if one.isdigit()), *sides)


def called(receiver: dict[str, Any]) -> set[str]:
    """The addresses that a receiver calls, without their machines."""
    hooks = receiver.get("webhook_configs") or []
    return {urlsplit(str(hook.get("url", ""))).path.strip("/") for hook in hooks}


def amtool(*command: str) -> str:
    """What amtool says; nothing where it refuses."""
    done = subprocess.run(["amtool", *command], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


@cache
def deployed() -> Routing:
    """The routing that is deployed; one without routes where Alertmanager would not take it."""
    return Routing(load(ROUTING) if amtool("check-config", str(ROUTING)) else {})


@cache
def _way(labels: tuple[tuple[str, str], ...]) -> Way:
    return deployed().way(dict(labels))


@cache
def sending() -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The labels that Prometheus adds to all alerts, and how it changes them before it sends them."""
    config = load(HOME / "prometheus.yml")
    alerting = config.get("alerting") or {}
    steps = [alerting, *(alerting.get("alertmanagers") or [])[:1]]
    added = (config.get("global") or {}).get("external_labels") or {}
    return (
        {name: str(text) for name, text in added.items()},
        [one for place in steps for one in place.get("alert_relabel_configs") or []],
    )


def way(labels: dict[str, str]) -> Way:
    """What becomes of an alert that Prometheus sends, as it sends it; nothing where it does not."""
    added, steps = sending()
    told = sent(added | labels, steps)
    return Way() if told is None else _way(tuple(sorted(told.items())))


def pages(labels: dict[str, str]) -> bool:
    """Whether an alert with these labels is for the pager."""
    return any(deployed().routes[number].pages for number in way(labels).routes)


def paging() -> list[dict[str, Any]]:
    """The alerts that wake somebody, by what their rules say of them."""
    return [rule for rule in alerts() if pages({"alertname": rule["alert"], **named(rule)})]


def named(rule: dict[str, Any]) -> dict[str, str]:
    """The labels that a rule adds, but for those which only show when it fires."""
    labels = {name: str(value) for name, value in (rule.get("labels") or {}).items()}
    return {name: value for name, value in labels.items() if "{{" not in value}
