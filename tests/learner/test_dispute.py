"""A learner who disputes a verdict, and an author who makes a fix or a trap of it with one command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kikori.attempts import Store
from terminal_user import FIX, Kikori

pytestmark = [pytest.mark.docker, pytest.mark.stands_on("first-look", "silent-exit")]


def disputed(kikori: Kikori, own_places: Path, command: str) -> Path:
    kikori("start", "mine")
    kikori("break", "--fault", "missing-page")
    kikori("shell", "--", "sh", "-c", command)
    assert "For the lab's author" in kikori("check", "--dispute").stdout
    assert Store().events(Store().current())[-1].event == "disputed"
    (file,) = own_places.glob("*.dispute")
    return file


def test_a_dispute_becomes_a_trap_that_fits_every_attempt(
    kikori: Kikori, own_places: Path, lab: Callable[..., None]
) -> None:
    lab("mine", lambda folder: None)
    file = disputed(kikori, own_places, f"{FIX}; chmod 777 /srv/www")
    replayed = kikori("lab", "prove", "--against", str(file))
    assert replayed.returncode == 1
    assert "✗ Only its owner can change a file of the server" in replayed.stderr
    assert "[#1] sh -c mv" in replayed.stdout
    adopt = ["lab", "adopt", str(file), "--as", "trap", "--name", "open-folder"]
    adopted = kikori(*adopt, "--fails", "test_page_is_not_open_to_writers")
    assert adopted.returncode == 0, adopted.stderr
    script = own_places / "content/labs/mine/faults/missing-page/traps/open-folder.sh"
    assert ".index.html.bak-line${KIKORI_LINE}" in script.read_text(), "the attempt's own value became a variable"
    proved = kikori("lab", "prove", "mine", "--only", "missing-page/traps/open-folder", "--seed", "7")
    assert proved.returncode == 0, proved.stderr
    assert kikori(*adopt).returncode == 2, "the name is taken"


def test_a_broken_scene_gives_nothing_to_adopt(kikori: Kikori, own_places: Path, lab: Callable[..., None]) -> None:
    lab("mine", lambda folder: None)
    file = disputed(kikori, own_places, "true")
    seen = kikori("lab", "adopt", str(file), "--as", "fix", "--name", "nothing")
    assert seen.returncode == 2
    assert "its end state is the broken scene itself" in seen.stderr
