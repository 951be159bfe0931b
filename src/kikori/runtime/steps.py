"""How long work says where it is; the CLI shows it as progress bars, tests as nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Tell = Callable[[str], None]


class Steps(Protocol):
    """Somebody who is told of each step and of what happens in it."""

    def step(self, title: str) -> AbstractContextManager[Tell]:
        """Enter a step; call what it gives with a line of detail, as often as there is one."""


class Silent:
    """Tells nobody."""

    @contextmanager
    def step(self, title: str) -> Iterator[Tell]:
        """Enter a step that nobody hears of."""
        yield lambda line: None
