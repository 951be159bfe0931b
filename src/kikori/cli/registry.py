"""Every command, by who types it."""

from __future__ import annotations

from importlib import import_module

MODULES = (
    "learner",
    "incident",
    "bench",
    "premortem",
    "cohort",
    "host",
    "instructor",
    "results",
    "quiz",
    "replay_incident",
    "author",
)


def load() -> None:
    """Make all commands known to the app, in the order in which help lists them."""
    for name in MODULES:
        import_module(f"kikori.cli.{name}")
