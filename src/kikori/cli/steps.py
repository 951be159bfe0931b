"""The session that commands work in, with progress bars for the steps of the layers below."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kikori.learner.session import Session


class Shown:
    """Shows each step on the standard error, while it runs and when it is done."""

    def step(self, title: str) -> AbstractContextManager[Callable[[str], None]]:
        """Enter a step with a progress bar of its own."""
        from kikori.host.steps import step

        return step(title)


def session(lab: str | None = None) -> Session:
    """The learner's content and attempts; ``lab`` says which is meant where several are running."""
    from kikori.learner.session import Session

    return Session(lab, Shown())
