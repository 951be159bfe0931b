"""A lab with a workspace of its own, and an attempt at it of which nothing runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori.content import Catalog
from kikori.engine import Project
from kikori.model import Attempt, Lab, Stage


@pytest.fixture
def lab() -> Lab:
    return Catalog().lab("silent-exit")


@pytest.fixture
def workspace(tmp_path: Path, lab: Lab) -> Path:
    """The learner's folder, fresh from the template."""
    assert lab.workspace
    return Path(shutil.copytree(lab.workspace, tmp_path / "workspace"))


@pytest.fixture
def project(tmp_path: Path, lab: Lab, workspace: Path) -> Project:
    attempt = Attempt(
        id="silent-exit-00000a",
        lab=lab.id,
        learner="ada",
        seed=1,
        params=lab.params_of("ada", 1),
        stage=Stage.HEALTHY,
        workspace=str(workspace),
    )
    return Project(lab, attempt, tmp_path / "project")
