"""The box's content looked at in a container of our own: nothing that a learner could have changed runs there."""

import io
import json
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from kikori.grading import Scene, archive_of

FOLDER, PATIENCE = "/var/lib/box", 120
PROGRAM = "/srv/town/evidence.py"
LOGS = {"access": "/var/log/nginx", "sshd": "/var/log/sshd", "jobs": "/var/log/jobs"}
MOST = 192 << 20
"""Bytes of a folder that are looked at: more than the box takes, or than a day leaves in the logs."""


def shown(scene: Scene, image: str, truth: dict[str, Any]) -> dict[str, Any]:
    """Unpack all that the box holds, without a network, and say what it shows of the truth."""
    content = archive_of(scene.container("box"), FOLDER, MOST)
    told = {"truth/truth.json": json.dumps(truth).encode()}
    told |= {f"server/{name}.tar": folder(scene, name) for name in LOGS}
    looker = scene.engine.containers.create(
        image,
        ["python3", PROGRAM],
        labels=scene.labels,
        network_mode="none",
        mem_limit="512m",
        pids_limit=32,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges"],
    )
    try:
        looker.put_archive("/var/lib", content)
        looker.put_archive("/var/lib", packed(told.items()))
        looker.start()
        looker.wait(timeout=PATIENCE)
        said = looker.logs(stdout=True, stderr=False)
        return json.loads(said)
    finally:
        with suppress(Exception):
            looker.remove(force=True)


def folder(scene: Scene, log: str) -> bytes:
    """A folder of logs on the server as a tar; nothing where there is none."""
    return archive_of(scene.container("web"), LOGS[log], MOST)


def lines(scene: Scene, log: str) -> Iterator[str]:
    """What stands in a log on the server now, in all files of its folder."""
    with suppress(tarfile.TarError), tarfile.open(fileobj=io.BytesIO(folder(scene, log))) as archive:
        for member in archive:
            if member.isreg() and (file := archive.extractfile(member)):
                yield from file.read().decode("utf-8", "replace").splitlines()


def packed(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Files for everybody to read, as the engine takes them."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, content in files:
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(content), 0o644
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue()
