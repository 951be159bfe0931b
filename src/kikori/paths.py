"""Where things live: content in the repository, attempts in the state folder, workspaces in the home."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ROOT = Path(__file__).resolve().parents[2]


def state() -> Path:
    """The folder of all attempts: XDG_STATE_HOME/kikori (XDG Base Directory Specification)."""
    if home := os.environ.get("XDG_STATE_HOME"):
        return Path(home) / "kikori"
    return platformdirs.user_state_path("kikori")


def workspaces() -> Path:
    """Where learners edit files: KIKORI_WORKSPACES, else ~/kikori."""
    return Path(os.environ.get("KIKORI_WORKSPACES") or Path.home() / "kikori")
