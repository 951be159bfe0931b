import subprocess

import pytest

from kikori.errors import EnvironmentProblem
from kikori.host import base_image, bootstrap

IMAGE = "kikori-test/bootstrapped:trixie"


def docker(*words):
    return subprocess.run(["docker", *words], capture_output=True, text=True, check=True).stdout


def test_the_archive_that_every_debian_knows_or_the_one_that_is_asked_for(monkeypatch):
    monkeypatch.delenv("KIKORI_DEBIAN_MIRROR", raising=False)
    assert bootstrap.mirror() == "http://deb.debian.org/debian"
    monkeypatch.setenv("KIKORI_DEBIAN_MIRROR", "http://127.0.0.1:9/debian")
    assert bootstrap.mirror() == "http://127.0.0.1:9/debian"


def nameless_imports():
    """What docker import has made and nobody has named."""
    images = docker("images", "--quiet", "--filter", "dangling=true").split()
    asked = ["docker", "image", "inspect", "--format", "{{.Id}} {{.Comment}}", *images]
    told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines() if images else []
    return [line.split()[0] for line in told if "Imported from" in line]


@pytest.fixture
def agreed(monkeypatch):
    monkeypatch.setenv("KIKORI_YES", "1")
    yield
    subprocess.run(["docker", "image", "rm", IMAGE], capture_output=True, check=False)


@pytest.mark.long
@pytest.mark.docker
@pytest.mark.stands_on
@pytest.mark.usefixtures("agreed")
def test_a_bootstrapped_image_is_a_slim_debian_under_the_name_that_was_asked_for():
    bootstrap.bootstrap(IMAGE)
    script = '. /etc/os-release; echo "$VERSION_CODENAME"; ls /usr/share/man /usr/share/locale 2>/dev/null | wc -l'
    said = docker("run", "--rm", "--network=none", IMAGE, "bash", "-c", script).split()
    assert said[0] == "trixie"
    assert int(said[1]) < 10
    assert docker("image", "inspect", "--format", "{{json .Config.Cmd}}", IMAGE).strip() == '["bash"]'
    assert int(docker("image", "inspect", "--format", "{{.Size}}", IMAGE)) < 150 * 10**6


@pytest.mark.docker
@pytest.mark.stands_on
@pytest.mark.usefixtures("agreed")
def test_an_archive_that_does_not_answer_leaves_no_image(monkeypatch):
    monkeypatch.setenv("KIKORI_DEBIAN_MIRROR", "http://127.0.0.1:9/debian")
    before = nameless_imports()  # a machine on which this was interrupted once has some
    with pytest.raises(EnvironmentProblem, match="could not be bootstrapped: ") as caught:
        bootstrap.bootstrap(IMAGE)
    assert "127.0.0.1" in caught.value.message
    assert "KIKORI_DEBIAN_MIRROR" in caught.value.hint
    assert not docker("images", "--quiet", IMAGE)
    assert set(nameless_imports()) <= set(before)


def test_the_lines_that_tell_the_reason_are_picked_from_all_that_was_said():
    said = ["I: running apt-get update...", "E: Failed to fetch it", "W: and so on", "I: removing the folder"]
    assert bootstrap._reason(said) == ["E: Failed to fetch it"]
    assert bootstrap._reason(said[2:]) == said[2:]
    assert bootstrap._reason(["tar: No space left on device", *said[2:]]) == ["tar: No space left on device"]


def test_both_roads_lead_to_the_same_name():
    assert f"debian:{bootstrap.SUITE}-slim" == base_image.IMAGE
