"""A content root with one lab that keeps every rule, for a test to spoil."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths

PARTS = ("labs/first-look", "labs/_images/server", "graders/first-look", "courses/start-here")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of first-look without rounds, marks and samples, its course and the image that it stands on."""
    root = tmp_path / "content"
    for part in PARTS:
        unwanted = shutil.ignore_patterns("__pycache__", "rounds.toml", "mutants.toml", "samples.toml")
        shutil.copytree(paths.ROOT / part, root / part, ignore=unwanted)
    return root


@pytest.fixture
def lab(content: Path) -> Path:
    """The folder of the lab."""
    return content / "labs" / "first-look"


@pytest.fixture
def grader(content: Path) -> Path:
    """The grader's file."""
    return content / "graders" / "first-look" / "test_timetable.py"
