"""What can go wrong in words a person can act on."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of every command."""

    DONE = 0
    CHECK_FAILED = 1
    USAGE = 2
    ENVIRONMENT = 3
    OUR_FAULT = 4
    INTERRUPTED = 130


class KikoriError(Exception):
    """A failure with the thing it is about, the next command to type, and an exit code.

    Raised low, caught once (in ``kikori.cli``), printed once.
    """

    def __init__(self, message: str, hint: str = "", exit_code: Exit = Exit.USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class EnvironmentProblem(KikoriError):
    """The machine is not ready: Docker, a port, the disk."""

    def __init__(self, message: str, hint: str = "./kikori doctor") -> None:
        super().__init__(message, hint, Exit.ENVIRONMENT)


class OurFault(KikoriError):
    """A lab, a grader or Kikori itself is broken; never the learner's fault."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint, Exit.OUR_FAULT)


class NotRunning(OurFault):
    """A service does not run, so a check can't look at its inside: not passed, whoever ended it."""


class WorkspaceProblem(KikoriError):
    """What the learner wrote can't be built or started as it is."""
