"""A key of the code that executes and grades, and of what it stands on."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import grimp

SRC = Path(__file__).resolve().parents[2]
ROOTS = ("kikori.prove.demands", "kikori.prove.plan", "kikori.grading.plugin", "kikori.content.labs")
"""What a demand begins with: its work, how a lab is read into demands, and what runs in the grader's process."""
PACKAGES = ("docker", "pytest", "pytest-testinfra", "requests")
"""What graders and the engine are driven with; the versions that are installed count."""


def engine_key(graders: Path | None = None, *more: str) -> str:
    """Hash the code that executes and grades demands.

    That is its import closure, and the versions of what it is driven with.

    ``graders`` adds the modules that a lab's own graders import, ``more`` the names of further ones.
    """
    return _hash_of(frozenset(_closure((*ROOTS, *more, *_imported_by(graders)))))


def modules(*more: str) -> set[str]:
    """Name the modules that the key stands for."""
    return _closure((*ROOTS, *more))


@cache
def _hash_of(names: frozenset[str]) -> str:
    """Hash modules as they are when this process first asks: as they are loaded."""
    digest = hashlib.sha256(_versions().encode())
    for file in _files_of(names):
        digest.update(f"{file.relative_to(SRC)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _versions() -> str:
    return " ".join(f"{name}=={version(name)}" for name in PACKAGES)


def _closure(roots: Iterable[str]) -> set[str]:
    """Add all that the roots import, however late, but for the type checker alone."""
    graph = _graph()
    known = {root for root in roots if root in graph.modules}
    return known.union(*(graph.find_upstream_modules(root) for root in known))


@cache
def _graph() -> grimp.ImportGraph:
    import grimp  # 0.05 s, and as much for the graph; most commands need neither

    return grimp.build_graph("kikori", exclude_type_checking_imports=True, cache_dir=None)


def _files_of(names: Iterable[str]) -> list[Path]:
    """List the modules' files, and the scripts and tables beside them."""
    sources = [_source(name) for name in names]
    beside = {path for source in sources for path in source.parent.iterdir() if _is_data(path)}
    return sorted({*sources, *beside})


def _is_data(path: Path) -> bool:
    return path.is_file() and path.suffix not in (".py", ".pyc", ".md")


def _source(name: str) -> Path:
    place = SRC.joinpath(*name.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _imported_by(graders: Path | None) -> set[str]:
    """Name what a lab's graders import, each name taken for a module too."""
    found: set[str] = set()
    for file in sorted(graders.rglob("*.py")) if graders else ():
        for node in _nodes(file):
            if isinstance(node, ast.Import):
                found |= {name.name for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found |= {node.module, *(f"{node.module}.{name.name}" for name in node.names)}
    return found


def _nodes(file: Path) -> list[ast.AST]:
    """Parse a grader's file; one that is no Python imports nothing, and grading says so in words."""
    try:
        return [*ast.walk(ast.parse(file.read_bytes()))]
    except (SyntaxError, ValueError):
        return []
