"""A forked command is what a new Python makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from forked import Forked

WORDS = ("--course", "start-here", "--module", "how-to-learn")
Done = subprocess.CompletedProcess[str]


def by_new_python(words: list[str], folder: Path, stdin: str = "") -> Done:
    argv = [sys.executable, "-m", "kikori", *words]
    return subprocess.run(argv, input=stdin, capture_output=True, text=True, cwd=folder, check=False)


def ends(done: Done) -> tuple[object, ...]:
    return done.args, done.returncode, done.stdout, done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [["--version"], ["list", "--json", "--lang", "ja"], ["hint", "no-such-lab"], ["stop", "--no-such-option"], []],
    ids=["done", "data", "refused", "usage", "help"],
)
def test_ends_and_says_the_same(forked: Forked, own_places: Path, words: list[str]) -> None:
    done = forked(words, stdin="", cwd=own_places)
    assert ends(done) == ends(by_new_python(words, own_places))
    assert done.stdout + done.stderr


@pytest.mark.slow
def test_nothing_of_one_command_is_left_for_the_next(
    forked: Forked, own_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = str(own_places)
    assert forked(["list", "--lang", "ja", "--content", content], stdin="", cwd=own_places).stdout.count("の")
    monkeypatch.delenv("KIKORI_LANG")
    monkeypatch.setenv("KIKORI_LEARNER", "grace")
    plain = forked(["list"], stdin="", cwd=own_places)
    assert ends(plain) == ends(by_new_python(["list"], own_places))


@pytest.mark.slow
def test_two_at_once_are_two_processes(forked: Forked, own_places: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = [pool.submit(forked, ["--version"], stdin="", cwd=own_places) for _ in range(2)]
    assert [one.result().returncode for one in both] == [0, 0]


@pytest.mark.slow
def test_what_python_reads_at_its_start_is_read(
    forked: Forked, own_places: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (own_places / "path").mkdir()
    (own_places / "path/sitecustomize.py").write_text("print('started anew')")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(own_places / "path"), os.environ.get("PYTHONPATH", "")]))
    assert forked(["--version"], stdin="", cwd=own_places).stdout.startswith("started anew\n")


@pytest.mark.slow
def test_files_are_made_with_the_umask_of_the_test(forked: Forked, own_places: Path) -> None:
    """And in the folder that it names; the process that is forked has neither."""
    before = os.umask(0o027)
    try:
        done = forked(["lab", "new", "my-lab", *WORDS, "--to", "."], stdin="", cwd=own_places)
    finally:
        os.umask(before)
    assert done.returncode == 0, done.stderr
    assert (own_places / "graders").stat().st_mode & 0o777 == 0o750
