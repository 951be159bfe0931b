"""The box's content looked at in a container of our own: nothing that a learner could have changed runs there."""

import json
from contextlib import suppress
from typing import Any

from kikori.grading import Scene

FOLDER, PATIENCE = "/var/lib/box", 60
PROGRAM = "/srv/town/evidence.py"


def shown(scene: Scene, image: str, truth: dict[str, Any]) -> dict[str, Any]:
    """Unpack all that the box holds, without a network, and say what it shows of the truth."""
    content, _ = scene.container("box").get_archive(FOLDER)
    looker = scene.engine.containers.create(
        image,
        ["python3", PROGRAM, json.dumps(truth)],
        labels=scene.labels,
        network_mode="none",
        mem_limit="512m",
        pids_limit=32,
        cap_drop=["ALL"],
        security_opt=["no-new-privileges"],
    )
    try:
        looker.put_archive("/var/lib", b"".join(content))
        looker.start()
        looker.wait(timeout=PATIENCE)
        said = looker.logs(stdout=True, stderr=False)
        return json.loads(said)
    finally:
        with suppress(Exception):
            looker.remove(force=True)
