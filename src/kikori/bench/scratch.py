"""A tune lab brought up from any workspace, far from any learner's attempt: for baselines, retests and proofs."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori.model import Attempt, Lab, Stage
from kikori.runtime import Project, Silent, Steps

LEARNER = "bench"


@contextmanager
def scratch(lab: Lab, workspace: Path, steps: Steps | None = None) -> Iterator[Project]:
    """Build and start a workspace on fresh volumes with no route outside; all of it is gone afterwards.

    Raises:
        WorkspaceProblem: it can't be built or started.
        EnvironmentProblem: Docker stood in the way.
    """
    with tempfile.TemporaryDirectory(prefix="kikori-bench-") as name:
        folder = Path(name)
        shutil.copytree(workspace, folder / "workspace")
        attempt = Attempt(
            id=f"bench-{os.getpid()}-{secrets.token_hex(3)}",
            lab=lab.id,
            learner=LEARNER,
            seed=1,
            params=lab.params_of(LEARNER, 1),
            stage=Stage.HEALTHY,
            workspace=str(folder / "workspace"),
        )
        project = Project(lab, attempt, folder / "state", isolated=True)
        try:
            project.apply(steps or Silent())
            yield project
        finally:
            project.down()
