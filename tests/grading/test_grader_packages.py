"""What a lab's checks need beyond Kikori's own packages is installed when the lab is, and nothing else changes."""

from __future__ import annotations

import hashlib
import subprocess
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from kikori import paths
from kikori.content import Catalog
from kikori.errors import OurFault
from kikori.grading.grader_packages import LOCK, missing

NAME, VERSION = "kikori_nowhere", "1.2"
ENSURE = """
import pathlib, sys
from kikori.grading.grader_packages import ensure_grader_packages
ensure_grader_packages(pathlib.Path(sys.argv[1]))
"""


def lock(folder: Path, text: str) -> Path:
    (folder / LOCK).write_text(text, encoding="utf-8")
    return folder / LOCK


def test_names_what_is_not_there(tmp_path: Path) -> None:
    text = f"""# a comment
pytest==8.0 ; python_version < "3"
kikori-nowhere=={VERSION} \\
    --hash=sha256:00
    # via nobody
"""
    assert missing(lock(tmp_path, text)) == ["kikori-nowhere"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pytest==1.0", "wants pytest==1.0, and Kikori has"),
        ("py test", "Expected"),
        ("--index-url x\nrich=14", "Expected"),
    ],
)
def test_what_kikori_has_is_not_replaced_and_no_nonsense_read(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(OurFault, match=said):
        missing(lock(tmp_path, line))


@pytest.mark.slow
def test_every_lab_finds_here_what_it_locks() -> None:
    locks = [lab.graders / LOCK for lab in Catalog().labs() if (lab.graders / LOCK).exists()]
    assert [missing(one) for one in locks] == [[]]


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """The Python of an environment of its own, which sees the packages of this one."""
    place = tmp_path / "environment"
    venv.create(place, with_pip=True)
    (folder,) = place.glob("lib/*/site-packages")
    here = [sysconfig.get_path("purelib"), str(paths.ROOT / "src")]
    (folder / "here.pth").write_text("\n".join(here), encoding="utf-8")
    return place / "bin/python"


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A package that no index has."""
    info = f"{NAME}-{VERSION}.dist-info"
    made = tmp_path / f"{NAME}-{VERSION}-py3-none-any.whl"
    with zipfile.ZipFile(made, "w") as file:
        file.writestr(f"{NAME}.py", "")
        file.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {VERSION}\n")
        file.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr(f"{info}/RECORD", "")
    return made


@pytest.mark.slow
@pytest.mark.parametrize("honest", [True, False], ids=["locked", "another file of that name"])
def test_it_is_installed_once_if_it_is_what_was_locked(
    tmp_path: Path, environment: Path, wheel: Path, honest: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PATH", "/usr/bin:/bin")  # with pip, not with uv
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    digest = hashlib.sha256(wheel.read_bytes() if honest else b"").hexdigest()
    lock(tmp_path, f"{NAME}=={VERSION} \\\n    --hash=sha256:{digest}\n")
    first, second = (
        subprocess.run([environment, "-c", ENSURE, tmp_path], capture_output=True, text=True, check=False)
        for _ in range(2)
    )
    there = subprocess.run([environment, "-c", f"import {NAME}"], capture_output=True, check=False)
    if honest:
        assert (first.returncode, second.stderr, there.returncode) == (0, "", 0), first.stderr
        assert f"installing {NAME}" in first.stderr
    else:
        assert (first.returncode, second.returncode, there.returncode) == (1, 1, 1)
        assert "Expected sha256" in first.stderr
