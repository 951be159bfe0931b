"""A plugin by which a phase reads the files alone that can hold one of its tests: those that write its marks.

Reading all of them takes each worker several seconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from _pytest.mark.expression import Expression

WRITTEN = ("alone", "browser", "docker", "quiet")
"""Marks that stand in the file of each test that has one."""
ELSEWHERE = ("long", "slow", "stands_on")
"""Marks that a test may have from conftest.py."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a file of tests of which none can have the marks that are asked for."""
    expression: str = config.option.markexpr
    is_of_tests = collection_path.name.startswith("test_") and collection_path.suffix == ".py"
    return True if expression and is_of_tests and not chooses(expression, written(collection_path)) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Refuse a mark that its file does not write: the phase that asks for it would not find the test."""
    missing = [
        f"{item.nodeid} is marked {name}, and its file has no mark.{name}"
        for item in items
        for name in sorted({mark.name for mark in item.iter_markers()} & {*WRITTEN} - written(item.path))
    ]
    if missing:
        raise pytest.UsageError(*missing)


@cache
def written(file: Path) -> frozenset[str]:
    """Read which marks stand in a file."""
    text = file.read_text(encoding="utf-8")
    return frozenset(name for name in WRITTEN if f"mark.{name}" in text)


@cache
def chooses(expression: str, those: frozenset[str]) -> bool:
    """Tell whether an expression chooses a test that has some of those marks, and any that stand elsewhere."""
    return next(_chosen(expression, (*those, *ELSEWHERE)), None) is not None  # the empty set of marks counts


def is_of_browsers_alone(expression: str) -> bool:
    """Tell whether an expression chooses tests with a browser, and none that needs Docker."""
    if not expression or not any("browser" in marks for marks in _chosen(expression, (*WRITTEN, *ELSEWHERE))):
        return False
    return not any("docker" in marks for marks in _chosen(expression, (*WRITTEN, *ELSEWHERE)))


def _chosen(expression: str, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give the sets of marks that an expression chooses."""
    compiled = Expression.compile(expression)
    some = (chosen for many in range(len(names) + 1) for chosen in combinations(names, many))
    return (marks for marks in some if compiled.evaluate(lambda name, /, *, marks=marks, **_: name in marks))
