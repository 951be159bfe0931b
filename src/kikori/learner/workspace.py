"""The learner's folder of an attempt: made from the lab's template, never written over."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from kikori import paths
from kikori.errors import EnvironmentProblem
from kikori.model import Attempt, Lab


def prepare(lab: Lab, attempt: Attempt) -> str:
    """Make the attempt's workspace unless it is there; gives its path, empty where the lab has none.

    Raises:
        EnvironmentProblem: the folder can't be written.
    """
    if lab.workspace is None:
        return ""
    if attempt.workspace and Path(attempt.workspace).is_dir():
        return attempt.workspace
    return renew(lab)


def renew(lab: Lab) -> str:
    """Make a fresh workspace; one that is there is moved aside, since it is the learner's work.

    Raises:
        EnvironmentProblem: the folder can't be written.
    """
    if lab.workspace is None:
        return ""
    target = paths.workspaces() / lab.id
    fresh = target.with_name(f".{lab.id}.new")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(lab.workspace, fresh)
        if target.exists():
            target.rename(_aside(target))
        fresh.rename(target)
    except OSError as problem:
        raise EnvironmentProblem(f"{target}: can't be written: {problem.strerror}", "df -h ~") from None
    return str(target)


def _aside(target: Path) -> Path:
    stem = f"{target.name}.{time.strftime('%Y%m%d-%H%M%S')}"
    names = [stem, *(f"{stem}.{number}" for number in range(1, 100))]
    return next(path for path in map(target.with_name, names) if not path.exists())
