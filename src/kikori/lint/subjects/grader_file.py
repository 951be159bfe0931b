"""A grader's file as Python's own parser sees it; it is not run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kikori.errors import OurFault

REASON = "reason"
"""What a grader calls the function that `reasons(__file__)` gives it."""
RUNS = re.compile(r"# runs: (.*)")
"""How a grader says why it runs a program in a service that is not the lab's own."""
ENGINE_RESTART = re.compile(r"\bdocker (compose (\S+ )*)?restart\b")


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
        self._lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
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
    def imports(self) -> Iterator[tuple[int, str]]:
        """The modules that it imports, each with the line."""
        for node in self._nodes:
            if isinstance(node, ast.Import):
                yield from ((node.lineno, one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.lineno, node.module

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
        yield from (call.lineno for call in self.calls_of(*names))

    def calls_of(self, *names: str) -> Iterator[ast.Call]:
        """The calls of one of these functions, under the name that the file gives it."""
        for node in self._nodes:
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield node

    @property
    def named_reasons(self) -> Iterator[ast.Call]:
        """The calls of what ``reasons(__file__)`` gives, which every grader calls ``reason``."""
        if REASON not in self._functions:
            yield from self.calls_of(REASON)

    @property
    def reprs(self) -> Iterator[int]:
        """The lines of sentences for a learner, in whatever is given to ``say``, that hold a ``!r`` or a list."""
        for node in self._nodes:
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("say", REASON):
                for part in ast.walk(node):
                    if isinstance(part, ast.FormattedValue) and (part.conversion == ord("r") or _is_many(part.value)):
                        yield part.lineno

    @property
    def unbounded_archives(self) -> Iterator[int]:
        """The lines that ask the engine for all that is at a path, however much that is."""
        for node in self._nodes:
            if isinstance(node, ast.Attribute) and node.attr == "get_archive":
                yield node.lineno

    @property
    def engine_restarts(self) -> Iterator[int]:
        """The lines that ask the engine, or compose, to restart a container."""
        for node in self._nodes:
            words: list[ast.expr] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("docker"):
                words = [ast.Constant("docker"), *node.args]
            elif isinstance(node, (ast.List, ast.Tuple)):
                words = node.elts
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value:
                words = [node]
            text = " ".join(str(word.value) for word in words if isinstance(word, ast.Constant))
            if isinstance(node, ast.expr) and ENGINE_RESTART.search(text):
                yield node.lineno

    @property
    def programs(self) -> Iterator[tuple[int, str]]:
        """The lines that run a program in a service, and which one; empty where only running shows it."""
        for node in self._nodes:
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            given = [one.value if isinstance(one, ast.Constant) else "" for one in node.args]
            if (node.func.attr == "host" and given) or (node.func.attr == "docker" and given[:1] == ["exec"]):
                yield node.lineno, str(given[0]) if node.func.attr == "host" else ""

    def reason_of(self, line: int) -> str:
        """Why a line runs a program in a service, by a comment on it or above it; empty where none says so."""
        for number in (line, line - 1):
            if found := RUNS.search(self._lines[number - 1] if 0 < number <= len(self._lines) else ""):
                return found[1].strip()
        return ""

    def sentences(self, node: ast.expr, depth: int = 3) -> Iterator[ast.Call]:
        """The calls of ``say`` and ``reason`` that a message is made from, also in functions of this file."""
        for part in ast.walk(node):
            if not isinstance(part, ast.Call) or not isinstance(part.func, ast.Name):
                continue
            function = self._functions.get(part.func.id)
            if part.func.id == "say" or (part.func.id == REASON and not function):
                yield part
            elif depth and function:
                for returned in ast.walk(function):
                    if isinstance(returned, ast.Return) and returned.value:
                        yield from self.sentences(returned.value, depth - 1)

    @cached_property
    def _functions(self) -> dict[str, ast.FunctionDef]:
        return {node.name: node for node in self._nodes if isinstance(node, ast.FunctionDef)}


def _is_many(value: ast.expr) -> bool:
    """Whether a value is a list or the like, which Python writes with brackets."""
    made = isinstance(value, ast.Call) and ast.unparse(value.func) in {"dict", "list", "set", "sorted", "tuple"}
    return made or isinstance(value, ast.Dict | ast.List | ast.ListComp | ast.Set | ast.SetComp | ast.Tuple)


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
