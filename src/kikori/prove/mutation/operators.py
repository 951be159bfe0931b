"""Mutation operators: small errors that somebody could make in a right fix, as functions of a text alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

Parses = Callable[[str], bool]
Spoiled = Iterator[tuple[str, str]]
"""A name and a line as it is after the error, for each error."""

NUMBER = re.compile(
    r"(?<![\w.$\\&])(?<!\w-)(?P<number>\d+(?:\.\d+)?)(?=(?:ms|[smhdkKMG]|[KMG]i?B?)?(?!\w|\.\d|>))", re.ASCII
)
"""A number with or without a unit: no part of a name, address, version, reference or redirection."""
MODES = re.compile(r"\b(?:chmod|install|mkdir|mode)\b")
"""The words of a line on which three octal digits are a file's mode."""
MODE = re.compile(r"(?<![\w.$/-])(?P<zero>0?)(?P<mode>[0-7]{3})(?![\w.])", re.ASCII)
PLAIN_MODES, EXECUTABLE_MODES = ("600", "640", "644", "666"), ("700", "750", "755", "777")
SYMBOLIC_MODE = re.compile(r"(?<=\s)(?P<who>[ugoa]*)(?P<sign>[+-])(?P<rights>[rwxXst]+)(?=\s)")
SIGNS = {"+": "-", "-": "+"}
TESTS = {"-gt": "-ge", "-ge": "-gt", "-lt": "-le", "-le": "-lt", "-eq": "-ne", "-ne": "-eq"}
SYMBOLS = {"<=": "<", ">=": ">", "<": "<=", ">": ">=", "==": "!=", "!=": "=="}
WORDS = {"<=": "le", ">=": "ge", "<": "lt", ">": "gt", "==": "eq", "!=": "ne"}
COMPARISON = re.compile(r"(?<=\s)(?:-gt|-ge|-lt|-le|-eq|-ne|<=|>=|==|!=|<|>)(?=\s)")
REDIRECTIONS = ("<", ">")
PATH = re.compile(r"(?<![\w.$/\\*:-])(?:/[\w.@+-]+)+/(?P<name>[\w@+-][\w.@+-]*)(?![\w/*$?\[{.])", re.ASCII)
DEVICES = ("/dev/", "/proc/", "/bin/", "/usr/bin/")
USER = re.compile(
    r"(?:\b(?:chown|chgrp)\s+(?:-\S+\s+)*|^USER\s+|\buser:\s*\"?|\binstall\b.*\s-[og]\s+|(?<=[a-z]):)"
    r"(?P<name>[a-z_][a-z0-9_-]+)(?=[\s:\"]|$)"
)
OWNED = re.compile(r"\bchown\b|^USER\b|\buser:")
"""Where a name behind a colon is a group's."""
PRINTED = re.compile(r"\bprintf '(?P<format>[^'%]*)'")
PIECE = re.compile(r"(?:[^\\]|\\[^n])*?\\n|.+$")
LISTED = re.compile(r"(?<=[\s=])(?P<list>[a-z][\w-]*(?:,[a-z][\w-]*){2,})(?=\s|$)", re.ASCII)
"""Three names or more in an argument."""
EXPRESSIONS = re.compile(r"(?:-e\s+(?:'[^']*'|\"[^\"]*\")(?:\s|\\\n)+){2,}")
EXPRESSION = re.compile(r"-e\s+(?:'[^']*'|\"[^\"]*\")(?:\s|\\\n)+")
REACH = 12
"""So many lines are left out together at most, where what is left does not parse without one of them alone."""
HEREDOC = re.compile(r"<<-?\s*(['\"]?)(?P<end>\w+)\1")


class Edit(NamedTuple):
    """One error."""

    name: str
    text: str
    """The whole text with it."""


def edits(text: str, *, in_shell: bool, parses: Parses, kept: frozenset[str] = frozenset()) -> Iterator[Edit]:
    """Spoil a text in every way that parses and differs from all before.

    ``in_shell`` says that it is a shell's script; ``kept`` are the lines that are no part of the fix.
    """
    lines = text.splitlines(keepends=True)
    heredocs = _heredocs(lines) if in_shell else {}
    seen = {text}
    for edit in chain(
        _of_lines(lines, heredocs, kept, parses, in_shell=in_shell), _expressions(text) if in_shell else ()
    ):
        if edit.text not in seen and parses(edit.text) and _is_left(edit.text):
            seen.add(edit.text)
            yield edit


def numbers(line: str) -> Spoiled:
    """Change each number to none, one more, ten times as much and a tenth."""
    for match in NUMBER.finditer(line):
        if MODES.search(line) and MODE.match(line, match.start()):
            continue
        old = match["number"]
        for new in _near(old):
            yield f"number-{old}-to-{new}", _with(line, match, "number", new)


def modes(line: str) -> Spoiled:
    """Change the mode of a file: tighter, wider, another right, or for somebody else."""
    if not MODES.search(line):
        return
    for match in MODE.finditer(line):
        old = match["mode"]
        for new in EXECUTABLE_MODES if any(int(digit) % 2 for digit in old) else PLAIN_MODES:
            if new != old:
                yield f"mode-{old}-to-{new}", _with(line, match, "mode", new)
    for match in SYMBOLIC_MODE.finditer(line):
        yield f"mode-{match[0]}-turned", _with(line, match, "sign", SIGNS[match["sign"]])
        if match["who"] not in ("", "a"):
            yield f"mode-{match[0]}-for-all", _with(line, match, "who", "a")


