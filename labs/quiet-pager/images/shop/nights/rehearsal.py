"""A live run: the deployed rules and routes in a Prometheus and an Alertmanager of their own, in which
a second is a minute.

They scrape the same shop and ring the same pager as the deployed ones do.
"""

import json
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from deployed import HOME, load, rule_files
from hasten import hastened
from routing import DEFAULTS, ROUTING

PROMETHEUS, ALERTMANAGER = "127.0.0.1:19090", "127.0.0.1:19093"
TELLER = "http://pager:8080"
WEATHER = "http://front:8000"
WARM = 1.5
"""Seconds of samples that Prometheus has before its rules are loaded."""


def ask(url: str, body: object = None) -> str:
    """A short talk over HTTP; nothing where there is no answer."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=3) as answer:  # noqa: S310
            return str(answer.read().decode())
    except (OSError, urllib.error.URLError):
        return ""


def wait(look: Any, within: float) -> bool:
    """Look until it is so, or the time is over."""
    end = time.monotonic() + within
    while not (seen := look()) and time.monotonic() < end:
        time.sleep(0.1)
    return bool(seen)


class Stage:
    """Where a rehearsal is held."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.last = 0
        self.config: dict[str, Any] = {}
        self.running: list[subprocess.Popen[bytes]] = []

    def lay_out(self) -> None:
        """Write what is deployed, hastened; the rules are not loaded yet."""
        (self.folder / "rules").mkdir()
        for number, path in enumerate(rule_files()):
            self.write(f"rules/{number}.yml", hastened(load(path)))
        routing = load(ROUTING)
        routing["route"] = DEFAULTS | (routing.get("route") or {})
        self.write("alertmanager.yml", hastened(routing))
        self.config = hastened(load(HOME / "prometheus.yml"))
        # A scrape may take as long as there is until the next: the machine itself is no faster than otherwise.
        self.config["global"] = {"scrape_interval": "1s"} | (self.config.get("global") or {})
        self.config["global"]["scrape_timeout"] = self.config["global"]["scrape_interval"]
        for job in self.config.get("scrape_configs") or []:
            job.pop("scrape_timeout", None)
        for manager in (self.config.get("alerting") or {}).get("alertmanagers") or []:
            manager["static_configs"] = [{"targets": [ALERTMANAGER]}]
        self.write("prometheus.yml", self.config | {"rule_files": []})

    def write(self, name: str, content: object) -> None:
        """A YAML file."""
        (self.folder / name).write_text(yaml.safe_dump(content), encoding="utf-8")

    def run(self, *command: str) -> None:
        """Start one of the two."""
        with (self.folder / f"{command[0]}.log").open("wb") as log:
            self.running.append(subprocess.Popen(command, stdout=log, stderr=log))

    def open(self) -> bool:
        """Start both; what is silenced in the deployed Alertmanager is silenced here.

        Prometheus learns its targets only after some seconds. Rules that had run by then would have found everything
        absent, so they are loaded when there is something to be seen.
        """
        self.run(
            "prometheus", f"--config.file={self.folder}/prometheus.yml", f"--storage.tsdb.path={self.folder}/db",
            f"--web.listen-address={PROMETHEUS}", "--query.lookback-delta=5s", "--rules.alert.resend-delay=1s",
        )  # fmt: skip
        self.run(
            "prometheus-alertmanager", f"--config.file={self.folder}/alertmanager.yml",
            f"--storage.path={self.folder}/am",
            f"--web.listen-address={ALERTMANAGER}", "--cluster.listen-address=", "--web.external-url=http://rehearsal",
        )  # fmt: skip
        ready = wait(lambda: ask(f"http://{ALERTMANAGER}/-/ready"), 15)
        for silence in json.loads(ask("http://alertmanager:9093/api/v2/silences") or "[]"):
            if silence["status"]["state"] == "active":
                told = {key: silence[key] for key in ("matchers", "startsAt", "endsAt", "createdBy", "comment")}
                ask(f"http://{ALERTMANAGER}/api/v2/silences", told)
        ready = ready and wait(lambda: '"value"' in ask(f"http://{PROMETHEUS}/api/v1/query?query=up"), 20)
        time.sleep(WARM)
        self.write("prometheus.yml", self.config | {"rule_files": [f"{self.folder}/rules/*.yml"]})
        self.running[0].send_signal(signal.SIGHUP)
        return ready and wait(lambda: '"query"' in ask(f"http://{PROMETHEUS}/api/v1/rules"), 10)

    def close(self) -> None:
        """End both, and let the usual night go on."""
        ask(f"{WEATHER}/weather/batch", {})
        for process in self.running:
            process.kill()
            process.wait()

    def pages(self) -> list[dict[str, Any]]:
        """What woke somebody since the rehearsal began."""
        rings = json.loads(ask(f"{TELLER}/rings?after={self.last}") or "[]")
        return [ring for ring in rings if ring["to"] == "page" and ring["source"] == "rehearsal"]

    def firing(self) -> set[str]:
        """The names of the alerts that fire now."""
        alerts = json.loads(ask(f"http://{PROMETHEUS}/api/v1/alerts") or "{}").get("data", {}).get("alerts", [])
        return {alert["labels"]["alertname"] for alert in alerts if alert["state"] == "firing"}

    def begin(self, weather: str) -> None:
        """From now on this weather; only what rings after it counts."""
        rings = json.loads(ask(f"{TELLER}/rings") or "[]")
        self.last = rings[-1]["number"] if rings else 0
        ask(f"{WEATHER}/weather/{weather}", {})


@contextmanager
def stage() -> Iterator[Stage]:
    """A stage that leaves nothing behind."""
    with tempfile.TemporaryDirectory() as folder:
        made = Stage(Path(folder))
        try:
            made.lay_out()
            yield made
        finally:
            made.close()
