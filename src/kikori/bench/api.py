"""What a tune lab's grader imports: its scenario's words, runs against the service, and the untouched pace."""

from __future__ import annotations

from kikori.bench.baseline import baseline
from kikori.bench.result import Result
from kikori.bench.run import QUICK, Run
from kikori.bench.score import Score
from kikori.bench.target import Target
from kikori.bench.users.user_session import Answer, File, Request, UserSession, Violation
from kikori.content import Catalog
from kikori.engine import Project
from kikori.grading import Scene

__all__ = [
    "QUICK",
    "Answer",
    "File",
    "Request",
    "Result",
    "Run",
    "Score",
    "Target",
    "UserSession",
    "Violation",
    "baseline",
    "target_of",
]


def target_of(scene: Scene) -> Target:
    """Name the service of the attempt that is graded, as a benchmark needs it."""
    lab = Catalog().lab(scene.attempt.lab)
    return Target(Project(lab, scene.attempt, scene.workspace.parent / "bench", isolated=scene.isolated))