def comparisons(line: str, *, in_shell: bool) -> Spoiled:
    """Move each comparison by its edge; where a shell reads, < and > redirect."""
    for match in COMPARISON.finditer(line):
        old = match[0]
        if in_shell and old in REDIRECTIONS:
            continue
        new = TESTS.get(old) or SYMBOLS[old]
        name = "-to-".join(WORDS.get(one, one[1:]) for one in (old, new))
        yield name, line[: match.start()] + new + line[match.end() :]


def names(line: str) -> Spoiled:
    """Misspell the last part of each path, and each user."""
    for match in PATH.finditer(line):
        if not match[0].startswith(DEVICES):
            yield _misspelt(line, match)
    for match in USER.finditer(line):
        if not match[0].startswith(":") or OWNED.search(line):
            yield _misspelt(line, match)


def pieces(line: str) -> Spoiled:
    """Leave out one of the lines that a command prints."""
    for match in PRINTED.finditer(line):
        found = PIECE.findall(match["format"])
        for at in range(len(found) if len(found) > 1 else 0):
            kept = "".join(found[:at] + found[at + 1 :])
            yield f"piece-{at + 1}-left-out", _with(line, match, "format", kept)


def members(line: str) -> Spoiled:
    """Leave out one of the names that a command is given as a list."""
    for match in LISTED.finditer(line):
        found = match["list"].split(",")
        for at, name in enumerate(found):
            yield f"{name}-left-out", _with(line, match, "list", ",".join(found[:at] + found[at + 1 :]))


def _of_lines(
    lines: list[str], heredocs: dict[int, int], kept: frozenset[str], parses: Parses, *, in_shell: bool
) -> Iterator[Edit]:
    inside = {number for first, last in heredocs.items() for number in range(first + 1, last)}
    for at, line in enumerate(lines):
        if _is_silent(line) or line.rstrip("\n") in kept or at in heredocs.values():
            continue
        yield from _left_out(lines, at, heredocs, parses)
        reads = in_shell and at not in inside
        spoiled = chain(numbers(line), modes(line), comparisons(line, in_shell=reads), names(line), pieces(line))
        spoiled = chain(spoiled, members(line) if reads else ())
        for name, new in _counted(spoiled):
            yield Edit(f"line-{at + 1}-{name}", "".join([*lines[:at], new, *lines[at + 1 :]]))


def _left_out(lines: list[str], at: int, heredocs: dict[int, int], parses: Parses) -> Iterator[Edit]:
    """Leave out a line, with as many after it as belong to it."""
    last = at
    if not (at and lines[at - 1].endswith("\\\n")):
        while lines[last].endswith("\\\n") and last + 1 < len(lines):
            last += 1
    last = max([last, *(end for first, end in heredocs.items() if at <= first <= last)])
    for end in range(last, min(last + REACH, len(lines))):
        text = "".join(lines[:at] + lines[end + 1 :])
        if parses(text):
            yield Edit(f"line-{at + 1}-left-out" if end == at else f"lines-{at + 1}-to-{end + 1}-left-out", text)
            return


def _expressions(text: str) -> Iterator[Edit]:
    """Leave out one of the expressions that a command such as sed is given."""
    for several in EXPRESSIONS.finditer(text):
        for number, match in enumerate(EXPRESSION.finditer(text, several.start(), several.end()), 1):
            line = text.count("\n", 0, match.start()) + 1
            yield Edit(f"line-{line}-expression-{number}-left-out", text[: match.start()] + text[match.end() :])


def _heredocs(lines: list[str]) -> dict[int, int]:
    """Map the line that opens each heredoc to the one that ends it."""
    found: dict[int, int] = {}
    for at, line in enumerate(lines):
        if any(first < at <= last for first, last in found.items()):
            continue
        if match := HEREDOC.search(line):
            ends = (number for number in range(at + 1, len(lines)) if lines[number].strip() == match["end"])
            found[at] = next(ends, len(lines) - 1)
    return found


def _counted(spoiled: Spoiled) -> Spoiled:
    """Number the errors that have one name, such as of two equal numbers on a line."""
    times: dict[str, int] = {}
    for name, line in spoiled:
        times[name] = times.get(name, 0) + 1
        slug = re.sub(r"[^\w.+-]+", "-", name)
        yield (slug if times[name] == 1 else f"{slug}-at-{times[name]}"), line


def _near(number: str) -> list[str]:
    value = Decimal(number)
    tenth = value / 10 if "." in number else value // 10
    found = [f"{one:f}" for one in (Decimal(0), value + 1, value * 10, tenth) if one != value]
    return list(dict.fromkeys(found))


def _misspelt(line: str, match: re.Match[str]) -> tuple[str, str]:
    old = match["name"]
    stem, dot, rest = old.partition(".")
    new = (stem[:-1] if len(stem) > 1 else f"{stem}x") + dot + rest
    return f"name-{old}-to-{new}", _with(line, match, "name", new)


def _with(line: str, match: re.Match[str], group: str, new: str) -> str:
    return line[: match.start(group)] + new + line[match.end(group) :]


def _is_silent(line: str) -> bool:
    """Tell whether a line does nothing by itself: blank, a comment, a shell's own settings."""
    said = line.strip()
    return not said or said.startswith("#") or re.match(r"set [-+]", said) is not None


def _is_left(text: str) -> bool:
    """Tell whether anything is left: a fix that does nothing is the fault, which is proved to be seen."""
    return any(not _is_silent(line) for line in text.splitlines())
