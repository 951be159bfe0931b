"""The hash that tells whether two people had the same lab."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kikori.content import Catalog
from kikori.model import Lab
from kikori.submission.format import content_of


@pytest.fixture
def lab(tmp_path: Path) -> Lab:
    real = Catalog().lab("first-look")
    for part, folder in (("labs", real.folder), ("graders", real.graders)):
        shutil.copytree(folder, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
    return msgspec.structs.replace(real, folder=tmp_path / "labs", graders=tmp_path / "graders")


def test_copy_of_a_lab_has_the_same_content(lab: Lab) -> None:
    assert content_of(lab) == content_of(Catalog().lab("first-look"))


def change_grader(lab: Lab) -> None:
    with next(lab.graders.glob("test_*.py")).open("a", encoding="utf-8") as file:
        file.write("\n")


def rename_image_file(lab: Lab) -> None:
    (lab.folder / "images" / "web" / "run").rename(lab.folder / "images" / "web" / "start")


def add_fault(lab: Lab) -> None:
    (lab.folder / "faults" / "new").touch()


@pytest.mark.parametrize("change", [change_grader, rename_image_file, add_fault])
def test_every_change_of_lab_or_graders_changes_it(lab: Lab, change: Callable[[Lab], None]) -> None:
    before = content_of(lab)
    change(lab)
    assert content_of(lab) != before


def test_what_python_keeps_beside_the_graders_does_not_count(lab: Lab) -> None:
    before = content_of(lab)
    (lab.graders / "__pycache__").mkdir()
    (lab.graders / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert content_of(lab) == before
