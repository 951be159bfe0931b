"""compose.yaml: how much a service may take."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kikori.lint.finding import Location
from kikori.lint.rule import rule
from kikori.lint.subjects.source_tree import LabSource
from kikori.model import Kind

SIZE = re.compile(r"^(\d+(?:\.\d+)?)([kmg]?)b?$", re.IGNORECASE)
SCALE = {"": 2.0**-20, "k": 2.0**-10, "m": 1.0, "g": 1024.0}
BUDGET = {Kind.TUNE: 2048}
"""MiB of a lab's services together, where it is not 1024."""


def mebibytes(value: object) -> float | None:
    """A size as compose writes it; ``None`` for what is none."""
    match = SIZE.match(str(value))
    return float(match[1]) * SCALE[match[2].lower()] if match else None


@rule
def memory_limit(source: LabSource) -> Iterator[Location]:
    """Every service has a `mem_limit`: a leak in one lab must not take the learner's computer down."""
    for name, service in source.services.items():
        if not mebibytes(service.get("mem_limit")):
            line = source.compose.line("services", name, "mem_limit")
            message = f"the service {name} has no mem_limit that can be read"
            yield Location(source.compose.path, line, message, "write `mem_limit: 64m`, or as much as it needs")


@rule
def memory_budget(source: LabSource) -> Iterator[Location]:
    """All services of a lab together may take 1 GiB of memory, those of a tune lab 2 GiB: it must run on 8 GB."""
    total = sum(mebibytes(service.get("mem_limit")) or 0 for service in source.services.values())
    most = BUDGET.get(source.lab.about.kind, 1024)
    if total > most:
        message = f"the services may take {total:.0f} MiB together; a {source.lab.about.kind} lab has {most}"
        yield Location(source.compose.path, source.compose.line("services"), message, "lower a mem_limit")


@rule
def cpu_limit(source: LabSource) -> Iterator[Location]:
    """Every service has `cpus`: a busy loop in a lab must leave the learner's editor usable."""
    for name, service in source.services.items():
        if not re.fullmatch(r"\d*\.?\d+", str(service.get("cpus", ""))):
            line = source.compose.line("services", name, "cpus")
            yield Location(source.compose.path, line, f"the service {name} has no limit of cpus", "write `cpus: 0.5`")


@rule
def pids_limit(source: LabSource) -> Iterator[Location]:
    """Every service has a `pids_limit`: a fork bomb stays in its container."""
    for name, service in source.services.items():
        limit = service.get("pids_limit")
        if not isinstance(limit, int) or limit <= 0:
            line = source.compose.line("services", name, "pids_limit")
            yield Location(source.compose.path, line, f"the service {name} has no pids_limit", "write `pids_limit: 64`")


@rule
def healthcheck(source: LabSource) -> Iterator[Location]:
    """Every service has a healthcheck with a test, in compose.yaml or in the workspace's: `start` waits for it.

    What a learner of a build lab makes an image of may have it there.
    """
    learners = source.learners_compose.services if source.learners_compose else {}
    for name, service in source.services.items():
        if source.lab.about.kind is Kind.BUILD and "image" not in service:
            continue
        known: dict[str, object] = {}
        for one in (service, learners.get(name, {})):
            check = one.get("healthcheck")
            known |= check if isinstance(check, dict) else {}
        if known.get("disable") or known.get("test") in (None, [], "NONE", ["NONE"]):
            line = source.compose.line("services", name, "healthcheck")
            mend = 'write `healthcheck: { test: ["CMD", ...], interval: 1s, timeout: 2s, retries: 5 }`'
            yield Location(source.compose.path, line, f"the service {name} has no healthcheck with a test", mend)
