"""A compose file with the line of each of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from kikori.errors import OurFault

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C is ten times as fast
Key = str | int


class ComposeFile:
    """A compose file and its services."""

    def __init__(self, path: Path) -> None:
        """Read the file.

        Raises:
            OurFault: it is no compose file.
        """
        self.path = path
        try:
            self.text = path.read_text(encoding="utf-8")
            self.document, self._lines = _read(self.text)
        except (OSError, yaml.YAMLError, ValueError) as problem:
            said = " ".join(str(problem).split())
            raise OurFault(f"{path}: not a compose file: {said}") from None
        self.services: dict[str, dict[str, Any]] = self.part("services")

    def part(self, name: str) -> dict[str, dict[str, Any]]:
        """The entries of ``services``, ``networks`` or ``volumes``."""
        part = self.document.get(name) or {}
        if not isinstance(part, dict) or not all(isinstance(one, dict | None) for one in part.values()):
            raise OurFault(f"{self.path}:{self.line(name)}: '{name}' must hold names with keys below them")
        return {str(key): value or {} for key, value in part.items()}

    def line(self, *keys: Key) -> int | None:
        """The line of a key, or of the nearest one above it that the file has."""
        for length in range(len(keys), 0, -1):
            if found := self._lines.get(keys[:length]):
                return found
        return None


def _read(text: str) -> tuple[dict[str, Any], dict[tuple[Key, ...], int]]:
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        document = loader.construct_document(node) if node else {}
    finally:
        loader.dispose()
    if not isinstance(document, dict):
        raise ValueError("it is no mapping")
    return document, dict(_lines_of(node, ()))


def _lines_of(node: Any, path: tuple[Key, ...]) -> Iterator[tuple[tuple[Key, ...], int]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*path, str(key.value)), key.start_mark.line + 1
            yield from _lines_of(value, (*path, str(key.value)))
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield (*path, number), value.start_mark.line + 1
            yield from _lines_of(value, (*path, number))


def listed(value: object) -> list[Any]:
    """What a key holds, as a list: compose takes single values, lists and mappings for many of them."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [f"{name}={what}" for name, what in value.items()]
    return value if isinstance(value, list) else [value]
