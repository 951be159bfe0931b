"""What is taken away with a project, and what is not its own to take."""

from __future__ import annotations

import io
import secrets

import pytest
from docker.errors import ImageNotFound

from kikori import machine
from kikori.machine.base_image import IMAGE, ensure_base_image
from kikori.runtime.engine import client
from kikori.runtime.sweep import LABEL, sweep


@pytest.mark.docker
def test_an_image_that_another_scene_runs_on_is_left_until_nobody_does() -> None:
    """Two checkouts build one image: the later build takes its name, and the scene of the earlier still runs."""
    machine.ready()
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
