"""What Prometheus keeps of what exporters say: how often it asks them, and how it changes what it hears."""

import json
from functools import cache
from typing import Any, NamedTuple

from deployed import HOME, load
from hasten import minutes
from nights import STEP, Key
from relabel import Labels, sent

from model import Target


class Scrape(NamedTuple):
    """How a target is asked."""

    every: int
    """The steps of a night from one time to the next."""
    labels: Labels | None
    """What all that it says has; None where it is not asked at all."""
    changes: list[dict[str, Any]]
    """`metric_relabel_configs`."""


@cache
def scrape(target: Target) -> Scrape:
    """How the deployed configuration asks a target; as the given one does where no address says it."""
    config = load(HOME / "prometheus.yml")
    usual = (config.get("global") or {}).get("scrape_interval", "1m")
    for job in config.get("scrape_configs") or []:
        for group in job.get("static_configs") or []:
            if target[1] in (group.get("targets") or []):
                every = round(60 * minutes(job.get("scrape_interval") or usual) / STEP)
                changes = job.get("metric_relabel_configs") or []
                return Scrape(max(1, every), labels(job, group.get("labels") or {}, target[1]), changes)
    return Scrape(1, {"job": target[0], "instance": target[1]}, [])


def labels(job: dict[str, Any], more: dict[str, Any], address: str) -> Labels | None:
    """The labels of a target, after `relabel_configs`."""
    begun = {"job": str(job.get("job_name")), "__address__": address} | {name: str(text) for name, text in more.items()}
    found = sent(begun, job.get("relabel_configs") or [])
    if found is None:
        return None
    instance = found.get("instance") or found.get("__address__", address)
    plain = {name: text for name, text in found.items() if not name.startswith("__") and name != "instance"}
    return {"job": plain.pop("job", ""), "instance": instance} | plain


@cache
def stored(key: Key) -> str:
    """The series as which something is kept; an empty text where it is not."""
    target, name, own = key
    asked = scrape(target)
    if asked.labels is None:
        return ""
    told = {"__name__": name} | asked.labels | dict(own)
    kept = told if name == "up" else sent(told, asked.changes)
    if not kept or "__name__" not in kept:
        return ""
    listed = ",".join(
        f"{one}={json.dumps(text, ensure_ascii=False)}" for one, text in kept.items() if one != "__name__"
    )
    return f"{kept['__name__']}{{{listed}}}"
