"""The retest: does what was written outlive two restarts, and is the score there again?"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from kikori.bench.result import Result
from kikori.bench.run import Length, Run
from kikori.bench.target import Target
from kikori.engine.client import Silent, Steps
from kikori.errors import Exit
from kikori.model.record import Record

TRIES = 3
ENOUGH = 0.75
"""The part of the claimed score that has to be reached."""
WAIT_SECONDS = 120


class Retest(Record):
    """What a retest found."""

    lab: str
    claimed: float
    """Points a second, the median of the runs of this workspace; 0 where nothing is claimed."""
    tries: tuple[Result, ...]
    lost: tuple[str, ...]
    """What was written and could not be read again."""
    clean: bool
    """Whether it ran on fresh volumes."""

    @property
    def reached(self) -> bool:
        """Whether the claim was reached."""
        return any(run.passed and run.pace >= self.claimed * ENOUGH for run in self.tries)

    @property
    def passed(self) -> bool:
        """Whether nothing was lost and the claim was reached."""
        return self.reached and not self.lost

    @property
    def exit_code(self) -> Exit:
        """0 where the retest passed."""
        return Exit.DONE if self.passed else Exit.CHECK_FAILED


def retest(
    service: Target, claims: list[Result], probes: Any, length: Length, seed: Callable[[], int], *,
    keep: Callable[[Any], None], clean: bool = False, steps: Steps | None = None,
) -> Retest:  # fmt: skip
    """Restart, read what a former run wrote, run up to three times, restart, read what these wrote.

    ``keep`` is told what each run wrote, since it sets back what was written before.
    """
    steps = steps or Silent()
    claimed = median(run.pace for run in claims) if claims else 0.0
    lost = [] if clean or not probes else _after_restart(service, probes, seed(), steps)
    tries: list[Result] = []
    for _ in range(TRIES):
        run = Run(service, seed(), steps)
        tries.append(run.whole(length))
        probes = run.scenario.probes()
        keep(probes)
        if tries[-1].passed and tries[-1].pace >= claimed * ENOUGH:
            break
    lost += _after_restart(service, probes, seed(), steps)
    return Retest(lab=service.lab.id, claimed=claimed, tries=tuple(tries), lost=tuple(lost), clean=clean)


def _after_restart(service: Target, probes: Any, seed: int, steps: Steps) -> list[str]:
    """Restart every service, and give what can't be read any more."""
    service.project.restart(steps, WAIT_SECONDS)
    unwell = [state.name for state in service.project.states() if state.state != "healthy"]
    if unwell:
        return [f"after the restart {', '.join(unwell)} did not come back"]
    with steps.step("Reading what was written before"):
        score, _ = Run(service, seed).checked(lambda scenario: scenario.read_again(probes), fresh=False)
    return [cause.seen for cause in score.causes]
