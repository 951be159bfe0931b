"""What orders leave behind in the service, its threads among it."""

from typing import Any

import msgspec

from kikori.grading import Amount, Scene, amount, in_words, reasons, say

reason = reasons(__file__)


class Left(Amount):
    """What a service has at one moment, its threads among it."""

    tasks: int
    """Processes and threads, as the engine counts them against the limit."""


def leftovers(scene: Scene) -> Left:
    """Count what the service has now.

    Raises:
        OurFault: its container does not run.
    """
    seen: Any = scene.container("kitchen").stats(stream=False, one_shot=True)
    tasks = int((seen.get("pids_stats") or {}).get("current", 0))
    return Left(**msgspec.structs.asdict(amount(scene, "kitchen")), tasks=tasks)


def told(left: dict[str, int]) -> str:
    """Say what is too much, as a reason has it."""
    others = {name: by for name, by in left.items() if name != "tasks"}
    tasks = left.get("tasks", 0)
    found = [reason("told", tasks=tasks)] if tasks else []
    return say(" and ", "、").join(found + ([in_words(others)] if others else []))
