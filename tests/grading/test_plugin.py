"""The same graders run under plain pytest, with pytest's own options, against the running attempt."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kikori.attempts import Store
from kikori.model import Attempt, Lab, Stage

from .conftest import Miniature

GRADER = '''
def test_bread(scene):
    """There is bread."""
    assert scene.attempt.id == "first-look-00000a"

@pytest.mark.needs("test_bread")
def test_slice(scene):
    """The bread is cut."""
    assert scene.params["line"] == "8", "expected line 8"

@pytest.mark.needs("test_slice")
def test_toast():
    """There is toast."""
'''


def run(lab: Lab, *options: str) -> tuple[int, str]:
    argv = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options, str(lab.graders)]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=lab.graders)
    return done.returncode, done.stdout + done.stderr


def running() -> None:
    """Keep an attempt of which nothing runs."""
    Store().save(
        Attempt(
            id="first-look-00000a", lab="first-look", learner="ada", seed=1, params={"line": "7"}, stage=Stage.BROKEN
        )
    )


@pytest.mark.slow
def test_grader_finds_the_running_attempt_by_itself(miniature: Miniature) -> None:
    running()
    code, said = run(miniature(GRADER), "--strict-markers", "-ra")
    assert code == 1
    assert "1 failed, 1 passed, 1 skipped" in said
    assert "expected line 8" in said
    assert "The bread is cut." in said


@pytest.mark.slow
def test_check_that_was_not_chosen_blocks_nothing(miniature: Miniature) -> None:
    running()
    code, said = run(miniature(GRADER), "-k", "toast")
    assert code == 0
    assert "1 passed, 2 deselected" in said


@pytest.mark.slow
def test_grader_without_a_running_attempt_says_how_to_start_one(miniature: Miniature) -> None:
    code, said = run(miniature(GRADER), "-k", "bread")
    assert code != 0
    assert "No attempt at 'first-look' is running. kikori start first-look" in said
