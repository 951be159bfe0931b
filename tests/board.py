"""Variants of the picture board: its workspace with some defects fixed, or with a cheat in it."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from kikori import paths

LAB = "tune-the-board"
FOLDER = paths.ROOT / "labs" / LAB / "defects"


class Rung(NamedTuple):
    """A step of the golden ladder: what is fixed there, and all that was before it."""

    name: str
    mended: tuple[str, ...]


def defects() -> dict[str, dict[str, Any]]:
    """The catalogue, in the ladder's order."""
    found = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in FOLDER.glob("*.toml")}
    found.pop("cheats", None)
    return dict(sorted(found.items(), key=lambda item: item[1]["order"]))


def cheats() -> dict[str, dict[str, str]]:
    """Every cheating or broken variant, and the rule that must catch it."""
    return tomllib.loads((FOLDER / "cheats.toml").read_text(encoding="utf-8"))


def ladder() -> list[Rung]:
    """The untouched board, and then one rung after the other."""
    rungs, mended = [Rung("untouched", ())], []
    about = defects()
    for name in dict.fromkeys(one["rung"] for one in about.values()):
        mended += [defect for defect, one in about.items() if one["rung"] == name]
        rungs.append(Rung(name, tuple(mended)))
    return rungs


def write(to: Path, mended: str = "", cheat: str = "") -> Path:
    """Write a variant's workspace; ``mended`` is ``all`` or names with commas."""
    argv = [sys.executable, str(FOLDER / "write.py"), "--to", str(to)]
    argv += ["--mended", mended] if mended else []
    argv += ["--cheat", cheat] if cheat else []
    subprocess.run(argv, check=True)
    return to
