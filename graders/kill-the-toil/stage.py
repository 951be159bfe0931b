"""An office that no learner knows, in the lab's own network, and machines made anew from the image of the robot's."""

from __future__ import annotations

import json
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from plays import Done

from kikori.errors import OurFault
from kikori.grading import Scene, eventually

if TYPE_CHECKING:
    from docker.models.containers import Container

PATIENCE = 90
"""Seconds that a run may take; none of these weeks has thirty tickets."""
MORE = 15
"""Seconds beyond that in which it is gone."""
KEEP = "while :; do sleep 600 & wait $!; done"
"""What a machine is kept by: a shell collects what was killed."""
LENGTHEN = 'file=$(readlink -f "$(command -v work-tickets)") && printf %s "$1" >> "$file"'
"""Puts something at the end of the program."""
UP = 15
"""Seconds in which the office begins to answer."""


class Run:
    """A run of the learner's program."""

    def __init__(self, scene: Scene, where: tuple[str, ...], words: tuple[str, ...]) -> None:
        self._scene, self._where, self._words = scene, where, words
        self._done = Done(-1, "", "")
        self._thread = Thread(target=self._go, daemon=True)
        self._thread.start()

    def _go(self) -> None:
        # runs: the learner's program is what is judged, and the books of another container say how it did
        command = ("exec", *self._where, "timeout", "-s", "KILL", str(PATIENCE), "work-tickets", *self._words)
        try:
            done = self._scene.docker(*command, within=PATIENCE + MORE)
        except subprocess.TimeoutExpired:
            return
        self._done = Done(done.returncode, done.stdout, done.stderr)

    @property
    def ended(self) -> bool:
        """Whether it is over."""
        return not self._thread.is_alive()

    def join(self) -> Done:
        """Wait for its end."""
        self._thread.join(PATIENCE + 2 * MORE)
        return self._done


class RobotMachine:
    """The robot's machine as the next deploy makes it."""

    def __init__(self, scene: Scene, container: Container) -> None:
        self._scene, self._name = scene, str(container.name)

    def run(self, *words: str) -> Done:
        """Run the program to its end."""
        return self.begin(*words).join()

    def begin(self, *words: str, folder: str = "", zone: str = "") -> Run:
        """Let the program run, from a folder, in a time zone."""
        where = ["--workdir", folder] if folder else []
        where += ["--env", f"TZ={zone}"] if zone else []
        return Run(self._scene, (*where, self._name), words)

    def lengthen(self, lines: int) -> None:
        """Put newlines at the end of the program: to every language that is the same program."""
        for user in (["--user", "0"], []):  # whose the file is
            words = ("exec", *user, self._name, "sh", "-c", LENGTHEN, "sh", "\n" * lines)
            # runs: a shell's own words; a program that stays as it was is played as it is
            if self._scene.docker(*words).returncode == 0:
                break

    def kill(self) -> None:
        """End all that runs there, at once, but what keeps the machine."""
        # runs: a shell's own kill, which decides nothing; what was not ended is seen in the books
        self._scene.docker("exec", self._name, "sh", "-c", "kill -KILL -1")


class UnseenOffice:
    """The office of weeks that nobody has seen, for as long as the checks run."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._network = next(iter(scene.inspect("robot")["NetworkSettings"]["Networks"]))
        self._alias = f"unseen-{secrets.token_hex(3)}"
        seen = scene.inspect("office")
        self._office = scene.engine.containers.create(
            seen["Image"], environment={"PRACTICE": ""}, network=self._network, **self._like(seen, "office"),
            networking_config={self._network: scene.engine.api.create_endpoint_config(aliases=[self._alias])},
        )  # fmt: skip
        self._office.start()
        if not eventually(self._is_up, bool, within=UP, every=0.2):
            said = bytes(self._office.logs(tail=5)).decode("utf-8", "replace").strip()
            self.close()
            raise OurFault(f"the office of the unseen weeks does not answer: {said[-160:]}", "kikori check")

    def _like(self, seen: dict[str, Any], what: str) -> dict[str, Any]:
        """What a container is made with in the likeness of a service's."""
        host = seen["HostConfig"]
        return {
            "name": f"{self._scene.attempt.project}-{what}-{secrets.token_hex(3)}", "labels": self._scene.labels,
            "user": seen["Config"]["User"], "cap_drop": ["ALL"], "security_opt": host["SecurityOpt"] or [],
            "mem_limit": host["Memory"], "pids_limit": host["PidsLimit"], "nano_cpus": host["NanoCpus"],
            "healthcheck": {"test": ["NONE"]},
        }  # fmt: skip

    def _is_up(self) -> bool:
        # runs: the office is the lab's own
        return self._scene.docker("exec", str(self._office.name), "control", "state").returncode == 0

    def control(self, word: str, said: Any = None) -> Any:
        """Steer the office, from inside its own container.

        Raises:
            OurFault: it does not answer.
        """
        words = [] if said is None else [json.dumps(said)]
        # runs: the office is the lab's own
        done = self._scene.docker("exec", str(self._office.name), "control", word, *words)
        if done.returncode:
            said = done.stderr.strip()[-160:]
            raise OurFault(f"the office of the unseen weeks does not {word}: {said}", "kikori check")
        return json.loads(done.stdout)

    @contextmanager
    def machine(self) -> Iterator[RobotMachine]:
        """Make a machine from the image of the robot's, with nothing else of it."""
        seen = self._scene.inspect("robot")
        container = self._scene.engine.containers.create(
            seen["Image"], ["-c", KEEP], entrypoint=["sh"], network=self._network,
            environment={"OFFICE": f"http://{self._alias}:8000"}, **self._like(seen, "machine"),
        )  # fmt: skip
        try:
            container.start()
            yield RobotMachine(self._scene, container)
        finally:
            container.remove(force=True)

    def close(self) -> None:
        """Take it away."""
        self._office.remove(force=True)
