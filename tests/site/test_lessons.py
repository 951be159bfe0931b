"""What a lesson shows is what its commands print: its runnable blocks, run in the container that it names."""

import platform
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from kikori import host, paths
from kikori.engine.client import Silent
from kikori.engine.compose import Compose
from kikori.engine.images import build_shared, image_of, is_stale, shared_images

RUN = re.compile(r"^```\{\.bash \.run\}\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
BENCH = re.compile(r"docker run -it --rm (.*?)(debian:trixie-slim|kikori/[a-z0-9_-]+) bash")
MARK = "@@next@@"
CODE = ("host", "engine")
"""Whatever else changes, the commands of a lesson print the same."""
PAGES = [
    pytest.param(
        page,
        id=page.parent.name,
        marks=pytest.mark.stands_on(f"{page.parent.relative_to(paths.ROOT).as_posix()}/", code=CODE),
    )
    for page in sorted(paths.ROOT.glob("courses/*/*/how.md"))
    if RUN.search(page.read_text(encoding="utf-8"))
]


def masked(output: str) -> list[str]:
    """Output without what differs from run to run: ids, times, larger numbers, and how wide they make a column."""
    lines = re.sub(r"\b(?:0x)?[0-9a-f]{8,}\b|\b[A-Z][a-z]{2} +\d+\b|\d[\d.:]*\d", "N", output).splitlines()
    return [" ".join(line.split()) for line in lines]


def build(tag: str, log: Path) -> None:
    """Make the image that a page names, as a lab that stands on it would: the base, and one of labs/_images."""
    host.ready()
    shelf = paths.ROOT / "labs/_images"
    folder = shelf / tag.removeprefix("kikori/")
    if folder.is_dir():
        wanted = [one for one in (*shared_images(folder, shelf), image_of(tag, folder, shelf)) if is_stale(one)]
        compose = Compose(project="", directory=shelf, files=(), environment={}, log=log)
        build_shared(wanted, lambda: compose, Silent())


@cache
def warm(image: str) -> None:
    """Read the programs of an image once: who reads a file first has it counted as memory of its own container."""
    programs = "python3 -c 'import os'; awk 1 /dev/null; dd if=/dev/null of=/dev/null; head -c 1 /dev/zero; sync /tmp"
    subprocess.run(["docker", "run", "--rm", image, "sh", "-c", programs], capture_output=True, check=False)


def run_all(options: list[str], image: str, commands: list[str]) -> list[str]:
    """What each block prints, one after the other in one shell of one container."""
    script = "unset BASH_ENV\n" + "".join(f"echo {MARK}\n{block}" for block in commands)
    bench = ["docker", "run", "--rm", "-i", "-e", "BASH_ENV=/tmp/lesson", *options, image]
    done = subprocess.run(
        [*bench, "sh", "-c", "cat >/tmp/lesson; exec bash </dev/null 2>&1"],
        input=script,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    return [part.removeprefix("\n") for part in done.stdout.split(MARK)[1:]]


@pytest.mark.docker
@pytest.mark.skipif(platform.machine() != "x86_64", reason="the pages show the paths of x86_64")
@pytest.mark.parametrize("page", PAGES)
def test_the_output_shown_is_what_the_commands_print(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    blocks = RUN.findall(text)
    options, image = BENCH.findall(text)[0]
    build(image, tmp_path / "build.log")
    warm(image)
    printed = run_all(options.split(), image, [commands for commands, _ in blocks])
    assert len(printed) == len(blocks), f"a block ended the shell; the last one printed {printed[-1:]}"
    for (commands, shown), seen in zip(blocks, printed, strict=True):
        arranged = sorted if "lsns" in commands else list  # lsns goes by numbers that the kernel hands out as it likes
        if shown:
            assert arranged(masked(seen)) == arranged(masked(shown)), commands
