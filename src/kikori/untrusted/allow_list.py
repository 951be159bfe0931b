"""A YAML file that a learner wrote, read as a stranger's: small, plain, and of mappings alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from kikori.errors import KikoriError, WorkspaceProblem

SIZE = re.compile(r"^(\d{1,12}(?:\.\d{1,3})?)([kmg]?)b?$", re.IGNORECASE)
DURATION = re.compile(r"^(?:(\d{1,5})h)?(?:(\d{1,7})m)?(?:(\d{1,9}(?:\.\d{1,9})?)s)?(?:(\d{1,12})ms)?$", re.ASCII)
LONGEST_STOP = 120
"""Seconds that a service may be given to end: whoever replays it waits as long for each restart."""
LARGEST = 64 * 1024
DEEPEST = 16
SHORTHAND = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)
BEGIN = (
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
)
END = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken, yaml.BlockEndToken)


def read(path: Path) -> dict[str, Any]:
    """What the file says.

    Raises:
        WorkspaceProblem: it is a link, too large, no YAML, no mapping, or uses YAML's shorthands or variables.
    """
    if path.is_symlink() or path.stat().st_size > LARGEST:
        raise refusal(path, "a link or a file over 64 KiB", "write a small plain file")
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_shorthand(path, text)
        if "$" in text.replace("$$", ""):
            raise refusal(path, "a variable", "write $$ for a dollar sign, and values as they are")
        document = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError) as problem:  # ValueError: no UTF-8, or the 32nd of a month
        raise WorkspaceProblem(f"{path}: not valid YAML: {problem}") from None
    if not isinstance(document, dict):
        raise WorkspaceProblem(f"{path}: not a compose file: it has no 'services'.")
    return document


def _refuse_shorthand(path: Path, text: str) -> None:
    """Refuse what lets a small file become a large one, or take minutes to read."""
    depth = 0
    for token in yaml.scan(text):
        depth += isinstance(token, BEGIN) - isinstance(token, END)
        if depth > DEEPEST:
            raise refusal(path, f"a value nested deeper than {DEEPEST}", "write it flat")
        if isinstance(token, SHORTHAND):
            raise refusal(path, "an anchor, alias or tag", "write the values out")


def mapping(path: Path, where: str, value: object) -> dict[str, Any]:
    """A part of the file that holds names with values; nothing counts as an empty one.

    Raises:
        WorkspaceProblem: it is something else.
    """
    if value is not None and not isinstance(value, dict):
        raise WorkspaceProblem(f"{path}: not a compose file: '{where}' must hold names with values.")
    return value or {}


def listed(value: object) -> list[object]:
    """A list; a single value counts as a list of one."""
    return value if isinstance(value, list) else [value]


def check_size(path: Path, where: str, value: object, most: float, *, memory: bool) -> None:
    """Refuse more than ``most``, in MiB where it is memory and by number elsewhere.

    Raises:
        WorkspaceProblem: it is more, nothing, or no size.
    """
    match = SIZE.match(str(value))
    if not match:
        raise refusal(path, f"{where} {value}", "write a number such as 256m" if memory else "write a number")
    scale = {"": 1 / 2**20 if memory else 1, "k": 1 / 1024, "m": 1, "g": 1024}[match[2].lower()]
    if not 0 < float(match[1]) * scale <= most:
        raise refusal(path, f"{where} {value}", f"at most {most}{'m' if memory else ''}")


def check_patience(path: Path, where: str, value: object) -> None:
    """Refuse a ``stop_grace_period`` that nobody would wait for.

    Raises:
        WorkspaceProblem: it is no duration, or longer than two minutes.
    """
    match = DURATION.match(str(value))
    if not match or not any(match.groups()):
        raise refusal(path, f"{where} {value}", "write a duration such as 10s or 1m30s")
    hours, minutes, seconds, thousandths = (float(part or 0) for part in match.groups())
    if 3600 * hours + 60 * minutes + seconds + thousandths / 1000 > LONGEST_STOP:
        raise refusal(path, f"{where} {value}", f"at most {LONGEST_STOP}s")


def check_environment(path: Path, where: str, value: object) -> None:
    """Refuse a variable without a value: compose would take it from whoever runs it.

    Raises:
        WorkspaceProblem: one has none, or a value is no text and no number.
    """
    if value is None:
        return
    lines = (str(line).partition("=") for line in listed(value))
    pairs = value if isinstance(value, dict) else {name: text if given else None for name, given, text in lines}
    for name, said in pairs.items():
        if not isinstance(said, str | int | float):
            raise refusal(path, f"{where}.{name}", 'write a value, an empty one as ""')


def refusal(path: Path, what: str, instead: str) -> KikoriError:
    """The error for what a learner's file may not ask for."""
    return WorkspaceProblem(f"{path}: {what} is not allowed in a workspace's compose file: {instead}.")
