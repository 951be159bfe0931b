"""How long `kikori lab prove` takes for a lab with three faults, two fixes and two traps each, beside the bare tool.

``.venv/bin/python benchmarks/prove.py`` proves a copy of first-look, cut to that size, with its images built, and
prints a Markdown table. The bare tool is ``docker compose up --wait`` and ``down`` of the same file, for each demand.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kikori import host, paths
from kikori.content import Catalog
from kikori.engine import Silent
from kikori.model import Lab
from kikori.prove.plan import plan_of
from kikori.prove.runner import Wanted, prove

MOST = 2
JOBS = 2


@contextmanager
def small_lab() -> Iterator[Lab]:
    """First-look with two fixes and two traps for each of its three faults."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for part in ("labs/first-look", "labs/_images", "graders/first-look"):
            shutil.copytree(paths.ROOT / part, root / part)
        for changes in (root / "labs/first-look/faults").glob("*/*/"):
            for path in sorted(changes.iterdir())[MOST:]:
                path.unlink()
        yield Catalog([root]).lab("first-look")


def took_to_prove(lab: Lab) -> float:
    """Seconds for all demands, two side by side."""
    began = time.perf_counter()
    proofs = prove(Wanted(labs=(lab,), jobs=JOBS), Silent())
    assert proofs.exit_code == 0, proofs.proofs[0].demands
    return time.perf_counter() - began


def took_bare(lab: Lab) -> float:
    """Seconds for one scene up and down again by compose alone."""
    environment = os.environ | dict.fromkeys(re.findall(r"\$\{(\w+)\}", lab.compose.read_text()), "1")
    compose = ["docker", "compose", "--project-name", "kikori-bare", "--file", str(lab.compose)]
    began = time.perf_counter()
    for words in (["up", "--detach", "--wait"], ["down", "--timeout", "1", "--volumes"]):
        subprocess.run([*compose, *words], env=environment, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Print the table."""
    host.ready()
    with small_lab() as lab:
        demands = len(plan_of(lab))
        prove(Wanted(labs=(lab,), only="healthy"), Silent())  # builds the images
        bare = min(took_bare(lab) for _ in range(3))
        whole = took_to_prove(lab)
    print(f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| what | s | ratio |\n|---|---|---|")
    print(f"| compose up and down, once | {bare:.1f} | 1 |")
    print(f"| `prove`: {demands} demands, {JOBS} side by side | {whole:.0f} | {whole / bare / demands:.1f} a demand |")


if __name__ == "__main__":
    main()
