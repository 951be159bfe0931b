"""A phase finds all of its tests, though it does not read all files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kikori import paths
from kikori.selftest import PARTS, WHOLE
from phases import WRITTEN, chooses, is_of_browsers_alone, of_part

PLAIN = "def test_plain(): assert True\n"
DOCKER = "import pytest\n@pytest.mark.docker\ndef test_docker(): assert True\n"
SETTINGS = "[pytest]\nmarkers =\n" + "".join(f"    {name}\n" for name in WRITTEN)


def collected(folder: Path, marks: str, *options: str, **files: str) -> subprocess.CompletedProcess[str]:
    """Collect a tree's tests of one phase; a file that can't be read is an error."""
    for name, text in {"conftest": "", **files}.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    (folder / "pytest.ini").write_text(SETTINGS, encoding="utf-8")
    argv = [sys.executable, "-m", "pytest", "-p", "phases", "--collect-only", "-q", "-m", marks, *options]
    path = os.pathsep.join([str(paths.ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.run(argv, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_files_without_the_mark_are_not_read_and_those_with_it_are(tmp_path: Path) -> None:
    files = {"test_docker": DOCKER, "test_unreadable": "1 / 0\n"}
    done = collected(tmp_path, "docker", **files)
    assert (done.returncode, "::test_docker" in done.stdout) == (0, True), done.stdout
    assert "ZeroDivisionError" in collected(tmp_path, "not docker", **files).stdout


@pytest.mark.slow
def test_a_mark_that_no_file_writes_is_refused(tmp_path: Path) -> None:
    given = "import pytest\ndef pytest_itemcollected(item): item.add_marker(pytest.mark.docker)\n"
    done = collected(tmp_path, "not browser", conftest=given, test_plain=PLAIN)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "test_plain.py::test_plain is marked docker, and its file has no mark.docker" in done.stderr


@pytest.mark.slow
def test_each_file_is_of_one_part(tmp_path: Path) -> None:
    files = {f"test_{name}": f"def test_{name}(): assert True\n" for name in "abcde"}
    said = [collected(tmp_path, "", "--part", part, **files).stdout for part in ("1/2", "2/2")]
    counts = [text.count("::test_") for text in said]
    assert sorted(counts) == [2, 3], said
    assert all(sum(f"test_{name}.py::" in text for text in said) == 1 for name in "abcde")
    named = [collected(tmp_path, "", "--part", part, "test_a.py", **files).stdout for part in ("1/2", "2/2")]
    assert sum("test_a.py::" in text for text in named) == 1, named
    assert "such as 1/2, and not 3/2" in collected(tmp_path, "", "--part", "3/2", **files).stdout


def test_parts_have_about_as_many_bytes() -> None:
    roots = (paths.ROOT / "tests",)
    parts = [of_part(roots, part) for part in PARTS]
    assert frozenset.union(*parts) == {*roots[0].rglob("test_*.py")}
    sizes = [sum(file.stat().st_size for file in part) for part in parts]
    assert max(sizes) < 1.05 * min(sizes)


@pytest.mark.parametrize(
    ("expression", "written", "found"),
    [
        ("docker and not alone", {"docker", "alone"}, True),
        ("docker and not alone", {"alone"}, False),
        ("not docker and not slow", {"docker"}, True),
        ("slow", set(), True),
        ("browser or quiet", {"docker"}, False),
        ("not long and not slow and not stands_on", set(), True),
    ],
)
def test_what_can_be_chosen_is_read(expression: str, written: set[str], *, found: bool) -> None:
    assert chooses(expression, frozenset(written)) == found


def test_one_phase_is_of_browsers_alone() -> None:
    marks = [phase[phase.index("-m") + 1] for group in WHOLE for phase in group]
    assert [one for one in marks if is_of_browsers_alone(one)] == ["browser and not docker and not alone"]
    assert not any(is_of_browsers_alone(one) for one in ("", "browser", "not docker and not browser"))


@pytest.mark.skipif(os.geteuid() != 0, reason="a network of one's own takes root's rights")
def test_a_network_of_the_tests_own_has_a_loopback_and_nothing_else() -> None:
    looks = (
        "import own_network as own, socket as s; took = own.take_own_network();"
        "heard = s.create_server(('127.0.0.1', 0)); s.create_connection(heard.getsockname());"
        "print(took, [name for _, name in s.if_nameindex()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", looks], cwd=paths.ROOT / "tests", capture_output=True, text=True, check=False
    )
    assert done.stdout == "True ['lo']\n", done.stderr
