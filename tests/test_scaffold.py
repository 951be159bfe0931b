"""A new lab obeys every rule at once; that it proves too is shown on real Docker."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from drawn import drawn
from kikori import paths
from kikori.content import Catalog
from kikori.content.blind_rounds import rounds_of
from kikori.model import Kind
from kikori.prove.plan import plan_of
from kikori.scaffold import new_lab
from terminal_user import Kikori

pytestmark = pytest.mark.slow

FEWEST_DEMANDS = 4
"""A beginning, a right way and two wrong ones: what the smallest of the new labs has."""
WORDS = ["--course", "start-here", "--module", "how-to-learn"]


def test_a_new_lab_is_clean_and_every_path_is_told(kikori: Kikori, own_places: Path) -> None:
    done = kikori("lab", "new", "my-lab", *WORDS, "--to", str(own_places))
    assert done.returncode == 0, done.stderr
    lab = Catalog([own_places]).lab("my-lab")
    assert [*lab.faults] == ["closed-page"]
    files = [path for path in own_places.rglob("*") if path.is_file() and "my-lab" in path.parts]
    assert all(str(path) in done.stdout for path in files)
    linted = kikori("lab", "lint", "my-lab", "--content", str(own_places))
    assert linted.returncode == 0
    assert f"kikori lab prove my-lab --content {own_places}" in linted.stdout, "the next command finds the lab too"


def test_what_strangers_found_in_the_model_is_not_said_of_the_new_lab(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for part in ("labs/first-look", "labs/_images", "graders/first-look", "courses/start-here"):
        shutil.copytree(paths.ROOT / part, tmp_path / "kikori" / part)
    rounds = "[[round]]\nday = 2026-01-31\nright = 3\nwrong = 6\nsurprises = []\n"
    (tmp_path / "kikori/graders/first-look/rounds.toml").write_text(rounds)
    monkeypatch.setattr(paths, "ROOT", tmp_path / "kikori")
    catalog = Catalog([tmp_path / "kikori"])
    new_lab(catalog, tmp_path / "own", "my-lab", "start-here", "how-to-learn", Kind.REPAIR)
    assert rounds_of(catalog.lab("first-look"))
    assert not (tmp_path / "own/graders/my-lab/rounds.toml").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["first-look", *WORDS], "There is a lab called 'first-look' already"),
        (["My_Lab", *WORDS], "is no id"),
        (["my-lab", "--course", "start-here", "--module", "nowhere"], "There is no module 'start-here/nowhere'"),
    ],
)
def test_what_can_not_be_written_is_told(kikori: Kikori, own_places: Path, words: list[str], told: str) -> None:
    done = kikori("lab", "new", *words, "--to", str(own_places))
    assert (done.returncode, told in done.stderr) == (2, True)
    assert not (own_places / "labs").exists()


def test_a_new_lab_to_repair_in_a_workspace_is_clean(kikori: Kikori, own_places: Path) -> None:
    done = kikori("lab", "new", "my-lab", *WORDS, "--workspace", "--to", str(own_places))
    assert done.returncode == 0, done.stderr
    lab = Catalog([own_places]).lab("my-lab")
    assert lab.about.kind is Kind.REPAIR
    assert lab.workspace
    assert all(fault.breaking[0].service == "workspace" for fault in lab.faults.values())
    seen = kikori("lab", "lint", "my-lab", "--content", str(own_places))
    assert seen.returncode == 0, seen.stdout


@pytest.mark.parametrize("kind", ["build", "tune", "write"])
def test_a_new_lab_of_unfinished_work_is_clean(kikori: Kikori, own_places: Path, kind: str) -> None:
    done = kikori("lab", "new", "my-lab", *WORDS, "--kind", kind, "--to", str(own_places))
    assert done.returncode == 0, done.stderr
    lab = Catalog([own_places]).lab("my-lab")
    assert lab.about.kind == kind
    assert lab.unfinished is not None
    assert len(lab.unfinished.fixes) >= 2
    assert len(lab.unfinished.traps) >= 2
    seen = kikori("lab", "lint", "my-lab", "--content", str(own_places))
    assert seen.returncode == 0, seen.stdout


@pytest.mark.docker
@pytest.mark.stands_on("docs/author.md")
@pytest.mark.parametrize("kind", drawn(["repair", "repair --workspace", "build", "tune", "write"], 2))
def test_a_new_lab_proves(kikori: Kikori, own_places: Path, kind: str) -> None:
    kikori("lab", "new", "my-lab", *WORDS, "--kind", *kind.split(), "--to", str(own_places))
    done = kikori("lab", "prove", "my-lab", "--content", str(own_places))
    assert done.returncode == 0, done.stderr
    demands = len(plan_of(Catalog([own_places]).lab("my-lab")))
    assert demands >= FEWEST_DEMANDS
    assert f"{demands} of {demands}" in done.stdout


@pytest.mark.long
@pytest.mark.docker
@pytest.mark.stands_on("docs/author.md")
def test_the_authors_guide_holds_command_by_command(own_places: Path) -> None:
    page = (paths.ROOT / "docs/author.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```bash\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    script = "set -eux\n" + "".join(blocks).replace("./kikori ", f"{sys.executable} -m kikori ")
    home = os.environ | {"HOME": str(own_places)}
    done = subprocess.run(["sh", "-c", script], env=home, cwd=own_places, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("proved") == 2
