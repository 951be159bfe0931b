import subprocess

import pytest

from kikori.host import base_image, endpoint

ASKED = f"/images/{base_image.IMAGE}/json"


def test_there(engine_at):
    asked = []
    engine_at({ASKED: (200, b"{}")}, asked)
    assert base_image.is_there()
    assert asked == [ASKED]


def test_not_there(engine_at):
    engine_at({ASKED: (404, b'{"message":"No such image"}')})
    assert not base_image.is_there()


@pytest.mark.usefixtures("dead_engine")
def test_not_there_without_an_engine():
    assert not base_image.is_there()


@pytest.mark.docker
def test_as_the_docker_command_sees_it(monkeypatch):
    for image in (base_image.IMAGE, "kikori-test/none:such"):
        monkeypatch.setattr(base_image, "IMAGE", image)
        seen = subprocess.run(["docker", "image", "inspect", image], capture_output=True, check=False)
        assert base_image.is_there() == (seen.returncode == 0), endpoint.docker_host()


@pytest.mark.docker
def test_nothing_is_pulled_or_made_when_it_is_there(capfd):
    base_image.ensure_base_image()
    capfd.readouterr()
    base_image.ensure_base_image()
    assert capfd.readouterr() == ("", "")
