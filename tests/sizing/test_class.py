"""``doctor --class``: what is printed, in which language, and with which exit code."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import msgspec
import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.proof_keys import lab_key
from kikori.sizing.fit import Fit, Fits, Need
from kikori.sizing.reference import PAGES, page_with
from kikori.sizing.sizes import sizes_of
from terminal_user import Kikori

SIZES = """images = 400
learner = 50
[labs.first-look]
day = 2026-01-31
docker = "26"
containers = 1
networks = {networks}
memory = 40
processor = 0.5
images = 3
written = 1
[labs.first-look.check]
memory = 90
processor = 2.0
seconds = 4.0
"""


@pytest.fixture(autouse=True)
def plain_docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer of 8 processors and 16 GiB, whatever this one is; nobody needs an engine to be told."""
    about = {"NCPU": 8, "MemTotal": 16 * 2**30, "DockerRootDir": str(tmp_path), "DefaultAddressPools": None}
    program = tmp_path / "bin/docker"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n[ $1 = info ] && echo '{json.dumps(about)}' || echo bridge\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


def content(root: Path, name: str, networks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more content root with a lab that needs so many networks."""
    for part in ("labs", "graders"):
        shutil.copytree(paths.ROOT / part / "first-look", root / part / name)
    text = SIZES.format(networks=networks).replace("first-look", name)
    (root / "labs/sizes.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("KIKORI_CONTENT", str(root))


def test_a_class_that_fits(kikori: Kikori, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content(tmp_path, "small-lab", 1, monkeypatch)
    said = kikori("doctor", "--class", "20", "--lab", "small-lab")
    assert said.returncode == 0, said.stderr
    assert "8 processors, 16384 MiB of memory" in said.stdout
    assert "addresses for 30 networks" in said.stdout
    (row,) = (line for line in said.stdout.splitlines() if "small-lab" in line)
    assert row.split()[:4] == ["small-lab", "yes", "30", "(networks)"]
    assert said.stdout.rstrip().endswith("20 learners fit at every lab.")


def test_a_class_that_does_not(kikori: Kikori, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content(tmp_path, "wide-lab", 4, monkeypatch)
    said = kikori("doctor", "--class", "20", "--lab", "wide-lab")
    assert said.returncode == 3
    (row,) = (line for line in said.stdout.splitlines() if line.strip().startswith("wide-lab"))
    assert row.split()[:4] == ["wide-lab", "no", "7", "(networks)"]
    assert row.rstrip().endswith("80 !")
    assert row.count("!") == 1
    assert "20 learners do not fit at wide-lab." in said.stdout
    assert '"default-address-pools": [{"base": "10.201.0.0/16", "size": 26}]' in said.stdout


def test_in_japanese(kikori: Kikori, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content(tmp_path, "wide-lab", 4, monkeypatch)
    said = kikori("doctor", "--class", "20", "--lab", "wide-lab", "--lang", "ja")
    assert said.returncode == 3
    assert "20人では使えないラボ: wide-lab" in said.stdout
    assert "足りない  " in said.stdout


def test_as_json(kikori: Kikori, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content(tmp_path, "wide-lab", 4, monkeypatch)
    said = kikori("doctor", "--class", "20", "--lab", "wide-lab", "--json")
    told = json.loads(said.stdout)
    assert (said.returncode, list(told)) == (3, ["learners", "computer", "labs", "unmeasured"])
    assert (told["labs"][0]["most"], told["labs"][0]["lacking"]) == (7, ["networks"])


def test_every_lab_is_told(kikori: Kikori) -> None:
    told = json.loads(kikori("doctor", "--class", "2", "--json").stdout)
    assert sorted([*(one["lab"] for one in told["labs"]), *told["unmeasured"]]) == sorted(Catalog().lab_folders())


def test_a_lab_that_nobody_measured(kikori: Kikori, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content(tmp_path, "new-lab", 1, monkeypatch)
    (tmp_path / "labs/sizes.toml").unlink()
    said = kikori("doctor", "--class", "20", "--lab", "new-lab")
    assert said.returncode == 2
    assert "Nobody has measured what an attempt at new-lab takes." in said.stderr
    assert "benchmarks/sizing.py new-lab" in said.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--lab", "first-look"), "kikori doctor --class 20 --lab first-look"),
        (("--class", "20", "--lab", "frist-look"), "Did you mean 'first-look'?"),
    ],
)
def test_what_was_not_meant_so(kikori: Kikori, words: tuple[str, ...], told: str) -> None:
    said = kikori("doctor", *words)
    assert said.returncode == 2
    assert told in said.stderr


@pytest.mark.parametrize(
    ("record", "keys"),
    [
        (Fits, "learners computer labs unmeasured"),
        (Fit, "lab fits most tight need lacking"),
        (Need, "memory processors disk networks"),
    ],
)
def test_keys_of_a_record(record: type[msgspec.Struct], keys: str) -> None:
    assert " ".join(record.__struct_fields__) == keys


@pytest.mark.parametrize("lang", PAGES)
def test_the_guide_has_the_table_of_what_was_measured(lang: str) -> None:
    page = (paths.ROOT / "docs" / PAGES[lang]).read_text(encoding="utf-8")  # type: ignore[index]
    assert page.count("<!-- sizes -->\n| ") == 1
    assert page == page_with(page, sizes_of(paths.ROOT), lang), "python -m kikori.sizing.reference"  # type: ignore[arg-type]


def test_sizes_change_no_labs_key(tmp_path: Path) -> None:
    for part in ("labs/first-look", "labs/_images", "graders/first-look"):
        shutil.copytree(paths.ROOT / part, tmp_path / part)
    catalog = Catalog([tmp_path])
    before = lab_key(catalog.lab("first-look"))
    (tmp_path / "labs/sizes.toml").write_text(SIZES.format(networks=1), encoding="utf-8")
    assert lab_key(catalog.lab("first-look")) == before
    assert [lab.id for lab in catalog.labs()] == ["first-look"]
