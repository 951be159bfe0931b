"""A tune lab brought up from any workspace, apart from every learner's attempt: for baselines, retests and proofs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori.model import Lab
from kikori.runtime import Project, Silent, Steps
from kikori.runtime.scratch import scratch


@contextmanager
def running_workspace(lab: Lab, workspace: Path, steps: Steps | None = None) -> Iterator[Project]:
    """Build and start a workspace on fresh volumes with no route outside; all of it is gone afterwards.

    Raises:
        WorkspaceProblem: it can't be built or started.
        EnvironmentProblem: Docker stood in the way.
    """
    with scratch(lab, "bench", seed=1) as project:
        shutil.copytree(workspace, project.attempt.workspace)
        project.apply(steps or Silent())
        yield project
