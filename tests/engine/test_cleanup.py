"""What is taken away with a project, and what is not its own to take."""

from __future__ import annotations

import io
import os
import secrets
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from docker.errors import ImageNotFound, NotFound

from kikori import host
from kikori.engine.cleanup import LABEL, leftovers, mark, sweep, sweep_dead
from kikori.engine.client import client
from kikori.engine.compose import Compose
from kikori.host.base_image import IMAGE, ensure_base_image


@pytest.mark.docker
def test_an_image_that_another_scene_runs_on_is_left_until_nobody_does() -> None:
    """Two checkouts build one image: the later build takes its name, and the scene of the earlier still runs."""
    host.ready()
    ensure_base_image()
    mine, other = (f"kikori-sweep-{secrets.token_hex(3)}" for _ in range(2))
    image, _ = client().images.build(fileobj=io.BytesIO(f"FROM {IMAGE}\nLABEL {LABEL}={mine}\n".encode()), rm=True)
    client().containers.run(image, ["sleep", "60"], detach=True, network_mode="none", labels={LABEL: other})
    try:
        sweep(mine)
        assert client().images.get(str(image.id))
    finally:
        sweep(other)
    sweep(mine)
    with pytest.raises(ImageNotFound):
        client().images.get(str(image.id))


@pytest.mark.docker
def test_an_image_that_goes_while_it_is_looked_at_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    host.ready()
    listed, ghost = client().api.images, {"Id": f"sha256:{secrets.token_hex(32)}", "RepoTags": None}
    monkeypatch.setattr(client().api, "images", lambda **asked: [*listed(**asked), ghost])
    sweep(f"kikori-sweep-{secrets.token_hex(3)}")


@pytest.mark.docker
def test_what_others_are_removing_is_waited_for() -> None:
    """A sidecar ends itself, a review is interrupted twice: two take the same containers away."""
    host.ready()
    ensure_base_image()
    name = f"kikori-sweep-{secrets.token_hex(3)}"
    network = client().networks.create(name, labels={LABEL: name})
    for _ in range(3):
        client().containers.run(IMAGE, ["sleep", "60"], detach=True, network=name, labels={LABEL: name})
    with ThreadPoolExecutor(4) as pool:
        for sweeping in [pool.submit(sweep, name) for _ in range(4)]:
            sweeping.result()
    assert leftovers(name) == []
    with pytest.raises(NotFound):
        network.reload()


@pytest.mark.docker
def test_what_a_command_that_was_cut_short_had_asked_for_is_there_to_be_swept(tmp_path: Path) -> None:
    """The engine goes on with it after compose has ended, and a busy one is late."""
    host.ready()
    ensure_base_image()
    name = f"kikori-sweep-{secrets.token_hex(3)}"
    services = "".join(f"  s{number}: {{image: {IMAGE}, command: sleep 60}}\n" for number in range(24))
    file = tmp_path / "compose.yaml"
    file.write_text(f"services:\n{services}", encoding="utf-8")
    compose = Compose(project=name, directory=tmp_path, files=(file,), environment={}, log=tmp_path / "log")

    def interrupt(line: str) -> None:
        if "Container" in line and "Creating" in line:
            time.sleep(0.05)
            raise KeyboardInterrupt

    try:
        with pytest.raises(KeyboardInterrupt):
            compose.run("up", "--detach", tell=interrupt)
        found = leftovers(name)
        assert any(one.startswith("container") for one in found)
        time.sleep(3)
        assert leftovers(name) == found
    finally:
        sweep(name)
    assert leftovers(name) == []


@pytest.mark.docker
def test_scenes_of_a_killed_process_are_taken_away_and_no_others() -> None:
    """They would keep the machine out of a swarm: a network of ours tells that somebody is about to use names."""
    host.ready()
    with subprocess.Popen(["true"]) as ended:
        pass
    here = mark("swept").rpartition(f"{os.getpid()}-")[0]
    dead, alive = (f"kikori-{here}{process}-lab-{secrets.token_hex(3)}" for process in (ended.pid, os.getpid()))
    for name in (dead, alive):
        client().networks.create(name, labels={LABEL: name})
    try:
        sweep_dead("swept")
        assert (leftovers(dead), leftovers(alive)) == ([], [f"network {alive}"])
    finally:
        sweep(alive)
