"""A setter's fault written as an author writes one: a folder of breaks and, once it is opened, the solution."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random
from typing import Any

import tomlkit

from kikori.bilingual import LANGUAGES, sentence
from kikori.content.labs import FAULT_TOML
from kikori.engine.changes.patches import Texts, patch_between
from kikori.explanation_rules import JAPANESE
from kikori.fault_file.format import FaultFile, Script, Solution
from kikori.model import Lab
from kikori.model.lab import CAUSE
from kikori.settings import Lang
from kikori.visible_text import visible

FENCE = re.compile(r"`{3,}")
SUBJECT = "Update settings"
"""What the workspace's repository says of a setter's commit: as much as the harmless ones do."""


def write_folder(found: FaultFile, lab: Lab, folder: Path, solution: Solution | None = None) -> None:
    """Write the folder of a fault, in the place of one that is there; all of it, or nothing.

    Raises:
        OurFault: git is not here.
        OSError: it can't be written.
    """
    half = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    try:
        _write_breaks(half, found, lab)
        if solution:
            write_solution(half, found, solution)
        shutil.rmtree(folder, ignore_errors=True)
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def write_about(folder: Path, solution: Solution | None = None) -> None:
    """Write what lab.toml says of other faults; while the solution is sealed, that it is."""
    (folder / FAULT_TOML).write_text(tomlkit.dumps(about(solution)), encoding="utf-8")


def about(solution: Solution | None) -> dict[str, Any]:
    """Give the keys of [faults.ID]."""
    if solution is None:
        return {"cause": {lang: sentence("setter-keeps-the-cause", lang) for lang in LANGUAGES}}
    cause = visible(" ".join(solution.cause.split()))
    told = {"en": cause, "ja": cause} if JAPANESE.search(cause) else {"en": cause}
    diagnosis = {"diagnosis": solution.diagnosis} if solution.diagnosis else {}
    return {"component": solution.component, **diagnosis, "cause": told}


def _write_breaks(folder: Path, found: FaultFile, lab: Lab) -> None:
    for number, script in enumerate(found.scripts, 1):
        name = "break" if len(found.scripts) == 1 else f"break-{number}"
        _write_script(folder / f"{name}.sh", script)
    if patch := patch_between(_before(found, lab), found.workspace):
        (folder / "break.diff").write_bytes((_commit(found, lab) + patch).encode())


def _before(found: FaultFile, lab: Lab) -> Texts:
    """Read the lab's own files that the setter changed or removed."""
    paths = [lab.workspace / path for path in (*found.workspace, *found.manifest.gone)] if lab.workspace else []
    return {
        path.relative_to(lab.workspace or path).as_posix(): (path.read_text("utf-8"), bool(path.stat().st_mode & 0o100))
        for path in paths
        if path.is_file()
    }


def _commit(found: FaultFile, lab: Lab) -> str:
    """Say who made the change, where the workspace has a repository: one of those who make changes there."""
    if not lab.history:
        return ""
    author = Random(found.manifest.fault).choice(lab.history).author  # noqa: S311 - variety, not secrecy
    return f"# author: {author}\n# subject: {SUBJECT}\n"


def write_solution(folder: Path, found: FaultFile, solution: Solution) -> None:
    """Write the setter's fix and what they say of it; the debrief comes last, and says that all is there."""
    fixes = folder / "fixes"
    fixes.mkdir(exist_ok=True)
    if solution.fix:
        _write_script(fixes / "setters-own.sh", solution.fix)
    else:
        (fixes / "setters-own.diff").write_bytes(solution.patch.encode())
    for lang in LANGUAGES:
        name = "debrief.ja.md" if lang == "ja" else "debrief.md"
        (folder / name).write_text(page(found, solution, lang), encoding="utf-8")


def page(found: FaultFile, solution: Solution, lang: Lang) -> str:
    """Write the fault's debrief, in a form that its author makes into prose."""
    fix = visible(solution.fix.text if solution.fix else solution.patch)
    fence = "`" * (1 + max((len(run) for run in FENCE.findall(fix)), default=2))
    place = solution.fix.service if solution.fix else "workspace"
    setter, symptom = (visible(" ".join(text.split())) for text in (found.manifest.setter, found.manifest.symptom))
    told = sentence("setter-told", lang, setter=setter, symptom=symptom, component=solution.component)
    title = sentence("setters-fix", lang, place=place)
    return f"# {CAUSE}\n\n{told}\n\n## {title}\n\n{fence}text\n{fix.rstrip()}\n{fence}\n"


def _write_script(path: Path, script: Script) -> None:
    """Write a script below a head of our own, which ends before the first line that a stranger wrote."""
    shell = "bash" if script.text.split("\n", 1)[0].endswith("bash") else "sh"
    restart = "# then: restart\n" if script.restart else ""
    text = f"#!/bin/{shell}\n# service: {script.service}\n{restart}\n{script.text.rstrip()}\n"
    path.write_bytes(text.encode())
    path.chmod(0o755)
