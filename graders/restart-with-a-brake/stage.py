"""A stage for one story: the lab's own town, and what the learner built, fresh from its image; nobody else is there.

All of it shares one network without a way out, in which everything is on 127.0.0.1. The settings and the robot's own
folder are volumes of a container that never runs: it is made of the learner's image, so that they begin as they would
with the next deploy.
"""

from __future__ import annotations

import io
import json
import tarfile
from contextlib import suppress
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import yaml
from judging import hastened_config

from kikori.errors import OurFault
from kikori.grading import Scene, archive_of, eventually

if TYPE_CHECKING:
    from docker.models.containers import Container

IMAGE = "kikori/restart-with-a-brake-hiruya"
SETTINGS, STATE = "/etc/hiruya", "/var/lib/robot"
CONFIG = "/etc/alertmanager/alertmanager.yml"
NAMES = ("hiruya", "pager", "robot", "alertmanager")
SOCKET = "/run/hiruya.sock"
PLAY = ["python3", "/usr/lib/hiruya/play.py"]
LARGEST = 1 << 20


class Stage:
    """The town, and beside it one service of the learner's; of Alertmanager, ``config`` has what it was told."""

    def __init__(self, scene: Scene, service: str, environment: dict[str, str]) -> None:
        self._scene, self._service = scene, service
        self._seen = scene.inspect(service)
        self._made: list[Container] = []
        self.config: Any = None
        try:
            self._holder = self._create(
                self._seen["Image"], ["true"], volumes=[SETTINGS, STATE], network_mode="none", entrypoint=[]
            )
            self._town = self._begin_town(environment)
            self._mine = self._fresh()
        except BaseException:
            self.close()
            raise

    def _create(self, image: str, command: list[str] | None, **more: Any) -> Container:
        """Make a container that is swept away if the check is killed."""
        made = self._scene.engine.containers.create(
            image, command, labels=self._scene.labels, cap_drop=["ALL"], security_opt=["no-new-privileges"],
            healthcheck={"test": ["NONE"]}, **{"mem_limit": "128m", "pids_limit": 256, **more},
        )  # fmt: skip
        self._made.append(made)
        return made

    def _begin_town(self, environment: dict[str, str]) -> Container:
        """Start the town; it reads and writes in the robot's folder as a person with all rights would."""
        town = self._create(
            IMAGE, None, environment={"ROBOT_FILES": SETTINGS, **environment}, network_mode="none", init=True,
            extra_hosts=dict.fromkeys(NAMES, "127.0.0.1"), volumes_from=[self._holder.id],
            cap_add=["CHOWN", "DAC_OVERRIDE", "FOWNER"],
        )  # fmt: skip
        town.start()
        if not eventually(lambda: town.exec_run(["test", "-S", SOCKET]).exit_code == 0, bool, within=30, every=0.2):
            raise OurFault(f"the lab's own town does not start: {town.logs(tail=5).decode(errors='replace')}")
        return town

    def _fresh(self) -> Container:
        """Make and start the learner's service from its image, beside the town."""
        host, of_alertmanager = self._seen["HostConfig"], self._service == "alertmanager"
        command = self._seen["Config"]["Cmd"] if of_alertmanager else None
        more: dict[str, Any] = {"entrypoint": []} if of_alertmanager else {}
        mine = self._create(
            self._seen["Image"], command, network_mode=f"container:{self._town.id}", volumes_from=[self._holder.id],
            mem_limit=host["Memory"], pids_limit=host["PidsLimit"], nano_cpus=host["NanoCpus"], **more,
        )  # fmt: skip
        if of_alertmanager:
            self.config = config_of(mine)
            if isinstance(self.config, dict):
                put(mine, CONFIG, yaml.safe_dump(hastened_config(self.config)))
        self._start(mine)
        return mine

    def _start(self, mine: Container) -> None:
        """Start it; what does not start answers nobody, and the story tells so."""
        from docker.errors import APIError

        with suppress(APIError):
            mine.start()

    def play(self, steps: list[dict[str, Any]]) -> dict[str, Any]:
        """Play steps from within the town, and give what it tells."""
        done = self._town.exec_run([*PLAY, json.dumps(steps)], demux=True)
        out, err = done.output
        if done.exit_code:
            raise OurFault(f"a story could not be played: {(err or out or b'').decode(errors='replace')[-400:]}")
        return dict(json.loads(out))

    def end(self, crash: bool = True) -> None:
        """End the learner's service, as a crash does or in peace; only the volume is left of it."""
        from docker.errors import APIError

        with suppress(APIError):  # it has ended already
            self._mine.kill() if crash else self._mine.stop(timeout=3)
        self._mine.wait(timeout=30)
        self._mine.remove(force=True)
        self._made.remove(self._mine)

    def begin(self) -> None:
        """Put a new container in the place of the one that was ended."""
        self._mine = self._fresh()

    def crash(self) -> None:
        """Let the service die, and a new container take its place."""
        self.end()
        self.begin()

    def deploy(self) -> None:
        """Put a new container in the place of the service's."""
        self.end(crash=False)
        self.begin()

    def close(self) -> None:
        """Take all of it away."""
        from docker.errors import APIError

        for one in reversed(self._made):
            with suppress(APIError):
                one.remove(force=True, v=True)


def config_of(manager: Container) -> Any:
    """Read what an Alertmanager that was not started yet is told; nothing where it is no YAML."""
    try:
        with tarfile.open(fileobj=io.BytesIO(archive_of(manager, CONFIG, LARGEST))) as archive:
            found = archive.extractfile(archive.getmembers()[0])
            return yaml.safe_load(found.read()) if found else None
    except (tarfile.TarError, yaml.YAMLError, KeyError):
        return None  # it will not start, and says why itself


def put(container: Container, path: str, text: str) -> None:
    """Write a file that everybody may read."""
    packed, place, data = io.BytesIO(), PurePosixPath(path), text.encode()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(place.name)
        member.size, member.mode = len(data), 0o644
        archive.addfile(member, io.BytesIO(data))
    container.put_archive(str(place.parent), packed.getvalue())
