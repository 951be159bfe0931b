"""The machine under the labs: whether it has what they need, and setting up what it lacks.

Knows the system's own tools (apt, systemd, dockerd, mmdebstrap) and nothing about labs or learners.
"""

from __future__ import annotations

from kikori.host.base_image import ensure_base_image
from kikori.host.base_image import is_there as has_base_image
from kikori.host.engine import ensure_engine
from kikori.host.engine import is_ready as has_engine

__all__ = ["ensure_base_image", "ensure_engine", "has_engine", "ready"]


def ready() -> None:
    """Return when a Docker engine answers and has the base image, whatever it takes; under 30 ms if nothing."""
    if has_engine() and has_base_image():
        return
    from kikori.host.setup_lock import turn  # the slow road; what it imports costs more than the quick one runs

    with turn():
        ensure_engine()
        ensure_base_image()
