"""A patch made of files as they were and as they are."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from kikori.engine.changes.workspace_history import OWN
from kikori.errors import OurFault

PATIENCE = 30
DIFFER = 1
"""What ``git diff --no-index`` ends with where there is something to say."""
Texts = Mapping[str, tuple[str, bool]]
"""Files by their path: their text, and whether they are programs."""


def patch_between(before: Texts, after: Texts) -> str:
    """Write the unified diff that makes some files into others, as git writes it; names are as they are.

    Raises:
        OurFault: git is not here, or refuses.
    """
    with tempfile.TemporaryDirectory(prefix="kikori-patch-") as name:
        folder = Path(name)
        _lay_out(folder / "a", before)
        _lay_out(folder / "b", after)
        argv = ["git", "-c", "core.quotePath=false", "-c", "core.autocrlf=false", "diff", "--no-index", "--no-prefix"]
        argv += ["--no-renames", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "a", "b"]
        try:
            done = subprocess.run(
                argv, cwd=folder, env=os.environ | OWN, capture_output=True, timeout=PATIENCE, check=False
            )
        except FileNotFoundError:
            raise OurFault("patches are made by git, which is not here", "apt-get install git") from None
        if done.returncode not in (0, DIFFER):
            raise OurFault(f"git diff ended with {done.returncode}: {done.stderr.decode('utf-8', 'replace')[-300:]}")
        return done.stdout.decode("utf-8")


def _lay_out(folder: Path, files: Texts) -> None:
    folder.mkdir()
    for path, (text, program) in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        file.chmod(0o755 if program else 0o644)
