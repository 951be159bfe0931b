"""What a grading run found."""

from __future__ import annotations

from enum import StrEnum

from kikori.model.record import Record


class Outcome(StrEnum):
    """The verdicts; neither a broken grader nor a busy computer reads as a failed learner."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"
    ERROR = "error"
    BUSY = "busy"


class CheckResult(Record):
    """One check: its title, verdict, and why."""

    id: str
    title: str
    outcome: Outcome
    reason: str = ""
    guard: bool = False
    needs: tuple[str, ...] = ()
    seconds: float = 0.0


class Report(Record):
    """All checks of one run, in the order in which they ran."""

    lab: str
    at: float
    checks: tuple[CheckResult, ...]
    after_restart: bool = False
    seconds: float = 0.0
    format: int = 1

    @property
    def passed(self) -> bool:
        """Whether there were checks and every one passed."""
        return bool(self.checks) and all(c.outcome is Outcome.PASSED for c in self.checks)

    @property
    def broken(self) -> bool:
        """Whether a check could not be run, which is never the learner's fault."""
        return any(c.outcome is Outcome.ERROR for c in self.checks)

    @property
    def undecided(self) -> bool:
        """Whether nothing failed but what a busy computer could not say."""
        found = {c.outcome for c in self.checks}
        return Outcome.BUSY in found and not found & {Outcome.FAILED, Outcome.ERROR}

    def of(self, check: str) -> CheckResult | None:
        """The result of one check by its id."""
        return next((c for c in self.checks if c.id == check), None)
