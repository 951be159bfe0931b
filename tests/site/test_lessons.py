"""What a lesson shows is what its commands print: its blocks, run in the container that it names or on the host."""

import platform
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark.structures import ParameterSet

from kikori import host, paths
from kikori.engine.client import Silent, client
from kikori.engine.compose import Compose
from kikori.engine.images import build_shared, image_of, is_stale, shared_images
from kikori.engine.swarm import membership

RUN = re.compile(r"^```\{\.bash \.run( \.host)?\}\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
BENCH = re.compile(r"docker run -it --rm (.*?)(debian:trixie-slim|kikori/[a-z0-9_-]+) bash")
MARK = "@@next@@"
SWARM = "docker swarm init"
NAME = re.compile(r"--name ([a-z-]+)")
START = re.compile(r"^\./kikori start ([a-z-]+)$", re.MULTILINE)
CODE = ("host", "engine")
"""Whatever else changes, the commands of a lesson print the same."""
LINEAR = Path("/proc/sys/net/ipv4/tcp_syn_linear_timeouts")
"""A kernel without it, older than 6.5, sends a SYN again at other times than the page shows."""


class Block(NamedTuple):
    """Commands of a page, and what it says that they print; nothing where it does not say."""

    on_host: bool
    commands: str
    shown: str


def blocks_of(page: Path) -> list[Block]:
    """Read a page's runnable blocks, in their order."""
    found = RUN.findall(page.read_text(encoding="utf-8"))
    return [Block(bool(where), commands, shown) for where, commands, shown in found]


def pages(on_host: bool) -> list[ParameterSet]:
    """The pages with blocks that run in a container, or on the host."""
    found = []
    for page in sorted(paths.ROOT.glob("courses/*/*/how.md")):
        blocks = [one for one in blocks_of(page) if one.on_host is on_host]
        if blocks:
            commands = "".join(one.commands for one in blocks)
            folder, labs = f"{page.parent.relative_to(paths.ROOT).as_posix()}/", START.findall(commands)
            marks = [pytest.mark.stands_on(folder, *labs) if labs else pytest.mark.stands_on(folder, code=CODE)]
            if SWARM in commands:
                marks.append(pytest.mark.alone)
            found.append(pytest.param(page, id=page.parent.name, marks=marks))
    return found


def masked(output: str) -> list[str]:
    """Output without what differs from run to run: ids, times, larger numbers, and how wide they make a column.

    Nor from one image store to another: a layer of next to nothing has 0 bytes in one, and some kilobytes in the other.
    """
    ids = r"\b(?:0x)?[0-9a-f]{8,}\b|\b[0-9a-z]{25}\b|#\d+"
    times = r"\b[A-Z][a-z]{2} +\d+\b|\b(?:[Ll]ess than a|[Aa]bout a|\d+) (?:second|minute)s? ago"
    lines = re.sub(rf"{ids}|{times}|\b\d[\d.]*k?B\b|\d[\d.:]*\d", "N", output).splitlines()
    return [" ".join(line.split()) for line in lines]


def is_as_shown(seen: str, shown: str) -> bool:
    """Whether output is what a page shows, where `…` stands for lines that it leaves out.

    Equal lines in a row count once: how often something was tried again by then differs.
    """
    wanted = [line for line, _ in groupby(masked(shown))]
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(f"{line}\n") for line in wanted)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line, _ in groupby(masked(seen)))) is not None


@pytest.mark.parametrize(
    ("seen", "same"),
    [
        ("0123456789ab\nFailed 9 seconds ago\nFailed 2 seconds ago\nlast\n", True),
        ("Failed less than a second ago\nlast\n", True),
        ("0123456789ab\nlast\n", False),
        ("Failed 9 seconds ago\nlast\none more\n", False),
        ("Failed 9 seconds ago\n", False),
    ],
)
def test_lines_that_a_page_leaves_out_may_be_any_and_others_not(seen: str, same: bool) -> None:
    assert is_as_shown(seen, "…\nFailed 1 second ago\nlast\n") is same


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
        timeout=900,
    )
    return [part.removeprefix("\n") for part in done.stdout.split(MARK)[1:]]


@pytest.mark.docker
@pytest.mark.skipif(platform.machine() != "x86_64", reason="the pages show the paths of x86_64")
@pytest.mark.parametrize("page", pages(on_host=False))
def test_the_output_shown_is_what_the_commands_print(page: Path, tmp_path: Path) -> None:
    blocks = [one for one in blocks_of(page) if not one.on_host]
    options, image = BENCH.findall(page.read_text(encoding="utf-8"))[0]
    build(image, tmp_path / "build.log")
    warm(image)
    printed = run_all(options.split(), image, [one.commands for one in blocks])
    assert len(printed) == len(blocks), f"a block ended the shell; the last one printed {printed[-1:]}"
    for block, seen in zip(blocks, printed, strict=True):
        # lsns goes by numbers that the kernel hands out as it likes.
        arranged = sorted if "lsns" in block.commands else list
        if block.shown and ("tcp-syn" not in block.commands or LINEAR.exists()):
            assert arranged(masked(seen)) == arranged(masked(block.shown)), block.commands


def run_on_host(blocks: list[Block], folder: Path) -> list[tuple[str, int]]:
    """What each block prints and how its last command ends, one after the other in one shell of this computer."""
    launcher = folder / "kikori"
    launcher.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -P -m kikori "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    lesson = folder / "lesson"
    lesson.write_text("".join(f"{one.commands}echo {MARK}$?\n" for one in blocks), encoding="utf-8")
    done = subprocess.run(
        ["bash", str(lesson)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=900,
    )
    return [(seen, int(code)) for seen, code in re.findall(rf"(.*?){MARK}(\d+)\n", done.stdout, re.DOTALL)]


@contextmanager
def own_swarm() -> Iterator[None]:
    """Keep everybody else out of the engine's swarm, and leave none behind."""
    with membership.turn():
        if membership.state() != "inactive" or membership.names_in_use():
            pytest.skip("the machine is in a swarm, or has containers that would lose their names with one")
        try:
            yield
        finally:
            if membership.state() != "inactive":
                client().swarm.leave(force=True)


@pytest.mark.docker
@pytest.mark.parametrize("page", pages(on_host=True))
def test_the_output_shown_is_what_the_commands_print_on_the_host(page: Path, tmp_path: Path) -> None:
    blocks = [one for one in blocks_of(page) if one.on_host]
    commands = "".join(one.commands for one in blocks)
    for image in sorted({*re.findall(r"kikori/[a-z0-9_-]+|debian:trixie-slim", commands)}):
        build(image, tmp_path / "build.log")
    taken = {one.name for one in client().containers.list(all=True, ignore_removed=True)} & {*NAME.findall(commands)}
    assert not taken, f"the page would remove containers of somebody else's: {taken}"
    with own_swarm() if SWARM in commands else nullcontext():
        printed = run_on_host(blocks, tmp_path)
    assert len(printed) == len(blocks), f"a block ended the shell; the last one printed {printed[-1:]}"
    for block, (seen, code) in zip(blocks, printed, strict=True):
        if block.shown:
            assert is_as_shown(seen, block.shown), f"{block.commands}\nprinted\n{seen}"
        else:
            assert code == 0, f"{block.commands}\nprinted\n{seen}"
