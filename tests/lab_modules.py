"""A lab's own modules and its grader's, imported by tests and forgotten afterwards: others have such names too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from typing import Any

Import = Callable[[str], Any]
STANDS_ON = ("content", "grading", "model")
"""The packages that a grader's own modules stand on."""


@contextmanager
def modules_of(*places: Path) -> Iterator[Import]:
    """Import by name what lies in some folders, modules and packages; no bytecode and no name is left."""
    ours = {file.stem for place in places for file in place.glob("*.py")}
    ours |= {file.parent.name for place in places for file in place.glob("*/*.py")}
    before, path, writes = _taken(ours), [*sys.path], sys.dont_write_bytecode
    sys.path[:0], sys.dont_write_bytecode = map(str, places), True
    invalidate_caches()
    try:
        yield import_module
    finally:
        sys.path[:], sys.dont_write_bytecode = path, writes
        _taken(ours)
        sys.modules.update(before)


def _taken(names: set[str]) -> dict[str, Any]:
    """Take modules of these names, and what they hold, out of those that are loaded."""
    return {name: sys.modules.pop(name) for name in [*sys.modules] if name.partition(".")[0] in names}
