"""Findings of lint as an author reads them."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.lint import Finding, Findings


def findings(value: Findings) -> None:
    """Every finding and warning with its place and mend, lab by lab."""
    told = [*((one, "") for one in value.findings), *((one, "  warning") for one in value.warnings)]
    for lab, group in groupby(sorted(told, key=_lab), _lab):
        text.line(lab or "what labs share", bold=True)
        for one, mark in group:
            _finding(one, mark)
        text.line()
    for note in value.notes:
        text.line(f"Note: {note}")
    labs = f"{len(value.labs)} labs" if len(value.labs) != 1 else value.labs[0]
    text.line(f"{labs}, {value.rules} rules: {_counted(value)}", fg="red" if value.findings else "green", bold=True)
    text.next_step(_next(value))


def _lab(told: tuple[Finding, str]) -> str:
    return told[0].lab


def _counted(value: Findings) -> str:
    found = f"{len(value.findings)} findings" if value.findings else "no finding"
    warnings = len(value.warnings)
    return found + (f", {warnings} warning{'s' * (warnings > 1)}" if warnings else "")


def _finding(one: Finding, mark: str) -> None:
    place = f"{_nearer(one.file)}:{one.line}" if one.line else _nearer(one.file)
    text.line(f"  {text.harmless(place)}  [{one.rule}]{mark}")
    text.line(f"    {text.harmless(one.message)}")
    text.line(f"    → {text.harmless(one.mend.replace(one.file, _nearer(one.file)))}")


def _nearer(file: str) -> str:
    """A path as one would type it here."""
    return os.path.relpath(file) if Path(file).is_relative_to(Path.cwd()) else file


def _next(value: Findings) -> str:
    labs = list(dict.fromkeys(one.lab for one in value.findings if one.lab))
    if value.findings:
        return f"kikori lab lint {' '.join(labs)}".strip()
    return f"kikori lab prove {value.labs[0]}" if len(value.labs) == 1 else "kikori lab prove"
