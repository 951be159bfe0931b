"""How a terminal shows how far a replay came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kikori.cli import text

if TYPE_CHECKING:
    from kikori.replay_incident.play import Replayed


def show_replayed(value: Replayed) -> None:
    """Say where the decisions are, and how to go on."""
    text.line()
    if value.is_whole:
        text.line("That was the night. Now write its post-mortem.", bold=True)
    else:
        text.line(f"Stopped at step {value.decided + 1} of {value.of}; what was decided before is kept.", bold=True)
    text.line(f"The group's decisions: {text.harmless(value.file)}")
    text.next_step(value.next)
