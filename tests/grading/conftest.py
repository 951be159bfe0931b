"""Miniature graders that need no Docker, run by the real thing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import msgspec
import pytest

from kikori.content import Catalog
from kikori.model import Attempt, Lab, Stage

Miniature = Callable[..., Lab]


@pytest.fixture
def attempt_file(tmp_path: Path) -> Path:
    """An attempt of which nothing runs."""
    attempt = Attempt(
        id="first-look-000001", lab="first-look", learner="ada", seed=1, params={"line": "7"}, stage=Stage.BROKEN
    )
    (tmp_path / "attempt.json").write_bytes(msgspec.json.encode(attempt))
    return tmp_path / "attempt.json"


@pytest.fixture
def miniature(tmp_path: Path) -> Miniature:
    """``miniature(source)``: a lab whose grader is this; further files by their names."""

    def make(source: str, **others: str) -> Lab:
        graders = tmp_path / "graders" / "first-look"
        graders.mkdir(parents=True)
        for name, text in {"test_mini": source, **others}.items():
            (graders / f"{name}.py").write_text(f"import pytest\n{dedent(text)}", encoding="utf-8")
        return msgspec.structs.replace(Catalog().lab("first-look"), graders=graders)

    return make
