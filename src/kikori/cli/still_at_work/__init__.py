"""A word to whoever waits: a command that has shown nothing for some seconds says that it goes on."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kikori.bilingual import texts
from kikori.settings import language

if TYPE_CHECKING:
    from kikori.engine import Steps
    from kikori.engine.client import Tell

PATIENCE = 3.0
"""Seconds of silence until the first word."""
AGAIN = 1.0
"""Seconds until that word is written anew at a terminal; in a file each further one comes after twice as long."""
CLEAR = "\r\x1b[K"
WORDS = Path(__file__).with_name("words.toml")
T = TypeVar("T")


class Silence:
    """How long nothing was shown, and whether something else shows that the command goes on."""

    def __init__(self, what: str, patience: float = PATIENCE) -> None:
        """``what`` names the word of words.toml."""
        self._what, self._patience = what, patience
        self._steps_under_way = 0
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._stands = False
        self.broken()

    def broken(self) -> None:
        """Count anew, and clear the terminal's line: something is shown."""
        with self._lock:
            self._since, self._next = time.monotonic(), self._patience
            if self._stands:
                print(CLEAR, end="", file=sys.stderr, flush=True)
            self._stands = False

    def after(self, show: Callable[[T], None]) -> Callable[[T], None]:
        """Make of what shows something one that breaks the silence, too."""

        def shown(value: T) -> None:
            self.broken()
            show(value)
            self.broken()

        return shown

    def steps(self, steps: Steps) -> Steps:
        """Make of steps, which have a bar or a line each, such that nothing is said beside them."""
        return _Heard(self, steps)

    @contextmanager
    def step(self) -> Iterator[None]:
        """Keep quiet while a step shows what is going on."""
        self._steps_under_way += 1
        self.broken()
        try:
            yield
        finally:
            self._steps_under_way -= 1
            self.broken()

    @contextmanager
    def watched(self) -> Iterator[Silence]:
        """Say a word whenever it has lasted long enough, until all is over."""
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            thread.join()
            self.broken()

    def _watch(self) -> None:
        while not self._ended.wait(self._patience / 10):
            with self._lock:
                lasted = time.monotonic() - self._since
                if lasted >= self._next and not self._steps_under_way:
                    self._say(lasted)

    def _say(self, lasted: float) -> None:
        said = f"kikori: {texts(WORDS, language())[self._what].format(seconds=round(lasted))}"
        self._stands = sys.stderr.isatty()
        self._next = lasted + AGAIN if self._stands else 2 * lasted
        print(f"{CLEAR}{said}" if self._stands else said, end="" if self._stands else "\n", file=sys.stderr, flush=True)


class _Heard:
    """Steps that break a silence."""

    def __init__(self, silence: Silence, steps: Steps) -> None:
        self._silence, self._steps = silence, steps

    @contextmanager
    def step(self, title: str) -> Iterator[Tell]:
        with self._silence.step(), self._steps.step(title) as tell:
            yield tell
