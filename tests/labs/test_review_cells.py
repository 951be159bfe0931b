"""How quarterly-review reads a number with its unit. No Docker needed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from kikori import paths

GRADER = paths.ROOT / "graders" / "quarterly-review"
PLACES = (GRADER, paths.ROOT / "labs" / "_images" / "paper")


@pytest.fixture
def values(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    names = {path.stem for path in GRADER.glob("*.py")} | {"filled_form"}
    kept = {name: sys.modules.pop(name) for name in [*sys.modules] if name.split(".")[0] in names}
    for place in PLACES:
        monkeypatch.syspath_prepend(str(place))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield import_module("values")
    for name in [name for name in sys.modules if name.split(".")[0] in names]:
        del sys.modules[name]
    sys.modules.update(kept)


@pytest.mark.parametrize(
    ("kind", "cell", "wanted"),
    [
        ("sli", "99.81 %", 99.81),
        ("sli", "99.81 per cent", 99.81),
        ("used", "450% of the budget", 450),
        ("complaints", "18.05 in 100,000", 18.05),
        ("complaints", "18.05件（10万件あたり）", 18.05),
        ("complaints", "10万件あたり18.05件", 18.05),
        ("objectives", "12 objectives", 12),
        ("objectives", "12個", 12),
        ("pages", "31回", 31),
        ("minutes", "45 min", 45),
        ("minutes", "45分間", 45),
        ("floor", "99.94 % at most", 99.94),
        ("floor", "最大99.94%", 99.94),
        ("change", "99.1%", 99.1),
        ("sli", "99.81 ‰", None),
        ("sli", "99.81 minutes", None),
        ("sli", "at most 99.81", None),
        ("complaints", "18.05 %", None),
        ("complaints", "18.05パーセント", None),
        ("objectives", "12 minutes", None),
        ("objectives", "12 %", None),
        ("pages", "31 minutes", None),
        ("minutes", "45 pages", None),
        ("minutes", "45 s", None),
        ("minutes", "45個", None),
    ],
)
def test_a_number_has_the_unit_of_its_column(values: Any, kind: str, cell: str, wanted: float | None) -> None:
    assert next(iter(values.numbers(cell, kind)), None) == wanted
