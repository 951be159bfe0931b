"""What else runs in a pod than the program: before it, and beside it."""

from __future__ import annotations

from collections.abc import Iterator

from cluster import Object, Workload, runs_program
from pod_trial import Trials

from kikori.grading import eventually, reasons

reason = reasons(__file__)

LONGEST = 40
"""Seconds for what has to end before the program begins; the task allows half of them."""
STAYS = 3
"""Seconds for which is watched whether something stays."""


def obstacle(trials: Trials, workload: Workload) -> str:
    """Say the first of its containers that keeps a pod from being ready; empty where there is none.

    Only those of the service's own image are here to be started.
    """
    return next(_obstacles(trials, workload), "")


def _obstacles(trials: Trials, workload: Workload) -> Iterator[str]:
    first = [one for one in workload.pod.get("initContainers", []) if runs_program(one)]
    for one in first:
        if one.get("restartPolicy") != "Always":
            yield from _unended(trials, workload, one)
    for one in (*(each for each in first if each.get("restartPolicy") == "Always"), *workload.programs[1:]):
        yield from _gone(trials, workload, one)


def _unended(trials: Trials, workload: Workload, one: Object) -> Iterator[str]:
    """What has to end well before the next begins, and does not."""
    with trials.container(workload, one) as pod:
        code = eventually(pod.ended, lambda seen: seen is not None, within=LONGEST, every=0.3)
    if code is None:
        yield reason("unended", called=one["name"], longest=LONGEST)
    elif code:
        yield reason("unended-2", called=one["name"], code=code)


def _gone(trials: Trials, workload: Workload, one: Object) -> Iterator[str]:
    """What was to run as long as the program, and does not."""
    main = trials.good(workload)
    if main.begun() == 0:
        return  # there is no program to run beside; another check says so
    with trials.container(workload, one, beside=main) as pod:
        code = eventually(pod.ended, lambda seen: seen is not None, within=STAYS, every=0.3)
    if code is not None:
        yield reason("gone", called=one["name"], code=code)
