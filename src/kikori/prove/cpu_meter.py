"""What demands cost: the seconds of their containers, and their part of what serves them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from kikori.engine.inspection.cgroups import built, used
from kikori.engine.inspection.processes import Served
from kikori.engine.project import scenes
from kikori.engine.services import containers_of_projects, watched
from kikori.errors import KikoriError

EVERY = 0.5
"""Seconds between two looks; what a container used after the last one is counted with what all share."""


class Account:
    """The seconds of one demand, and the scenes that it made."""

    def __init__(self) -> None:
        self.scenes: set[str] = set()
        self.seconds = 0.0


class Meter:
    """Measures what demands cost while they run."""

    def __init__(self) -> None:
        self._open: list[Account] = []
        self._lock = threading.Lock()
        self._owners: dict[str, str] = {}
        self._used = used()
        self._served = Served()
        self._shared, self._engine = self._of_all()

    @contextmanager
    def running(self) -> Iterator[Meter]:
        """Look every half second until all is over."""
        with watched(self.look, EVERY):
            yield self

    @contextmanager
    def account(self) -> Iterator[Account]:
        """Open the account of this thread's demand; it is whole at the end."""
        account = Account()
        token = scenes.set(account.scenes)
        self.look()  # what was used before is not its own
        with self._lock:
            self._open.append(account)
        try:
            yield account
        finally:
            self.look()
            with self._lock:
                self._open.remove(account)
            scenes.reset(token)

    def look(self) -> None:
        """Share out what was used since the last look.

        What other programs of the machine used, and the containers of others, is nobody's here. The engine's work goes
        by containers, those of others too, and each demand counts as one more: it may just begin.
        """
        with self._lock:
            (shared, engine), by_scene = self._of_all(), self._used_by_scene()
            rest, served = max(0.0, shared - self._shared), max(0.0, engine - self._engine)
            self._shared, self._engine = shared, engine
            running = [self._owners.get(name, "") for name in self._used]
            for account in self._open:
                part = (1 + sum(scene in account.scenes for scene in running)) / (len(self._open) + len(running))
                account.seconds += rest / len(self._open) + served * part
                account.seconds += sum(by_scene.get(scene, 0.0) for scene in account.scenes)

    def _of_all(self) -> tuple[float, float]:
        """Sum up what was used for all demands: by Kikori and the engine's builds, and by the engine itself."""
        work = self._served.seconds()
        return work.own + built(), work.engine

    def _used_by_scene(self) -> dict[str, float]:
        """Sum up what each scene's containers used; those of no scene are one."""
        now = used()
        if now.keys() - self._owners.keys():
            with suppress(KikoriError):  # the demand itself says that the engine is away
                self._owners |= containers_of_projects()
        found: dict[str, float] = {}
        for name, seconds in now.items():
            scene = self._owners.get(name, "")
            before = self._used.get(name, 0.0)
            found[scene] = found.get(scene, 0.0) + seconds - (before if before <= seconds else 0.0)  # it began anew
        self._used = now
        return found
