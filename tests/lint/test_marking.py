"""The rules of what a person marks with: criteria, and explanations that were marked."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kikori import paths

from .spoiling import GRADER, Spoil, hold, name

pytestmark = pytest.mark.slow

SAMPLES = f"{GRADER}/samples.toml"

SPOILS = [
    Spoil("samples-well-formed", SAMPLES, "[[samples.marks]]", "[[samples.mark]]", "[[samples]]"),
    Spoil("samples-marked", SAMPLES, 'criterion = "evidence"', 'criterion = "evidense"', "complete the sample"),
    Spoil("samples-marked", SAMPLES, "[samples.answers.why]", "[samples.answers.whi]", "complete the sample"),
    Spoil("samples-marked", SAMPLES, "[#1]", "[#99]", "complete the sample"),
    Spoil("samples-marked", SAMPLES, 'fault = "', 'fault = "other-', "complete the sample"),
]


@pytest.mark.parametrize("spoil", SPOILS, ids=name)
def test_break_is_found_and_nothing_else(content: Path, spoil: Spoil) -> None:
    shutil.copy(paths.ROOT / SAMPLES, content / SAMPLES)
    hold(content, spoil)
