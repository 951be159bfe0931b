"""Progress bars for the steps of the layers below."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager


class Shown:
    """Shows each step on the standard error, while it runs and when it is done."""

    def step(self, title: str) -> AbstractContextManager[Callable[[str], None]]:
        """Enter a step with a progress bar of its own."""
        from kikori.machine.steps import step

        return step(title)
