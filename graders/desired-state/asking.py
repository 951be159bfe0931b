"""The healthcheck that the swarm asks, asked in a container of ours while the program runs there, and after its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pod_trial import ENGINE, IMAGE, PATIENCE, WALLS

from kikori.grading import Scene, eventually

USUAL = 30e9
"""Nanoseconds that the engine takes where a healthcheck does not say how often it asks and how long it waits."""
BEGIN = 15
"""Seconds in which the program starts on a busy computer."""
SEEN = 6
"""Seconds in which its end has to be seen; a healthcheck may ask twice before it says so."""


class Trial:
    """A container in which the program runs, and can end without the container."""

    def __init__(self, scene: Scene, asked: dict[str, Any], name: str) -> None:
        self.scene, self.name = scene, name
        test = (asked.get("Healthcheck") or {}).get("Test") or ["NONE"]
        bound = (asked.get("Healthcheck") or {}).get("Timeout") or USUAL
        self.patience = min(bound / 1e9, PATIENCE)
        self.question = {"CMD": test[1:], "CMD-SHELL": ["sh", "-c", *test[1:2]]}.get(test[0], [])
        image = scene.engine.images.get(IMAGE).attrs["Config"]
        arguments = asked.get("Args") or ([] if asked.get("Command") else image.get("Cmd") or [])
        self.program = [*(asked.get("Command") or image.get("Entrypoint") or []), *arguments]

    def does(self, *command: str, options: tuple[str, ...] = ()) -> bool:
        """Whether a command in it ends well."""
        # runs: it is a container of ours, and the command is what is judged
        return self.scene.docker("exec", *options, self.name, *command, within=ENGINE).returncode == 0

    def is_well(self, patience: float = PATIENCE) -> bool:
        """Whether the healthcheck says yes within some seconds."""
        return self.does("timeout", str(patience), *self.question)

    def has_begun(self) -> bool:
        """Start the program; gives whether the healthcheck then says yes."""
        self.does(*self.program, options=("--detach",))
        return bool(self.question and eventually(self.is_well, bool, BEGIN, 0.3))

    def misses_an_end(self) -> bool:
        """Whether the healthcheck said yes while the program ran, and says so after it ended.

        One that never says yes here may need what is not here: of that nothing is said.
        """
        if not self.has_begun():
            return False
        self.does("sh", "-c", "kill -s KILL -- -1")  # all but the container's first process, which sleeps
        return bool(eventually(self.is_well, lambda well: not well, SEEN, 0.5))

    def misses_a_hang(self) -> bool:
        """Whether it said yes while the program ran, and says so of one that is held still.

        The swarm ends a healthcheck that takes longer than it may, and takes that for a no.
        """
        if not self.has_begun():
            return False
        self.does("sh", "-c", "kill -s STOP -- -1")
        return bool(eventually(lambda: self.is_well(self.patience), lambda well: not well, SEEN, 0.5))


@contextmanager
def trial(scene: Scene, asked: dict[str, Any]) -> Iterator[Trial]:
    """A container of ours as the swarm would start one, but for its network."""
    container = scene.engine.containers.create(
        IMAGE,
        entrypoint=["sleep"],
        command=["300"],
        environment=asked.get("Env") or [],
        labels=scene.labels,
        **dict[str, Any](WALLS),
    )
    try:
        container.start()
        yield Trial(scene, asked, str(container.id))
    finally:
        container.remove(force=True, v=True)
