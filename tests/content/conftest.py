"""A content root of its own: a copy of a real lab, for a test to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content root with the lab ``first-look`` and nothing else."""
    root = tmp_path / "content"
    for part in ("labs", "graders"):
        shutil.copytree(paths.ROOT / part / "first-look", root / part / "first-look")
    return root


@pytest.fixture
def lab_toml(content: Path) -> Path:
    """The lab.toml of the copy."""
    return content / "labs" / "first-look" / "lab.toml"
