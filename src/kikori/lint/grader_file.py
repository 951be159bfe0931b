"""A grader's file as Python's own parser sees it; it is not run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kikori.errors import OurFault


class Check(NamedTuple):
    """A test function of a grader."""

    name: str
    file: Path
    line: int
    doc: tuple[str, ...]
    """The lines of its docstring."""
    guard: bool
    needs: tuple[tuple[str, int], ...]
    """The checks that it names as needed, each with the line."""


class Reason(NamedTuple):
    """An assertion, or a call of pytest.fail, and its message."""

    line: int
    message: ast.expr | None


class GraderFile:
    """One Python file of a grader."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            OurFault: it is not Python.
        """
        self.path = path
        try:
            self.tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError) as problem:
            line = getattr(problem, "lineno", None) or 1
            raise OurFault(f"{path}:{line}: not Python: {problem}", f"pytest --collect-only {path}") from None
        self._nodes = list(ast.walk(self.tree))

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The checks in the order in which pytest runs them; a test's file has a name of its own form."""
        if not self.path.name.startswith("test_"):
            return ()
        return tuple(self._check(node) for node in _test_functions(self.tree))

    def _check(self, node: ast.FunctionDef) -> Check:
        marks = [(name, call) for name, call in map(_mark, node.decorator_list) if name]
        doc = ast.get_docstring(node) or ""
        return Check(
            name=node.name,
            file=self.path,
            line=node.lineno,
            doc=tuple(line.strip() for line in doc.splitlines()),
            guard=any(name == "guard" for name, _ in marks),
            needs=tuple(
                (argument.value, argument.lineno)
                for name, call in marks
                if name == "needs" and call
                for argument in call.args
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ),
        )

    @property
    def reasons(self) -> Iterator[Reason]:
        """Every assertion and call of pytest.fail."""
        for node in self._nodes:
            if isinstance(node, ast.Assert):
                yield Reason(node.lineno, node.msg)
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.fail":
                given = [*node.args, *(word.value for word in node.keywords if word.arg in ("reason", "msg"))]
                yield Reason(node.lineno, given[0] if given else None)

    def calls(self, *names: str) -> Iterator[int]:
        """The lines that call one of these functions, under the name that the file gives it."""
        for node in self._nodes:
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield node.lineno

    def says(self, node: ast.expr, depth: int = 3) -> Iterator[ast.Call]:
        """The calls of ``say`` that a message is made from, also in functions of this file."""
        for part in ast.walk(node):
            if not isinstance(part, ast.Call) or not isinstance(part.func, ast.Name):
                continue
            if part.func.id == "say":
                yield part
            elif depth and (function := self._functions.get(part.func.id)):
                for returned in ast.walk(function):
                    if isinstance(returned, ast.Return) and returned.value:
                        yield from self.says(returned.value, depth - 1)

    @cached_property
    def _functions(self) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in self._nodes if isinstance(node, ast.FunctionDef)}


def _test_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        inside = node.body if isinstance(node, ast.ClassDef) and node.name.startswith("Test") else [node]
        yield from (one for one in inside if isinstance(one, ast.FunctionDef) and one.name.startswith("test"))


def _mark(decorator: ast.expr) -> tuple[str, ast.Call | None]:
    """The name of a pytest mark; empty for other decorators."""
    call = decorator if isinstance(decorator, ast.Call) else None
    before, _, name = ast.unparse(call.func if call else decorator).rpartition(".")
    return (name if before == "pytest.mark" else ""), call


def constant_text(node: ast.expr) -> str:
    """What stands in the quotes of an expression, all of it."""
    parts = (part.value for part in ast.walk(node) if isinstance(part, ast.Constant))
    return " ".join(part for part in parts if isinstance(part, str))
