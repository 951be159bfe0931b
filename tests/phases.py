"""A plugin by which a phase reads the files alone that can hold one of its tests: those that write its marks.

Reading all of them takes each worker several seconds.
"""

from __future__ import annotations

import heapq
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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Make the option known by which some processes share the files among them."""
    parser.addoption("--part", help="try the files of one part of so many alone, such as 1/2")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out a file of tests of which none can have the marks that are asked for, or which is of another part."""
    if not (collection_path.name.startswith("test_") and collection_path.suffix == ".py"):
        return None
    expression: str = config.option.markexpr
    if expression and not chooses(expression, written(collection_path)):
        return True
    part: str | None = config.option.part
    return True if part and collection_path not in of_part(_roots(config), part) else None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Refuse a mark that its file does not write: the phase that asks for it would not find the test.

    A file that is named is read whatever its part is, and its tests are left to the process that has that part.
    """
    part: str | None = config.option.part
    others = [item for item in items if part and item.path not in of_part(_roots(config), part)]
    if others:
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]
    missing = [
        f"{item.nodeid} is marked {name}, and its file has no mark.{name}"
        for item in items
        for name in sorted({mark.name for mark in item.iter_markers()} & {*WRITTEN} - written(item.path))
    ]
    if missing:
        raise pytest.UsageError(*missing)


def _roots(config: pytest.Config) -> tuple[Path, ...]:
    """The folders that tests are looked for in."""
    return tuple(config.rootpath / place for place in config.getini("testpaths") or ["."])


@cache
def of_part(roots: tuple[Path, ...], part: str) -> frozenset[Path]:
    """The files of tests of one part of so many: of about as many bytes as those of each other one.

    Raises:
        pytest.UsageError: it is no part, such as 3/2.
    """
    number, _, many = part.partition("/")
    if not (number.isdecimal() and many.isdecimal() and 1 <= int(number) <= int(many)):
        raise pytest.UsageError(f"--part is one of so many, such as 1/2, and not {part}")
    shares = [(0, index, list[Path]()) for index in range(int(many))]
    found = {file for root in roots for file in root.rglob("test_*.py")}
    for file in sorted(found, key=lambda file: (-file.stat().st_size, str(file))):
        size, index, files = heapq.heappop(shares)
        heapq.heappush(shares, (size + file.stat().st_size, index, [*files, file]))
    return frozenset(next(files for _, index, files in shares if index == int(number) - 1))


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
