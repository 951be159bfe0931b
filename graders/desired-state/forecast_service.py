"""The service ``forecast`` of the stack, as the engine knows it and as a pipeline releases it."""

from __future__ import annotations

from typing import Any

from kikori.grading import Scene, eventually

OVER = ("completed", "paused", "rollback_completed", "rollback_paused")
LOOK = 0.4
"""Seconds between two questions to the engine; each costs it more than a hiker costs the service."""
SLOWEST = 40
"""Seconds that a rollout may take."""
SOURCE, LOOKUP = "/srv/forecast.py", "STATIONS[STATION]"
"""The program, and where it looks for its station."""
RELEASE = """
source = open("{source}").read()
exec(compile(source.replace("{lookup}", "STATIONS[STATION + '{more}']"), "forecast.py", "exec"))
"""
GOOD, LOST = (RELEASE.format(source=SOURCE, lookup=LOOKUP, more=more) for more in ("", "-2"))
"""Two releases that look alike from outside; the second looks for a station that is not there."""


class Service:
    """The service ``forecast`` of the stack."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.name = f"{scene.stack}_forecast"

    @property
    def attrs(self) -> dict[str, Any]:
        """What the engine knows of it now."""
        found: dict[str, Any] = self.scene.engine.services.get(self.name).attrs
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """What each of its tasks is to be."""
        found: dict[str, Any] = self.attrs["Spec"]["TaskTemplate"]["ContainerSpec"]
        return found

    def rollout(self) -> str:
        """How the last update ended, or how far it is."""
        return str((self.attrs.get("UpdateStatus") or {}).get("State", "none"))

    def containers(self) -> list[Any]:
        """The containers of its running tasks."""
        return self.scene.engine.containers.list(
            ignore_removed=True, filters={"label": f"com.docker.swarm.service.name={self.name}"}
        )

    def running(self) -> int:
        """How many tasks run, and are healthy where that is asked."""
        return self._counted("RunningTasks")

    def wanted(self) -> int:
        """How many are wanted: as many as the file says, or one on each node."""
        said = self.attrs["Spec"]["Mode"].get("Replicated", {}).get("Replicas")
        return self._counted("DesiredTasks") if said is None else int(said)

    def _counted(self, what: str) -> int:
        (found,) = self.scene.engine.services.list(filters={"name": self.name}, status=True)
        return int(found.attrs["ServiceStatus"][what])

    def is_whole(self) -> bool:
        """Whether as many tasks run as are wanted, and are healthy where that is asked."""
        return self.running() >= self.wanted()

    def release(self, name: str, *changes: str) -> str:
        """Roll out a release, as the pipeline does, and wait until that is over, one way or the other."""
        return self._rolled("update", "--quiet", "--env-add", f"RELEASE={name}", *changes)

    def go_back(self) -> None:
        """Roll out again what was before the last release, for the checks that follow."""
        self._rolled("rollback", "--quiet")

    def _rolled(self, *command: str) -> str:
        began = (self.attrs.get("UpdateStatus") or {}).get("StartedAt")
        self.scene.docker("service", *command, "--detach", self.name)

        def over() -> bool:
            now = self.attrs.get("UpdateStatus") or {}
            return now.get("StartedAt") != began and now.get("State") in OVER

        eventually(over, bool, SLOWEST, LOOK)
        return self.rollout()
