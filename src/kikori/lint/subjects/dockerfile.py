"""A Dockerfile's instructions with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

KNOWN = {
    "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER",
    "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
}  # fmt: skip
INSTRUCTION = re.compile(r"\s*([A-Za-z]+)\s+(.*)", re.DOTALL)
MOUNT = re.compile(r"--mount=\S*?\bfrom=([^,\s]+)")
COPIED = re.compile(r"^--from=(\S+)|\s--from=(\S+)")
FROM = re.compile(r"(\S+)(?:\s+AS\s+(\S+))?", re.IGNORECASE)
SYNTAX = re.compile(r"^#\s*syntax\s*=\s*(\S+)", re.IGNORECASE)


class Instruction(NamedTuple):
    """One instruction, continued lines joined."""

    line: int
    name: str
    """In capitals, such as RUN."""
    text: str


class Dockerfile:
    """A Dockerfile, read."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.instructions = tuple(_instructions(text))
        self._syntax = SYNTAX.match(text)

    def images(self) -> Iterator[tuple[int, str]]:
        """Every image that the build takes from somewhere else, with the line that names it; stages are none."""
        if self._syntax:
            yield 1, self._syntax[1]
        stages: set[str] = set()
        for one in self.instructions:
            if one.name == "FROM" and (found := FROM.match(one.text)):
                yield from _foreign(one.line, [found[1]], stages)
                stages.add((found[2] or "").lower())
            else:
                copied = ["".join(names) for names in COPIED.findall(one.text)] if one.name == "COPY" else []
                yield from _foreign(one.line, [*copied, *MOUNT.findall(one.text)], stages)


def _foreign(line: int, names: list[str], stages: set[str]) -> Iterator[tuple[int, str]]:
    for name in names:
        if name.lower() not in stages and not name.isdigit():
            yield line, name


def _instructions(text: str) -> Iterator[Instruction]:
    """Each instruction; comment lines inside a continued one are left out, as Docker does it."""
    begun, parts = 0, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#") or not line.strip():
            continue
        begun = begun if parts else number
        parts.append(line.rstrip().removesuffix("\\"))
        if not line.rstrip().endswith("\\"):
            yield from _instruction(begun, " ".join(parts))
            parts = []
    if parts:
        yield from _instruction(begun, " ".join(parts))


def _instruction(line: int, text: str) -> Iterator[Instruction]:
    """A line that is none belongs to the text of a here-document, which RUN carries out."""
    found = INSTRUCTION.match(text)
    if found and found[1].upper() in KNOWN:
        yield Instruction(line, found[1].upper(), found[2])
    else:
        yield Instruction(line, "RUN", text.strip())
