"""Scenes that no learner began: built, looked at, and gone; for images, baselines, replays and proofs."""

from __future__ import annotations

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori.engine.cleanup import mark
from kikori.engine.images import Image
from kikori.engine.project import Project
from kikori.model import Attempt, Lab, Stage


def scratch_attempt(
    lab: Lab, purpose: str, workspace: Path | None, *, learner: str = "", seed: int = 0, fault: str | None = None
) -> Attempt:
    """Make up an attempt under a name that nobody else has; its learner is the purpose, where none is named.

    Its parameters come from learner and seed, as a learner's do; it counts as broken, whatever is done to it.
    """
    learner = learner or purpose
    return Attempt(
        id=f"{mark(purpose)}{lab.id[:20]}-{secrets.token_hex(3)}",
        lab=lab.id,
        learner=learner,
        seed=seed,
        params=lab.params_of(learner, seed),
        stage=Stage.BROKEN,
        fault=fault,
        workspace=str(workspace) if workspace and lab.workspace else "",
    )


@contextmanager
def scratch(
    lab: Lab,
    purpose: str,
    *,
    workspace: Path | None = None,
    learner: str = "",
    seed: int = 0,
    fault: str | None = None,
    fresh: set[Image] | None = None,
) -> Iterator[Project]:
    """Give a scene with no route outside, of which nothing runs yet; whatever was started is gone afterwards.

    ``workspace`` is used as it is; without it there is a name for one in the scene's own folder, and nothing in it.
    """
    with tempfile.TemporaryDirectory(prefix=f"kikori-{purpose}-") as name:
        folder = Path(name)
        attempt = scratch_attempt(
            lab, purpose, workspace or folder / "workspace", learner=learner, seed=seed, fault=fault
        )
        project = Project(lab, attempt, folder / "state", isolated=True, fresh=fresh)
        try:
            yield project
        finally:
            project.down()
