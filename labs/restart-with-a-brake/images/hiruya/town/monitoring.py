"""The monitoring: tells Alertmanager which service hangs, again and again as long as it does, and when it is over."""

import json
import time
import urllib.request
from typing import Any

from service import Service

EVERY = 2.0
AFTER = 4.0
"""Seconds for which a service has given no answer when its alert begins to fire."""


def when(at: float) -> str:
    """A time as Alertmanager reads it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))


def alert(name: str, began: float, ended: float | None = None, **labels: str) -> dict[str, Any]:
    """An alert as Prometheus would send it."""
    found = {
        "labels": {"alertname": name, "severity": "page", **labels},
        "annotations": {"summary": f"{name} since {when(began)}"},
        "startsAt": when(began),
    }
    return found | ({"endsAt": when(ended)} if ended else {})


def send(manager: str, alerts: list[dict[str, Any]]) -> bool:
    """Hand alerts to Alertmanager; it may be away."""
    request = urllib.request.Request(  # noqa: S310
        f"{manager}/api/v2/alerts", json.dumps(alerts).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=3):  # noqa: S310
            return True
    except OSError:
        return False


class Monitoring:
    """What fires now."""

    def __init__(self, manager: str, services: dict[str, Service], names: dict[str, str]) -> None:
        self.manager, self.services, self.names = manager, services, names
        self.quiet: dict[str, float] = {}

    def look(self, now: float) -> list[dict[str, Any]]:
        """The alerts to be sent now."""
        told = []
        for name, service in self.names.items():
            if not self.services[service].answers:
                began = self.quiet.setdefault(name, now)
                if now - began >= AFTER:
                    told.append(alert(name, began, service=service))
            elif name in self.quiet and now - (began := self.quiet.pop(name)) >= AFTER:
                told.append(alert(name, began, now, service=service))
        return told

    def watch(self) -> None:
        """Look, and tell, for ever."""
        while True:
            if told := self.look(time.time()):
                send(self.manager, told)
            time.sleep(EVERY)
