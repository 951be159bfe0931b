"""Whether a computer is too busy with other things to judge a lab that runs on it.

A service that answers late because of what else runs is no wrong fix. So where a check fails while programs wait in
line for the processors, and not because of the lab itself, nothing is decided.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from kikori import settings
from kikori.bilingual import sentence
from kikori.engine.inspection.cgroups import running
from kikori.engine.services import watched
from kikori.settings import Lang

LOADAVG = Path("/proc/loadavg")
"""Its fourth word says how many programs run or wait for a processor at this moment (proc_loadavg(5))."""
EVERY = 0.25
"""Seconds between two looks."""


class Load:
    """What else a computer does while a lab's containers are graded."""

    def __init__(self, containers: Collection[str]) -> None:
        """What these containers do, by their ids, is the lab's own, and judged whatever it keeps busy."""
        self._own = set(containers)
        self._seen: list[int] = []

    @contextmanager
    def watched(self) -> Iterator[Load]:
        """Look again and again until all is over."""
        with watched(self._look, EVERY):
            yield self

    def too_much(self, lang: Lang) -> str:
        """Say that this computer is too busy; nothing where it is not."""
        processors, most = os.cpu_count() or 1, settings.crowd()
        if not most or self.waiting < most * processors:
            return ""
        return sentence("too-busy", lang, waiting=self.waiting, processors=processors)

    @property
    def waiting(self) -> float:
        """How many programs ran or waited for a processor, but for the lab's own: half of the time so many, or more."""
        self._look()
        return median(self._seen) if self._seen else 0.0

    def _look(self) -> None:
        try:
            all_ = int(LOADAVG.read_text().split()[3].partition("/")[0])
            self._seen.append(max(0, all_ - running(self._own)))
        except (OSError, ValueError, IndexError):
            return  # no such kernel: then it is never too busy
